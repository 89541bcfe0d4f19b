-- Whether payments of payers can be told by what they bear: one without any sign is then a patient's.
SELECT EXISTS (
    SELECT 1
    FROM transactions
    WHERE type = 'payment'
        AND (payer_id IS NOT NULL OR bucket IN ('primary', 'secondary', 'tertiary')
            OR paid_by = 'payer')
) AS payers_are_named

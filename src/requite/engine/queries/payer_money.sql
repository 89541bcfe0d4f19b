-- What each payer paid by the ledger, and how much of that an 835 of the feed backs, in cents. Who
-- paid is told as the determination tells it; a payer that nothing names has an empty payer_id.
-- A payment is linked to a remittance by its trace or check number, or by a claim number that is in
-- one. Of the others of an account and payer so much is backed as the remittances state beyond what
-- is linked: the account has lines for it. Entries that reverse payments lower both.
WITH covered AS (
    SELECT
        account_id,
        payer_id,
        row_number() OVER (PARTITION BY account_id ORDER BY cob_order, payer_id) AS place,
        count(*) OVER (PARTITION BY account_id) AS places
    FROM (SELECT account_id, min(cob_order) AS cob_order, payer_id FROM coverages GROUP BY ALL)
),
-- Whether payments of payers can be told by what they bear: one without any sign is a patient's.
signs AS (
    SELECT EXISTS (
        SELECT 1
        FROM transactions
        WHERE type = 'payment'
            AND (payer_id IS NOT NULL OR bucket IN ('primary', 'secondary', 'tertiary')
                OR paid_by = 'payer')
    ) AS payers_are_named
),
traces AS (
    SELECT trace_number AS number, min(payer_id) AS payer_id
    FROM kept_remits
    WHERE is_kept AND trace_number <> ''
    GROUP BY ALL
),
told AS (
    SELECT
        t.*,
        b.payer_id AS place_payer_id,
        o.payer_id AS only_payer_id,
        r.payer_id AS remitting_payer_id,
        CASE
            WHEN t.paid_by = 'patient' THEN false
            WHEN t.payer_id IS NOT NULL OR t.paid_by = 'payer' THEN true
            WHEN t.tender IN ('cash', 'card', 'hsa_card') THEN false
            WHEN r.number IS NOT NULL THEN true
            WHEN t.bucket IN ('self', 'bad_debt') THEN false
            WHEN b.payer_id IS NOT NULL THEN true
            WHEN f.account_id IS NULL THEN false
            ELSE NOT (t.bucket IS NULL AND g.payers_are_named)
        END AS is_payers
    FROM transactions t
    CROSS JOIN signs g
    LEFT JOIN traces r ON r.number = t.trace_number
    LEFT JOIN covered f ON f.account_id = t.account_id AND f.place = 1
    LEFT JOIN covered o ON o.account_id = t.account_id AND o.places = 1
    LEFT JOIN covered b
        ON b.account_id = t.account_id
        AND b.place = CASE t.bucket WHEN 'primary' THEN 1 WHEN 'secondary' THEN 2
            WHEN 'tertiary' THEN 3 END
    WHERE t.type = 'payment' AND t.voided_on IS NULL
),
paid AS (
    SELECT
        t.account_id,
        coalesce(
            t.payer_id,
            t.remitting_payer_id,
            t.place_payer_id,
            CASE WHEN t.paid_by = 'payer' THEN t.only_payer_id END,
            ''
        ) AS payer_id,
        -t.amount_cents AS cents,
        t.trace_number,
        t.check_number,
        t.payer_claim_number,
        c.payer_claim_number AS billed_number
    FROM told t
    LEFT JOIN claims c ON c.claim_id = t.claim_id
    WHERE t.is_payers
),
numbers AS (
    SELECT DISTINCT payer_claim_number AS number
    FROM resolved_claims
    WHERE payer_claim_number IS NOT NULL
),
posted AS (
    SELECT
        p.account_id,
        p.payer_id,
        sum(p.cents) AS cents,
        coalesce(sum(p.cents) FILTER (
            t.number IS NOT NULL OR k.number IS NOT NULL
            OR n.number IS NOT NULL OR b.number IS NOT NULL
        ), 0) AS linked_cents
    FROM paid p
    LEFT JOIN traces t ON t.number = p.trace_number
    LEFT JOIN traces k ON k.number = p.check_number
    LEFT JOIN numbers n ON n.number = p.payer_claim_number
    LEFT JOIN numbers b ON b.number = p.billed_number
    GROUP BY ALL
),
stated AS (
    SELECT account_id, payer_id, sum(paid_cents) AS cents
    FROM resolved_claims
    WHERE account_id IS NOT NULL
    GROUP BY ALL
),
backed AS (
    SELECT
        p.payer_id,
        p.cents,
        least(
            greatest(p.linked_cents, 0)
            + least(
                greatest(p.cents - p.linked_cents, 0),
                greatest(coalesce(s.cents, 0) - p.linked_cents, 0)
            ),
            greatest(p.cents, 0)
        ) AS backed_cents
    FROM posted p
    LEFT JOIN stated s USING (account_id, payer_id)
)
SELECT
    payer_id,
    coalesce(y.name, nullif(payer_id, ''), 'a payer that no posting names') AS name,
    coalesce(y.payer_class, 'other') = 'other' AS has_no_class,
    coalesce(trim(y.era_ids), '') = '' AS has_no_era_ids,
    v.payer_id IS NULL AS is_on_no_coverage,
    coalesce(sum(b.cents), 0)::BIGINT AS money_cents,
    coalesce(sum(b.backed_cents), 0)::BIGINT AS backed_cents
FROM backed b
FULL JOIN payers y USING (payer_id)
LEFT JOIN (SELECT DISTINCT payer_id FROM coverages) v USING (payer_id)
GROUP BY ALL
ORDER BY money_cents DESC, payer_id

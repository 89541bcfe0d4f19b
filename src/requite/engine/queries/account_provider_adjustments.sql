-- The provider adjustments that bear on an account: those that name it, and those of which a
-- posting here bears the trace number and the amount; what a reversal here came without; and what
-- a payment gives back without naming a claim where it takes from this account only.
WITH traced AS (
    SELECT DISTINCT account_id, trace_number, abs(amount_cents) AS size
    FROM transactions
    WHERE trace_number IS NOT NULL AND type IN ('payment', 'recoupment', 'interest')
),
sizes AS (
    SELECT *, abs(amount_cents) AS size FROM named_adjustments
    UNION ALL
    SELECT d.*, abs(n.net_cents) AS size
    FROM named_adjustments d
    JOIN (
        SELECT remit_id, reference, sum(amount_cents)::BIGINT AS net_cents
        FROM named_adjustments
        GROUP BY ALL
        HAVING count(*) > 1
    ) n ON n.remit_id = d.remit_id AND n.reference IS NOT DISTINCT FROM d.reference
)
SELECT *, true AS names_account FROM named_adjustments WHERE account_id IS NOT NULL
UNION ALL
SELECT DISTINCT
    s.* EXCLUDE (account_id, remit_claim_id, size),
    NULL::VARCHAR AS remit_claim_id,
    t.account_id,
    false AS names_account
FROM sizes s
JOIN traced t ON t.trace_number = s.trace_number AND t.size = s.size
WHERE s.account_id IS DISTINCT FROM t.account_id
UNION ALL
-- One that names nothing and gives back what a reversal of the same payment took: it is carried.
SELECT DISTINCT
    d.* EXCLUDE (account_id, remit_claim_id),
    NULL::VARCHAR AS remit_claim_id,
    c.account_id,
    false AS names_account
FROM named_adjustments d
JOIN resolved_claims c ON c.remit_id = d.remit_id AND c.paid_cents = d.amount_cents
WHERE d.account_id IS NULL
    AND d.reference IS NULL
    AND d.amount_cents < 0
    AND c.claim_status = '22'
    AND c.account_id IS NOT NULL
UNION ALL
SELECT
    d.* EXCLUDE (account_id, remit_claim_id),
    NULL::VARCHAR AS remit_claim_id,
    n.account_id,
    false AS names_account
FROM named_adjustments d
JOIN (
    SELECT remit_id, min(account_id) AS account_id
    FROM named_adjustments
    WHERE account_id IS NOT NULL AND trim(reason_code) IN ('WO', 'FB', 'WU', 'OB')
    GROUP BY ALL
    HAVING min(account_id) = max(account_id)
) n ON n.remit_id = d.remit_id
WHERE d.account_id IS NULL AND d.amount_cents < 0 AND trim(d.reason_code) IN ('72', 'B2', 'CS')

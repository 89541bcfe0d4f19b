-- Remittance claims of other accounts, or of none, that a posting names: by the payer's claim
-- number (and the trace, where the posting has both), or by trace and amount alone.
WITH own AS (
    SELECT DISTINCT account_id, payer_claim_number
    FROM resolved_claims
    WHERE account_id IS NOT NULL AND payer_claim_number IS NOT NULL
),
own_traces AS (
    SELECT DISTINCT account_id, trace_number FROM resolved_claims WHERE account_id IS NOT NULL
),
named AS (
    SELECT DISTINCT account_id, payer_claim_number, trace_number
    FROM transactions
    WHERE payer_claim_number IS NOT NULL
),
strangers AS (
    SELECT * FROM named ANTI JOIN own USING (account_id, payer_claim_number)
),
traced AS (
    SELECT DISTINCT account_id, trace_number, -amount_cents AS paid_cents
    FROM transactions
    WHERE payer_claim_number IS NULL AND trace_number IS NOT NULL AND type = 'payment'
),
lost AS (
    SELECT * FROM traced ANTI JOIN own_traces USING (account_id, trace_number)
),
wanted AS (
    SELECT s.account_id AS holder_id, c.form, c.remit_claim_id
    FROM strangers s
    JOIN resolved_claims c USING (payer_claim_number)
    WHERE s.trace_number IS NULL OR s.trace_number = c.trace_number
    UNION
    SELECT t.account_id, c.form, c.remit_claim_id
    FROM lost t
    JOIN resolved_claims c USING (trace_number, paid_cents)
    UNION
    SELECT t.account_id, c.form, c.remit_claim_id
    FROM lost t
    JOIN resolved_claims c USING (trace_number)
    JOIN remit_lines l
        ON l.form = c.form AND l.remit_claim_id = c.remit_claim_id
        AND l.paid_cents = t.paid_cents
)
SELECT
    w.holder_id AS account_id,
    c.* EXCLUDE (account_id),
    c.account_id AS claim_account_id
FROM wanted w
JOIN resolved_claims c USING (form, remit_claim_id)
WHERE c.account_id IS DISTINCT FROM w.holder_id

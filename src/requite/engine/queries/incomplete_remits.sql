-- Remittances that do not add up: what they paid, less the sum of what they state. A claim of
-- theirs is missing; where they paid less than they state it took money back.
WITH claims AS (
    SELECT form, remit_id, sum(paid_cents) AS cents FROM remit_claims GROUP BY ALL
),
adjustments AS (
    SELECT form, remit_id, sum(amount_cents) AS cents FROM provider_adjustments GROUP BY ALL
)
SELECT
    r.remit_id,
    r.payer_id,
    r.trace_number,
    r.payment_date,
    (r.payment_amount_cents - coalesce(c.cents, 0) + coalesce(a.cents, 0))::BIGINT AS gap_cents
FROM kept_remits r
LEFT JOIN claims c ON c.form = r.form AND c.remit_id = r.remit_id
LEFT JOIN adjustments a ON a.form = r.form AND a.remit_id = r.remit_id
WHERE r.is_kept
    AND r.payer_id IS NOT NULL
    AND r.payment_amount_cents <> coalesce(c.cents, 0) - coalesce(a.cents, 0)

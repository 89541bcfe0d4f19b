-- Provider adjustments of the remittances kept, each with a key of its own; rows alike in every
-- respect are numbered, so that the keys do not depend on the order of the files.
SELECT
    r.remit_id || '/PLB' || row_number() OVER (
        PARTITION BY d.form, d.remit_id
        ORDER BY d.reason_code, d.reference, d.amount_cents, d.provider_identifier, d.fiscal_period
    ) AS key,
    r.remit_id,
    r.payer_id,
    r.trace_number,
    r.payment_date,
    d.reason_code,
    d.reference,
    d.amount_cents,
    d.provider_identifier
FROM provider_adjustments d
JOIN kept_remits r ON r.form = d.form AND r.remit_id = d.remit_id AND r.is_kept

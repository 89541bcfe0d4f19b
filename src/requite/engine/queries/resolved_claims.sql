-- Remittance claims of the remittances kept, each with its account: the one the table names, else
-- the one whose claim bears the patient control number, else the one so numbered, else the one
-- whose claim bears the payer's claim number. A number that two accounts share names neither.
WITH numbers AS (
    SELECT
        patient_control_number,
        CASE WHEN min(account_id) = max(account_id) THEN min(account_id) END AS account_id
    FROM claims
    WHERE patient_control_number IS NOT NULL
    GROUP BY ALL
),
payer_numbers AS (
    SELECT payer_id, payer_claim_number, min(account_id) AS account_id
    FROM claims
    WHERE payer_claim_number IS NOT NULL
    GROUP BY ALL
    HAVING min(account_id) = max(account_id)
)
SELECT
    c.form,
    c.remit_claim_id,
    c.remit_id,
    coalesce(
        c.account_id,
        n.account_id,
        CASE WHEN n.patient_control_number IS NULL THEN a.account_id END,
        p.account_id
    ) AS account_id,
    r.payer_id,
    r.trace_number,
    r.payment_date,
    row_number() OVER (
        PARTITION BY c.form, c.remit_id
        ORDER BY c.place, length(c.remit_claim_id), c.remit_claim_id
    )::INTEGER AS place,
    c.claim_status,
    c.charge_cents,
    c.paid_cents,
    c.payer_claim_number,
    c.frequency_code,
    c.member_id,
    c.service_from,
    c.service_to,
    c.patient_control_number,
    c.patient_responsibility_cents,
    c.filing_indicator,
    c.type_of_bill,
    c.patient_last_name,
    c.patient_first_name,
    c.received_on
FROM remit_claims c
JOIN kept_remits r ON r.form = c.form AND r.remit_id = c.remit_id AND r.is_kept
LEFT JOIN numbers n ON n.patient_control_number = c.patient_control_number
LEFT JOIN accounts a ON a.account_id = c.patient_control_number
LEFT JOIN payer_numbers p
    ON p.payer_id = r.payer_id AND p.payer_claim_number = c.payer_claim_number

-- The claims of remittances in tables of which a row cannot be used, with all by which they may
-- find their account: the claim's own row, a line or adjustment of it, or its remittance.
CREATE OR REPLACE TEMP TABLE suspect_claims AS
WITH lines AS (
    SELECT remit_claim_id FROM faulty_remit_lines
    UNION
    SELECT remit_claim_id FROM faulty_remit_adjustments
),
sent AS (
    SELECT remit_id FROM faulty_remits
    UNION
    SELECT remit_id FROM faulty_provider_adjustments
)
SELECT account_id, patient_control_number, payer_claim_number FROM faulty_remit_claims
UNION
SELECT c.account_id, c.patient_control_number, c.payer_claim_number
FROM remit_claims c
SEMI JOIN lines l USING (remit_claim_id)
WHERE c.form = 1
UNION
SELECT c.account_id, c.patient_control_number, c.payer_claim_number
FROM remit_claims c
SEMI JOIN sent s USING (remit_id)
WHERE c.form = 1

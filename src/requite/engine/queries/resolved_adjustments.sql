-- The adjustments of the remittance claims kept, with the account of their claim.
SELECT d.* EXCLUDE (is_bad), c.account_id
FROM remit_adjustments d
JOIN resolved_claims c USING (form, remit_claim_id)

-- The service lines of the remittance claims kept, with the account of their claim.
SELECT l.* EXCLUDE (is_bad), c.account_id
FROM remit_lines l
JOIN resolved_claims c USING (form, remit_claim_id)

-- The service lines of borrowed claims, under the account that borrows them.
SELECT l.* EXCLUDE (is_bad), b.account_id
FROM remit_lines l
JOIN borrowed_claims b USING (form, remit_claim_id)

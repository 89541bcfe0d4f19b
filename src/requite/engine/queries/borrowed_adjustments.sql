-- The adjustments of borrowed claims, under the account that borrows them.
SELECT d.* EXCLUDE (is_bad), b.account_id
FROM remit_adjustments d
JOIN borrowed_claims b USING (form, remit_claim_id)

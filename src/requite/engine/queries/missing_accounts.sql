-- The accounts that rows name and that are not there.
SELECT DISTINCT account_id
FROM touched
ANTI JOIN accounts USING (account_id)
WHERE table_name <> 'remit_claims' AND account_id IS NOT NULL

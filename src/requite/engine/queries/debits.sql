-- What is still owed on accounts that were looked at because of a credit: for follow-up, not for us.
SELECT p.account_id, p.balance, p.credit, p.still_owed
FROM proof p
SEMI JOIN findings f USING (account_id)
WHERE p.still_owed > 0
ORDER BY p.still_owed DESC, p.account_id

-- Every remittance claim that bears on an account: its own, and those its postings borrow.
SELECT *, account_id AS claim_account_id FROM resolved_claims WHERE account_id IS NOT NULL
UNION ALL BY NAME
SELECT * FROM borrowed_claims

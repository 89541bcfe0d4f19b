-- The service lines of every remittance claim that bears on an account.
SELECT * FROM resolved_lines WHERE account_id IS NOT NULL
UNION ALL BY NAME
SELECT * FROM borrowed_lines

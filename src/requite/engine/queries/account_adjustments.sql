-- The adjustments of every remittance claim that bears on an account.
SELECT * FROM resolved_adjustments WHERE account_id IS NOT NULL
UNION ALL BY NAME
SELECT * FROM borrowed_adjustments

-- The accounts that a problem touches.
SELECT account_id FROM accounts SEMI JOIN touched USING (account_id)

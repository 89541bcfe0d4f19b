-- The accounts that do not add up to the balance of their source.
SELECT account_id AS k0 FROM standing WHERE held = 'balance'

-- Allocations with the account and service line of their charge.
SELECT
    c.account_id,
    l.transaction_id,
    c.line_no,
    l.amount_cents,
    l.undone_on,
    l.charge_id
FROM allocations l
JOIN charges c USING (charge_id)

-- The entries on service lines that no charge of their account has. Where nothing is charged at all
-- yet (a prepayment) a number names no line, and holds nobody out.
SELECT t.transaction_id AS k0
FROM transactions t
SEMI JOIN (SELECT account_id FROM standing WHERE held = 'line') h USING (account_id)
ANTI JOIN charges c ON c.account_id = t.account_id AND c.line_no = t.line_no
SEMI JOIN charges e ON e.account_id = t.account_id
ANTI JOIN allocations l ON l.transaction_id = t.transaction_id
WHERE t.line_no IS NOT NULL AND t.voided_on IS NULL

-- The accounts held out, with the first row that says why, as far as one of its own does; accounts
-- that rows name and that are not there are among them (held: NULL).
WITH firsts AS (
    SELECT
        account_id,
        arg_min({'kind': kind, 'file': file, 'row': row_no}, (kind, source_no, row_no)) AS place
    FROM problem_rows r
    JOIN holding_kinds USING (kind)
    WHERE account_id IS NOT NULL
    GROUP BY ALL
)
SELECT
    h.account_id,
    h.held,
    h.reported_balance_cents,
    h.balance_cents,
    f.place.kind,
    f.place.file,
    f.place.row
FROM (
    SELECT account_id, held, reported_balance_cents, balance_cents
    FROM standing
    WHERE held IS NOT NULL
    UNION ALL
    SELECT account_id, NULL, NULL, NULL FROM missing_accounts
) h
LEFT JOIN firsts f USING (account_id)
ORDER BY h.account_id

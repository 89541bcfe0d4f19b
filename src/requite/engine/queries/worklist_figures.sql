-- What each queue holds, by cause and party: for the summary and the totals of the sheets.
SELECT
    queue,
    party,
    cause,
    count(*) AS cases,
    sum(amount_cents)::BIGINT AS cents,
    count(*) FILTER (days_left < 0) AS late_cases,
    coalesce(sum(amount_cents) FILTER (days_left < 0), 0)::BIGINT AS late_cents,
    count(*) FILTER (days_left BETWEEN 0 AND 30) AS soon_cases,
    coalesce(sum(amount_cents) FILTER (days_left BETWEEN 0 AND 30), 0)::BIGINT AS soon_cents,
    min(due_on) FILTER (days_left >= 0) AS next_due_on
FROM worklist
GROUP BY queue, party, cause
ORDER BY cents DESC, queue, party, cause

-- Counts and sums of all findings, once for each way of looking at them.
WITH seen AS (
    SELECT
        party,
        cause,
        certainty,
        queue,
        amount_cents,
        payer_class,
        CASE
            WHEN days_left IS NULL THEN 'no_date'
            WHEN days_left < 0 THEN 'past_due'
            WHEN days_left <= 30 THEN 'within_30_days'
            ELSE 'later'
        END AS due
    FROM worklist
),
sections AS (
    SELECT 'by_party' AS section, party AS name, amount_cents FROM seen
    UNION ALL
    SELECT 'by_payer_class', payer_class, amount_cents FROM seen WHERE party = 'payer'
    UNION ALL
    SELECT 'by_cause', cause, amount_cents FROM seen
    UNION ALL
    SELECT 'by_party_and_cause', party || '/' || cause, amount_cents FROM seen
    UNION ALL
    SELECT 'by_certainty', certainty, amount_cents FROM seen
    UNION ALL
    SELECT 'by_queue', queue, amount_cents FROM seen
    UNION ALL
    SELECT 'due', due, amount_cents FROM seen
)
SELECT section, coalesce(name, 'unknown') AS name, count(*), sum(amount_cents)::BIGINT
FROM sections
GROUP BY ALL
ORDER BY ALL

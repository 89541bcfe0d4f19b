-- By account, line and owner the first day on which a run found money there. What this run does
-- not find is forgotten, unless it was found by a run of a later day.
SELECT
    account_id,
    line_no,
    owner,
    min(identified_on) AS identified_on
FROM (
    SELECT DISTINCT
        f.account_id,
        f.line_no,
        coalesce(f.payer_id, f.party_id, '') AS owner,
        r.as_of AS identified_on,
        TRUE AS is_now
    FROM found f
    CROSS JOIN run r
    WHERE f.party <> 'none'
    UNION ALL
    SELECT k.account_id, k.line_no, k.owner, k.identified_on, k.identified_on > r.as_of
    FROM known k
    CROSS JOIN run r
)
GROUP BY ALL
HAVING bool_or(is_now)
ORDER BY ALL

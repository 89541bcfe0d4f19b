-- The findings in the order of work; priority 1 is first. The order and its groups (rank) are the
-- domain's.
SELECT
    account_id,
    line_no,
    party,
    party_id,
    cause,
    disposition,
    CAST(CAST(amount_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS amount,
    certainty,
    rests_on,
    due_on,
    rule_id,
    row_number() OVER (
        ORDER BY
            is_in_time,
            queue,
            days_left,
            amount_cents DESC,
            money_on,
            account_id,
            coalesce(line_no, -1),
            party,
            coalesce(party_id, ''),
            cause,
            certainty,
            evidence,
            explanation
    )::INTEGER AS priority,
    evidence,
    explanation,
    queue AS rank
FROM found
ORDER BY priority

-- The accounts of a partition that can hold a credit in any cell, masked or not. It compares line by
-- line and party by party, never the net balance, and replays plainly: whatever the replay of the
-- domain would do otherwise has made the account odd. It may pass too many; it never loses one.
WITH first_place AS (
    SELECT
        l.*,
        a.places,
        a.is_collectable,
        a.has_contract,
        CASE WHEN first_answered THEN least(first_co_cents, net_cents) ELSE 0 END AS first_off
    FROM lines l
    JOIN accounts a USING (account_no)
),
second_place AS (
    SELECT
        *,
        net_cents - first_off AS left_to_first,
        CASE
            WHEN first_answered
            THEN greatest(least(first_paid_cents, net_cents - first_off), 0)
            ELSE 0
        END AS first_owes
    FROM first_place
),
paid AS (
    SELECT
        *,
        CASE
            WHEN second_answered
            THEN greatest(least(second_paid_cents, left_to_first - first_owes), 0)
            ELSE 0
        END AS second_owes
    FROM second_place
),
written_off AS (
    SELECT
        *,
        left_to_first - first_owes - second_owes AS remains,
        CASE
            WHEN second_writes_off
            THEN greatest(left_to_first - first_owes - second_owes - second_pr_cents, 0)
            ELSE 0
        END AS second_off,
        (places < 1 OR first_answered) AND (places < 2 OR second_answered) AS is_final
    FROM paid
),
replayed AS (
    SELECT
        *,
        first_off + second_off AS contractual_owes,
        CASE WHEN is_final AND is_collectable THEN remains - second_off ELSE 0 END AS patient_owes,
        -- A place that has not answered leaves room for write-offs made before its answer.
        first_off + second_off + CASE WHEN is_final THEN 0 ELSE remains - second_off END AS off_limit
    FROM written_off
),
compared AS (
    SELECT
        account_no,
        bool_or(
            is_odd
            OR first_cents > first_owes AND line_no > 0
            OR second_cents > second_owes AND line_no > 0
            OR contractual_cents > off_limit AND line_no > 0
            OR second_answered AND NOT first_answered
            OR has_contract AND (
                ungrouped_cents <> 0
                OR contractual_cents <> first_off AND (first_answered OR line_no = 0)
            )
        ) AS is_over,
        sum(first_cents) - sum(first_owes) AS first_over,
        sum(second_cents) - sum(second_owes) AS second_over,
        sum(CASE WHEN line_no > 0 THEN greatest(contractual_owes - contractual_cents, 0) END)
            AS off_room,
        sum(CASE WHEN line_no = 0 THEN contractual_cents ELSE 0 END) AS off_whole,
        sum(ungrouped_cents) AS ungrouped,
        sum(patient_cents + write_off_cents) - sum(patient_owes) AS patient_over
    FROM replayed
    GROUP BY account_no
)
SELECT a.account_no
FROM accounts a
LEFT JOIN compared c USING (account_no)
WHERE a.held IS NULL
    AND (
        a.latest_on > $as_of
        OR c.is_over
        OR c.first_over > 0
        OR c.second_over > 0
        OR c.off_whole > coalesce(c.off_room, 0)
        OR c.patient_over
            + greatest(c.ungrouped - (coalesce(c.off_room, 0) - c.off_whole), 0) > 0
    )
ORDER BY a.account_no

-- The accounts of a partition that can hold a credit in any cell, masked or not. It compares line by
-- line and party by party, never the net balance, and replays plainly: whatever the replay of the
-- domain would do otherwise has made the account odd. It may pass too many; it never loses one.
WITH first_off AS (
    SELECT
        *,
        CASE
            WHEN is_capitated AND first_answered THEN net_cents - least(first_pr_cents, net_cents)
            WHEN is_capitated THEN net_cents
            WHEN first_answered THEN least(first_co_cents, net_cents)
            ELSE 0
        END AS first_off
    FROM lines
),
first_paid AS (
    SELECT
        *,
        CASE
            WHEN first_answered AND NOT is_capitated
            THEN greatest(least(first_paid_cents, net_cents - first_off), 0)
            ELSE 0
        END AS first_owes
    FROM first_off
),
second_paid AS (
    SELECT
        *,
        net_cents - first_off - first_owes AS left_to_second,
        CASE
            WHEN second_answered
            THEN greatest(least(second_paid_cents, net_cents - first_off - first_owes), 0)
            ELSE 0
        END AS second_owes
    FROM first_paid
),
second_off AS (
    SELECT
        *,
        CASE
            WHEN second_writes_off
            THEN greatest(left_to_second - second_owes - second_pr_cents, 0)
            ELSE 0
        END AS second_off
    FROM second_paid
),
third_paid AS (
    SELECT
        *,
        left_to_second - second_owes - second_off AS left_to_third,
        CASE
            WHEN third_answered
            THEN greatest(least(third_paid_cents, left_to_second - second_owes - second_off), 0)
            ELSE 0
        END AS third_owes
    FROM second_off
),
third_off AS (
    SELECT
        *,
        CASE
            WHEN third_writes_off THEN greatest(left_to_third - third_owes - third_pr_cents, 0)
            ELSE 0
        END AS third_off,
        (places < 1 OR first_answered OR is_capitated)
            AND (places < 2 OR second_answered)
            AND (places < 3 OR third_answered) AS is_final
    FROM third_paid
),
replayed AS (
    SELECT
        *,
        first_off + second_off + third_off AS contractual_owes,
        left_to_third - third_owes - third_off AS remains
    FROM third_off
),
compared AS (
    SELECT
        account_no,
        bool_or(
            is_odd
            OR (NOT is_ledger AND line_no > 0 AND (
                first_cents > first_owes
                OR second_cents > second_owes
                OR third_cents > third_owes
                -- A place that has not answered leaves room for write-offs before its answer.
                OR contractual_cents > contractual_owes + CASE WHEN is_final THEN 0 ELSE remains END
            ))
            -- An earlier place that waits takes what a later one was right to pay.
            OR (second_answered AND NOT (first_answered OR is_capitated))
            OR (third_answered AND NOT second_answered)
        ) AS is_over,
        bool_or(is_ledger) AS is_ledger,
        sum(first_cents) - sum(first_owes) AS first_over,
        sum(second_cents) - sum(second_owes) AS second_over,
        sum(third_cents) - sum(third_owes) AS third_over,
        sum(greatest(contractual_owes - CASE WHEN line_no > 0 THEN contractual_cents ELSE 0 END, 0))
            AS off_room,
        sum(CASE WHEN line_no = 0 THEN contractual_cents ELSE 0 END) AS off_whole,
        -- Money of the whole account beside money on lines of one kind: which fills what first?
        bool_or(line_no = 0 AND first_cents > 0) AND bool_or(line_no > 0 AND first_cents > 0)
            OR bool_or(line_no = 0 AND second_cents > 0) AND bool_or(line_no > 0 AND second_cents > 0)
            OR bool_or(line_no = 0 AND third_cents > 0) AND bool_or(line_no > 0 AND third_cents > 0)
            OR bool_or(line_no = 0 AND contractual_cents > 0)
                AND bool_or(line_no > 0 AND contractual_cents > 0) AS is_mixed,
        sum(ungrouped_cents) AS ungrouped,
        sum(write_off_cents) AS written_off,
        sum(patient_cents) AS patient,
        sum(CASE WHEN is_final THEN remains ELSE 0 END) AS patient_owes,
        -- What waits for an answer may be written off, but is not the patient's to pay.
        sum(CASE
            WHEN is_final THEN 0
            ELSE greatest(
                remains - greatest(
                    CASE WHEN line_no > 0 THEN contractual_cents ELSE 0 END - contractual_owes, 0
                ), 0
            )
        END) AS waiting
    FROM replayed
    GROUP BY account_no
),
summed AS (
    SELECT
        c.*,
        CASE WHEN a.is_collectable THEN c.patient_owes ELSE 0 END AS patient_target,
        c.written_off + greatest(c.ungrouped - (c.off_room - c.off_whole), 0) AS off_patient
    FROM compared c
    JOIN accounts a USING (account_no)
)
SELECT a.account_no
FROM accounts a
LEFT JOIN summed s USING (account_no)
WHERE a.held IS NULL
    AND (
        a.latest_on > $as_of
        OR s.is_over
        OR (NOT s.is_ledger AND (
            s.is_mixed
            OR s.first_over > 0
            OR s.second_over > 0
            OR s.third_over > 0
            OR s.off_whole > s.off_room
            OR s.patient > s.patient_target
            OR s.patient + s.off_patient > s.patient_target + s.waiting
        ))
    )
ORDER BY a.account_no

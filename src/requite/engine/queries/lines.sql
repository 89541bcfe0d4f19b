-- Each service line of an account (line 0: the account as a whole) with both sides next to each
-- other: what the ledger holds, and what the remittances say, by place in the COB order. The
-- screen compares them; what it cannot compare makes the account odd, and odd accounts pass.
WITH answered AS (
    SELECT
        account_no,
        line_no,
        bool_or(answers > 1) AS is_odd,
        bool_or(place = 1 AND answers > 0) AS first_answered,
        bool_or(place = 2 AND answers > 0) AS second_answered,
        bool_or(place = 3 AND answers > 0) AS third_answered,
        sum(paid_cents) FILTER (place = 1) AS first_paid_cents,
        sum(co_cents) FILTER (place = 1) AS first_co_cents,
        sum(pr_cents) FILTER (place = 1) AS first_pr_cents,
        sum(sequestered_cents) FILTER (place = 1) AS first_sequestered_cents,
        sum(paid_cents) FILTER (place = 2) AS second_paid_cents,
        sum(pr_cents) FILTER (place = 2) AS second_pr_cents,
        bool_or(writes_off) FILTER (place = 2) AS second_writes_off,
        sum(paid_cents) FILTER (place = 3) AS third_paid_cents,
        sum(pr_cents) FILTER (place = 3) AS third_pr_cents,
        bool_or(writes_off) FILTER (place = 3) AS third_writes_off
    FROM answered_lines
    WHERE line_no IS NOT NULL
    GROUP BY ALL
),
compared_whole AS (
    SELECT DISTINCT account_no FROM answered_lines WHERE is_whole
),
-- Both sides of the ledger; an account that is compared as a whole has line 0 only.
held AS (
    SELECT
        account_no,
        CASE WHEN w.account_no IS NULL THEN line_no ELSE 0 END AS line_no,
        sum(net_cents) AS net_cents,
        sum(contractual_cents) AS contractual_cents,
        sum(ungrouped_cents) AS ungrouped_cents,
        sum(write_off_cents) AS write_off_cents,
        sum(patient_cents) AS patient_cents,
        sum(first_cents) AS first_cents,
        sum(second_cents) AS second_cents,
        sum(third_cents) AS third_cents,
        coalesce(bool_or(is_changed), false)
            OR coalesce(bool_or(is_odd), false)
            -- A write-off on a line that was never charged settles nothing.
            OR coalesce(bool_or(
                net_cents IS NULL AND line_no > 0 AND write_off_cents + ungrouped_cents <> 0
            ), false) AS is_odd
    FROM services
    FULL JOIN posted_lines USING (account_no, line_no)
    LEFT JOIN compared_whole w USING (account_no)
    GROUP BY ALL
),
-- What the first payer allowed where it did not deny, next to the contract. Where these differ the
-- proof says so, credit or not, so the account passes.
allowed AS (
    SELECT
        account_no,
        line_no,
        h.net_cents - r.first_co_cents + r.first_sequestered_cents AS allowed_cents
    FROM held h
    JOIN answered r USING (account_no, line_no)
    WHERE r.first_answered AND h.net_cents > 0
        AND (r.first_paid_cents <> 0 OR r.first_pr_cents <> 0)
),
allowed_in_all AS (
    SELECT
        w.account_no,
        sum(w.allowed_cents) AS allowed_cents,
        CASE WHEN bool_and(r.line_no IS NOT NULL) THEN sum(r.expected_allowed_cents) END
            AS by_line_cents,
        bool_or(w.allowed_cents <> r.expected_allowed_cents) AS differs
    FROM allowed w
    LEFT JOIN contract_amounts r ON r.account_no = w.account_no AND r.line_no = w.line_no
    GROUP BY ALL
),
payers_of AS (
    SELECT
        account_no,
        count(*) AS places,
        bool_or(capitated) AS is_capitated,
        bool_or(is_odd OR place > 3 OR (capitated AND place > 1)) AS is_odd
    FROM places
    GROUP BY ALL
),
odd AS (
    SELECT account_no
    FROM transactions
    WHERE type = 'transfer' AND voided_on IS NULL
    GROUP BY account_no, transfer_id
    HAVING sum(amount_cents) <> 0
    UNION
    SELECT account_no FROM other_legs
    UNION
    SELECT account_no FROM answered_lines WHERE is_odd OR paid_cents < 0
    UNION
    SELECT account_no FROM ledgers WHERE passes
    UNION
    -- Interest that was posted as a payment fills nothing.
    SELECT t.account_no
    FROM transactions t
    JOIN provider_adjustments a
        ON a.account_no = t.account_no
        AND a.trace_number = coalesce(t.trace_number, t.check_number)
        AND a.amount_cents = t.amount_cents
    WHERE a.reason_code = 'L6'
    UNION
    -- Beside another payer Medicaid keeps nothing, and Medicare nothing beside an Advantage plan.
    SELECT l.account_no
    FROM answered_lines l
    JOIN places p USING (account_no, place)
    JOIN payers y USING (payer_id)
    GROUP BY l.account_no, l.line_no
    HAVING count(DISTINCT place) > 1
        AND bool_or(y.payer_class IN ('medicaid', 'medicaid_managed', 'medicare_ffs'))
        AND bool_or(l.answers_first AND place > 1)
    UNION
    -- A payer that paid nothing may say that the patient was not insured with it: it is passed over
    -- where another answered as the first.
    SELECT account_no
    FROM answered_lines
    GROUP BY account_no, line_no
    HAVING bool_or(answers > 0 AND paid_cents = 0) AND bool_or(answers_first AND place > 1)
    UNION
    SELECT account_no
    FROM payers_of
    LEFT JOIN compared_whole w USING (account_no)
    WHERE is_odd OR (is_capitated AND w.account_no IS NOT NULL)
    UNION
    SELECT r.account_no
    FROM contract_amounts r
    LEFT JOIN places p ON p.account_no = r.account_no AND p.payer_id = r.payer_id
    WHERE p.place IS DISTINCT FROM 1
    UNION
    SELECT account_no FROM contract_amounts GROUP BY account_no, line_no HAVING count(*) > 1
    UNION
    SELECT account_no
    FROM contract_amounts
    SEMI JOIN compared_whole USING (account_no)
    WHERE line_no IS NOT NULL
    UNION
    SELECT account_no
    FROM allowed_in_all
    WHERE differs AND allowed_cents IS DISTINCT FROM by_line_cents
    UNION
    SELECT r.account_no
    FROM contract_amounts r
    JOIN allowed_in_all w USING (account_no)
    WHERE r.line_no IS NULL AND r.expected_allowed_cents <> w.allowed_cents
)
SELECT
    account_no,
    line_no,
    coalesce(h.net_cents, 0)::BIGINT AS net_cents,
    coalesce(h.contractual_cents, 0)::BIGINT AS contractual_cents,
    coalesce(h.ungrouped_cents, 0)::BIGINT AS ungrouped_cents,
    coalesce(h.write_off_cents, 0)::BIGINT AS write_off_cents,
    coalesce(h.patient_cents, 0)::BIGINT AS patient_cents,
    coalesce(h.first_cents, 0)::BIGINT AS first_cents,
    coalesce(h.second_cents, 0)::BIGINT AS second_cents,
    coalesce(h.third_cents, 0)::BIGINT AS third_cents,
    coalesce(r.first_answered, false) AS first_answered,
    coalesce(r.second_answered, false) AS second_answered,
    coalesce(r.third_answered, false) AS third_answered,
    coalesce(r.first_paid_cents, 0)::BIGINT AS first_paid_cents,
    coalesce(r.first_co_cents, 0)::BIGINT AS first_co_cents,
    coalesce(r.first_pr_cents, 0)::BIGINT AS first_pr_cents,
    coalesce(r.second_paid_cents, 0)::BIGINT AS second_paid_cents,
    coalesce(r.second_pr_cents, 0)::BIGINT AS second_pr_cents,
    coalesce(r.third_paid_cents, 0)::BIGINT AS third_paid_cents,
    coalesce(r.third_pr_cents, 0)::BIGINT AS third_pr_cents,
    coalesce(r.second_writes_off, false) AS second_writes_off,
    coalesce(r.third_writes_off, false) AS third_writes_off,
    coalesce(p.places, 0)::TINYINT AS places,
    coalesce(p.is_capitated, false) AS is_capitated,
    coalesce(h.is_odd, false) OR coalesce(r.is_odd, false) OR o.account_no IS NOT NULL AS is_odd,
    u.account_no IS NOT NULL AS is_ledger
FROM held h
FULL JOIN answered r USING (account_no, line_no)
LEFT JOIN odd o USING (account_no)
LEFT JOIN payers_of p USING (account_no)
LEFT JOIN ledgers u USING (account_no)
ORDER BY account_no, line_no

-- Each service line of an account (line 0: the account as a whole) with both sides next to each
-- other: what the ledger holds, and what the remittances say, by place in the COB order. The
-- screen compares them; what it cannot compare makes the account odd, and odd accounts pass.
WITH places AS (
    SELECT
        account_no,
        payer_id,
        row_number() OVER (PARTITION BY account_no ORDER BY cob_order, payer_id, member_id) AS place
    FROM coverages
),
-- A payer that stands twice has no place of its own here.
places_of_payer AS (
    SELECT account_no, payer_id, min(place) AS place
    FROM places
    GROUP BY ALL
    HAVING count(*) = 1 AND min(place) <= 2
),
service AS (
    SELECT
        account_no,
        line_no,
        sum(amount_cents) FILTER (voided_on IS NULL) AS net_cents,
        bool_or(voided_on IS NOT NULL OR amount_cents < 0) AS is_changed
    FROM charges
    GROUP BY ALL
),
single AS (
    SELECT account_no, min(line_no) AS only_line FROM service GROUP BY ALL HAVING count(*) = 1
),
-- Ledger entries, split where the source allocates them itself.
split AS (
    SELECT
        account_no,
        transaction_id,
        line_no,
        coalesce(sum(amount_cents) FILTER (undone_on IS NULL), 0) AS amount_cents
    FROM allocations
    GROUP BY ALL
),
split_whole AS (
    SELECT account_no, transaction_id, sum(amount_cents) AS amount_cents FROM split GROUP BY ALL
),
entries AS (
    SELECT
        t.account_no,
        CASE WHEN w.transaction_id IS NULL THEN coalesce(t.line_no, 0) ELSE 0 END AS line_no,
        t.type,
        t.payer_id,
        t.group_code,
        t.carc,
        t.transfer_id,
        coalesce(w.amount_cents, 0) - t.amount_cents AS cash_cents
    FROM transactions t
    LEFT JOIN split_whole w USING (account_no, transaction_id)
    WHERE t.voided_on IS NULL
    UNION ALL
    SELECT
        t.account_no, s.line_no, t.type, t.payer_id, t.group_code, t.carc, t.transfer_id,
        -s.amount_cents
    FROM split s
    JOIN transactions t USING (account_no, transaction_id)
    WHERE t.voided_on IS NULL
),
postings AS (
    SELECT
        e.account_no,
        e.line_no,
        CASE
            WHEN e.type = 'payment' THEN
                CASE WHEN e.payer_id IS NULL THEN 'patient' WHEN p.place = 1 THEN 'first'
                    WHEN p.place = 2 THEN 'second' ELSE 'odd' END
            WHEN e.type = 'adjustment' THEN
                CASE WHEN coalesce(e.group_code, '') = '' THEN 'ungrouped'
                    WHEN e.carc = '225' THEN 'odd'
                    WHEN e.group_code = 'PR' THEN 'write_off' ELSE 'contractual' END
            WHEN e.type = 'bad_debt' THEN 'write_off'
            ELSE 'odd'
        END AS kind,
        e.cash_cents
    FROM entries e
    LEFT JOIN places_of_payer p ON p.account_no = e.account_no AND p.payer_id = e.payer_id
    WHERE e.type <> 'transfer'
),
ledger AS (
    SELECT
        account_no,
        line_no,
        coalesce(sum(cash_cents) FILTER (kind = 'contractual'), 0) AS contractual_cents,
        coalesce(sum(cash_cents) FILTER (kind = 'ungrouped'), 0) AS ungrouped_cents,
        coalesce(sum(cash_cents) FILTER (kind = 'write_off'), 0) AS write_off_cents,
        coalesce(sum(cash_cents) FILTER (kind = 'patient'), 0) AS patient_cents,
        coalesce(sum(cash_cents) FILTER (kind = 'first'), 0) AS first_cents,
        coalesce(sum(cash_cents) FILTER (kind = 'second'), 0) AS second_cents,
        bool_or(kind = 'odd' OR cash_cents < 0) AS is_odd
    FROM postings
    GROUP BY ALL
),
unbalanced AS (
    SELECT DISTINCT account_no
    FROM (
        SELECT account_no, transfer_id
        FROM entries
        WHERE type = 'transfer'
        GROUP BY ALL
        HAVING sum(cash_cents) <> 0
    )
),
-- Remittance lines on ledger lines, by control number, else because there is only one, else (where
-- no line of the claim has a number) because procedure and charge are of one line on both sides.
controlled AS (
    SELECT
        l.account_no,
        l.remit_claim_id,
        l.line_no AS remit_line,
        l.procedure_code,
        l.charge_cents,
        coalesce(c.line_no, s.line_no) AS line_no,
        l.paid_cents
    FROM remit_lines l
    LEFT JOIN charges c
        ON c.account_no = l.account_no AND c.charge_id = l.line_control_number
    LEFT JOIN service s
        ON s.account_no = l.account_no
        AND s.line_no = CASE
            WHEN c.charge_id IS NULL AND regexp_full_match(l.line_control_number, '[0-9]{1,9}')
            THEN l.line_control_number::INTEGER
        END
),
lone_charges AS (
    SELECT account_no, procedure_code, amount_cents, min(line_no) AS line_no
    FROM (
        SELECT
            account_no,
            line_no,
            min(procedure_code) AS procedure_code,
            min(amount_cents) AS amount_cents
        FROM charges
        GROUP BY ALL
        HAVING count(*) = 1 AND min(amount_cents) > 0
    )
    WHERE procedure_code IS NOT NULL
    GROUP BY ALL
    HAVING count(*) = 1
),
numbered_lines AS (
    SELECT
        l.account_no,
        l.remit_claim_id,
        l.remit_line,
        coalesce(l.line_no, o.only_line, h.line_no) AS line_no,
        l.paid_cents
    FROM (
        SELECT
            *,
            count(line_no) OVER (PARTITION BY account_no, remit_claim_id) = 0
                AND count(*) OVER (
                    PARTITION BY account_no, remit_claim_id, procedure_code, abs(charge_cents)
                ) = 1 AS is_lone
        FROM controlled
    ) l
    LEFT JOIN single o ON o.account_no = l.account_no
    LEFT JOIN lone_charges h
        ON l.line_no IS NULL AND l.is_lone
        AND h.account_no = l.account_no AND h.procedure_code = l.procedure_code
        AND h.amount_cents = abs(l.charge_cents)
),
adjusted AS (
    SELECT
        account_no,
        remit_claim_id,
        line_no AS remit_line,
        coalesce(sum(amount_cents) FILTER (
            carc <> '225' AND group_code <> 'PR' AND NOT (group_code = 'OA' AND carc = '23')
        ), 0) AS co_cents,
        coalesce(sum(amount_cents) FILTER (carc <> '225' AND group_code = 'PR'), 0) AS pr_cents,
        coalesce(sum(amount_cents) FILTER (carc = '225'), 0) AS interest_cents,
        bool_or(group_code = 'OA' AND carc = '23') AS has_oa23,
        bool_or(
            carc IN ('16', '18', '22', '109', '226', '227', '252') AND group_code <> 'PR'
        ) AS asks,
        coalesce(sum(amount_cents) FILTER (carc = '253' AND group_code <> 'PR'), 0)
            AS sequestered_cents
    FROM remit_adjustments
    GROUP BY ALL
),
claim_lines AS (
    SELECT
        n.account_no,
        n.remit_claim_id,
        n.line_no,
        sum(n.paid_cents + coalesce(a.interest_cents, 0)) AS paid_cents,
        sum(coalesce(a.co_cents, 0)) AS co_cents,
        sum(coalesce(a.pr_cents, 0)) AS pr_cents,
        coalesce(bool_or(a.has_oa23), false) AS has_oa23,
        coalesce(bool_or(a.asks), false) AS asks,
        sum(coalesce(a.sequestered_cents, 0)) AS sequestered_cents
    FROM numbered_lines n
    LEFT JOIN adjusted a
        ON a.account_no = n.account_no AND a.remit_claim_id = n.remit_claim_id
        AND a.remit_line = n.remit_line
    GROUP BY ALL
),
-- Claims that the screen does not follow: reversals, what is no adjudication, other accounts',
-- claims without lines or with adjustments of the whole, payers without a place.
answers AS (
    SELECT
        c.account_no,
        c.remit_claim_id,
        p.place,
        c.claim_status,
        c.claim_status IN ('22', '23', '25')
            OR c.account_id IS DISTINCT FROM a.account_id
            OR p.place IS NULL
            OR y.payer_id IS NULL
            OR l.remit_claim_id IS NULL
            OR w.remit_claim_id IS NOT NULL AS is_odd
    FROM remit_claims c
    JOIN accounts a USING (account_no)
    LEFT JOIN places_of_payer p ON p.account_no = c.account_no AND p.payer_id = c.payer_id
    LEFT JOIN payers y ON y.payer_id = c.payer_id
    LEFT JOIN (SELECT DISTINCT account_no, remit_claim_id FROM remit_lines) l
        ON l.account_no = c.account_no AND l.remit_claim_id = c.remit_claim_id
    LEFT JOIN (SELECT * FROM adjusted WHERE remit_line IS NULL) w
        ON w.account_no = c.account_no AND w.remit_claim_id = c.remit_claim_id
),
answered AS (
    SELECT
        l.account_no,
        l.line_no,
        count(*) FILTER (a.place = 1) AS firsts,
        count(*) FILTER (a.place = 2) AS seconds,
        coalesce(sum(l.paid_cents) FILTER (a.place = 1), 0) AS first_paid_cents,
        coalesce(sum(l.co_cents) FILTER (a.place = 1), 0) AS first_co_cents,
        coalesce(sum(l.paid_cents) FILTER (a.place = 2), 0) AS second_paid_cents,
        coalesce(sum(l.pr_cents) FILTER (a.place = 2), 0) AS second_pr_cents,
        coalesce(bool_or(
            a.place = 2 AND l.co_cents > 0
            AND (a.claim_status IN ('2', '3', '20', '21') OR (a.claim_status = '4' AND l.has_oa23))
        ), false) AS second_writes_off,
        coalesce(sum(l.sequestered_cents) FILTER (a.place = 1), 0) AS first_sequestered_cents,
        bool_or(l.sequestered_cents <> 0) AS is_sequestered
    FROM claim_lines l
    JOIN answers a USING (account_no, remit_claim_id)
    WHERE NOT (l.asks AND l.paid_cents = 0 AND l.pr_cents = 0)
    GROUP BY ALL
),
-- Contract amounts: those of an account as a whole, else line by line.
contracted AS (
    SELECT DISTINCT ON (account_no) account_no, 0 AS line_no, true AS is_whole, 0 AS allowed_cents
    FROM contract_amounts
    WHERE line_no IS NULL
    UNION ALL
    SELECT account_no, line_no, false, max(expected_allowed_cents)
    FROM contract_amounts
    WHERE line_no IS NOT NULL
        AND account_no NOT IN (SELECT account_no FROM contract_amounts WHERE line_no IS NULL)
    GROUP BY ALL
),
-- What the first payer allowed where it did not deny, next to the contract; a contract for the
-- whole account, or for every line that was answered, is weighed in total.
allowed AS (
    SELECT
        account_no,
        line_no,
        s.net_cents - r.first_co_cents + r.first_sequestered_cents AS allowed_cents
    FROM service s
    JOIN answered r USING (account_no, line_no)
    WHERE r.firsts > 0 AND (r.first_paid_cents <> 0 OR s.net_cents <> r.first_co_cents)
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
odd AS (
    SELECT account_no FROM unbalanced
    UNION
    SELECT account_no FROM answers WHERE is_odd
    UNION
    SELECT account_no FROM other_legs
    UNION
    SELECT account_no FROM claim_lines WHERE line_no IS NULL
    UNION
    SELECT account_no FROM places WHERE place > 2
    UNION
    SELECT account_no FROM coverages WHERE capitated
    UNION
    SELECT account_no FROM coverages GROUP BY account_no, payer_id HAVING count(*) > 1
    UNION
    SELECT c.account_no
    FROM coverages c
    JOIN accounts a USING (account_no)
    JOIN charges h USING (account_no)
    WHERE coalesce(h.service_date, a.service_from) < c.effective_from
        OR coalesce(h.service_date, a.service_from) > c.effective_to
    UNION
    SELECT r.account_no
    FROM contract_amounts r
    LEFT JOIN places p ON p.account_no = r.account_no AND p.payer_id = r.payer_id
    WHERE p.place IS DISTINCT FROM 1
    UNION
    -- Not a credit, but the proof shows it: an allowed amount that is not the contract's.
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
    coalesce(s.account_no, l.account_no, r.account_no) AS account_no,
    coalesce(s.line_no, l.line_no, r.line_no, 0) AS line_no,
    coalesce(s.net_cents, 0)::BIGINT AS net_cents,
    coalesce(l.contractual_cents, 0)::BIGINT AS contractual_cents,
    coalesce(l.ungrouped_cents, 0)::BIGINT AS ungrouped_cents,
    coalesce(l.write_off_cents, 0)::BIGINT AS write_off_cents,
    coalesce(l.patient_cents, 0)::BIGINT AS patient_cents,
    coalesce(l.first_cents, 0)::BIGINT AS first_cents,
    coalesce(l.second_cents, 0)::BIGINT AS second_cents,
    coalesce(r.firsts, 0) > 0 AS first_answered,
    coalesce(r.seconds, 0) > 0 AS second_answered,
    coalesce(r.first_paid_cents, 0)::BIGINT AS first_paid_cents,
    coalesce(r.first_co_cents, 0)::BIGINT AS first_co_cents,
    coalesce(r.second_paid_cents, 0)::BIGINT AS second_paid_cents,
    coalesce(r.second_pr_cents, 0)::BIGINT AS second_pr_cents,
    coalesce(r.second_writes_off, false) AS second_writes_off,
    coalesce(s.is_changed, false)
        OR coalesce(l.is_odd, false)
        OR coalesce(r.firsts > 1 OR r.seconds > 1, false)
        OR (
            -- Where the contract's write-off is the remittance's with its sequestration, it governs.
            coalesce(r.is_sequestered, false)
            AND (k.is_whole OR coalesce(s.net_cents, 0) - k.allowed_cents = r.first_co_cents)
        )
        OR o.account_no IS NOT NULL AS is_odd
FROM service s
FULL JOIN ledger l USING (account_no, line_no)
FULL JOIN answered r USING (account_no, line_no)
LEFT JOIN odd o USING (account_no)
LEFT JOIN contracted k
    ON k.account_no = coalesce(s.account_no, l.account_no, r.account_no)
    AND (k.is_whole OR k.line_no = coalesce(s.line_no, l.line_no, r.line_no))
ORDER BY account_no, line_no

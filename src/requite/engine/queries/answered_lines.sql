-- What the remittance claims of each account say of its service lines, by place. A remittance line
-- finds its service line by control number, else because there is only one, else (where no line
-- of the claim has a number) because procedure and charge are of one line on both sides. One claim
-- without lines that speaks of all of them is read for the account as a whole (line 0).
WITH single AS (
    SELECT account_no, min(line_no) AS line_no FROM services GROUP BY ALL HAVING count(*) = 1
),
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
    LEFT JOIN charges c ON c.account_no = l.account_no AND c.charge_id = l.line_control_number
    LEFT JOIN services s
        ON s.account_no = l.account_no
        AND s.line_no = CASE
            WHEN c.charge_id IS NULL AND regexp_full_match(l.line_control_number, '[0-9]{1,9}')
            THEN l.line_control_number::INTEGER
        END
),
lone_charges AS (
    SELECT account_no, procedure_code, net_cents, min(line_no) AS line_no
    FROM services
    WHERE charges = 1 AND net_cents > 0
    GROUP BY ALL
    HAVING count(*) = 1
),
numbered_lines AS (
    SELECT
        l.account_no,
        l.remit_claim_id,
        l.remit_line,
        coalesce(l.line_no, o.line_no, h.line_no) AS line_no,
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
        AND h.account_no = l.account_no
        AND h.procedure_code IS NOT DISTINCT FROM l.procedure_code
        AND h.net_cents = abs(l.charge_cents)
),
claim_lines AS (
    SELECT
        n.account_no,
        n.remit_claim_id,
        n.line_no,
        sum(n.paid_cents + coalesce(a.interest_cents, 0)) AS paid_cents,
        sum(coalesce(a.co_cents, 0)) AS co_cents,
        sum(coalesce(a.pr_cents, 0)) AS pr_cents,
        sum(coalesce(a.sequestered_cents, 0)) AS sequestered_cents,
        coalesce(bool_or(a.has_oa23), false) AS has_oa23,
        coalesce(bool_or(a.asks), false) AS asks
    FROM numbered_lines n
    LEFT JOIN adjusted_lines a
        ON a.account_no = n.account_no AND a.remit_claim_id = n.remit_claim_id
        AND a.remit_line = n.remit_line
    GROUP BY ALL
),
whole_claims AS (
    SELECT
        c.account_no,
        c.remit_claim_id,
        c.paid_cents + coalesce(a.interest_cents, 0) AS paid_cents,
        coalesce(a.co_cents, 0) AS co_cents,
        coalesce(a.pr_cents, 0) AS pr_cents,
        coalesce(a.sequestered_cents, 0) AS sequestered_cents
    FROM remit_claims c
    JOIN (SELECT account_no FROM remit_claims GROUP BY ALL HAVING count(*) = 1) o USING (account_no)
    ANTI JOIN remit_lines l USING (account_no)
    ANTI JOIN (
        SELECT account_no
        FROM posted_lines
        WHERE line_no > 0 AND (first_cents <> 0 OR contractual_cents <> 0)
    ) b USING (account_no)
    JOIN (
        SELECT
            account_no,
            min(service_date) AS first_on,
            max(service_date) AS last_on,
            sum(net_cents) AS net_cents,
            bool_and(net_cents > 0 AND service_date IS NOT NULL) AS is_plain
        FROM services
        GROUP BY ALL
    ) s USING (account_no)
    LEFT JOIN adjusted_lines a USING (account_no, remit_claim_id)
    WHERE s.is_plain
        AND NOT coalesce(a.asks OR a.has_oa23, false)
        AND coalesce(s.first_on >= c.service_from, true)
        AND coalesce(s.last_on <= coalesce(c.service_to, c.service_from), true)
        AND c.paid_cents + coalesce(a.interest_cents, 0) > 0
        AND coalesce(a.co_cents, 0) >= 0
        AND c.paid_cents + coalesce(a.interest_cents, 0) + coalesce(a.co_cents, 0) <= s.net_cents
),
-- Claims that the screen does not follow: reversals, what is no adjudication, other accounts',
-- other claims without lines or with adjustments of the whole, payers without a place.
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
            OR CASE
                WHEN f.remit_claim_id IS NOT NULL THEN p.place > 1
                ELSE l.remit_claim_id IS NULL OR w.remit_claim_id IS NOT NULL
            END AS is_odd
    FROM remit_claims c
    JOIN accounts a USING (account_no)
    LEFT JOIN places p ON p.account_no = c.account_no AND p.payer_id = c.payer_id
    LEFT JOIN payers y ON y.payer_id = c.payer_id
    LEFT JOIN whole_claims f
        ON f.account_no = c.account_no AND f.remit_claim_id = c.remit_claim_id
    LEFT JOIN (SELECT DISTINCT account_no, remit_claim_id FROM remit_lines) l
        ON l.account_no = c.account_no AND l.remit_claim_id = c.remit_claim_id
    LEFT JOIN (SELECT * FROM adjusted_lines WHERE remit_line IS NULL) w
        ON w.account_no = c.account_no AND w.remit_claim_id = c.remit_claim_id
)
SELECT
    account_no,
    l.line_no,
    a.place,
    count(*) FILTER (NOT l.is_silent) AS answers,
    coalesce(sum(l.paid_cents) FILTER (NOT l.is_silent), 0) AS paid_cents,
    coalesce(sum(l.co_cents) FILTER (NOT l.is_silent), 0) AS co_cents,
    coalesce(sum(l.pr_cents) FILTER (NOT l.is_silent), 0) AS pr_cents,
    coalesce(sum(l.sequestered_cents) FILTER (NOT l.is_silent), 0) AS sequestered_cents,
    bool_or(NOT l.is_silent AND l.co_cents > 0 AND (
        a.claim_status IN ('2', '3', '20', '21') OR (a.claim_status = '4' AND l.has_oa23)
    )) AS writes_off,
    bool_or(l.is_whole) AS is_whole,
    bool_or(NOT l.is_silent AND a.claim_status IN ('1', '19')) AS answers_first,
    bool_or(a.is_odd OR l.line_no IS NULL) AS is_odd
FROM answers a
LEFT JOIN (
    -- A denial that only asks for something, or calls the claim a duplicate, is no answer.
    SELECT *, asks AND paid_cents = 0 AND pr_cents = 0 AS is_silent, false AS is_whole
    FROM claim_lines
    UNION ALL BY NAME
    SELECT *, 0 AS line_no, false AS has_oa23, false AS is_silent, true AS is_whole
    FROM whole_claims
) l USING (account_no, remit_claim_id)
GROUP BY ALL

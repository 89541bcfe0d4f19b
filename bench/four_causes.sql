-- Four causes of credits over the tables of a feed, set by set. Result: the table `found`.
CREATE TEMP TABLE lines AS
SELECT account_id, line_no, sum(amount) AS charge, min(service_date) AS service_date
FROM charges
WHERE voided_on IS NULL
GROUP BY account_id, line_no;
ANALYZE lines;

-- The places at which payers stand on an account; an insurer may stand there twice.
CREATE TEMP TABLE seats AS
SELECT
    account_id, payer_id, cob_order, effective_from, effective_to, capitated,
    count(*) OVER (PARTITION BY account_id, payer_id) AS seats
FROM coverages;
ANALYZE seats;

-- Remittance claims with their account, without those that a reversal took back.
CREATE TEMP TABLE answers AS
WITH placed AS (
    SELECT
        c.remit_claim_id, c.claim_status, c.frequency_code, c.charge, c.paid,
        c.payer_claim_number, r.payer_id, r.trace_number, r.payment_date, c.remit_id,
        coalesce(n.account_id, a.account_id) AS account_id,
        row_number() OVER (
            PARTITION BY r.payer_id, c.payer_claim_number, abs(c.paid), c.claim_status = '22'
            ORDER BY r.payment_date, c.remit_id, c.remit_claim_id
        ) AS nth
    FROM remit_claims c
    JOIN remits r USING (remit_id)
    LEFT JOIN (
        SELECT patient_control_number, min(account_id) AS account_id
        FROM claims
        GROUP BY patient_control_number
    ) n USING (patient_control_number)
    LEFT JOIN accounts a ON a.account_id = c.patient_control_number
)
SELECT p.*, s.cob_order
FROM placed p
LEFT JOIN seats s
    ON s.account_id = p.account_id
    AND s.payer_id = p.payer_id
    AND (s.seats = 1 OR s.cob_order = CASE
        WHEN p.claim_status IN ('1', '19') THEN 1
        WHEN p.claim_status IN ('2', '20') THEN 2
        ELSE 3 END)
LEFT JOIN placed v
    ON v.claim_status = '22'
    AND v.payer_id = p.payer_id
    AND v.payer_claim_number = p.payer_claim_number
    AND v.paid = -p.paid
    AND v.nth = p.nth
WHERE p.claim_status NOT IN ('22', '23', '25') AND v.remit_claim_id IS NULL;
ANALYZE answers;

-- Their service lines, each on the charge line it answers; interest is no payment.
CREATE TEMP TABLE answered AS
WITH adjusted AS (
    SELECT
        remit_claim_id,
        line_no,
        sum(amount) FILTER (
            WHERE group_code IN ('CO', 'PI') AND carc <> '225'
            OR group_code = 'OA' AND carc NOT IN ('23', '225')
        ) AS contractual,
        sum(amount) FILTER (WHERE group_code = 'PR') AS responsibility,
        sum(amount) FILTER (WHERE carc = '225') AS interest,
        bool_or(carc IN ('16', '22', '109', '226', '227', '252')) AS asks,
        bool_or(group_code = 'OA' AND carc = '23') AS after_another
    FROM remit_adjustments
    GROUP BY remit_claim_id, line_no
),
twins AS (
    SELECT *, row_number() OVER (
        PARTITION BY account_id, procedure_code, service_date, amount, modifiers ORDER BY line_no
    ) AS nth
    FROM charges
    WHERE voided_on IS NULL
),
sent AS (
    SELECT l.*, a.account_id, row_number() OVER (
        PARTITION BY l.remit_claim_id, l.procedure_code, l.service_date, l.charge, l.modifiers
        ORDER BY l.line_no
    ) AS nth
    FROM remit_lines l
    JOIN answers a USING (remit_claim_id)
)
SELECT
    a.account_id,
    coalesce(i.line_no, n.line_no, t.line_no) AS line_no,
    a.cob_order,
    a.remit_claim_id,
    a.remit_id,
    a.trace_number,
    a.payer_claim_number,
    a.payment_date,
    a.claim_status,
    a.frequency_code,
    s.charge,
    s.paid AS gross,
    a.paid AS claim_paid,
    s.paid + coalesce(d.interest, 0) AS paid,
    coalesce(d.contractual, 0) AS contractual,
    coalesce(d.responsibility, 0) AS responsibility,
    coalesce(d.asks, false) AS asks,
    coalesce(d.after_another, false) AS after_another
FROM sent s
JOIN answers a USING (remit_claim_id)
LEFT JOIN adjusted d ON d.remit_claim_id = s.remit_claim_id AND d.line_no = s.line_no
LEFT JOIN charges i ON i.charge_id = s.line_control_number AND i.account_id = s.account_id
LEFT JOIN lines n
    ON n.account_id = s.account_id AND n.line_no::text = s.line_control_number
LEFT JOIN twins t
    ON s.line_control_number IS NULL
    AND t.account_id = s.account_id
    AND coalesce(t.procedure_code, '') = coalesce(s.procedure_code, '')
    AND t.service_date = s.service_date
    AND t.amount = s.charge
    AND coalesce(t.modifiers, '') = coalesce(s.modifiers, '')
    AND t.nth = s.nth
UNION ALL
SELECT  -- a claim answered as a whole stands on a line of its own
    account_id, 0, cob_order, remit_claim_id, remit_id, trace_number, payer_claim_number,
    payment_date, claim_status, frequency_code, charge, paid, paid, paid, 0, 0, false, false
FROM answers a
WHERE NOT EXISTS (SELECT FROM remit_lines l WHERE l.remit_claim_id = a.remit_claim_id);
ANALYZE answered;

-- Per line and place the answer in force: the last one, a denial only where nothing was paid.
CREATE TEMP TABLE in_force AS
SELECT DISTINCT ON (account_id, line_no, cob_order) *
FROM answered
WHERE NOT (asks AND paid = 0 AND responsibility = 0)
ORDER BY
    account_id, line_no, cob_order,
    (paid = 0 AND responsibility = 0 AND coalesce(frequency_code, '1') NOT IN ('7', '8')),
    payment_date DESC, remit_id DESC, remit_claim_id DESC;
ANALYZE in_force;

-- Payers of each line in the order in which they pay, three at most.
CREATE TEMP TABLE places AS
SELECT
    l.account_id, l.line_no, l.charge, v.cob_order, v.capitated,
    row_number() OVER (PARTITION BY l.account_id, l.line_no ORDER BY v.cob_order) AS place
FROM lines l
JOIN seats v USING (account_id)
LEFT JOIN in_force f USING (account_id, line_no, cob_order)
WHERE f.paid IS NOT NULL
    OR (coalesce(v.effective_from, l.service_date) <= l.service_date
        AND coalesce(v.effective_to, l.service_date) >= l.service_date);
ANALYZE places;

CREATE TEMP TABLE payer_postings AS
SELECT
    t.account_id, coalesce(t.line_no, 0) AS line_no, s.cob_order, t.type, t.amount,
    t.trace_number, t.payer_claim_number
FROM transactions t
JOIN seats s
    ON s.account_id = t.account_id
    AND s.payer_id = t.payer_id
    AND (s.seats = 1 OR s.cob_order = CASE t.bucket
        WHEN 'primary' THEN 1 WHEN 'secondary' THEN 2 ELSE 3 END)
WHERE t.voided_on IS NULL
    AND t.type IN ('payment', 'recoupment', 'refund', 'returned_payment');
ANALYZE payer_postings;

CREATE TEMP TABLE payer_money AS
SELECT account_id, line_no, cob_order, -sum(amount) AS posted
FROM payer_postings
GROUP BY account_id, line_no, cob_order;
ANALYZE payer_money;

CREATE TEMP TABLE write_offs AS
SELECT account_id, line_no,
    -sum(amount) FILTER (WHERE group_code IS NOT NULL) AS contractual,
    -sum(amount) AS written_off
FROM transactions
WHERE voided_on IS NULL AND type = 'adjustment'
GROUP BY account_id, line_no;
ANALYZE write_offs;

-- What each payer owes of each line, and what is left for the patient.
CREATE TEMP TABLE walked AS
WITH joined AS (
    SELECT
        p.account_id, p.line_no, p.charge, p.place, p.cob_order, p.capitated,
        f.paid, f.contractual, f.responsibility, f.claim_status, f.remit_claim_id,
        f.contractual > 0 AND (
            f.claim_status IN ('2', '3', '20', '21') OR f.claim_status = '4' AND f.after_another
        ) AS settles
    FROM places p
    LEFT JOIN in_force f USING (account_id, line_no, cob_order)
),
first AS (
    SELECT
        *,
        CASE WHEN capitated THEN charge - coalesce(responsibility, 0)
            ELSE least(contractual, charge) END AS allowed_off
    FROM joined
    WHERE place = 1
),
one AS (
    SELECT
        *,
        CASE WHEN capitated THEN 0
            ELSE greatest(least(coalesce(paid, 0), charge - allowed_off), 0) END AS share
    FROM first
),
two AS (
    SELECT
        o.account_id, o.line_no, o.charge, o.cob_order AS seat_1, o.share AS share_1,
        o.remit_claim_id IS NULL AS waits_1,
        o.allowed_off AS off_1,
        o.claim_status AS status_1,
        o.charge - coalesce(o.allowed_off, 0) - coalesce(o.share, 0) AS left_1,
        j.cob_order AS seat_2, j.paid AS paid_2, j.responsibility AS due_2, j.settles AS settles_2,
        j.claim_status AS status_2
    FROM one o
    LEFT JOIN joined j ON j.account_id = o.account_id AND j.line_no = o.line_no AND j.place = 2
),
two_settled AS (
    SELECT
        *,
        least(coalesce(paid_2, 0), left_1) AS share_2,
        CASE WHEN settles_2 THEN greatest(left_1 - least(coalesce(paid_2, 0), left_1) - due_2, 0) ELSE 0 END
            AS off_2,
        seat_2 IS NOT NULL AND paid_2 IS NULL AND left_1 > 0 AND NOT waits_1 AS waits_2
    FROM two
),
three AS (
    SELECT
        s.*,
        s.left_1 - coalesce(s.share_2, 0) - s.off_2 AS left_2,
        j.cob_order AS seat_3, j.paid AS paid_3, j.responsibility AS due_3,
        j.settles AS settles_3
    FROM two_settled s
    LEFT JOIN joined j ON j.account_id = s.account_id AND j.line_no = s.line_no AND j.place = 3
)
SELECT
    *,
    least(coalesce(paid_3, 0), left_2) AS share_3,
    CASE WHEN settles_3 THEN greatest(left_2 - least(coalesce(paid_3, 0), left_2) - due_3, 0) ELSE 0 END
        AS off_3,
    waits_1 OR waits_2
        OR seat_3 IS NOT NULL AND paid_3 IS NULL AND left_2 > 0 AS waits,
    status_1 IN ('1', '19') AND coalesce(status_2 IN ('1', '19'), false) AS two_first
FROM three;
ANALYZE walked;

CREATE TEMP TABLE targets AS
SELECT
    l.account_id, l.line_no, l.charge,
    coalesce(w.waits, false) AS waits,
    coalesce(w.two_first, false) AS two_first,
    coalesce(w.off_1, 0) + coalesce(w.off_2, 0) + coalesce(w.off_3, 0)
        + CASE WHEN u.account_id IS NULL THEN 0 ELSE
            coalesce(w.left_2, l.charge) - coalesce(w.share_3, 0) - coalesce(w.off_3, 0) END
        AS allowed_off,
    CASE WHEN u.account_id IS NOT NULL OR w.waits THEN 0
        ELSE coalesce(w.left_2, l.charge) - coalesce(w.share_3, 0) - coalesce(w.off_3, 0) END
        AS patient
FROM lines l
LEFT JOIN walked w USING (account_id, line_no)
LEFT JOIN (
    SELECT DISTINCT account_id FROM coverages WHERE NOT responsibility_collectable
) u USING (account_id);
ANALYZE targets;

-- What each payer has paid of each line above what it owes.
CREATE TEMP TABLE payer_excess AS
WITH owed AS (
    SELECT account_id, line_no, seat_1 AS cob_order, share_1 AS owes FROM walked
    UNION ALL
    SELECT account_id, line_no, seat_2, share_2 FROM walked
    UNION ALL
    SELECT account_id, line_no, seat_3, share_3 FROM walked
    UNION ALL
    SELECT account_id, line_no, cob_order, paid FROM in_force WHERE line_no = 0
)
SELECT m.account_id, m.line_no, m.cob_order, m.posted - coalesce(o.owes, 0) AS excess
FROM payer_money m
LEFT JOIN owed o USING (account_id, line_no, cob_order)
WHERE m.posted > coalesce(o.owes, 0);
ANALYZE payer_excess;

CREATE TEMP TABLE posted_twice AS
WITH posted AS (
    SELECT
        account_id, line_no, cob_order, trace_number, payer_claim_number, -sum(amount) AS posted
    FROM payer_postings
    WHERE type = 'payment'
    GROUP BY account_id, line_no, cob_order, trace_number, payer_claim_number
)
SELECT account_id, line_no, cob_order, sum(p.posted - a.gross) AS over
FROM posted p
JOIN answered a USING (account_id, line_no, cob_order, trace_number, payer_claim_number)
WHERE p.posted > a.gross
GROUP BY account_id, line_no, cob_order;
ANALYZE posted_twice;

-- Answers beside those in force; a claim of which any line changed is a corrected one.
CREATE TEMP TABLE paid_twice AS
WITH pairs AS (
    SELECT
        account_id, line_no, cob_order, a.remit_claim_id, f.remit_claim_id AS last_id, a.paid,
        bool_or(a.paid <> f.paid OR a.charge <> f.charge) OVER (
            PARTITION BY a.remit_claim_id, f.remit_claim_id
        ) AS changed
    FROM answered a
    JOIN in_force f USING (account_id, line_no, cob_order)
    WHERE a.trace_number <> f.trace_number
        AND coalesce(f.frequency_code, '1') NOT IN ('7', '8')
)
SELECT account_id, line_no, cob_order, sum(paid) AS over
FROM pairs
WHERE paid > 0 AND NOT changed
GROUP BY account_id, line_no, cob_order;
ANALYZE paid_twice;

-- Patient money that moved between accounts.
CREATE TEMP TABLE moved AS
WITH crossing AS (
    SELECT transfer_id
    FROM transactions
    WHERE voided_on IS NULL AND transfer_id IS NOT NULL
    GROUP BY transfer_id
    HAVING min(account_id) <> max(account_id)
)
SELECT account_id, -sum(amount) AS amount
FROM transactions
JOIN crossing USING (transfer_id)
WHERE voided_on IS NULL AND bucket = 'self'
GROUP BY account_id;
ANALYZE moved;

CREATE TABLE found AS
SELECT account_id, line_no, 'duplicate_posting' AS cause, least(e.excess, t.over) AS amount
FROM payer_excess e
JOIN posted_twice t USING (account_id, line_no, cob_order)
UNION ALL
SELECT account_id, line_no, 'duplicate_payment', least(e.excess - coalesce(t.over, 0), d.over)
FROM payer_excess e
JOIN paid_twice d USING (account_id, line_no, cob_order)
LEFT JOIN posted_twice t USING (account_id, line_no, cob_order)
WHERE e.excess > coalesce(t.over, 0)
UNION ALL
SELECT w.account_id, w.line_no, 'contractual_overposted', w.contractual - t.allowed_off
FROM write_offs w
JOIN targets t USING (account_id, line_no)
LEFT JOIN contract_amounts c ON c.account_id = w.account_id AND c.line_no = w.line_no
WHERE w.contractual > t.allowed_off
    AND NOT t.waits
    AND EXISTS (
        SELECT FROM in_force f WHERE f.account_id = w.account_id AND f.line_no = w.line_no
    )
    AND w.contractual IS DISTINCT FROM t.charge - c.expected_allowed
UNION ALL
SELECT account_id, NULL, 'patient_overcollection', m.paid - t.owed
FROM (
    SELECT account_id, sum(amount) AS paid
    FROM (
        SELECT account_id, -amount AS amount
        FROM transactions
        WHERE voided_on IS NULL AND payer_id IS NULL
            AND type IN ('payment', 'refund', 'returned_payment')
        UNION ALL
        SELECT account_id, amount FROM moved
    ) every
    GROUP BY account_id
) m
JOIN (
    SELECT account_id, sum(patient) AS owed
    FROM targets
    GROUP BY account_id
    HAVING NOT bool_or(waits) AND NOT bool_or(two_first)
) t USING (account_id)
WHERE m.paid > t.owed
    AND account_id NOT IN (SELECT account_id FROM coverages WHERE NOT responsibility_collectable);

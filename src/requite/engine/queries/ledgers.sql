-- Accounts of which no remittance speaks, and whether their ledger can hold a credit by itself. It
-- passes where more is held than charged, on the account or a line; where the patient paid and a
-- payer has not; where a later payer paid and an earlier one did not; where transfers ask something
-- of a party that has not paid it; where lines, payers or amounts are not plain.
WITH unheard AS (
    SELECT account_no, balance_cents, is_collectable
    FROM accounts
    ANTI JOIN remit_claims USING (account_no)
    ANTI JOIN provider_adjustments USING (account_no)
    SEMI JOIN places USING (account_no)
),
held AS (
    SELECT
        account_no,
        sum(patient_cents) AS patient_cents,
        sum(write_off_cents) AS write_off_cents,
        sum(first_cents) AS first_cents,
        sum(second_cents) AS second_cents,
        sum(third_cents) AS third_cents,
        bool_or(has_first)::INTEGER + bool_or(has_second)::INTEGER + bool_or(has_third)::INTEGER
            AS payers
    FROM posted_lines
    GROUP BY ALL
),
known AS (
    SELECT account_no, count(*) AS places, bool_or(capitated) AS is_capitated
    FROM places
    GROUP BY ALL
),
-- A line with as much posted as charged, or more; or without a charge.
full_lines AS (
    SELECT DISTINCT account_no
    FROM services
    FULL JOIN posted_lines USING (account_no, line_no)
    WHERE line_no > 0 AND (
        net_cents IS NULL
        OR net_cents <= 0
        OR net_cents < coalesce(
            contractual_cents + ungrouped_cents + write_off_cents + patient_cents + first_cents
                + second_cents + third_cents, 0
        )
    )
),
moved AS (
    SELECT
        account_no,
        sum(amount_cents) FILTER (bucket IN ('self', 'bad_debt')) AS self_cents,
        sum(amount_cents) FILTER (bucket = 'secondary') AS second_cents,
        sum(amount_cents) FILTER (bucket = 'tertiary') AS third_cents
    FROM transactions
    WHERE type = 'transfer' AND voided_on IS NULL
    GROUP BY ALL
),
unmet AS (
    SELECT
        m.account_no,
        greatest(
            coalesce(m.self_cents, 0)
                - greatest(coalesce(h.patient_cents, 0), 0)
                - greatest(coalesce(h.write_off_cents, 0), 0),
            0
        )
            + greatest(coalesce(m.second_cents, 0) - greatest(coalesce(h.second_cents, 0), 0), 0)
            + greatest(coalesce(m.third_cents, 0) - greatest(coalesce(h.third_cents, 0), 0), 0)
            AS cents
    FROM moved m
    LEFT JOIN held h USING (account_no)
),
-- The same line by line: a line that holds more than is kept on it for somebody else.
kept_lines AS (
    SELECT m.account_no
    FROM (
        SELECT account_no, line_no, sum(greatest(cents, 0)) AS cents
        FROM (
            SELECT
                account_no,
                line_no,
                CASE WHEN bucket IN ('self', 'bad_debt') THEN 'self' ELSE bucket END AS party,
                sum(amount_cents) AS cents
            FROM transactions
            WHERE type = 'transfer' AND voided_on IS NULL AND line_no IS NOT NULL
                AND bucket IN ('self', 'bad_debt', 'secondary', 'tertiary')
            GROUP BY ALL
        )
        GROUP BY ALL
        HAVING sum(greatest(cents, 0)) > 0
    ) m
    JOIN services s ON s.account_no = m.account_no AND s.line_no = m.line_no
    LEFT JOIN posted_lines p ON p.account_no = m.account_no AND p.line_no = m.line_no
    GROUP BY m.account_no
    HAVING bool_or(
        s.net_cents < m.cents + coalesce(
            contractual_cents + ungrouped_cents + write_off_cents + first_cents, 0
        )
    )
)
SELECT
    u.account_no,
    u.balance_cents < coalesce(n.cents, 0)
        OR (n.cents > 0 AND o.account_no IS NOT NULL)
        OR f.account_no IS NOT NULL
        OR c.account_no IS NULL
        OR coalesce(
            (h.patient_cents <> 0 AND (
                NOT u.is_collectable OR (u.balance_cents <> 0 AND h.payers < k.places)
            ))
            OR (k.is_capitated AND h.payers > 0)
            OR (u.balance_cents <> 0 AND (
                (h.second_cents <> 0 AND h.first_cents = 0)
                OR (h.third_cents <> 0 AND (h.first_cents = 0 OR h.second_cents = 0))
            )),
            false
        ) AS passes
FROM unheard u
JOIN known k USING (account_no)
LEFT JOIN held h USING (account_no)
LEFT JOIN unmet n USING (account_no)
LEFT JOIN full_lines f USING (account_no)
LEFT JOIN kept_lines o USING (account_no)
LEFT JOIN (SELECT DISTINCT account_no FROM services) c USING (account_no)

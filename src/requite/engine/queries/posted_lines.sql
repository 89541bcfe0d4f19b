-- What the ledger holds on each service line (line 0: on the account as a whole), by kind of entry
-- and by place of the payer; entries are split where the source allocates them itself.
WITH split AS (
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
living AS (
    SELECT
        account_no, transaction_id, line_no, type, payer_id, paid_by, bucket, tender, group_code,
        carc, trace_number, amount_cents
    FROM transactions
    WHERE voided_on IS NULL AND type <> 'transfer'
),
entries AS (
    SELECT
        t.* EXCLUDE (transaction_id, line_no, amount_cents),
        CASE WHEN w.transaction_id IS NULL THEN coalesce(t.line_no, 0) ELSE 0 END AS line_no,
        coalesce(w.amount_cents, 0) - t.amount_cents AS cash_cents
    FROM living t
    LEFT JOIN split_whole w USING (account_no, transaction_id)
    UNION ALL BY NAME
    SELECT t.* EXCLUDE (transaction_id, line_no, amount_cents), s.line_no, -s.amount_cents AS cash_cents
    FROM split s
    JOIN living t USING (account_no, transaction_id)
),
-- Who paid: as the domain tells it, where that is plain; else the entry is odd.
postings AS (
    SELECT
        e.account_no,
        e.line_no,
        CASE
            WHEN e.type = 'payment' AND e.paid_by = 'patient' THEN 'patient'
            WHEN e.type = 'payment' AND e.payer_id IS NOT NULL THEN
                CASE p.place WHEN 1 THEN 'first' WHEN 2 THEN 'second' WHEN 3 THEN 'third'
                    ELSE 'odd' END
            WHEN e.type = 'payment' AND (e.paid_by = 'payer' OR e.trace_number IS NOT NULL)
                THEN 'odd'
            WHEN e.type = 'payment' AND (
                e.bucket IN ('self', 'bad_debt') OR e.tender IN ('cash', 'card', 'hsa_card')
            ) THEN 'patient'
            WHEN e.type = 'payment' AND e.bucket IN ('primary', 'secondary', 'tertiary') THEN
                CASE b.place WHEN 1 THEN 'first' WHEN 2 THEN 'second' WHEN 3 THEN 'third'
                    ELSE 'odd' END
            WHEN e.type = 'payment' AND (
                v.account_no IS NULL OR (e.bucket IS NULL AND getvariable('payers_are_named'))
            ) THEN 'patient'
            WHEN e.type = 'payment' THEN 'odd'
            WHEN e.type = 'bad_debt' THEN 'write_off'
            WHEN e.type <> 'adjustment' OR e.carc = '225' THEN 'odd'
            WHEN coalesce(e.group_code, '') = '' THEN 'ungrouped'
            WHEN e.group_code = 'PR' THEN 'write_off'
            ELSE 'contractual'
        END AS kind,
        e.cash_cents
    FROM entries e
    LEFT JOIN places p ON p.account_no = e.account_no AND p.payer_id = e.payer_id
    LEFT JOIN places b
        ON b.account_no = e.account_no
        AND b.place = CASE e.bucket WHEN 'primary' THEN 1 WHEN 'secondary' THEN 2
            WHEN 'tertiary' THEN 3 END
    LEFT JOIN (SELECT DISTINCT account_no FROM coverages) v ON v.account_no = e.account_no
)
SELECT
    account_no,
    line_no,
    coalesce(sum(cash_cents) FILTER (kind = 'contractual'), 0) AS contractual_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'ungrouped'), 0) AS ungrouped_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'write_off'), 0) AS write_off_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'patient'), 0) AS patient_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'first'), 0) AS first_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'second'), 0) AS second_cents,
    coalesce(sum(cash_cents) FILTER (kind = 'third'), 0) AS third_cents,
    bool_or(kind = 'first') AS has_first,
    bool_or(kind = 'second') AS has_second,
    bool_or(kind = 'third') AS has_third,
    bool_or(kind = 'odd' OR cash_cents < 0) AS is_odd
FROM postings
GROUP BY ALL

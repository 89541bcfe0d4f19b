-- The service lines of each account: charges net of voids, and by what a remittance finds them.
SELECT
    account_no,
    line_no,
    coalesce(sum(amount_cents) FILTER (voided_on IS NULL), 0) AS net_cents,
    bool_or(voided_on IS NOT NULL OR amount_cents < 0) AS is_changed,
    min(service_date) AS service_date,
    count(*) AS charges,
    min(procedure_code) AS procedure_code
FROM charges
GROUP BY ALL

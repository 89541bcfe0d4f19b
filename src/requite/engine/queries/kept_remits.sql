-- Remittances, each with the payer on file that sent it, and each once: where tables describe a
-- payment that an 835 describes too, the 835 is kept; of two in tables, the lower source file and
-- number. The reader of the 835s keeps each of theirs once.
WITH identifiers AS (
    SELECT payer_id, trim(unnest(string_split(era_ids, '|'))) AS known_as
    FROM payers
    WHERE era_ids IS NOT NULL
),
bearing AS (
    SELECT form, remit_id, trim(unnest(string_split(payer_identifier, '|'))) AS known_as
    FROM remits
    WHERE payer_id IS NULL AND payer_identifier IS NOT NULL
),
hits AS (
    SELECT b.form, b.remit_id, i.payer_id, count(*) AS shared
    FROM bearing b
    JOIN identifiers i USING (known_as)
    WHERE b.known_as <> ''
    GROUP BY ALL
),
by_identifier AS (
    SELECT form, remit_id, min(payer_id) FILTER (shared = most) AS payer_id
    FROM (SELECT *, max(shared) OVER (PARTITION BY form, remit_id) AS most FROM hits)
    GROUP BY ALL
),
by_name AS (
    SELECT lower(trim(name)) AS name, min(payer_id) AS payer_id
    FROM payers
    GROUP BY ALL
    HAVING count(*) = 1
),
sent AS (
    SELECT
        r.* EXCLUDE (payer_id, trace_number, payment_date, production_date, is_bad),
        coalesce(r.trace_number, '') AS trace_number,
        coalesce(r.payment_date, r.production_date, DATE '1900-01-01') AS payment_date,
        coalesce(
            r.payer_id,
            i.payer_id,
            n.payer_id,
            nullif(trim(string_split(r.payer_identifier, '|')[1]), ''),
            r.payer_name
        ) AS payer_id
    FROM remits r
    LEFT JOIN by_identifier i USING (form, remit_id)
    LEFT JOIN by_name n ON n.name = lower(trim(r.payer_name))
),
-- A payment of nothing, or without a trace, is told from another only by the claims it explains.
contents AS (
    SELECT
        form,
        remit_id,
        bit_xor(hash(c.patient_control_number, c.claim_status, c.charge_cents, c.paid_cents)) AS mark
    FROM remit_claims c
    SEMI JOIN sent s
        ON s.form = c.form AND s.remit_id = c.remit_id
        AND (s.payment_amount_cents = 0 OR s.trace_number = '')
    GROUP BY ALL
)
SELECT
    s.*,
    s.form = 0 OR row_number() OVER (
        PARTITION BY
            s.trace_number,
            s.payment_date,
            s.payment_amount_cents,
            s.payer_id,
            CASE WHEN s.payment_amount_cents = 0 OR s.trace_number = '' THEN c.mark END
        ORDER BY s.form, s.source_file, s.remit_id
    ) = 1 AS is_kept
FROM sent s
LEFT JOIN contents c USING (form, remit_id)

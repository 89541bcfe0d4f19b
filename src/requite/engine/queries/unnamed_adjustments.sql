-- Take-backs that name no account and that no posting shows. Where a reference both raises and lowers payments its rows are
-- one signed sum (without a reference: those of one remittance), dated by the last of them.
WITH takebacks AS (
    SELECT
        *,
        CASE WHEN reference IS NULL THEN remit_id ELSE reference END AS thread,
        reference IS NULL AS is_blank
    FROM named_adjustments
    WHERE account_id IS NULL
        AND NOT is_posted
        AND payment_date <= $as_of
        AND (
            trim(reason_code) IN ('WO', 'FB', 'WU', 'OB')
            OR (trim(reason_code) IN ('72', 'B2', 'CS') AND amount_cents < 0)
        )
),
threads AS (
    SELECT
        payer_id,
        is_blank,
        thread,
        sum(amount_cents)::BIGINT AS net_cents,
        min(amount_cents) < 0 AND max(amount_cents) > 0 AS is_mixed,
        arg_max(key, (payment_date, remit_id, key)) AS last_key
    FROM takebacks
    GROUP BY ALL
)
SELECT
    t.key,
    t.remit_id,
    t.payer_id,
    t.trace_number,
    t.payment_date,
    t.reason_code,
    t.reference,
    CASE WHEN h.is_mixed THEN h.net_cents ELSE t.amount_cents END AS amount_cents
FROM takebacks t
JOIN threads h
    ON h.payer_id IS NOT DISTINCT FROM t.payer_id
    AND h.is_blank = t.is_blank AND h.thread = t.thread
WHERE CASE WHEN h.is_mixed THEN t.key = h.last_key AND h.net_cents > 0 ELSE t.amount_cents > 0 END
ORDER BY t.payer_id, t.amount_cents, t.payment_date, t.remit_id, t.key

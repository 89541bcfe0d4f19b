-- The account, and where it is certain the claim, that a provider adjustment's reference names:
-- by the payer's claim number, else by the patient control number, whole or between blanks; where
-- that names none, by a number written loosely, by one that the reference holds somewhere, by the
-- trace of a payment's reversals (FB), or by the number of our refund check (72, B2). And whether
-- a posting anywhere bears the payment's trace and the adjustment's amount.
WITH tokens AS (
    SELECT DISTINCT key, payer_id, unnest(list_append(string_split(reference, ' '), reference)) AS token
    FROM provider_adjustments_sent
    WHERE reference IS NOT NULL
),
by_payer_number AS (
    SELECT
        t.key,
        arg_min(
            {'claim': c.remit_claim_id, 'account': c.account_id},
            (c.payment_date, c.remit_id, c.place)
        ) AS named
    FROM tokens t
    JOIN resolved_claims c ON c.payer_id = t.payer_id AND c.payer_claim_number = t.token
    WHERE t.token <> '' AND c.account_id IS NOT NULL
    GROUP BY ALL
),
by_control_number AS (
    SELECT
        t.key,
        CASE
            WHEN count(DISTINCT coalesce(c.payer_claim_number, c.remit_claim_id)) = 1
            THEN arg_min(c.remit_claim_id, (c.payment_date, c.remit_id, c.place))
        END AS remit_claim_id,
        min(c.account_id) AS account_id
    FROM tokens t
    JOIN resolved_claims c ON c.payer_id = t.payer_id AND c.patient_control_number = t.token
    WHERE t.token <> '' AND c.account_id IS NOT NULL
    GROUP BY ALL
    HAVING min(c.account_id) = max(c.account_id)
),
billed AS (
    SELECT t.key, c.account_id
    FROM tokens t
    JOIN claims c ON c.patient_control_number = t.token
    WHERE t.token <> ''
    UNION ALL -- two joins: one on either number would compare every token with every claim
    SELECT t.key, c.account_id
    FROM tokens t
    JOIN claims c ON c.payer_claim_number = t.token AND c.payer_id = t.payer_id
    WHERE t.token <> ''
),
by_billed_claim AS (
    SELECT key, min(account_id) AS account_id
    FROM billed
    GROUP BY ALL
    HAVING min(account_id) = max(account_id)
),
by_account AS (
    SELECT t.key, min(a.account_id) AS account_id
    FROM tokens t
    JOIN accounts a ON a.account_id = t.token
    GROUP BY ALL
    HAVING count(*) = 1
),
as_written AS (
    SELECT
        d.*,
        coalesce(p.named.claim, CASE WHEN p.key IS NULL THEN c.remit_claim_id END) AS remit_claim_id,
        coalesce(p.named.account, c.account_id, b.account_id, a.account_id) AS account_id
    FROM provider_adjustments_sent d
    LEFT JOIN by_payer_number p USING (key)
    LEFT JOIN by_control_number c USING (key)
    LEFT JOIN by_billed_claim b USING (key)
    LEFT JOIN by_account a USING (key)
),
unclear AS (
    SELECT key, payer_id, reason_code, reference, amount_cents
    FROM as_written
    WHERE account_id IS NULL AND reference IS NOT NULL
),
numbers AS ( -- of the claims of payers that wrote unclear references
    SELECT DISTINCT c.payer_id, unnest([c.payer_claim_number, c.patient_control_number]) AS number
    FROM resolved_claims c
    SEMI JOIN unclear u ON u.payer_id = c.payer_id
    WHERE c.account_id IS NOT NULL
),
loose AS ( -- without case, blanks and a suffix after a hyphen
    SELECT DISTINCT
        key,
        payer_id,
        unnest([
            lower(replace(reference, ' ', '')),
            regexp_replace(lower(replace(reference, ' ', '')), '-[^-]*$', '')
        ]) AS token
    FROM unclear
),
held AS ( -- every run of 8 signs or more, for a number may stand anywhere; X12 allows 50
    SELECT DISTINCT u.key, u.payer_id, substr(u.reference, a.start, l.size) AS token
    FROM unclear u, unnest(range(1, length(u.reference) - 6)) AS a(start),
        unnest(range(8, length(u.reference) - a.start + 2)) AS l(size)
    WHERE length(u.reference) BETWEEN 8 AND 80
),
written AS (
    SELECT l.key, l.payer_id, n.number, 1 AS manner
    FROM loose l
    JOIN numbers n ON n.payer_id = l.payer_id AND lower(replace(n.number, ' ', '')) = l.token
    WHERE l.token <> ''
    UNION
    SELECT h.key, h.payer_id, n.number, 2
    FROM held h
    JOIN numbers n ON n.payer_id = h.payer_id AND n.number = h.token
),
meant AS (
    SELECT w.key, w.manner, w.number, c.*
    FROM written w
    JOIN resolved_claims c ON c.payer_id = w.payer_id AND c.payer_claim_number = w.number
    WHERE c.account_id IS NOT NULL
    UNION
    SELECT w.key, w.manner, w.number, c.*
    FROM written w
    JOIN resolved_claims c ON c.payer_id = w.payer_id AND c.patient_control_number = w.number
    WHERE c.account_id IS NOT NULL
    UNION
    SELECT u.key, 3, u.reference, c.*
    FROM unclear u
    JOIN resolved_claims c ON c.payer_id = u.payer_id AND c.trace_number = u.reference
    WHERE u.reason_code = 'FB' AND c.claim_status = '22' AND c.account_id IS NOT NULL
),
by_meaning AS ( -- only where a manner finds one number, of one account
    SELECT
        key,
        manner,
        CASE
            WHEN count(DISTINCT coalesce(payer_claim_number, remit_claim_id)) = 1
            THEN arg_min(remit_claim_id, (payment_date, remit_id, place))
        END AS remit_claim_id,
        min(account_id) AS account_id
    FROM meant
    GROUP BY ALL
    HAVING count(DISTINCT number) = 1 AND min(account_id) = max(account_id)
),
by_check AS (
    SELECT u.key, min(r.account_id) AS account_id
    FROM unclear u
    JOIN refunds r ON r.check_number = u.reference
    WHERE u.reason_code IN ('72', 'B2') AND r.payee = 'payer'
    GROUP BY ALL
    HAVING min(r.account_id) = max(r.account_id)
),
first_meaning AS (
    SELECT
        key,
        arg_min(struct_pack(claim := remit_claim_id, account := account_id), manner) AS named
    FROM by_meaning
    GROUP BY ALL
),
posted AS (
    SELECT DISTINCT d.key
    FROM provider_adjustments_sent d
    JOIN transactions t ON t.trace_number = d.trace_number AND t.amount_cents = d.amount_cents
    WHERE t.type IN ('recoupment', 'payment') AND t.voided_on IS NULL
)
SELECT
    w.* EXCLUDE (remit_claim_id, account_id),
    o.key IS NOT NULL AS is_posted,
    coalesce(w.remit_claim_id, m.named.claim) AS remit_claim_id,
    coalesce(w.account_id, m.named.account, k.account_id) AS account_id
FROM as_written w
LEFT JOIN first_meaning m USING (key)
LEFT JOIN by_check k USING (key)
LEFT JOIN posted o USING (key)

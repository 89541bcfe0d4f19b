-- The account, and where it is certain the claim, that a provider adjustment's reference names:
-- by the payer's claim number, else by the patient control number, whole or between blanks; and
-- whether a posting anywhere bears the payment's trace and the adjustment's amount.
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
posted AS (
    SELECT DISTINCT d.key
    FROM provider_adjustments_sent d
    JOIN transactions t ON t.trace_number = d.trace_number AND t.amount_cents = d.amount_cents
    WHERE t.type IN ('recoupment', 'payment') AND t.voided_on IS NULL
),
by_account AS (
    SELECT t.key, min(a.account_id) AS account_id
    FROM tokens t
    JOIN accounts a ON a.account_id = t.token
    GROUP BY ALL
    HAVING count(*) = 1
)
SELECT
    d.*,
    o.key IS NOT NULL AS is_posted,
    coalesce(p.named.claim, CASE WHEN p.key IS NULL THEN c.remit_claim_id END) AS remit_claim_id,
    coalesce(p.named.account, c.account_id, b.account_id, a.account_id) AS account_id
FROM provider_adjustments_sent d
LEFT JOIN by_payer_number p USING (key)
LEFT JOIN by_control_number c USING (key)
LEFT JOIN by_billed_claim b USING (key)
LEFT JOIN by_account a USING (key)
LEFT JOIN posted o USING (key)

-- What each payer paid by the ledger, and how much of that an 835 of the feed backs, in cents.
-- A payment is linked to a remittance by its trace or check number, or by a claim number that is in
-- one. Of the others of an account and payer so much is backed as the remittances state beyond what
-- is linked: the account has lines for it. Entries that reverse payments lower both.
WITH paid AS (
    SELECT
        t.account_id,
        t.payer_id,
        -t.amount_cents AS cents,
        t.trace_number,
        t.check_number,
        t.payer_claim_number,
        c.payer_claim_number AS billed_number
    FROM transactions t
    LEFT JOIN claims c ON c.claim_id = t.claim_id
    WHERE t.type = 'payment' AND t.payer_id IS NOT NULL AND t.voided_on IS NULL
),
traces AS (
    SELECT DISTINCT trace_number AS number FROM kept_remits WHERE is_kept AND trace_number <> ''
),
numbers AS (
    SELECT DISTINCT payer_claim_number AS number
    FROM resolved_claims
    WHERE payer_claim_number IS NOT NULL
),
posted AS (
    SELECT
        p.account_id,
        p.payer_id,
        sum(p.cents) AS cents,
        coalesce(sum(p.cents) FILTER (
            t.number IS NOT NULL OR k.number IS NOT NULL
            OR n.number IS NOT NULL OR b.number IS NOT NULL
        ), 0) AS linked_cents
    FROM paid p
    LEFT JOIN traces t ON t.number = p.trace_number
    LEFT JOIN traces k ON k.number = p.check_number
    LEFT JOIN numbers n ON n.number = p.payer_claim_number
    LEFT JOIN numbers b ON b.number = p.billed_number
    GROUP BY ALL
),
stated AS (
    SELECT account_id, payer_id, sum(paid_cents) AS cents
    FROM resolved_claims
    WHERE account_id IS NOT NULL
    GROUP BY ALL
),
backed AS (
    SELECT
        p.payer_id,
        p.cents,
        least(
            greatest(p.linked_cents, 0)
            + least(
                greatest(p.cents - p.linked_cents, 0),
                greatest(coalesce(s.cents, 0) - p.linked_cents, 0)
            ),
            greatest(p.cents, 0)
        ) AS backed_cents
    FROM posted p
    LEFT JOIN stated s USING (account_id, payer_id)
)
SELECT
    payer_id,
    coalesce(y.name, payer_id) AS name,
    coalesce(y.payer_class, 'other') = 'other' AS has_no_class,
    coalesce(trim(y.era_ids), '') = '' AS has_no_era_ids,
    v.payer_id IS NULL AS is_on_no_coverage,
    coalesce(sum(b.cents), 0)::BIGINT AS money_cents,
    coalesce(sum(b.backed_cents), 0)::BIGINT AS backed_cents
FROM backed b
FULL JOIN payers y USING (payer_id)
LEFT JOIN (SELECT DISTINCT payer_id FROM coverages) v USING (payer_id)
GROUP BY ALL
ORDER BY money_cents DESC, payer_id

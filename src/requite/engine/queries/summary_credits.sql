-- What the accounts hold, from their proofs; money in whole cents.
SELECT
    count(*) FILTER (credit > 0) AS accounts,
    count(*) FILTER (masked_credit > 0) AS masked_accounts,
    coalesce(sum(credit) * 100, 0)::BIGINT AS credit_cents,
    coalesce(sum(masked_credit) * 100, 0)::BIGINT AS masked_cents,
    coalesce(sum(still_owed) * 100, 0)::BIGINT AS owed_cents,
    count(*) FILTER (NOT agrees) AS disagreeing_accounts
FROM proof

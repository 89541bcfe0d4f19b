-- Account numbers that look like one that is not there: leading zeros or case, or a slip or two.
SELECT account_id
FROM accounts
WHERE ltrim(lower(account_id), '0') = ltrim(lower($wanted), '0')
    OR damerau_levenshtein(lower(account_id), lower($wanted)) <= 2
ORDER BY
    ltrim(lower(account_id), '0') <> ltrim(lower($wanted), '0'),
    damerau_levenshtein(lower(account_id), lower($wanted)),
    account_id
LIMIT 3

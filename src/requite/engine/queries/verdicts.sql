-- The verdicts, those to be answered first on top.
SELECT
    request_id,
    verdict,
    CAST(CAST(supported_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS supported_amount,
    reasons,
    account_id,
    CAST(CAST(overpayment_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS overpayment_amount,
    lookback_ends_on,
    respond_by,
    rule_id,
    action,
    evidence,
    explanation
FROM judged
ORDER BY respond_by NULLS LAST, received_on, request_id

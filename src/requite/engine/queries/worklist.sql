-- The findings as cases to work: each in one queue, with the days its clock still runs. Their
-- order, and whose money goes first, was decided with the findings.
SELECT
    f.priority,
    CASE
        WHEN f.party = 'none' THEN 'corrections'
        WHEN f.disposition = 'hold' THEN 'holds'
        WHEN f.party = 'undetermined' THEN 'person'
        WHEN f.due_on < r.as_of OR s.rank = 0 THEN 'first'
        WHEN f.party = 'patient' THEN 'patients'
        ELSE 'payers'
    END AS queue,
    f.due_on,
    date_diff('day', r.as_of, f.due_on)::INTEGER AS days_left,
    f.account_id,
    f.line_no,
    f.party,
    f.party_id,
    p.name AS payer_name,
    p.payer_class,
    f.cause,
    f.disposition,
    (f.amount * 100)::BIGINT AS amount_cents,
    f.certainty,
    f.rule_id,
    f.explanation,
    f.evidence,
    s.rank
FROM findings f
CROSS JOIN run r
JOIN standing s USING (priority)
LEFT JOIN payers p ON f.party = 'payer' AND p.payer_id = f.party_id

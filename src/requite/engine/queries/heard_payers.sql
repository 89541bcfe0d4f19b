-- The payers of whom the feed holds any remittance: where one of theirs is missing, it was lost.
SELECT DISTINCT payer_id FROM resolved_claims WHERE payer_id IS NOT NULL

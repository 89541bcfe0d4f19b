-- The accounts that rows which cannot be used bear on: their own, and those of the rows that stand
-- with them (the charge of an allocation, the other leg of a transfer, the posting of a deposit).
INSERT INTO touched
WITH named AS (
    SELECT DISTINCT unnest(list_append(string_split(reference, ' '), reference)) AS token
    FROM faulty_provider_adjustments
    WHERE reference IS NOT NULL
),
found AS (
    SELECT account_id, 'accounts' AS table_name FROM faulty_accounts
    UNION
    SELECT account_id, 'coverages' FROM faulty_coverages
    UNION
    SELECT account_id, 'claims' FROM faulty_claims
    UNION
    SELECT account_id, 'charges' FROM faulty_charges
    UNION
    SELECT account_id, 'transactions' FROM faulty_transactions
    UNION
    SELECT account_id, 'refunds' FROM faulty_refunds
    UNION
    SELECT account_id, 'contract_amounts' FROM faulty_contract_amounts
    UNION
    SELECT account_id, 'refund_requests' FROM faulty_refund_requests
    UNION
    SELECT a.account_id, 'patients'
    FROM accounts a
    SEMI JOIN faulty_patients USING (patient_id)
    UNION
    SELECT a.account_id, 'guarantors'
    FROM accounts a
    SEMI JOIN faulty_guarantors USING (guarantor_id)
    UNION
    SELECT c.account_id, 'allocations'
    FROM charges c
    SEMI JOIN faulty_allocations USING (charge_id)
    UNION
    SELECT t.account_id, 'allocations'
    FROM transactions t
    SEMI JOIN faulty_allocations USING (transaction_id)
    UNION
    SELECT t.account_id, 'charges'
    FROM transactions t
    SEMI JOIN (
        SELECT l.transaction_id FROM allocations l SEMI JOIN faulty_charges USING (charge_id)
    ) USING (transaction_id)
    UNION
    SELECT c.account_id, 'transactions'
    FROM charges c
    SEMI JOIN (
        SELECT l.charge_id FROM allocations l SEMI JOIN faulty_transactions USING (transaction_id)
    ) USING (charge_id)
    UNION
    SELECT t.account_id, 'transactions'
    FROM transactions t
    SEMI JOIN faulty_transactions USING (transfer_id)
    UNION
    SELECT t.account_id, 'bank_deposits'
    FROM transactions t
    SEMI JOIN faulty_bank_deposits USING (deposit_id)
    UNION
    SELECT t.account_id, 'bank_deposits'
    FROM transactions t
    SEMI JOIN (
        SELECT trace_number AS number FROM faulty_bank_deposits
    ) d ON d.number = t.trace_number
    UNION
    SELECT t.account_id, 'bank_deposits'
    FROM transactions t
    SEMI JOIN (
        SELECT trace_number AS number FROM faulty_bank_deposits
    ) d ON d.number = t.check_number
    UNION
    SELECT t.account_id, 'remits'
    FROM transactions t
    SEMI JOIN faulty_remits USING (trace_number)
    UNION
    SELECT r.token, 'remit_claims' FROM named r
    UNION
    SELECT c.account_id, 'provider_adjustments'
    FROM claims c
    JOIN named r ON r.token = c.patient_control_number
    UNION
    SELECT c.account_id, 'provider_adjustments'
    FROM claims c
    JOIN named r ON r.token = c.payer_claim_number
    UNION
    SELECT account_id, 'remit_claims' FROM suspect_claims
    UNION
    SELECT patient_control_number, 'remit_claims' FROM suspect_claims
    UNION
    SELECT c.account_id, 'remit_claims'
    FROM claims c
    SEMI JOIN suspect_claims USING (patient_control_number)
    UNION
    SELECT c.account_id, 'remit_claims'
    FROM claims c
    SEMI JOIN suspect_claims USING (payer_claim_number)
    UNION
    SELECT t.account_id, 'remit_claims'
    FROM transactions t
    SEMI JOIN suspect_claims USING (payer_claim_number)
)
SELECT account_id, table_name, false FROM found WHERE account_id IS NOT NULL

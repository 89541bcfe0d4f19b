"""A credit balance report as a source system prints it: one file, no ledger."""

"""A realistic, invented provider: ledger, remittances and the truth about both."""

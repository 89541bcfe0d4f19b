"""Judging payers' refund requests: which account, what is owed there, what is answered."""

"""Whose money is it, and why: one account in, its findings out."""

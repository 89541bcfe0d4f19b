"""Remittance advice (X12 835) read into records."""

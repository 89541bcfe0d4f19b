"""When a ledger has more accounts with findings than an ordinary one: then somebody looks first."""

FEW_ACCOUNTS = 50  # of fewer nobody can tell
FIFTH = 5


def are_many(flagged: int, accounts: int) -> bool:
    """Whether more than a fifth of the accounts are flagged, of a ledger that is not small.

    >>> are_many(12, 60), are_many(13, 60), are_many(49, 49)
    (False, True, False)
    """
    return accounts >= FEW_ACCOUNTS and flagged * FIFTH > accounts

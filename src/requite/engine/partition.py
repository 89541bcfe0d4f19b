"""Which partition an account belongs to: a stable hash of its number, never of the machine."""

import hashlib

from requite.engine.database import identifier

ACCOUNTS_A_PARTITION = 65_536  # some 700,000 ledger entries: they fit a worker's memory with ease
HASH_BITS = 16  # so at most 65,536 partitions: four billion accounts


def partition_bits(accounts: int) -> int:
    """Bits of the hash that name a partition, so that none holds too many of `accounts`.

    >>> partition_bits(5_000), partition_bits(10_000_000)
    (0, 8)
    """
    bits = 0
    while bits < HASH_BITS and accounts > ACCOUNTS_A_PARTITION << bits:
        bits += 1
    return bits


def partition_of(account_id: str, bits: int) -> int:
    """The partition of one account: the leading bits of the MD5 of its number.

    >>> partition_of("0001042", 0)
    0
    >>> partition_of("0001042", 8)
    156
    """
    digest = hashlib.md5(account_id.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:2], "big") >> (HASH_BITS - bits)


def partition_sql(column: str, bits: int) -> str:
    """`partition_of` as SQL over a column of account numbers."""
    if bits == 0:
        return "0"
    return f"(('0x' || left(md5({identifier(column)}), 4))::INTEGER >> {HASH_BITS - bits})"

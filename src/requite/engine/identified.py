"""Since when a store knows of the money of each part: the day of the run that first found it.

A clock that starts with identification must not start anew with every run. What a run finds is
remembered by account, line and owner, not by cause: who knew of the money was bound, whatever was
thought of it. What is found no longer is forgotten, so that a new credit starts a new clock.
"""

import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from requite.engine.database import connect, literal, parquet, query
from requite.engine.store import Snapshot

IDENTIFIED = "identified.parquet"
Owner = tuple[str, int | None, str]  # account, line, whose
Identified = Mapping[Owner, date]


def identified_in(root: Path, snapshot: Snapshot, part: int) -> Identified:
    """What the store in `root` remembers of the accounts of one partition."""
    kept = root / IDENTIFIED
    if not kept.is_file():
        return {}
    with connect() as connection:
        rows = connection.execute(
            f"SELECT account_id, line_no, owner, identified_on FROM {parquet([kept])} k "
            f"SEMI JOIN {parquet([snapshot.file('accounts', part)])} a USING (account_id)"
        ).fetchall()
    return {(account_id, line_no, owner): day for account_id, line_no, owner, day in rows}


def remember(root: Path, found: Path, as_of: date) -> None:
    """Keep in `root` what the run of that day found, whose partitions' findings lie in `found`."""
    kept = root / IDENTIFIED
    paths = sorted(found.glob("*.parquet"))
    handle, name = tempfile.mkstemp(prefix="identified-", dir=root)
    os.close(handle)
    with connect() as connection:
        connection.execute(f"CREATE TEMP VIEW found AS SELECT * FROM {parquet(paths)}")
        known = (
            f"SELECT * FROM {parquet([kept])}"
            if kept.is_file()
            else "SELECT '' AS account_id, 0 AS line_no, '' AS owner, DATE '0001-01-01' "
            "AS identified_on WHERE false"
        )
        connection.execute(f"CREATE TEMP VIEW known AS {known}")
        connection.execute(
            f"CREATE TEMP TABLE run AS SELECT DATE {literal(as_of.isoformat())} AS as_of"
        )
        connection.execute(f"COPY ({query('identified')}) TO {literal(name)} (FORMAT parquet)")
    Path(name).replace(kept)

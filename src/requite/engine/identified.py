"""Since when a store knows of the money of each part: the day of the run that first found it.

A clock that starts with identification must not start anew with every run. What a run finds is
remembered by account, line and owner, not by cause: who knew of the money was bound, whatever was
thought of it. What is found no longer is forgotten, so that a new credit starts a new clock.
"""

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
    kept, fresh = root / IDENTIFIED, root / f"new-{IDENTIFIED}"
    paths = sorted(found.glob("*.parquet"))
    with connect() as connection:
        connection.execute(f"CREATE TEMP VIEW found AS SELECT * FROM {parquet(paths)}")
        connection.execute(
            "CREATE TEMP TABLE known "
            "(account_id VARCHAR, line_no INTEGER, owner VARCHAR, identified_on DATE)"
        )
        if kept.is_file():
            connection.execute(f"INSERT INTO known SELECT * FROM {parquet([kept])}")
        connection.execute("CREATE TEMP TABLE run AS SELECT $day::DATE AS as_of", {"day": as_of})
        connection.execute(f"COPY ({query('identified')}) TO {literal(fresh)} (FORMAT parquet)")
    fresh.replace(kept)

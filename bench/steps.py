"""The steps of Requite, each as a program whose cost can be measured from outside.

    python steps.py import FEED STORE PROCESSES
    python steps.py determine STORE OUT AS_OF PROCESSES
    python steps.py screen STORE AS_OF
    python steps.py sums STORE
    python steps.py scan STORE
    python steps.py domain STORE AS_OF ACCOUNTS
    python steps.py growth LINES
    python steps.py one LINES

Each prints its own figures as a JSON object.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from one_account import write_feed

from requite.domain.determination import determine as domain
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.example import book
from requite.domain.determination.large_example import KINDS, large_account
from requite.engine.database import connect, parquet
from requite.engine.determine import Run, determine, determine_snapshot
from requite.engine.gather import accounts_of, book_of
from requite.engine.importer import Scope, import_feed
from requite.engine.output import write_output
from requite.engine.screen import lines, screen
from requite.engine.store import Snapshot, Store
from requite.engine.stored import STORED

# The numbers without which no credit can be told: what was charged, posted (and where), paid and
# adjusted.
SCANNED = {
    "charges": ("amount_cents",),
    "transactions": ("amount_cents", "line_no"),
    "remit_lines": ("paid_cents",),
    "remit_adjustments": ("amount_cents",),
}
TIMES = 3
LONG_SECONDS = 10


def cpu_of(work: Callable[[], object]) -> float:
    """Processor seconds of this process that `work` takes, the least of some runs if short."""
    least = float("inf")
    for _ in range(TIMES):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
        if least > LONG_SECONDS:
            break
    return least


def run_import(feed: str, store: str, processes: str, scope: str) -> dict[str, Any]:
    """Bring a feed into a store that is kept, or lay changes over it."""
    snapshot = import_feed(Path(feed), Path(store), scope=Scope(scope), processes=int(processes))
    size = sum(file.size for file in snapshot.manifest.files)
    rows = {
        table: sum(file.rows for file in snapshot.manifest.files if file.table == table)
        for table in ("transactions", "remit_lines")
    }
    return {"accounts": snapshot.manifest.accounts, "bytes": size, **rows}


def run_determine(store: str, out: str, as_of: str, processes: str) -> dict[str, Any]:
    """Determine all that a store holds: screen, gather, domain, and all that `detect` writes."""
    snapshot = Store(Path(store)).current()
    day = date.fromisoformat(as_of)
    work = Path(out) / "work"
    determine_snapshot(snapshot, work, as_of=day, processes=int(processes))
    started = time.process_time()
    write_output(snapshot, work, Path(out), as_of=day, seconds={})
    return {"output_seconds": time.process_time() - started}


def run_screen(store: str, as_of: str) -> dict[str, Any]:
    """Screen every partition, one after the other."""
    snapshot = Store(Path(store)).current()
    day = date.fromisoformat(as_of)
    passed = 0

    def every() -> None:
        nonlocal passed
        with connect() as connection:
            passed = sum(len(screen(snapshot, part, day, connection)) for part in snapshot.parts)

    cpu_seconds = cpu_of(every)
    return {"cpu_seconds": cpu_seconds, "passed": passed, "accounts": snapshot.manifest.accounts}


def run_sums(store: str) -> dict[str, Any]:
    """Sum both sides of every service line, as the import does for the screen; keep nothing."""
    snapshot = Store(Path(store)).current()
    names = ("accounts", "other_legs", *(table.name for table in STORED))

    def every() -> None:
        for part in snapshot.parts:
            with connect() as connection:
                files = {name: snapshot.file(name, part) for name in names}
                for name, file in {**files, "payers": snapshot.file("payers")}.items():
                    connection.execute(f"CREATE VIEW {name} AS FROM {parquet([file])}")
                connection.execute(f"CREATE TEMP TABLE summed AS {lines(connection)}")

    return {"cpu_seconds": cpu_of(every)}


def run_scan(store: str) -> dict[str, Any]:
    """Sum five columns of the store's Parquet, and do nothing else."""
    snapshot = Store(Path(store)).current()

    def every() -> None:
        with connect() as connection:
            for table, columns in SCANNED.items():
                sums = ", ".join(f"sum({column})" for column in columns)
                relation = parquet(snapshot.files(table))
                connection.execute(f"SELECT {sums} FROM {relation}").fetchall()

    return {"cpu_seconds": cpu_of(every)}


def run_domain(store: str, as_of: str, accounts: str) -> dict[str, Any]:
    """Determine accounts whose rows lie in memory: all of them, and those the screen passes."""
    snapshot = Store(Path(store)).current()
    book = book_of(snapshot, date.fromisoformat(as_of))
    wanted = int(accounts)
    every = list(islice(chain.from_iterable(_all(snapshot, book)), wanted))
    passed = list(islice(chain.from_iterable(_passed(snapshot, book)), wanted))
    return {
        "loop_seconds": cpu_of(_loop),
        "all": _rate(every, book),
        "passed": _rate(passed, book),
        "entries": sum(len(account.entries) for account in every) / len(every),
    }


def _all(snapshot: Snapshot, book: Book) -> Iterator[Iterator[PatientAccount]]:
    return (accounts_of(snapshot, part, as_of=book.as_of) for part in snapshot.parts)


def _passed(snapshot: Snapshot, book: Book) -> Iterator[Iterator[PatientAccount]]:
    with connect() as connection:
        for part in snapshot.parts:
            numbers = screen(snapshot, part, book.as_of, connection)
            yield accounts_of(snapshot, part, numbers=numbers, as_of=book.as_of)


def _loop() -> None:
    """Ten million additions in plain Python: how fast this machine is just now."""
    total = 0
    for number in range(10_000_000):
        total += number


def _rate(accounts: Sequence[PatientAccount], book: Book) -> float:
    """Accounts a processor second."""

    def every() -> None:
        for account in accounts:
            domain.determine_account(account, book, table=False)

    gc.disable()  # as the engine does while it determines
    try:
        return len(accounts) / cpu_of(every)
    finally:
        gc.enable()


def run_growth(lines: str) -> dict[str, Any]:
    """Determine one account of so many lines, in all the ways it may be kept, one by one."""
    seconds, entries = 0.0, 0
    for kind in KINDS:
        account, seen = large_account(kind, int(lines)), book()
        gc.disable()  # as the engine does while it determines
        try:
            seconds += cpu_of(partial(domain.determine_account, account, seen, table=False))
        finally:
            gc.enable()
        entries += len(account.entries)
    return {"seconds": seconds, "entries": entries, "kinds": len(KINDS)}


def run_one(lines: str) -> dict[str, Any]:
    """From a feed of one account of so many lines to its findings, in all the ways it is kept."""
    seconds, entries = 0.0, 0
    for kind in KINDS:
        account, seen = large_account(kind, int(lines)), book()
        with TemporaryDirectory() as folder:
            feed = Path(folder) / "feed"
            write_feed(account, seen, feed)
            started = time.process_time()
            determine(feed, Path(folder) / "out", as_of=seen.as_of, run=Run(processes=1))
            seconds += time.process_time() - started
        entries += len(account.entries)
    return {"seconds": seconds, "entries": entries, "kinds": len(KINDS)}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "import": run_import,
    "determine": run_determine,
    "screen": run_screen,
    "growth": run_growth,
    "one": run_one,
    "sums": run_sums,
    "scan": run_scan,
    "domain": run_domain,
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))

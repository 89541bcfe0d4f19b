"""Determination of a whole feed: partitions, screen, gather, domain, output."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.deadlines import Due
from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account
from requite.domain.determination.finding import Determination, Finding
from requite.engine.apart import keep_apart
from requite.engine.child import children
from requite.engine.database import connect, literal, parquet, processors, query
from requite.engine.due import dues_of, queue_key
from requite.engine.gate import LIMIT
from requite.engine.gather import accounts_of, book_of
from requite.engine.identified import identified_in, remember
from requite.engine.importer import Tolerance, import_feed, scope_of
from requite.engine.letters import Letters, letters_of
from requite.engine.output import write_output
from requite.engine.problems import LISTED, fresh
from requite.engine.screen import screen
from requite.engine.store import Snapshot
from requite.engine.unreadable import work_folder

FINDING_ROW = pa.schema(
    [
        ("account_id", pa.string()),
        ("line_no", pa.int32()),
        ("party", pa.string()),
        ("party_id", pa.string()),
        ("cause", pa.string()),
        ("disposition", pa.string()),
        ("amount_cents", pa.int64()),
        ("certainty", pa.string()),
        ("rests_on", pa.string()),
        ("due_on", pa.date32()),
        ("rule_id", pa.string()),
        ("evidence", pa.string()),
        ("explanation", pa.string()),
        ("payer_id", pa.string()),
        ("is_in_time", pa.bool_()),
        ("queue", pa.int32()),
        ("days_left", pa.int32()),
        ("money_on", pa.date32()),
    ]
)
FINDINGS = "findings"  # the folder of the partitions' findings
PROOF_ROW = pa.schema(
    [
        ("account_id", pa.string()),
        ("balance_cents", pa.int64()),
        ("credit_cents", pa.int64()),
        ("masked_cents", pa.int64()),
        ("owed_cents", pa.int64()),
        ("findings_cents", pa.int64()),
        ("held_by_payer_cents", pa.int64()),
        ("variances", pa.string()),
    ]
)


Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the ledger: payers' letters by account, and the store that remembers."""

    letters: Letters = field(default_factory=dict)
    memory: Path | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How a determination is run: on how many processors, over which store, told to whom."""

    processes: int | None = None  # all of this process's by default
    store: Path | None = None  # a store to keep; one for this run only by default
    report: Report = lambda _: None
    changes: bool = False  # the feed holds what changed since the last import into the store
    hold_out_limit: float = LIMIT  # the share of accounts that may be held out for problems


@dataclass(slots=True)
class Outcome:
    """What a run of `determine` found, in figures."""

    out: Path
    summary: dict[str, Any] = field(default_factory=dict)


def determine(feed: Path, out: Path, *, as_of: date, run: Run | None = None) -> Outcome:
    """Find every credit of a feed and say whose money it is.

    Parameters
    ----------
    feed : Path
        A folder as the contract describes it.
    out : Path
        Where findings, proof, worklist, summary and import report go; made if it is not there.
    as_of : date
        The day to look from: what is dated later is not there yet.
    run : Run, optional
        Processors, store and progress. The files written do not depend on them.

    Returns
    -------
    Outcome
        The summary, as `summary.json` has it.

    Raises
    ------
    RefusedFeed
        Where the feed is refused; `out` then holds nothing new but the list of problems.
    WritesIntoFeed
        Where `out` or the store lies in the feed.
    """
    run = run or Run()
    keep_apart(feed, out, run.store)
    started = time.perf_counter()
    with work_folder(out) as folder:
        store = run.store or folder / "store"
        scope = scope_of(run.store, changes=run.changes)
        snapshot = import_feed(
            feed, store, scope=scope, processes=run.processes, progress=run.report,
            tolerance=Tolerance(run.hold_out_limit, fresh(out / LISTED)),
        )  # fmt: skip
        imported = time.perf_counter()
        run.report("Determine")
        determine_snapshot(snapshot, folder, as_of=as_of, processes=run.processes, memory=run.store)
        seconds = {"import": imported - started, "determine": time.perf_counter() - imported}
        run.report("Write findings and worklist")
        summary = write_output(snapshot, folder, out, as_of=as_of, seconds=seconds)
        if run.store is not None:
            remember(run.store, folder / FINDINGS, as_of)
    return Outcome(out, summary)


def determine_snapshot(
    snapshot: Snapshot,
    folder: Path,
    *,
    as_of: date,
    processes: int | None = None,
    memory: Path | None = None,
) -> None:
    """Determine every partition of `snapshot` into `folder`, several at once.

    Each partition is one task and writes its own files, so neither their number nor the order in
    which they end shows in what is written. `memory` is the store that remembers earlier runs.
    """
    workers = min(processes or processors(), len(snapshot.parts))
    known = Known(letters_of(snapshot, as_of, folder, processes), memory)
    if workers <= 1:
        book = book_of(snapshot, as_of)
        for part in snapshot.parts:
            determine_partition(snapshot, part, book, folder, known)
        return
    with children(workers, _open, snapshot, as_of, folder, known) as pool:
        for _ in pool.map(_determine_one, snapshot.parts):
            pass


class _Task:
    """What a worker process keeps from one partition to the next."""

    snapshot: Snapshot
    book: Book
    folder: Path
    known: Known


def _open(snapshot: Snapshot, as_of: date, folder: Path, known: Known) -> None:
    """Prepare a worker process."""
    _Task.snapshot, _Task.book, _Task.folder = snapshot, book_of(snapshot, as_of), folder
    _Task.known = known


def _determine_one(part: int) -> None:
    determine_partition(_Task.snapshot, part, _Task.book, _Task.folder, _Task.known)


def determine_partition(
    snapshot: Snapshot, part: int, book: Book, folder: Path, known: Known
) -> None:
    """Write the findings and proofs of one partition.

    The screen says which accounts can hold a credit; the proof of all others is their balance.
    """
    findings: list[tuple[Any, ...]] = []
    proofs: list[tuple[Any, ...]] = []
    identified = identified_in(known.memory, snapshot, part) if known.memory else {}
    with connect() as connection:
        numbers = screen(snapshot, part, book.as_of, connection)
        gc.disable()  # a determination leaves no circles behind: looking for them is waste
        try:
            for account in accounts_of(snapshot, part, numbers=numbers, as_of=book.as_of):
                answer = determine_account(account, book, table=False)
                letters = known.letters.get(account.account_id, ())
                dues = dues_of(answer, account, book, letters, identified)
                findings += [
                    _finding_row(finding, due, account, book)
                    for finding, due in zip(answer.findings, dues, strict=True)
                ]
                proofs.append(_proof_row(answer))
        finally:
            gc.enable()
        _write(folder / FINDINGS / f"{part:05}.parquet", findings, FINDING_ROW)
        _write(folder / "determined" / f"{part:05}.parquet", proofs, PROOF_ROW)
        proved = folder / "proof" / f"{part:05}.parquet"
        proved.parent.mkdir(parents=True, exist_ok=True)
        determined = parquet([folder / "determined" / f"{part:05}.parquet"])
        connection.execute(f"CREATE OR REPLACE TEMP VIEW determined AS SELECT * FROM {determined}")
        connection.execute(f"COPY ({query('proof_of_part')}) TO {literal(proved)} (FORMAT parquet)")


def _finding_row(
    finding: Finding, due: Due | None, account: PatientAccount, book: Book
) -> tuple[Any, ...]:
    is_in_time, queue, days_left, _, money_on, *_ = queue_key(finding, due, account, book)
    return (
        finding.account_id,
        finding.line_no,
        finding.party,
        finding.party_id,
        finding.cause,
        finding.disposition,
        finding.amount_cents,
        finding.certainty,
        finding.rests_on,
        due.due_on if due else None,
        due.rule_id if due else None,
        "|".join(finding.evidence),
        finding.explanation,
        finding.payer_id,
        is_in_time,
        queue,
        days_left,
        money_on,
    )


def _proof_row(answer: Determination) -> tuple[Any, ...]:
    return (
        answer.account_id,
        answer.balance_cents,
        answer.credit_cents,
        answer.masked_cents,
        answer.owed_cents,
        sum(finding.amount_cents for finding in answer.findings),
        answer.held_by_payer_cents,
        "|".join(
            f"{'' if line_no is None else line_no}:{payer_id}:{cents}"
            for line_no, payer_id, cents in answer.variances
        )
        or None,
    )


def _write(path: Path, rows: list[tuple[Any, ...]], schema: pa.Schema) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [
        pa.array(column, type=kind.type) for column, kind in zip(columns, schema, strict=True)
    ]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)

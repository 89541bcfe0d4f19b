"""Determination of a whole feed: partitions, screen, gather, domain, output."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account
from requite.domain.determination.finding import Determination, Finding
from requite.engine.due import due_of, queue_key
from requite.engine.gather import accounts_of, book_of
from requite.engine.importer import import_feed
from requite.engine.output import write_output
from requite.engine.store import Snapshot

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
PROOF_ROW = pa.schema(
    [
        ("account_id", pa.string()),
        ("balance_cents", pa.int64()),
        ("credit_cents", pa.int64()),
        ("masked_cents", pa.int64()),
        ("owed_cents", pa.int64()),
        ("findings_cents", pa.int64()),
        ("variances", pa.string()),
    ]
)


@dataclass(slots=True)
class Outcome:
    """What a run of `determine` found, in figures."""

    out: Path
    summary: dict[str, Any] = field(default_factory=dict)


def determine(
    feed: Path,
    out: Path,
    *,
    as_of: date,
    processes: int | None = None,
    store: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Find every credit of the feed and write findings, proof and summary to `out`."""
    started = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=out) as folder:
        snapshot = import_feed(
            feed, store or Path(folder) / "store", processes=processes, progress=report
        )
        imported = time.perf_counter()
        report("Determine")
        determine_snapshot(snapshot, Path(folder), as_of=as_of)
        seconds = {"import": imported - started, "determine": time.perf_counter() - imported}
        report("Write the findings")
        summary = write_output(snapshot, Path(folder), out, seconds)
    return Outcome(out, summary)


def determine_snapshot(snapshot: Snapshot, folder: Path, *, as_of: date) -> None:
    """Determine every partition of `snapshot` into `folder`."""
    book = book_of(snapshot, as_of)
    for part in snapshot.parts:
        determine_partition(snapshot, part, book, folder)


def determine_partition(snapshot: Snapshot, part: int, book: Book, folder: Path) -> None:
    """Write the findings and proofs of one partition."""
    findings: list[tuple[Any, ...]] = []
    proofs: list[tuple[Any, ...]] = []
    for account in accounts_of(snapshot, part, as_of=book.as_of):
        answer = determine_account(account, book)
        findings += [_finding_row(finding, account, book) for finding in answer.findings]
        proofs.append(_proof_row(answer))
    _write(folder / "findings" / f"{part:05}.parquet", findings, FINDING_ROW)
    _write(folder / "proof" / f"{part:05}.parquet", proofs, PROOF_ROW)


def _finding_row(finding: Finding, account: PatientAccount, book: Book) -> tuple[Any, ...]:
    due = due_of(finding, account, book)
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

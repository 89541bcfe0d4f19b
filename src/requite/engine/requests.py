"""Payers' refund requests: matched to accounts in sets, judged account by account."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.request import RefundRequest, Verdict, turn
from requite.domain.requests.judge import (
    Terms,
    judge_account,
    judge_held,
    judge_not_ours,
    judge_unmatched,
)
from requite.domain.requests.match import Key, Match, candidate_of, kin_of, match
from requite.domain.requests.provider import Numbers, named_other, numbers_of
from requite.engine.apart import keep_apart
from requite.engine.csv_file import write_csv
from requite.engine.database import connect, literal, processors, query
from requite.engine.gate import LIMIT
from requite.engine.gather import accounts_of, book_of
from requite.engine.importer import Tolerance, import_feed, scope_of
from requite.engine.letters import Letters
from requite.engine.problems import LISTED, fresh
from requite.engine.request_match import Found, find_candidates
from requite.engine.store import Snapshot
from requite.engine.unreadable import work_folder

MOST_FITS = 50  # accounts that are laid beside one request; more are no match but a crowd
VERDICT_ROW = pa.schema(
    [
        ("request_id", pa.string()),
        ("received_on", pa.date32()),
        ("verdict", pa.string()),
        ("supported_cents", pa.int64()),
        ("reasons", pa.string()),
        ("account_id", pa.string()),
        ("overpayment_cents", pa.int64()),
        ("lookback_ends_on", pa.date32()),
        ("respond_by", pa.date32()),
        ("rule_id", pa.string()),
        ("action", pa.string()),
        ("evidence", pa.string()),
        ("explanation", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The requests of a feed with their verdicts, in the order in which they came.

    `to_come` are those received after the day: nothing is said of them yet.
    """

    out: Path
    requests: tuple[RefundRequest, ...]
    verdicts: tuple[Verdict, ...]
    to_come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What to judge, by what day, and where to put it.

    `processes` are all of this process's by default; the verdicts do not depend on them. In
    `store` the imported ledger is kept for a further run, else it is forgotten. With `changes`
    the feed holds what changed since the last import into the store. `hold_out_limit` is the share
    of accounts that may be held out for problems of their rows.
    """

    feed: Path
    out: Path
    as_of: date
    processes: int | None = None
    store: Path | None = None
    changes: bool = False
    hold_out_limit: float = LIMIT


def judge_requests(task: Task, report: Callable[[str], None] = lambda _: None) -> Judged:
    """Judge every refund request of a feed; write `verdicts.parquet` and `verdicts.csv`.

    Parameters
    ----------
    task : Task
        The feed that holds the requests, with the ledger and remittances they are judged by;
        what came after its day is not there yet.
    report : callable
        Told the name of each step as it begins.

    Raises
    ------
    RefusedFeed
        Where the feed is refused. Nothing is written then but the list of problems.
    WritesIntoFeed
        Where the output or the store lies in the feed.
    """
    keep_apart(task.feed, task.out, task.store)
    with work_folder(task.out) as work:
        store = task.store or work / "store"
        scope = scope_of(task.store, changes=task.changes)
        snapshot = import_feed(
            task.feed, store, scope=scope, processes=task.processes, progress=report,
            tolerance=Tolerance(task.hold_out_limit, fresh(task.out / LISTED)),
        )  # fmt: skip
        report("Judge the requests")
        judged = judge_snapshot(snapshot, task, work)
        report("Write the verdicts")
        _write(judged, work)
    return judged


def judge_snapshot(snapshot: Snapshot, task: Task, work: Path) -> Judged:
    """Judge the requests that a snapshot of the store holds."""
    everything = requests_of(snapshot)
    requests = [one for one in everything if one.received_on <= task.as_of]
    to_come = sorted(one.request_id for one in everything if one.received_on > task.as_of)
    verdicts = judge_all(snapshot, requests, task, work)
    return Judged(task.out, tuple(sorted(requests, key=turn)), verdicts, tuple(to_come))


def judge_all(
    snapshot: Snapshot, requests: list[RefundRequest], task: Task, work: Path
) -> tuple[Verdict, ...]:
    """The verdicts on requests from the ledger of a snapshot, in the order in which they came."""
    if not requests:
        return ()
    heard = sorted(requests, key=turn)
    book = book_of(snapshot, task.as_of)
    verdicts = hearing_of(snapshot, book, heard, work, task.processes).verdicts()
    return tuple(verdicts[request.request_id] for request in heard)


def hearing_of(
    snapshot: Snapshot, book: Book, heard: list[RefundRequest], work: Path, processes: int | None
) -> "Hearing":
    """Requests, in the order in which they came, with the accounts that they may be about."""
    threads = processes or processors()
    found = find_candidates(snapshot, heard, book, threads=threads, spill=work / "spill")
    return Hearing(snapshot, book, heard, found)


def hearing_by(
    snapshot: Snapshot, book: Book, work: Path, processes: int | None
) -> "Hearing | None":
    """All requests received by the day of `book`; None where there are none."""
    heard = sorted((r for r in requests_of(snapshot) if r.received_on <= book.as_of), key=turn)
    return hearing_of(snapshot, book, heard, work, processes) if heard else None


def requests_of(snapshot: Snapshot) -> list[RefundRequest]:
    """The refund requests of a snapshot."""
    columns = list(RefundRequest._fields)
    content = pq.read_table(snapshot.file("refund_requests"), columns=columns)
    values = (content.column(name).to_pylist() for name in columns)
    return [RefundRequest._make(row) for row in zip(*values, strict=True)]


class Hearing:
    """All requests of a snapshot, with the accounts that they may be about."""

    def __init__(
        self, snapshot: Snapshot, book: Book, requests: list[RefundRequest], found: Found
    ) -> None:
        self.snapshot = snapshot
        self.book = book
        self.requests = requests
        self.found = found
        self.terms = Terms(_offset_payers(snapshot))
        self.ours = _numbers(snapshot)
        wanted = {account_id for fits in found.values() for account_id in _few(fits)}
        self.accounts = self._gather(wanted)
        self.held = self._held(wanted)

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each request, by its number."""
        judged: dict[str, Verdict] = {}
        by_account: dict[str, list[tuple[RefundRequest, str]]] = defaultdict(list)
        heard: list[RefundRequest] = []
        for request in self.requests:
            other = named_other(request, self.ours)
            if other:
                judged[request.request_id] = judge_not_ours(request, other, self.book)
                continue
            hit = self._match(request)
            account_id = hit.account_id
            if account_id is None:
                judged[request.request_id] = judge_unmatched(request, hit, self.book, heard)
            elif account_id in self.held:
                judged[request.request_id] = judge_held(request, account_id, self.book, heard)
            else:
                by_account[account_id].append((request, hit.note))
            heard.append(request)
        for account_id, requests in by_account.items():
            account = self.accounts[account_id]
            for verdict in judge_account(account, self.book, requests, self.terms):
                judged[verdict.request_id] = verdict
        return judged

    def letters(self) -> Letters:
        """By account the requests that are about it, in the order in which they came."""
        found: dict[str, list[RefundRequest]] = defaultdict(list)
        for request in self.requests:
            if named_other(request, self.ours):
                continue
            account_id = self._match(request).account_id
            if account_id is not None and account_id not in self.held:
                found[account_id].append(request)
        return {account_id: tuple(requests) for account_id, requests in found.items()}

    def _match(self, request: RefundRequest) -> Match:
        fits = self.found[request.request_id]
        if len(fits) > MOST_FITS:
            return Match(None, tuple(sorted(fits)[: MOST_FITS + 1]), "and there are more")
        kin = kin_of(self.book.payers, request.payer_id)
        return match(
            request,
            [
                candidate_of(request, self.accounts[account_id], frozenset(keys), kin)
                for account_id, keys in fits.items()
            ],
        )

    def _gather(self, wanted: set[str]) -> dict[str, PatientAccount]:
        """The rows of the accounts that requests may be about, and of no others."""
        by_part: dict[int, set[str]] = defaultdict(set)
        for account_id in wanted:
            by_part[self.snapshot.part_of(account_id)].add(account_id)
        return {
            account.account_id: account
            for part in sorted(by_part)
            for account in accounts_of(self.snapshot, part, by_part[part], as_of=self.book.as_of)
        }

    def _held(self, wanted: set[str]) -> set[str]:
        """Those of them that the import's gate holds out."""
        held: set[str] = set()
        for part in sorted({self.snapshot.part_of(account_id) for account_id in wanted}):
            path = self.snapshot.file("accounts", part)
            content = pq.read_table(path, columns=["account_id", "held"])
            held |= {row["account_id"] for row in content.to_pylist() if row["held"]} & wanted
        return held


def _few(fits: dict[str, set[Key]]) -> Iterable[str]:
    """The accounts to lay beside a request: none where there is a crowd."""
    return fits if len(fits) <= MOST_FITS else ()


def _offset_payers(snapshot: Snapshot) -> frozenset[str]:
    """Payers that take back what they are owed from a later payment."""
    content = pq.read_table(snapshot.file("payers"), columns=["payer_id", "refund_method"])
    rows = content.to_pylist()
    return frozenset(row["payer_id"] for row in rows if row["refund_method"] == "offset")


def _numbers(snapshot: Snapshot) -> Numbers:
    """The NPIs and tax numbers of the provider's facilities."""
    content = pq.read_table(snapshot.file("facilities"), columns=["npi", "tin"])
    return numbers_of((row["npi"], row["tin"]) for row in content.to_pylist())


def _write(judged: Judged, work: Path) -> None:
    """Write the verdicts as the contract has them, in both forms."""
    received = {request.request_id: request.received_on for request in judged.requests}
    rows = [
        (
            verdict.request_id,
            received[verdict.request_id],
            verdict.verdict,
            verdict.supported_cents,
            "|".join(verdict.reasons) or None,
            verdict.account_id,
            verdict.overpayment_cents,
            verdict.lookback_ends_on,
            verdict.respond_by,
            verdict.rule_id,
            verdict.action,
            "|".join(verdict.evidence) or None,
            verdict.explanation,
        )
        for verdict in judged.verdicts
    ]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in VERDICT_ROW]
    arrays = [
        pa.array(column, type=kind.type) for column, kind in zip(columns, VERDICT_ROW, strict=True)
    ]
    with connect(spill=work / "spill") as connection:
        connection.register("judged", pa.Table.from_arrays(arrays, schema=VERDICT_ROW))
        connection.execute(f"CREATE TEMP TABLE result AS {query('verdicts')}")
        target = literal(judged.out / "verdicts.parquet")
        connection.execute(f"COPY result TO {target} (FORMAT parquet)")
        write_csv(connection, "result", judged.out / "verdicts.csv")

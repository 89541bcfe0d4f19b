"""The credits of a report: its lines by account, in the order of work, with what is missing.

A report holds no ledger, so nothing here says why a credit is there or whose it is: only where to
begin, and what would tell.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from requite.domain.priority import is_government
from requite.engine.report.cells import Rows, UnreadableReport, cells_of
from requite.engine.report.layout import Layout, layout_of, plain
from requite.engine.report.lines import MOST_TOLD, LeftOut, Line, Reader
from requite.engine.report.payers import PATIENT, kind_of
from requite.engine.report.values import cents_in

SIGNS = ("guess", "negative", "positive")  # how the report prints a credit
FEEDS = "the accounts, charges and transactions"
POSITIVE = (
    "no amount in it is negative: are its positive balances the credits?",
    "If so, say that credits are positive (--credits positive); else print it with its credits.",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a report: columns by part, sheet, header row, how credits look."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0
    credits: str = "guess"


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit to look into; `credit_cents` is positive."""

    priority: int
    account: str
    patient: str
    payer: str
    kind: str  # payer class as the words say it, `patient`, or empty
    is_government: bool
    credit_cents: int
    account_cents: int  # the balance of the whole account
    last_payment_on: date | None
    age_days: int | None
    rows: tuple[int, ...]
    missing: tuple[str, ...]  # the first of both is the same for every credit
    needs: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """A report as it was read."""

    file: str
    as_of: date
    layout: Layout
    credits: list[Credit]
    lines: int = 0
    accounts: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    remarks: list[str] = field(default_factory=list)

    @property
    def credit_cents(self) -> int:
        """What all credits come to."""
        return sum(credit.credit_cents for credit in self.credits)


def read_report(path: Path, *, as_of: date, said: Said | None = None) -> Report:
    """Read a credit balance report and put its credits into the order of work.

    Parameters
    ----------
    path : Path
        CSV or Excel, as the source system prints or exports it.
    as_of : date
        The day from which ages count.
    said : Said, optional
        What the file does not tell by itself.

    Raises
    ------
    UnreadableReport
        Where it cannot be read, or its columns cannot be told.
    """
    said = said or Said()
    rows = cells_of(path, said.sheet)
    layout = layout_of(path.name, rows, said.columns, said.header_row)
    reader = Reader(layout)
    lines = list(reader.lines(rows))
    report = Report(path.name, as_of, layout, [], left_out=reader.left_out)
    if not lines:
        told = "no line of it has an account and a balance."
        raise UnreadableReport(
            path.name,
            told,
            "Say which columns hold them (--column) and write amounts as -1,234.50.",
        )
    lines = _signed(lines, rows, report, said.credits)
    _check_total(rows, lines, report)
    lines = _once(lines, report)
    report.lines, report.accounts = len(lines), len({line.account for line in lines})
    report.credits = _in_order(lines, report)
    return report


def _signed(lines: list[Line], rows: Rows, report: Report, credits: str) -> list[Line]:  # noqa: A002
    """The lines with credits below zero, as a ledger has them."""
    if credits == "guess":
        if any(line.balance_cents < 0 for line in lines):
            return lines
        place = report.layout.parts.get("balance")
        name = plain(report.layout.names[place]) if place is not None else ""
        above = " ".join(cell for row in rows[: report.layout.first] for cell in row).lower()
        if "credit" not in name and "credit balance" not in above:
            raise UnreadableReport(report.file, *POSITIVE)
        report.remarks.append(
            "No amount is negative, and it says that it lists credits: all are read as credits."
        )
        credits = "positive"  # noqa: A001 - the option's own word
    if credits == "negative":
        return lines
    return [_turned(line) for line in lines]


def _turned(line: Line) -> Line:
    values = {name: getattr(line, name) for name in Line.__slots__}
    return Line(**{**values, "balance_cents": -line.balance_cents})


def _check_total(rows: Rows, lines: list[Line], report: Report) -> None:
    """Compare the last total of the report, if it prints one, with its lines."""
    totals = report.left_out.rows.get("totals", [])
    if not totals or report.left_out.counts["totals"] > MOST_TOLD:
        return
    amounts = {abs(cents) for cell in rows[totals[-1] - 1] if "." in cell
               and (cents := cents_in(cell)) is not None}  # fmt: skip
    whole = abs(sum(line.balance_cents for line in lines))
    if amounts and whole not in amounts:
        report.remarks.append(
            f"The last total of the report (row {totals[-1]}) is not the sum of its lines, "
            f"{whole // 100:,}.{whole % 100:02}: look whether lines are missing."
        )


def _once(lines: list[Line], report: Report) -> list[Line]:
    """Without what a report says twice: whole lines, and an account's balance on each of its lines.

    Where every account with several lines has one balance on all of them, it is the account's.
    """
    by_account: dict[str, list[Line]] = {}
    for line in lines:
        by_account.setdefault(line.account, []).append(line)
    several = [of for of in by_account.values() if len(of) > 1]
    if not several or any(len({line.balance_cents for line in of}) > 1 for of in several):
        return lines
    if len(several) == 1 and len({line.payer or line.payer_class for line in several[0]}) > 1:
        return lines  # two equal parts of one account: that may be chance
    report.remarks.append(
        f"{len(several):,} accounts have several lines, all with one balance: it is read as the "
        "account's and counted once."
    )
    return [_together(of) for of in by_account.values()]


def _together(lines: list[Line]) -> Line:
    first = lines[0]
    values = {name: getattr(first, name) for name in Line.__slots__}
    days = [line.last_payment_on for line in lines if line.last_payment_on]
    for part in ("payer", "payer_class"):
        values[part] = " / ".join(dict.fromkeys(v for line in lines if (v := getattr(line, part))))
    return Line(**{**values, "last_payment_on": max(days, default=None)})


def _in_order(lines: list[Line], report: Report) -> list[Credit]:
    """The credits: government payers first, then the larger, then the older."""
    accounts: Counter[str] = Counter()
    parts: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        accounts[line.account] += line.balance_cents
        parts.setdefault((line.account, line.payer, line.payer_class), []).append(line)
    found = []
    for of in parts.values():
        cents = sum(line.balance_cents for line in of)
        if cents < 0:
            found.append((_key(of, -cents, report.as_of), of, -cents))
    found.sort(key=lambda each: each[0])
    return [
        _credit(place, of, cents, accounts[of[0].account], report)
        for place, (_, of, cents) in enumerate(found, start=1)
    ]


def _kind(line: Line) -> str:
    return kind_of(line.payer_class, line.payer)


def _key(of: list[Line], cents: int, as_of: date) -> tuple[bool, int, int, str, int]:
    age = _age(of, as_of)
    is_public = is_government(_kind(of[0]))
    return not is_public, -cents, -(age if age is not None else -1), of[0].account, of[0].row


def _age(of: list[Line], as_of: date) -> int | None:
    """Days since the last payment, else since the service, else as the aging says at least."""
    for days in ([line.last_payment_on for line in of], [line.service_on for line in of]):
        past = [day for day in days if day is not None and day <= as_of]
        if past:
            return (as_of - max(past)).days
    return max((line.oldest_days for line in of if line.oldest_days is not None), default=None)


def _credit(place: int, of: list[Line], cents: int, account: int, report: Report) -> Credit:
    first, kind = of[0], _kind(of[0])
    days = [line.last_payment_on for line in of if line.last_payment_on]
    return Credit(
        place, first.account, first.patient, first.payer or first.payer_class, kind,
        is_government(kind), cents, account, max(days, default=None), _age(of, report.as_of),
        tuple(line.row for line in of), *_missing(first, kind, bool(days)),
    )  # fmt: skip


def _missing(line: Line, kind: str, has_payment: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the report does not say that would tell whose the credit is; the feed that would."""
    missing, needs = ["charges, payments and write-offs"], [FEEDS]
    payer = line.payer or line.payer_class
    if kind == PATIENT:
        missing.append("whether an insurer paid or is still to answer")
        needs.append("its coverages and claims, and remits (835s) if there is any")
    elif payer:
        missing.append("what the payer answered")
        needs.append(f"remits: the 835s of {payer}, with its era_ids in payers")
        needs.append("its coverages")
    else:
        missing.append("whose money it may be: no payer is named")
        needs.append("its coverages and payers, and their 835s in remits")
    if payer and not kind:
        missing.append("what class of payer it is")
        needs.append("payer_class in payers")
    if not has_payment:
        missing.append("when it was last paid")
    return tuple(missing), tuple(needs)

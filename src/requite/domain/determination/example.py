"""Small invented accounts, written as a reader would say them.

The example beside each cause and the tables of cases are made of these rows: money in dollars,
days as ISO text, adjustments by their code (`CO45="80.00"`). Any column of a row may be given
by its name. What is not said is ordinary: a service of 5 January 2026, answered by Larkspur as
first payer, posted in February, looked at on 1 June.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple, TypeVar

from requite.domain.determination.account import (
    Allocation,
    BankDeposit,
    Book,
    Charge,
    Claim,
    ContractAmount,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    ProviderAdjustment,
    Refund,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
    SharedCheck,
)
from requite.domain.determination.determine import determine_account
from requite.domain.determination.finding import Finding
from requite.domain.determination.takebacks import by_payer
from requite.domain.money import Money

SERVED_ON: Final = date(2026, 1, 5)
ANSWERED_ON: Final = date(2026, 2, 10)
POSTED_ON: Final = date(2026, 2, 12)
AS_OF: Final = date(2026, 6, 1)
PAYERS: Final = (
    Payer("LARK", "Larkspur Health", "commercial"),
    Payer("TAM", "Tamarack Mutual", "commercial"),
    Payer("MCR", "Medicare", "medicare_ffs"),
    Payer("MCD", "Medicaid", "medicaid"),
)
TABLES: Final = {
    Charge: "charges",
    Allocation: "allocations",
    Coverage: "coverages",
    Claim: "claims",
    Refund: "refunds",
    ContractAmount: "contracts",
    BankDeposit: "deposits",
    ProviderAdjustment: "provider_adjustments",
    SharedCheck: "shared_checks",
}
DAYS: Final = ("_on", "_date", "_from", "_to")
BLANK: Final = PatientAccount(
    "A1", None, "P1", "G1", None, None, None, None, None, None, None, charges=(), entries=()
)


class Service(NamedTuple):
    """What a remittance says of one service line, or (`line_no` None) of the whole claim."""

    line_no: int | None
    charge_cents: int
    paid_cents: int
    adjustments: tuple[tuple[str, str, int], ...]
    columns: dict[str, object]


class Remittance(NamedTuple):
    """One claim of a remittance with its lines and adjustments."""

    claim: RemitClaim
    lines: tuple[RemitLine, ...]
    adjustments: tuple[RemitAdjustment, ...]


AnyRow = TypeVar("AnyRow", bound=NamedTuple)
Row = (
    Charge | LedgerEntry | Allocation | Coverage | Claim | Refund | ContractAmount | BankDeposit
    | ProviderAdjustment | SharedCheck | Remittance
)  # fmt: skip


def cents(dollars: str) -> int:
    """Dollars as the feed writes them, in whole cents."""
    return Money.from_dollars(dollars).cents


def with_columns(row: AnyRow, named: dict[str, object]) -> AnyRow:
    """The row with the columns named, days read from their ISO text."""
    columns = {
        name: date.fromisoformat(value) if isinstance(value, str) and name.endswith(DAYS) else value
        for name, value in named.items()
    }
    return row._replace(**columns)


def charge(line_no: int, amount: str, **columns: object) -> Charge:
    """A charge; its id is C and the line."""
    row = Charge(f"C{line_no}", line_no, cents(amount), SERVED_ON)
    return with_columns(row, columns)


def covered(payer_id: str, cob_order: int = 1, **columns: object) -> Coverage:
    """A coverage on file."""
    return with_columns(Coverage(cob_order, payer_id), columns)


def entry(kind: str, line_no: int | None, amount: str, **columns: object) -> LedgerEntry:
    """A ledger entry of any type, with the sign of the feed: + raises what is owed."""
    row = LedgerEntry("", kind, cents(amount), POSTED_ON, line_no=line_no)
    return with_columns(row, columns)


def paid(
    line_no: int | None, amount: str, trace: str | None = None, **columns: object
) -> LedgerEntry:
    """A payment by Larkspur, or by the `payer_id` named."""
    named = {"payer_id": "LARK", "trace_number": trace, **columns}
    return entry("payment", line_no, negative(amount), **named)


def patient_paid(line_no: int | None, amount: str, **columns: object) -> LedgerEntry:
    """A payment by the patient."""
    return entry("payment", line_no, negative(amount), **columns)


def written_off(
    line_no: int | None, amount: str, group: str | None = "CO", **more: object
) -> LedgerEntry:
    """A write-off, contractual unless another group code (or none) is named."""
    return entry("adjustment", line_no, negative(amount), group_code=group, **more)


def negative(amount: str) -> str:
    """The amount with its sign turned."""
    return amount.removeprefix("-") if amount.startswith("-") else f"-{amount}"


def service(line_no: int, charged: str, paid_amount: str, **named: object) -> Service:
    """A service line of a remittance; adjustments by code (`CO45="80.00"`), columns by name."""
    return said_of(line_no, charged, paid_amount, named)


def whole(charged: str, paid_amount: str, **named: object) -> Service:
    """A claim that is paid as a whole, without lines."""
    return said_of(None, charged, paid_amount, named)


def said_of(
    line_no: int | None, charged: str, paid_amount: str, named: dict[str, object]
) -> Service:
    """Tell adjustments, named by group and code in capitals, from columns."""
    codes = {name: value for name, value in named.items() if name[:2].isupper()}
    columns = {name: value for name, value in named.items() if name not in codes}
    adjustments = tuple((code[:2], code[2:], cents(str(value))) for code, value in codes.items())
    return Service(line_no, cents(charged), cents(paid_amount), adjustments, columns)


def answer(trace: str, *services: Service, **columns: object) -> Remittance:
    """A payer's answer; its trace number names the claim and the remittance, too."""
    charged = sum(item.charge_cents for item in services)
    total = sum(item.paid_cents for item in services)
    claim = RemitClaim(trace, trace, "A1", "LARK", trace, ANSWERED_ON, 1, "1", charged, total)
    claim = with_columns(claim, columns)
    lines: list[RemitLine] = []
    adjustments: list[RemitAdjustment] = []
    for item in services:
        place = None if item.line_no is None else len(lines) + 1
        for group, carc, amount in item.adjustments:
            adjustments.append(RemitAdjustment(claim.remit_claim_id, place, group, carc, amount))
        if place is not None:
            row = RemitLine(claim.remit_claim_id, place, item.charge_cents, item.paid_cents)
            row = row._replace(line_control_number=str(item.line_no))
            lines.append(with_columns(row, item.columns))
    return Remittance(claim, tuple(lines), tuple(adjustments))


def withheld(
    trace: str, amount: str, claim: str | None = None, **columns: object
) -> ProviderAdjustment:
    """A provider adjustment (WO unless named otherwise) for a remittance claim, or for none."""
    row = ProviderAdjustment(
        f"{trace}/{amount}", trace, "LARK", trace, ANSWERED_ON, "WO", claim, cents(amount), claim
    )
    return with_columns(row, columns)


def account(*rows: Row, **columns: object) -> PatientAccount:
    """An account of these rows; ledger entries without an id are numbered from T1."""
    found: dict[type, list[object]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    entries = [row for row in rows if isinstance(row, LedgerEntry)]
    answers = [row for row in rows if isinstance(row, Remittance)]
    numbered = [
        row if row.transaction_id else row._replace(transaction_id=f"T{number}")
        for number, row in enumerate(entries, 1)
    ]
    tables: dict[str, object] = {
        TABLES[kind]: group for kind, group in found.items() if kind in TABLES
    }
    tables["entries"] = numbered
    tables["remit_claims"] = [item.claim for item in answers]
    tables["remit_lines"] = [line for item in answers for line in item.lines]
    tables["remit_adjustments"] = [row for item in answers for row in item.adjustments]
    return with_columns(BLANK, {**tables, **columns})


def book(
    as_of: date = AS_OF, unnamed: Sequence[ProviderAdjustment] = (), more: Sequence[Payer] = ()
) -> Book:
    """The payers of the examples and more, and the adjustments that name no claim."""
    payers = {payer.payer_id: payer for payer in (*PAYERS, *more)}
    named: dict[tuple[str, int], list[ProviderAdjustment]] = {}
    for row in unnamed:
        named.setdefault((row.payer_id or "", row.amount_cents), []).append(row)
    return Book(as_of, payers, {}, named, unnamed_by_day=by_payer(unnamed))


def told(finding: Finding) -> str:
    """A finding in one line: where, how much, why, whose, what is done, how sure."""
    place = "account" if finding.line_no is None else f"line {finding.line_no}"
    party = f"{finding.party} {finding.party_id or ''}".strip()
    amount = Money(finding.amount_cents)
    return f"{place}: {amount} {finding.cause}, {party}, {finding.disposition}, {finding.certainty}"


def findings(of: PatientAccount, seen: Book | None = None) -> list[str]:
    """What the determination says of an account, a finding a line."""
    return [told(finding) for finding in determine_account(of, seen or book()).findings]

"""The sheet on which one account is worked: lines, places, postings, answers, cells.

Amounts are whole cents. `cash` is money as its party sees it: + paid, - taken back; it is the
ledger's amount with its sign turned.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from requite.domain.determination.account import (
    Book,
    LedgerEntry,
    PatientAccount,
    ProviderAdjustment,
)
from requite.domain.determination.answer import NO_PLACE, Adjudication, Answer
from requite.domain.determination.line import Line, Place
from requite.domain.determination.pool import Evidence, Pool

if TYPE_CHECKING:
    from requite.domain.determination.ledger import Ledger

CONTRACTUAL: Final = "contractual"
WRITE_OFF: Final = "write_off"
UNGROUPED: Final = "ungrouped"
PAYER: Final = "payer"
PATIENT: Final = "patient"
TRANSFER: Final = "transfer"
INTEREST: Final = "interest"
CHARGES: Final = "charges"

FAR: Final = date.max


class Posting:
    """A ledger entry, or the part of it on one line, with the answer that it is linked to.

    `link` is "reference" (trace, claim number, deposit or check), "order" (k-th to k-th),
    "adjustment" (it posts a provider adjustment), or "" (nothing found). `traced` tells that
    the reference names the payment itself, not only the claim.
    """

    __slots__ = (
        "adjustment_key",
        "answer",
        "cash",
        "entry",
        "is_apart",
        "is_aside",
        "is_inferred",
        "is_interest",
        "line_no",
        "link",
        "place",
        "referenced",
        "role",
        "traced",
    )

    def __init__(self, entry: LedgerEntry, line_no: int | None, cash: int) -> None:
        self.entry = entry
        self.line_no = line_no
        self.cash = cash
        self.role = entry.type
        self.place = NO_PLACE
        self.is_inferred = False
        self.is_apart = False
        self.is_aside = False
        self.is_interest = False
        self.answer: Answer | None = None
        self.link = ""
        self.adjustment_key = ""
        self.referenced = False
        self.traced = False


class Cell:
    """What one party should have paid on one line, and did; `left` is not yet explained.

    A `loose` cell holds money that fills no target (linked to a reversed claim, or no target
    may take it).
    """

    __slots__ = ("actual", "kind", "left", "line_no", "loose", "place", "target")

    def __init__(self, kind: str, place: int, line_no: int | None) -> None:
        self.kind = kind
        self.place = place
        self.line_no = line_no
        self.target = 0
        self.actual = 0
        self.left = 0
        self.loose = False

    @property
    def excess(self) -> int:
        """Paid above the target; negative where something is still owed."""
        return self.actual - self.target


class LineState:
    """How a line was replayed: who governs it, who is pending, what must not be proved."""

    __slots__ = (
        "billable",
        "contract_backs",
        "contract_governs",
        "differs",
        "displaced",
        "dual",
        "follows_neither",
        "in_force",
        "paid_on_paper",
        "paper",
        "passed_over",
        "pending_place",
        "primary",
        "released",
        "t_co",
        "t_patient",
        "t_place",
        "voided",
        "waits",
    )

    def __init__(self, places: int) -> None:
        self.in_force: list[Adjudication | None] = [None] * places
        self.primary = NO_PLACE
        self.pending_place = NO_PLACE
        self.waits = False
        self.paper = False
        self.paid_on_paper = False
        self.passed_over: frozenset[int] = frozenset()
        self.displaced: frozenset[int] = frozenset()
        self.released = 0
        self.billable = 0
        self.dual = False
        self.differs = False
        self.voided = False
        self.contract_governs = False
        self.contract_backs = False
        self.follows_neither = False
        self.t_co = 0
        self.t_patient = 0
        self.t_place: list[int] = [0] * places


class Worksheet:
    """All that is known of one account while it is determined."""

    __slots__ = (
        "account",
        "answers",
        "answers_by_line",
        "any_dual",
        "any_pending",
        "any_unlinked",
        "book",
        "cells",
        "cells_by_line",
        "collectable",
        "corrections",
        "counted",
        "credit_cents",
        "interest_evidence",
        "interest_keys",
        "is_ambiguous",
        "ledger",
        "line_order",
        "lines",
        "moved",
        "order_of_answers",
        "owed_cents",
        "paid_by_day",
        "paid_cents",
        "patient_owes_cents",
        "places",
        "places_of_payers",
        "postings",
        "postings_by_cell",
        "rank",
        "refund_evidence",
        "return_evidence",
        "shared_checks",
        "states",
        "strangers",
        "takebacks",
        "takes_second",
        "traces",
        "transfer_evidence",
        "unnamed",
        "unnamed_returns",
        "unposted_below_zero",
        "used_adjustments",
        "variances",
        "whole_claims_paid",
    )

    def __init__(self, account: PatientAccount, book: Book, *, takes_second: bool = False) -> None:
        self.account = account
        self.book = book
        self.takes_second = takes_second
        self.lines: dict[int, Line] = {}
        self.line_order: list[int] = []
        self.places: list[Place] = []
        self.places_of_payers: dict[str, list[Place]] = {}
        self.collectable = True
        self.corrections: frozenset[str | None] | None = None
        self.counted: dict[tuple[Place, ...], tuple[Place, ...]] = {}
        self.postings: dict[str, list[Posting]] = {}
        self.answers: list[Answer] = []
        self.states: dict[int, LineState] = {}
        self.cells: list[Cell] = []
        self.cells_by_line: dict[int | None, list[Cell]] = {}
        self.any_pending = False
        self.any_unlinked = False
        self.takebacks = Pool()
        self.refund_evidence = Pool()
        self.return_evidence = Pool()
        self.unnamed_returns = Pool()
        self.interest_evidence: dict[int, list[Evidence]] = {}
        self.transfer_evidence = Pool()
        self.used_adjustments: set[str] = set()
        self.rank: dict[int, int] = {}
        self.answers_by_line: dict[tuple[int, int | None], list[Answer]] | None = None
        self.whole_claims_paid: dict[int, set[int]] = {}
        self.any_dual = False
        self.patient_owes_cents = 0
        self.paid_cents = 0
        self.credit_cents = 0
        self.owed_cents = 0
        self.paid_by_day: list[tuple[date, int]] = []
        self.traces: set[str] = set()
        self.interest_keys: set[str] = set()
        self.is_ambiguous = False
        self.shared_checks = {row.transaction_id: row.guarantors for row in account.shared_checks}
        self.unnamed: dict[int, tuple[dict[int, int], ProviderAdjustment] | None] = {}
        self.postings_by_cell: dict[str, dict[tuple[int, int | None, bool], list[Posting]]] = {}
        self.unposted_below_zero: dict[Answer, dict[int, int]] = {}
        self.order_of_answers: dict[Answer, list[int]] = {}
        self.moved: dict[tuple[int, int | None], int] = {}
        self.strangers: frozenset[int] = frozenset()
        self.ledger: Ledger | None = None
        self.variances: list[tuple[int | None, str, int]] = []

    def lines_of(self, answer: Answer) -> list[int]:
        """The lines that an answer speaks of, in the order in which money fills them."""
        found = self.order_of_answers.get(answer)
        if found is None:
            if not self.rank:
                self.rank = {number: place for place, number in enumerate(self.line_order)}
            numbers = answer.adjudications.keys() & self.rank.keys()
            found = sorted(numbers, key=self.rank.__getitem__)
            self.order_of_answers[answer] = found
        return found

    def of_kind(self, kind: str) -> list[Posting]:
        """The postings of one kind, in their order."""
        return self.postings.get(kind, [])

"""One transaction set: what its head says of payer, payee and payment, and what it adds up to."""

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

LONGEST_TRACE = 30
NO_READABLE_TRACE = "none"

NPI, FEDERAL_TAX_NUMBER = "XX", "FI"
PAYER, PAYEE = "PR", "PE"
PAYER_NUMBER, PAYEE_TAX_NUMBER = "2U", "TJ"


@dataclass(slots=True)
class Transaction:
    """A transaction set 835, or one of another kind, which is only passed through.

    `opened_at` is the segment number and byte offset of its first segment, `control_number` that
    of ST02, None where ST is missing. Amounts are cents.
    """

    opened_at: tuple[int, int]
    is_remittance: bool = True
    control_number: str | None = None
    has_payment: bool = False
    payment_cents: int | None = None
    payment_method: str | None = None
    payment_date: date | None = None
    production_date: date | None = None
    trace_number: str | None = None
    payer_name: str | None = None
    payer_numbers: list[str] = field(default_factory=list)
    originator: str | None = None
    trace_originator: str | None = None
    payee_npi: str | None = None
    payee_tin: str | None = None
    party: str | None = None
    claims: int = 0
    paid_cents: int = 0
    provider_adjustments: int = 0
    adjusted_cents: int = 0
    is_balanced: bool = True
    remit_id: str = ""

    def take_payment(self, values: dict[str, Any]) -> None:
        """BPR: how much, how and when."""
        self.has_payment = True
        self.payment_cents = values.get("2")
        self.payment_method = values.get("4")
        self.originator = values.get("10")
        self.payment_date = values.get("16")
        self.production_date = self.production_date or values.get("405")

    def take_trace(self, values: dict[str, Any]) -> None:
        """TRN: the number that ties the remittance to its deposit; the first one counts."""
        if self.trace_number is None:
            self.trace_number = values.get("2")
            self.trace_originator = values.get("3")
        self.production_date = self.production_date or values.get("405")

    def take_party(self, values: dict[str, Any]) -> None:
        """N1: the payer, or the payee; the first of each counts."""
        self.party = values.get("1")
        kind, number = values.get("3"), values.get("4")
        if self.party == PAYER:
            self.payer_name = self.payer_name or values.get("2")
            self._add_payer_number(number)
        elif self.party == PAYEE and kind == NPI:
            self.payee_npi = self.payee_npi or number
        elif self.party == PAYEE and kind == FEDERAL_TAX_NUMBER:
            self.payee_tin = self.payee_tin or number

    def take_reference(self, values: dict[str, Any]) -> None:
        """REF of the party before it."""
        kind, number = values.get("1"), values.get("2")
        if self.party == PAYER and kind == PAYER_NUMBER:
            self._add_payer_number(number)
        elif self.party == PAYEE and kind == PAYEE_TAX_NUMBER:
            self.payee_tin = self.payee_tin or number

    @property
    def payer_identifier(self) -> str | None:
        """Every number the payer goes by here, with `|` between: N104, REF 2U, TRN03, BPR10."""
        numbers = [*self.payer_numbers, self.trace_originator, self.originator]
        return "|".join(dict.fromkeys(filter(None, numbers))) or None

    @property
    def identity(self) -> str:
        """The same for the same remittance in any file: payer, trace number, date and amount."""
        payer = self.trace_originator or self.payer_identifier or self.payer_name or ""
        told = (payer, self.trace_number, self.payment_date, self.payment_cents)
        digest = blake2b("\x1f".join(map(str, told)).encode(), digest_size=5).hexdigest()
        trace = re.sub(r"[^0-9A-Za-z]+", "", self.trace_number or "")[:LONGEST_TRACE]
        return f"{trace or NO_READABLE_TRACE}-{digest}"

    @property
    def is_implied(self) -> bool:
        """Whether no ST opened it."""
        return self.control_number is None

    @property
    def is_empty(self) -> bool:
        """Whether it tells nothing at all."""
        return not (
            self.has_payment or self.trace_number or self.claims or self.provider_adjustments
        )

    def row(self, source_file: str) -> dict[str, Any]:
        """Its row of the table remits."""
        return {
            "remit_id": self.remit_id,
            "source_file": source_file,
            "payer_id": None,
            "payer_name": self.payer_name,
            "payer_identifier": self.payer_identifier,
            "payee_npi": self.payee_npi,
            "payee_tin": self.payee_tin,
            "trace_number": self.trace_number,
            "payment_method": self.payment_method,
            "payment_amount_cents": self.payment_cents,
            "payment_date": self.payment_date,
            "is_balanced": self.is_balanced,
            "production_date": self.production_date,
        }

    def _add_payer_number(self, number: str | None) -> None:
        if number and number not in self.payer_numbers:
            self.payer_numbers.append(number)

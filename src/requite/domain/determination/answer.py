"""What payers said: one remittance claim, and what it says of each ledger line."""

from typing import Final

from requite.domain.determination.account import RemitClaim

NO_PLACE: Final = -1  # of the COB order
REPLACING: Final = frozenset({"7", "8"})  # frequency of a claim that replaces or voids another


class Adjudication:
    """What one remittance claim says of one ledger line.

    `paid` is net of interest, which stands in `interest`; `co` is the contractual part (CO, PI
    and OA other than 23 and 225), `sequestration` the CO-253 within it, `billable` the part of
    `pr` that stays the patient's whatever coverage forbids (CARC 142, 178); `not_first` tells
    that another payer comes first (CARC 22), `not_insured` that the patient had no coverage there.
    """

    __slots__ = (
        "answer",
        "asks",
        "billable",
        "by_order",
        "charge",
        "claimed",
        "co",
        "coinsurance",
        "interest",
        "line_no",
        "not_first",
        "not_insured",
        "oa23",
        "oa94",
        "paid",
        "posted",
        "pr",
        "sequestration",
    )

    def __init__(self, answer: "Answer", line_no: int) -> None:
        self.answer = answer
        self.line_no = line_no
        self.charge = 0
        self.paid = 0
        self.interest = 0
        self.co = 0
        self.pr = 0
        self.oa23 = 0
        self.oa94 = 0
        self.sequestration = 0
        self.coinsurance = 0
        self.billable = 0
        self.asks = False
        self.not_first = False
        self.not_insured = False
        self.by_order = False
        self.posted = 0
        self.claimed = 0

    @property
    def gross(self) -> int:
        """What the remittance paid for the line, interest included."""
        return self.paid + self.interest

    @property
    def is_denial(self) -> bool:
        """Nothing paid and nothing left to the patient."""
        return self.paid == 0 and self.pr == 0


class Answer:
    """One remittance claim: a payer's answer, or the reversal of one."""

    __slots__ = (
        "adjudications",
        "claim",
        "claim_level",
        "interest_at_provider_level",
        "interest_taken",
        "is_reversal",
        "is_reversed",
        "own",
        "place",
        "posted_lines",
        "posted_parts",
        "posted_whole",
        "reversed_by",
        "sort_key",
    )

    def __init__(self, claim: RemitClaim, *, own: bool) -> None:
        self.claim = claim
        self.own = own
        self.place = NO_PLACE
        self.is_reversal = claim.claim_status == "22"
        self.is_reversed = False
        self.reversed_by: Answer | None = None
        self.claim_level = False
        self.adjudications: dict[int, Adjudication] = {}
        self.posted_whole = 0
        self.posted_lines = 0
        self.posted_parts = 0
        self.interest_at_provider_level = 0
        self.interest_taken = 0
        self.sort_key = (claim.payment_date, claim.remit_id, claim.place)

    @property
    def posted(self) -> int:
        """Cash posted from this claim, by line and as a whole."""
        return self.posted_whole + self.posted_lines

    @property
    def left(self) -> int:
        """What it paid, less what has been posted from it."""
        return self.claim.paid_cents - self.posted_whole - self.posted_lines

    def left_on(self, line_no: int | None) -> int:
        """What it paid for a line less what is posted of it; of the whole where it has no lines."""
        if line_no is None or self.claim_level or not self.own:
            return self.left
        part = self.adjudications.get(line_no)
        return 0 if part is None else part.gross - part.posted

    def post(self, line_no: int | None, cents: int) -> None:
        """Count cash as posted from this claim: on a line that it speaks of, else as a whole."""
        part = None if line_no is None else self.adjudications.get(line_no)
        if part is None:
            self.posted_whole += cents
            return
        known = part.posted != 0
        part.posted += cents
        self.posted_lines += cents
        self.posted_parts += (part.posted != 0) - known

    @property
    def as_primary(self) -> bool:
        """Whether the payer answered as the first to pay."""
        return self.claim.claim_status in ("1", "19")

    @property
    def as_later(self) -> bool:
        """Whether the payer answered as second or third to pay."""
        return self.claim.claim_status in ("2", "3", "20", "21")

    @property
    def replaces(self) -> bool:
        """Whether the claim replaces or voids an earlier one (frequency 7 or 8)."""
        return self.claim.frequency_code in REPLACING

"""What an entry of a ledger may be, and the words by which exports call it."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: how the feed writes it down, and whether it raises what is owed."""

    words: str
    type: str = ""  # of a transaction; empty: a charge, or nothing
    raises: bool | None = None  # None: both ways
    who: str = ""  # insurer, patient; empty: another column says it
    group: str = ""

    @property
    def table(self) -> str:
        """The table of the feed that takes it; empty where none does."""
        if self.type:
            return "transactions"
        return "" if self.raises is None else "charges"


KINDS: Final[dict[str, Kind]] = {
    "charge": Kind("Charge", raises=True),
    "insurer_payment": Kind("Insurer's payment", "payment", raises=False, who="insurer"),
    "patient_payment": Kind("Patient's payment", "payment", raises=False, who="patient"),
    "payment": Kind("Payment (another column says whose)", "payment", raises=False),
    "contractual": Kind("Contractual write-off", "adjustment", raises=False, group="CO"),
    "adjustment": Kind("Other write-off or adjustment", "adjustment", raises=False),
    "bad_debt": Kind("Bad debt write-off", "bad_debt", raises=False),
    "transfer": Kind("Transfer between insurer and patient", "transfer"),
    "insurer_refund": Kind("Refund to the insurer", "refund", raises=True, who="insurer"),
    "patient_refund": Kind("Refund to the patient", "refund", raises=True, who="patient"),
    "refund": Kind("Refund (another column says to whom)", "refund", raises=True),
    "recoupment": Kind("Insurer's take-back", "recoupment", raises=True, who="insurer"),
    "returned_payment": Kind(
        "Returned check of the patient", "returned_payment", raises=True, who="patient"
    ),
    "interest": Kind("Insurer's interest", "interest", raises=False, who="insurer"),
    "charge_void": Kind("Voids a charge", raises=False),
    "insurer_reversal": Kind(
        "Reverses an insurer's payment", "payment", raises=True, who="insurer"
    ),
    "patient_reversal": Kind("Reverses a patient's payment", "payment", raises=True, who="patient"),
    "adjustment_reversal": Kind("Reverses a write-off", "adjustment", raises=True),
    "nothing": Kind("Leave out: no money moved"),
}
INSURER = (
    r"ins|insur\w*|insp\w*|payer|payor|carrier|medicare|medicaid|bcbs|third party|era|eob|"
    r"commercial"
)
PATIENT = (
    r"pat|patient\w*|ptp\w*|pt|self|guarantor|copay\w*|co pay|cash|person\w*|card|coins\w*|"
    r"deduct\w*"
)
PAID = r"pay|paid|pmt\w*|pymt\w*|payment\w*|receipt\w*|check|cash|\w*pmt|\w*pay"
CHARGED = r"charge\w*|chg\w*|fee|fees|procedure\w*|service\w*|billed|debit charge|visit"
# A value's words, the first that fits; a word stands alone.
SIGNS: Final[tuple[tuple[str, str], ...]] = (
    (rf"(void\w*|revers\w*|rev|undo\w*|cancel\w*|delete\w*).*\b({CHARGED})", "charge_void"),
    (rf"({CHARGED}).*\b(void\w*|revers\w*|rev|cancel\w*)", "charge_void"),
    (rf"(?=.*\b(void\w*|revers\w*|rev)\b)(?=.*\b({INSURER})\b)", "insurer_reversal"),
    (rf"(?=.*\b(void\w*|revers\w*|rev)\b)(?=.*\b({PATIENT})\b)", "patient_reversal"),
    (r"(?=.*\b(void\w*|revers\w*|rev)\b)(?=.*\b(adj\w*|write|writeoff|wo)\b)",
     "adjustment_reversal"),
    (r"nsf|bounced|returned (check|ck|payment|pmt)|ret ck|insufficient", "returned_payment"),
    (r"recoup\w*|take ?backs?|offset\w*|retract\w*|clawback", "recoupment"),
    (rf"(?=.*\b(ref\w*|rfnd\w*)\b)(?=.*\b({PATIENT})\b)", "patient_refund"),
    (r"refpt|refpat\w*|ptref\w*", "patient_refund"),
    (rf"(?=.*\b(ref|refunds?|rfnd\w*)\b)(?=.*\b({INSURER})\b)", "insurer_refund"),
    (r"refins\w*|insref\w*", "insurer_refund"),
    (r"refunds?|rfnd\w*", "refund"),
    (r"transfer\w*|xfer\w*|xfr\w*|trf\w*|moved? to|resp (change|to)", "transfer"),
    (r"bad ?debt\w*|collection\w* (agency|w)|baddbt|to collections?", "bad_debt"),
    (r"interest\w*", "interest"),
    (rf"(?=.*\b(contract\w*|allow\w*|disallow\w*|fee sched\w*|co ?45|wo45)\b)(?!.*\b({PAID})\b)",
     "contractual"),
    (r"write|writeoff\w*|wo|w o|adj\w*|\w+adj|discount\w*|courtesy|small bal\w*|charity|sequest\w*",
     "adjustment"),
    (rf"(?=.*\b({PATIENT})\b)(?=.*\b({PAID}|check|ck|credit card)\b)", "patient_payment"),
    (r"ptpmt\w*|patpmt\w*|patpay\w*|copay\w*|co pay\w*|pp|cash|self pay|coins\w*",
     "patient_payment"),
    (rf"(?=.*\b({INSURER})\b)(?=.*\b({PAID}|check|ck)\b)", "insurer_payment"),
    (r"insp\w*|ins(chk|ck|check)\w*|ip|era\w*|eob\w*|ins check|capitation", "insurer_payment"),
    (rf"{PAID}", "payment"),
    (rf"{CHARGED}|office visit\w*|lab\w*|exam\w*|x ?ray\w*|injection\w*|consult\w*", "charge"),
    ((r"statement\w*|note\w*|memo|comment\w*|message|balance forward|bal fwd|sub ?totals?|totals?|"
     r"grand totals?"), "nothing"),
)  # fmt: skip
READ: Final = tuple((re.compile(rf"\b(?:{signs})(?:\b|$)"), kind) for signs, kind in SIGNS)
LETTERS: Final = {
    "c": "charge", "ch": "charge", "p": "payment", "a": "adjustment", "r": "refund",
    "t": "transfer", "w": "adjustment", "i": "insurer_payment", "d": "charge",
}  # fmt: skip
PROCEDURE: Final = re.compile(r"[0-9]{4}[0-9A-Z]|[A-V][0-9]{4}", re.ASCII)
INSURERS: Final = re.compile(
    rf"({INSURER}|i|primary|secondary|tertiary|pri|sec|p1|p2|1|2|3|third|company|plan|"
    r"ins ?[123])", re.IGNORECASE,
)  # fmt: skip
PATIENTS: Final = re.compile(
    rf"({PATIENT}|p|s|0|self ?pay|private|private pay|none|no insurance|cash pay|uninsured|resp\w*)"
    r"( (pay|paid|payment|resp\w*))?", re.IGNORECASE,
)  # fmt: skip
# A payer's class by its name; the first that fits. Anything else is commercial, which is asked.
CLASSES: Final[tuple[tuple[str, str], ...]] = (
    ((r"medicare.*(adv|hmo|ppo|part c|plus|complete|replacement)|"
     r"(aetna|humana|uhc|united\w*|blue|bcbs|cigna|wellcare).*\bmedicare"), "medicare_advantage"),
    (r"medicare|\bmcr\b|noridian|novitas|palmetto gba|first coast|\bcgs\b|wps gha|ngs ",
     "medicare_ffs"),
    ((r"(managed|mco|hmo|molina|amerigroup|centene|wellcare).*(medicaid|\bmcd\b)|"
     r"medicaid.*(hmo|managed|mco)|molina|amerigroup"), "medicaid_managed"),
    (r"medicaid|medi-cal|\bmcd\b|\bmedcaid", "medicaid"),
    (r"\bchip\b|children'?s health insurance", "chip"),
    (r"tricare|champus", "tricare"),
    (r"champva|\bva\b|veterans", "va"),
    (r"\bfehb\b|federal employee|\bfep\b", "fehb"),
    (r"work(ers?|men)?'?s? ?comp|\bwc\b|state fund|sedgwick", "workers_comp"),
    (r"\bauto\b|automobile|geico|progressive|state farm|allstate|no.?fault|\bpip\b|\bmva\b",
     "auto"),
    (r"liability|attorney|law (firm|office)", "liability"),
)  # fmt: skip


def kind_of(value: str) -> str:
    """The kind of entry that a value of a type column names; empty where its words say nothing.

    >>> [kind_of(value) for value in ("Insurance Pmt", "PTPMT", "Contractual W/O", "Refund to Ins")]
    ['insurer_payment', 'patient_payment', 'contractual', 'insurer_refund']
    >>> kind_of("CHG"), kind_of("99213"), kind_of("REV"), kind_of("Void Charge")
    ('charge', 'charge', '', 'charge_void')
    """
    if PROCEDURE.fullmatch(value.strip()):
        return "charge"
    text = re.sub(
        r"\bw\s*/\s*o(ff)?\b|write[\s-]?offs?\b", " writeoff ", value, flags=re.IGNORECASE
    )
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+", " ", text).lower().strip()
    return next((kind for signs, kind in READ if signs.search(text)), "")


def letter_kind(value: str) -> str:
    """The kind that one letter stands for in a column of letters."""
    return LETTERS.get(value.strip().lower(), "")


def who_of(value: str) -> str:
    """Who a value says has paid: insurer, patient; empty where it does not say.

    >>> who_of("I"), who_of("Pt"), who_of("Self Pay"), who_of("Larkspur")
    ('insurer', 'patient', 'patient', '')
    """
    text = re.sub(r"[^A-Za-z0-9]+", " ", value).strip()
    if PATIENTS.fullmatch(text):
        return "patient"
    return "insurer" if INSURERS.match(text) and INSURERS.fullmatch(text.split(" ")[0]) else ""


def class_of(name: str) -> str:
    """The class of a payer by its name; commercial where the name does not say.

    >>> class_of("Medicare Part B"), class_of("Humana Medicare HMO"), class_of("Larkspur")
    ('medicare_ffs', 'medicare_advantage', 'commercial')
    """
    text = name.lower()
    return next((kind for signs, kind in CLASSES if re.search(signs, text)), "commercial")

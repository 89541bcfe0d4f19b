"""Which line of a report is its header, and which column plays which part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from requite.engine.report.cells import Rows, UnreadableReport
from requite.engine.report.payers import kind_of
from requite.engine.report.values import cents_in, day_in, is_nothing

LOOKED_AT = 100  # lines in which the header is looked for
SAMPLE = 200  # lines whose values tell a column
LEAST_SURE = 88  # of 100: how alike a column's name and a known one are
MOSTLY = 0.6
BUCKET = re.compile(
    r"current|(over|>|above) ?\d{2,3}( days)?|\d{1,3} ?\+( days)?"
    r"|\d{1,3} ?(-|to|\u2013) ?\d{2,3}( days)?|\d{2,3} days"
)
# Part: the names that systems give to its column.
NAMES: Mapping[str, tuple[str, ...]] = {
    "account": (
        "account", "account number", "account no", "account id", "acct", "acct number", "acct no",
        "acct id", "patient account", "patient account number", "pt acct", "pt account no",
        "visit number", "visit", "encounter", "encounter number", "har", "hospital account",
        "billing number", "invoice", "invoice number", "ticket number", "claim number",
        "claim id",
        "account nbr", "acct nbr", "patient control number",
    ),
    "record": ("mrn", "medical record number", "chart number", "chart", "patient id"),
    "patient": ("patient", "patient name", "pt name", "name", "guarantor", "guarantor name",
                "responsible party"),
    "payer": (
        "payer", "payor", "insurance", "insurance name", "primary insurance", "primary payer",
        "primary payor", "insurance company", "ins co", "ins name", "carrier", "carrier name",
        "plan", "insurance plan", "plan name", "current payer", "payer name", "payor name",
        "ins 1", "insurance 1", "billed to", "primary plan",
        "insurance package", "health plan", "third party",
    ),
    "payer_class": (
        "financial class", "fin class", "fc", "fin cls", "payer class", "payor class", "class",
        "payer type", "payor type", "insurance class", "insurance type", "ins type", "fsc",
        "current fc",
    ),
    "balance": (
        "balance", "account balance", "acct balance", "acct bal", "bal", "credit balance",
        "credit bal", "current balance", "total balance", "balance due", "amount", "credit",
        "credit amount", "credit amt", "outstanding balance", "total", "total due",
        "ending balance", "open balance", "net balance", "outstanding",
        "outstanding amount", "outstanding amt",
    ),
    "insurance_balance": ("insurance balance", "ins balance", "ins bal", "insurance credit",
                          "ins credit", "payer balance"),
    "patient_balance": ("patient balance", "pt balance", "pt bal", "self pay balance",
                        "patient credit", "guarantor balance", "pat bal"),
    "last_payment_on": (
        "last payment date", "last pmt date", "last pmt dt", "last pay date", "last payment",
        "date of last payment", "last pmt", "last paid", "last pay dt", "last transaction date",
        "last activity", "last activity date", "last paid date", "last receipt date",
    ),
    "last_payment": ("last payment amount", "last pmt amt", "last payment amt", "last pay amount"),
    "service_on": (
        "date of service", "dos", "service date", "svc date", "admit date", "adm date",
        "discharge date", "disch date", "from date", "visit date", "service from",
    ),
}  # fmt: skip
PARTS = {name: part for part, names in NAMES.items() for name in names}
INSTEAD = {"payer": ("payer_class",), "last_payment_on": ("service_on",)}  # as good, where named
NEEDED = ("account", "balance")
DAYS = {"last_payment_on", "service_on"}
MONEY = {"balance", "insurance_balance", "patient_balance", "last_payment"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a report says what: its header (row numbers from 0), the place of each part."""

    header: tuple[int, ...]
    names: tuple[str, ...]
    parts: dict[str, int]
    buckets: tuple[int, ...] = ()
    first: int = 0  # the row below the header
    guessed: frozenset[str] = field(default_factory=frozenset)  # by values, not by name

    def told(self) -> dict[str, str]:
        """The name of the column that plays each part."""
        return {part: self.names[place] or f"column {place + 1}"
                for part, place in self.parts.items()}  # fmt: skip


def plain(name: str) -> str:
    """A column's name as names are compared.

    >>> plain("Acct #"), plain("LAST_PMT-DT")
    ('acct no', 'last pmt dt')
    """
    spelled = name.lower().replace("#", " no ")
    return " ".join(re.sub(r"[^a-z0-9+>\u2013-]+", " ", spelled.replace("_", " ")).split()).replace(
        "pmt-dt", "pmt dt"
    )


def layout_of(file: str, rows: Rows, said: Mapping[str, str], header_row: int = 0) -> Layout:
    """Find the header of a report, and what its columns are.

    Parameters
    ----------
    file : str
        The report's name, for what is refused.
    rows : list of lists of str
        Its cells.
    said : mapping of str to str
        Part to the name of its column (or its number, from 1), as somebody said: it goes first.
    header_row : int
        The header's row, from 1, where somebody said it.

    Raises
    ------
    UnreadableReport
        Where no account or no balance can be told.
    """
    header = (header_row - 1,) if header_row else _said_header(rows, said) or _header(rows)
    if header and header[-1] >= len(rows):
        told = f"it has no row {header_row}."
        raise UnreadableReport(file, told, f"Name a row from 1 to {len(rows)}.")
    width = max(len(row) for row in rows)
    names = _names(rows, header, width)
    first = header[-1] + 1 if header else 0
    below = rows[first : first + SAMPLE]
    parts, buckets = _by_name(names, below)
    guessed = _by_values(parts, buckets, below, width)
    for part, name in said.items():
        parts[part] = _place(file, names, name)
        guessed -= {part}
    if "account" not in parts and "record" in parts:
        parts["account"] = parts["record"]
    missing = [part for part in NEEDED if part not in parts]
    if "balance" in missing and (buckets or {"insurance_balance", "patient_balance"} & set(parts)):
        missing.remove("balance")
    if missing:
        told = f"no column of it can be told to be the {' or the '.join(missing)}."
        # A row that somebody took for the header may be a patient's: it is not told.
        listed = ", ".join(name for name in names if name and not header_row)
        remedy = f"Say which it is, by name or number (--column {missing[0]}=NAME)."
        remedy += f" Its columns: {listed}." if listed else ""
        raise UnreadableReport(file, told, remedy)
    return Layout(header, tuple(names), parts, buckets, first, frozenset(guessed))


def _said_header(rows: Rows, said: Mapping[str, str]) -> tuple[int, ...]:
    """The first row that has a column of the names that somebody said."""
    wanted = {plain(name) for name in said.values() if not name.isdigit()}
    found = (no for no, row in enumerate(rows[:LOOKED_AT]) if wanted & {plain(of) for of in row})
    return next(((no,) for no in found), ())


def _header(rows: Rows) -> tuple[int, ...]:
    """The row, or two rows of which the names are put together, that names most parts."""
    best, found = 1, tuple[int, ...]()
    for number, row in enumerate(rows[:LOOKED_AT]):
        if any(cents_in(cell) is not None and "." in cell for cell in row):
            continue  # amounts: a line of the table
        alone = _score(row)
        if alone > best:
            best, found = alone, (number,)
        if number + 1 < len(rows) and not _has_values(rows[number + 1]):
            both = _names(rows, (number, number + 1), max(len(row), len(rows[number + 1])))
            if _score(both) > max(best, alone, _score(rows[number + 1])):
                best, found = _score(both), (number, number + 1)
    return found


def _score(names: Sequence[str]) -> int:
    named = {_part(name) for name in names} - {""}
    buckets = sum(1 for name in names if BUCKET.fullmatch(plain(name)))
    return len(named) + min(buckets, 3)


def _has_values(row: Sequence[str]) -> bool:
    return any(day_in(cell) or (cents_in(cell) is not None and "." in cell) for cell in row)


def _names(rows: Rows, header: tuple[int, ...], width: int) -> list[str]:
    cells = [[rows[no][place] if place < len(rows[no]) else "" for no in header]
             for place in range(width)]  # fmt: skip
    return [" ".join(part for part in of if part) for of in cells]


def _part(name: str) -> str:
    """The part that a column of this name plays; empty where none is alike enough."""
    wanted = plain(name)
    if not wanted or BUCKET.fullmatch(wanted):
        return ""
    if wanted in PARTS:
        return PARTS[wanted]
    match = process.extractOne(
        wanted, PARTS.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_SURE
    )
    return PARTS[match[0]] if match else ""


def _by_name(names: list[str], below: Rows) -> tuple[dict[str, int], tuple[int, ...]]:
    parts: dict[str, int] = {}
    exact = sorted(range(len(names)), key=lambda place: plain(names[place]) not in PARTS)
    for place in exact:
        part = _part(names[place])
        if part == "last_payment_on" and _share(below, place, _is_cents) > MOSTLY:
            part = "last_payment"
        fits = _is_day if part in DAYS else _is_cents if part in MONEY else None
        has_values = any(not is_nothing(_cell(row, place)) for row in below)
        if fits and has_values and _share(below, place, fits) < MOSTLY:
            continue
        if part and part not in parts:
            parts[part] = place
    buckets = tuple(place for place, name in enumerate(names) if BUCKET.fullmatch(plain(name)))
    return parts, buckets


def _by_values(
    parts: dict[str, int], buckets: tuple[int, ...], below: Rows, width: int
) -> set[str]:
    """Give the account and the balance to columns whose values look so, where no name does."""
    guessed = set()
    free = [place for place in range(width) if place not in parts.values() and place not in buckets]
    if "balance" not in parts and not buckets and "insurance_balance" not in parts:
        money = [place for place in free if _share(below, place, _is_cents, "[.]") > MOSTLY]
        lowered = [place for place in money if _share(below, place, _is_credit) > 1 - MOSTLY]
        if lowered or len(money) == 1:
            parts["balance"] = (lowered or money)[-1]
            guessed.add("balance")
    if "account" not in parts:
        free = [place for place in free if place not in parts.values()]
        ids = [place for place in free if _share(below, place, _is_id) > MOSTLY]
        if ids:
            parts["account"] = max(ids, key=lambda place: len({_cell(row, place) for row in below}))
            guessed.add("account")
    for part, fits in (("payer", _is_payer), ("last_payment_on", _is_day)):
        free = [place for place in free if place not in parts.values()]
        fitting = [place for place in free if _share(below, place, fits) > MOSTLY]
        if len(fitting) == 1 and not {part, *INSTEAD[part]} & set(parts):
            parts[part] = fitting[0]
            guessed.add(part)
    return guessed


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _share(below: Rows, place: int, fits: object, having: str = "") -> float:
    """The share of a column's values that fit; 0 where it has none."""
    cells = [_cell(row, place) for row in below]
    filled = [cell for cell in cells if not is_nothing(cell)]
    good = [
        cell for cell in filled
        if fits(cell) and (not having or re.search(having, cell))  # type: ignore[operator]
    ]  # fmt: skip
    return len(good) / len(filled) if filled else 0.0


def _is_cents(cell: str) -> bool:
    return cents_in(cell) is not None


def _is_credit(cell: str) -> bool:
    return (cents_in(cell) or 0) < 0


def _is_payer(cell: str) -> bool:
    return bool(kind_of(cell))


def _is_day(cell: str) -> bool:
    return day_in(cell) is not None


def _is_id(cell: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{0,4}[- ]?\d[\w-]{2,19}", cell)) and not _is_day(cell)


def _place(file: str, names: list[str], name: str) -> int:
    """The place of a column that somebody named, or numbered from 1."""
    found = [place for place, of in enumerate(names) if plain(of) == plain(name)]
    if found:
        return found[0]
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return int(name) - 1
    told = f"it has no column {name!r}."
    raise UnreadableReport(file, told, f"Name one of its header, or a number to {len(names)}.")

"""The segments of a piece as Arrow tables: the one module that knows oxedi.

To read 835s with something else, write `parse` anew: it promises no more than `Segments` says.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import oxedi
import pyarrow as pa

from requite.formats.x12.delimiters import Delimiters
from requite.formats.x12.structure import HEAD_COLUMNS, structure

# Stands for a reason code that is missing, for oxedi passes over an adjustment without one.
NO_REASON = b"\x00"
HEAD_TABLES = (*HEAD_COLUMNS, "REF")
SHORTEST_NAME, LONGEST_NAME = 2, 3


class Fault(StrEnum):
    """What can be wrong with one segment."""

    UNKNOWN = "unknown"
    NO_CLAIM = "no claim"
    AMOUNT = "amount"
    DATE = "date"


class Finding(NamedTuple):
    """A fault in a segment, counted from 0 within the piece."""

    fault: Fault
    segment: int
    where: str
    datum: bytes


class Head(NamedTuple):
    """A segment of an envelope or of the head of a transaction set; empty elements are missing."""

    segment: int
    name: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Segments:
    """A piece taken apart.

    In every table `segment` is the segment's number within the piece, from 0. Text is binary, as
    it stands; amounts are decimals with two places, dates are dates; what is no amount or no date
    is null and among the findings. `lines` and `adjustments` name the row of their `claim`, and
    adjustments that of their `line`. A line without a claim before it has a claim of nulls.
    """

    count: int
    heads: list[Head]
    claims: pa.Table
    lines: pa.Table
    adjustments: pa.Table
    provider_adjustments: pa.Table
    findings: list[Finding]
    document: Any
    inserted_at: list[int]

    def place_of(self, segment: int) -> int:
        """The byte of the piece that a segment starts with."""
        raw = self.document[segment].raw
        start = int(self.document[segment].span[0]) + len(raw) - len(raw.lstrip())
        return start - int(np.searchsorted(self.inserted_at, start))


def parse(data: bytes, delimiters: Delimiters, *, with_missing_reasons: bool = False) -> Segments:
    """Take a piece apart, whatever is in it.

    `with_missing_reasons` also finds adjustments that state an amount without its reason code, at
    about a tenth more of the time; a look at the first reason of each CAS is always taken.
    """
    inserted_at: list[int] = []
    if with_missing_reasons or _first_reason_missing(delimiters).search(data):
        data, inserted_at = _with_reasons(data, delimiters)
    marks = oxedi.Delimiters(delimiters.element, delimiters.component, delimiters.segment)
    result = oxedi.parse(data, spec=_spec(), delimiters=marks)
    tables = result.tables
    return Segments(
        count=_count(data, delimiters),
        heads=_heads(tables),
        claims=pa.table(tables["claims"]),
        lines=pa.table(tables["lines"]),
        adjustments=pa.table(tables["adjustments"]),
        provider_adjustments=pa.table(tables["provider_adjustments"]),
        findings=[found for each in result.diagnostics if (found := _finding(each)) is not None],
        document=result.document,
        inserted_at=inserted_at,
    )


def _count(data: bytes, delimiters: Delimiters) -> int:
    """How many segments; what follows the last terminator is one unless it is blank."""
    has_rest = bool(data[data.rfind(delimiters.segment) + 1 :].strip())
    return data.count(delimiters.segment) + has_rest


@cache
def _spec() -> oxedi.Spec:
    return oxedi.Spec.from_json(structure())


def _heads(tables: oxedi.Tables) -> list[Head]:
    """The rows of the head tables in the order of the file."""
    heads = []
    for name in HEAD_TABLES:
        if len(tables[name]):
            for row in pa.table(tables[name]).to_pylist():
                segment = row.pop("segment")
                values = {at: value for at, value in row.items() if value not in (None, b"")}
                heads.append(Head(segment, name, values))
    return sorted(heads)


def _finding(diagnostic: oxedi.Diagnostic) -> Finding | None:
    """What oxedi remarks, where it matters here: order and repetition within a loop do not."""
    segment, datum = diagnostic.segment or 0, diagnostic.datum
    if diagnostic.kind == "TypeMismatch":
        fault = Fault.DATE if "valid DT" in diagnostic.rule else Fault.AMOUNT
        return Finding(fault, segment, diagnostic.rule.split()[1], datum)
    if diagnostic.kind == "UnknownSegment":
        is_name = SHORTEST_NAME <= len(datum) <= LONGEST_NAME and datum.isalnum()
        return Finding(Fault.UNKNOWN, segment, datum.decode("latin-1") if is_name else "", datum)
    if diagnostic.kind == "ImplicitLoop":
        return Finding(Fault.NO_CLAIM, segment, datum.decode("latin-1"), datum)
    return None


@cache
def _first_reason_missing(delimiters: Delimiters) -> re.Pattern[bytes]:
    element, segment = re.escape(delimiters.element), re.escape(delimiters.segment)
    text = rb"[^" + element + segment + rb"]*"
    return re.compile(rb"CAS" + element + text + element + element)


@cache
def _adjustment(delimiters: Delimiters) -> re.Pattern[bytes]:
    element, segment = re.escape(delimiters.element), re.escape(delimiters.segment)
    return re.compile(segment + rb"\s*CAS" + element + rb"[^" + segment + rb"]*")


def _with_reasons(data: bytes, delimiters: Delimiters) -> tuple[bytes, list[int]]:
    """`data` with `NO_REASON` before every amount that lacks a reason, and where it was put in."""
    parts: list[bytes] = []
    inserted_at: list[int] = []
    copied = 0
    for match in _adjustment(delimiters).finditer(data):
        at = match.start()
        elements = match[0].split(delimiters.element)
        for place, text in enumerate(elements):
            is_reason = place >= 2 and place % 3 == 2
            if is_reason and not text and place + 1 < len(elements) and elements[place + 1].strip():
                parts += [data[copied:at], NO_REASON]
                inserted_at.append(at + len(inserted_at) + 1)
                copied = at
            at += len(text) + 1
    return b"".join([*parts, data[copied:]]), inserted_at

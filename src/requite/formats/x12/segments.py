"""The segments of a piece as Arrow tables: the one module that knows oxedi.

To read 835s with something else, write `parse` anew: it promises no more than `Segments` says.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import oxedi
import pyarrow as pa
import pyarrow.compute as pc

from requite.formats.x12.columns import converted, plain
from requite.formats.x12.delimiters import Delimiters
from requite.formats.x12.reasons import lacks_first_reason, with_reasons
from requite.formats.x12.structure import (
    HEAD_COLUMNS,
    RECORD_COLUMNS,
    Json,
    place_named,
    structure,
)

HEAD_TABLES = (*HEAD_COLUMNS, "REF")
SHORTEST_NAME, LONGEST_NAME = 2, 3


class Fault(StrEnum):
    """What can be wrong with one segment."""

    UNKNOWN = "unknown"
    NO_CLAIM = "no claim"
    AMOUNT = "amount"
    DATE = "date"


class Finding(NamedTuple):
    """A fault in a segment, counted from 0 within the piece.

    `where` is the element, or the name of the segment; `datum` is what stands there, None where
    it is well written and still no amount or date within reason.
    """

    fault: Fault
    segment: int
    where: str
    datum: bytes | None = None


class Head(NamedTuple):
    """A segment of an envelope or of the head of a transaction set.

    `values` are texts, cents and dates, by the place of the element; None where it is empty.
    """

    segment: int
    name: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Segments:
    """A piece taken apart.

    In every table `segment` is the segment's number within the piece, from 0. Text is as it stands,
    amounts are whole cents, dates are dates; what is empty is null, and so is what is no amount or
    no date, which is also among the findings. `lines` and `adjustments` name the row of their
    `claim`, adjustments that of their `line`. A line without a claim has a claim of nulls.
    """

    count: int
    heads: list[Head]
    claims: pa.RecordBatch
    lines: pa.RecordBatch
    adjustments: pa.RecordBatch
    provider_adjustments: pa.RecordBatch
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
    if with_missing_reasons or lacks_first_reason(data, delimiters):
        data, inserted_at = with_reasons(data, delimiters)
    marks = oxedi.Delimiters(delimiters.element, delimiters.component, delimiters.segment)
    result = oxedi.parse(data, spec=_spec(), delimiters=marks)
    findings = [found for each in result.diagnostics if (found := _finding(each)) is not None]
    is_utf8 = _is_utf8(data)
    claims, lines, adjustments, provider_adjustments = (
        _records(result.tables[name], columns, findings, is_utf8=is_utf8)
        for name, columns in RECORD_COLUMNS.items()
    )
    return Segments(
        count=_count(data, delimiters),
        heads=_heads(result.tables),
        claims=claims,
        lines=lines,
        adjustments=adjustments,
        provider_adjustments=provider_adjustments,
        findings=sorted(findings, key=lambda found: found.segment),
        document=result.document,
        inserted_at=inserted_at,
    )


def _records(
    table: oxedi.Table, columns: dict[str, Json], findings: list[Finding], *, is_utf8: bool
) -> pa.RecordBatch:
    """A table with its values converted; what is lost thereby is added to the findings."""
    if not len(table):
        return _nothing(table.name)
    batch = pa.record_batch(table)
    arrays = [converted(array, is_utf8=is_utf8) for array in batch.columns]
    for name, given, array in zip(batch.schema.names, batch.columns, arrays, strict=True):
        if array.null_count > given.null_count and not pa.types.is_string(array.type):
            fault = Fault.DATE if pa.types.is_date32(array.type) else Fault.AMOUNT
            is_lost = pc.and_(array.is_null(), given.is_valid())
            findings += (
                Finding(fault, segment, place_named(columns[name]), None)
                for segment in batch["segment"].filter(is_lost).to_pylist()
            )
    return pa.RecordBatch.from_arrays(arrays, batch.schema.names)


@cache
def _nothing(table: str) -> pa.RecordBatch:
    """No rows, in columns of the types that rows would have."""
    schema = _spec().schema()[table]
    arrays = [converted(pa.array([], field.type), is_utf8=True) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema.names)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
            for row in pa.record_batch(tables[name]).to_pylist():
                segment = row.pop("segment")
                heads.append(Head(segment, name, {at: plain(row[at]) for at in row}))
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

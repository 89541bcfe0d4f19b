"""Adjustments that state an amount without its reason code: a reader may pass them over."""

import re
from functools import cache

from requite.formats.x12.delimiters import Delimiters

# Stands for the reason code that is missing.
NO_REASON = "\x00"


def lacks_first_reason(data: bytes, delimiters: Delimiters) -> bool:
    """Whether any CAS lacks its first reason code: a quick look."""
    return _first_reason_missing(delimiters).search(data) is not None


@cache
def _first_reason_missing(delimiters: Delimiters) -> re.Pattern[bytes]:
    element, segment = re.escape(delimiters.element), re.escape(delimiters.segment)
    text = rb"[^" + element + segment + rb"]*"
    return re.compile(rb"CAS" + element + text + element + element)


@cache
def _adjustment(delimiters: Delimiters) -> re.Pattern[bytes]:
    element, segment = re.escape(delimiters.element), re.escape(delimiters.segment)
    blanks = rb"[^\S" + segment + rb"]*+"  # a run of terminators is looked at once
    return re.compile(segment + blanks + rb"CAS" + element + rb"[^" + segment + rb"]*")


def with_reasons(data: bytes, delimiters: Delimiters) -> tuple[bytes, list[int]]:
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
                parts += [data[copied:at], NO_REASON.encode()]
                inserted_at.append(at + len(inserted_at) + 1)
                copied = at
            at += len(text) + 1
    return b"".join([*parts, data[copied:]]), inserted_at

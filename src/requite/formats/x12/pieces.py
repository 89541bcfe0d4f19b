"""A file of any size as pieces that fit into memory, cut where no claim is torn."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np

from requite.formats.x12.delimiters import (
    HEAD_BYTES,
    LATER_ISA,
    LINE_BREAKS,
    SAMPLE_BYTES,
    Delimiters,
    delimiters_of,
    interchange_starts,
    next_interchange,
)
from requite.formats.x12.problem import Kind, Problems

# A piece costs about ten times its bytes while it is worked on, and some milliseconds besides.
PIECE_BYTES = 2 << 20
# The longest segment and the largest claim that are read whole: the guide allows a claim 999 lines,
# less than half a megabyte, and no segment of an 835 comes to more than about two thousand bytes.
LARGEST_CLAIM_BYTES = 4 << 20
# Segments of a real file have 20 bytes each; a piece of hardly more than terminators stays small.
PIECE_SEGMENTS = 200_000
# A cut is looked for here first, for the last claim of a piece is seldom larger.
TAIL_BYTES = 65_536
# How many places of one window are tried that only look like a start; then only an ISA is one.
STARTS_TRIED = 50

# Encodings that are no superset of ASCII, by the bytes that such a file starts with.
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"I\0S\0": "utf-16-le",
             b"\0I\0S": "utf-16-be", b"\xc9\xe2\xc1": "cp037"}  # fmt: skip
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FILLING = b" \t\r\n\0\x1a"
CLOSING = (b"SE", b"GE", b"IEA")
WHOLE_BEFORE = rb"(?:CLP|PLB|LX|ST|SE|GS|GE|IEA)"
LINE_BEFORE = rb"SVC"


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole segments of one interchange; `offset` is the place of the first byte in the file.

    `continues_claim` says that the piece before ended within a claim too large to be kept whole,
    `tears_claim` that this one does; `removed_before` holds the places in `data` before each of
    which one line break was removed.
    """

    data: bytes
    offset: int
    delimiters: Delimiters
    continues_claim: bool = False
    tears_claim: bool = False
    removed_before: Any = None

    def offset_of(self, place: int) -> int:
        """The place in the file of a byte of `data`."""
        if self.removed_before is None:
            return self.offset + place
        return self.offset + place + int(np.searchsorted(self.removed_before, place, "right"))


class Cut(NamedTuple):
    """How much of the window is the next piece, and what ends there."""

    length: int
    ends_interchange: bool = False
    tears_claim: bool = False


@dataclass(slots=True)
class Window:
    """The part of a file that is in memory."""

    stream: BinaryIO
    buffer: bytes = b""
    offset: int = 0
    has_ended: bool = False

    def fill(self, size: int) -> bool:
        """Read until `size` bytes are there or the file ends; whether anything is."""
        while len(self.buffer) < size and not self.has_ended:
            read = self.stream.read(size - len(self.buffer))
            self.has_ended = not read
            self.buffer += read
        return bool(self.buffer)

    def take(self, length: int) -> bytes:
        """Remove and return the first `length` bytes."""
        taken, self.buffer = self.buffer[:length], self.buffer[length:]
        self.offset += len(taken)
        return taken


def pieces(stream: BinaryIO, problems: Problems) -> Iterator[Piece]:
    """Cut the 835s of a file, opened for reading at its start, into pieces.

    Whatever is no part of an interchange is passed over and reported in `problems`.
    """
    window = Window(_recoded(stream, problems))
    passed_at: int | None = None
    found_any = False
    while window.fill(PIECE_BYTES):
        length, delimiters = _start(window)
        offset, passed = window.offset, window.take(length)
        if passed_at is None and passed.removeprefix(BYTE_ORDER_MARK).strip(FILLING):
            passed_at = offset
        if delimiters is not None:
            if passed_at is not None:
                problems.add(Kind.BYTES_AROUND, "Bytes of no segment.", None, passed_at)
            passed_at, found_any = None, True
            yield from _interchange(window, delimiters, problems)
    if not found_any:
        problems.add(Kind.NOT_X12, "No X12 segment is in it.", None, 0)


def _start(window: Window) -> tuple[int, Delimiters | None]:
    """How many bytes to pass over, and the delimiters of the interchange that starts there."""
    at = 0
    for _ in range(STARTS_TRIED):
        first = None
        for start in interchange_starts(window.buffer, at):
            delimiters = delimiters_of(window.buffer[start : start + SAMPLE_BYTES])
            if delimiters is not None:
                return start, delimiters
            first = start if first is None else first
        if first is None:
            break
        at = first + 1
    else:
        strict = LATER_ISA.search(window.buffer, at)
        if strict is not None:
            return strict.start(), delimiters_of(window.buffer[strict.start() :][:SAMPLE_BYTES])
    length = len(window.buffer)
    return (length if window.has_ended else max(length - HEAD_BYTES, 1)), None


def _interchange(window: Window, delimiters: Delimiters, problems: Problems) -> Iterator[Piece]:
    """The pieces of the interchange that the window starts with."""
    cut = Cut(0)
    while not cut.ends_interchange and window.fill(PIECE_BYTES):
        continues_claim = cut.tears_claim
        cut = _cut(window, delimiters)
        if not cut.length:
            _skip_segment(window, delimiters, problems)
            continue
        offset, data = window.offset, window.take(cut.length)
        if cut.ends_interchange:
            data = _whole(data, offset, delimiters, problems)
        data, removed = _without_breaks(data, offset, delimiters, problems)
        if data:
            yield Piece(data, offset, delimiters, continues_claim, cut.tears_claim, removed)


def _cut(window: Window, delimiters: Delimiters) -> Cut:
    """Where to cut the window: at its end, else before a claim, else before a line of one."""
    following = next_interchange(window.buffer, delimiters)
    end = len(window.buffer) if following is None else following
    usable = _usable(window.buffer, end, delimiters)
    if usable == end and (window.has_ended or following is not None):
        return Cut(end, ends_interchange=True)
    boundary = _last_boundary(window.buffer, usable, WHOLE_BEFORE, delimiters)
    if boundary:
        return Cut(boundary)
    if usable == len(window.buffer) < LARGEST_CLAIM_BYTES:
        window.fill(LARGEST_CLAIM_BYTES)
        return _cut(window, delimiters)
    boundary = _last_boundary(window.buffer, usable, LINE_BEFORE, delimiters)
    return Cut(boundary or window.buffer.rfind(delimiters.segment, 0, usable) + 1, tears_claim=True)


def _usable(buffer: bytes, end: int, delimiters: Delimiters) -> int:
    """How many of the first `end` bytes hold no more segments than a piece may."""
    while buffer.count(delimiters.segment, 0, end) > PIECE_SEGMENTS:
        end //= 2
    return end


def _last_boundary(buffer: bytes, end: int, names: bytes, delimiters: Delimiters) -> int:
    """Where the last segment of one of `names` starts before `end`; 0 where none does."""
    segment, element = re.escape(delimiters.segment), re.escape(delimiters.element)
    blanks = re.escape(b"\r\n \t".replace(delimiters.segment, b""))  # terminators are not run over
    pattern = re.compile(segment + rb"[" + blanks + rb"]*+(" + names + rb")" + element)
    for begin in (max(0, end - TAIL_BYTES), 0):
        starts = [match.start(1) for match in pattern.finditer(buffer, begin, end)]
        if starts:
            return starts[-1]
    return 0


def _skip_segment(window: Window, delimiters: Delimiters, problems: Problems) -> None:
    """Pass over a segment that is too long to be one."""
    problems.add(
        Kind.OVERLONG_SEGMENT,
        f"A segment has more than {LARGEST_CLAIM_BYTES:,} bytes.",
        None,
        window.offset,
    )
    while window.fill(PIECE_BYTES):
        end = window.buffer.find(delimiters.segment)
        window.take(len(window.buffer) if end < 0 else end + 1)
        if end >= 0:
            return


def _whole(data: bytes, offset: int, delimiters: Delimiters, problems: Problems) -> bytes:
    """`data` without a last element that was cut off: half an amount is worse than none."""
    start = data.rfind(delimiters.segment) + 1
    tail = data[start:].strip(FILLING)
    name = tail.split(delimiters.element, 1)[0]
    if not tail or name in CLOSING:
        return data
    problems.add(Kind.TRUNCATED, "The last segment has no end.", None, offset + start)
    has_whole_element = tail.count(delimiters.element) > 1
    return data[: data.rfind(delimiters.element) if has_whole_element else start]


def _without_breaks(
    data: bytes, offset: int, delimiters: Delimiters, problems: Problems
) -> tuple[bytes, Any]:
    """`data` without the line breaks that stand within segments, and where they stood."""
    segment = delimiters.segment
    if segment in LINE_BREAKS:
        breaks = b"\r" if segment == b"\n" and b"\r" in data else b""
    else:
        breaks = LINE_BREAKS if _is_wrapped(data, segment) else b""
        if breaks:
            problems.add(Kind.LINE_BREAKS, "Lines are broken within segments.", None, offset)
    if not breaks:
        return data, None
    places = np.flatnonzero(np.isin(np.frombuffer(data, np.uint8), list(breaks)))
    return data.translate(None, breaks), places - np.arange(len(places))


def _is_wrapped(data: bytes, segment: bytes) -> bool:
    """Whether a line break stands elsewhere than after a segment, or another break."""
    feeds, returns = data.count(b"\n"), data.count(b"\r")
    pairs = data.count(segment + b"\r\n")
    if feeds == data.count(segment + b"\n") + pairs and returns == pairs:
        return False
    last = data.rfind(segment)
    broken = re.compile(rb"[^\s" + re.escape(segment) + rb"][ \t]*[\r\n]")
    return broken.search(data, 0, max(last, 0)) is not None


def _recoded(stream: BinaryIO, problems: Problems) -> BinaryIO:
    """The stream in an encoding that X12 can be cut in; offsets then count the bytes of UTF-8."""
    first = stream.read(4)
    stream.seek(0)
    for beginning, encoding in ENCODINGS.items():
        if first.startswith(beginning):
            problems.add(Kind.ENCODING, f"The file is encoded in {encoding}.", None, 0)
            recoder: BinaryIO = cast(
                "BinaryIO", codecs.EncodedFile(stream, "utf-8", encoding, "replace")
            )
            return recoder
    return stream

"""Which bytes part the elements, components and segments of an interchange."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

# ISA has 16 elements of fixed widths, so its delimiters stand at fixed places (X12.5, ISA).
ISA_ELEMENTS = 16
ISA_BYTES = 106
ISA_SEPARATORS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
# What an ISA and the name of the next segment need at most, with its lines broken.
HEAD_BYTES = 256
# How much of a file without envelope is asked for its delimiters.
SAMPLE_BYTES = 65_536
# Two delimiters and the line breaks that may stand between ISA and the next segment.
LONGEST_GAP = 6

LINE_BREAKS = b"\r\n"
USUAL_COMPONENTS = (b":", b">", b"^", b"<", b"|")
NAMES = (
    rb"(GS|ST|BPR|TRN|CUR|REF|DTM|N1|N3|N4|PER|LX|TS2|TS3|CLP|CAS|NM1|MIA|MOA|SVC|AMT|QTY|LQ"
    rb"|PLB|SE|GE|IEA)"
)
ISA = re.compile(rb"(?<![0-9A-Za-z])(?P<name>ISA)(?P<element>[^0-9A-Za-z\s])")
LATER_ISA = re.compile(rb"ISA([^0-9A-Za-z\s])[0-9]{2}\1[^\r\n]{0,10}\1[0-9]{2}\1")
AFTER_ISA = re.compile(rb"GS|TA1|ST|IEA|ISA|BPR")
# All of these have two elements at least, and short ones.
BARE_START = re.compile(
    rb"(?<![0-9A-Za-z])(?P<name>GS|ST|BPR|TRN|CLP)(?P<element>[^0-9A-Za-z\s.,'()-])"
    rb"(?:(?!(?P=element))[^\r\n]){0,50}(?P=element)"
)
LONGEST_START = 64  # bytes of a bare start


@dataclass(frozen=True, slots=True)
class Delimiters:
    """One byte each."""

    element: bytes
    component: bytes
    segment: bytes

    @property
    def are_usable(self) -> bool:
        """Whether they are three bytes of ASCII, and none a letter, a digit or a blank."""
        three = {self.element, self.component, self.segment}
        return len(three) == 3 and all(
            len(one) == 1 and one.isascii() and not one.isalnum() and one != b" " for one in three
        )


def delimiters_of(data: bytes) -> Delimiters | None:
    """The delimiters of the interchange that `data` starts with, as its ISA states them.

    An ISA that was trimmed, or is missing, tells less: then the segments that follow are asked.
    """
    stated = _stated(data[:HEAD_BYTES])
    return stated if stated is not None and stated.are_usable else _inferred(data[:SAMPLE_BYTES])


def next_interchange(data: bytes, delimiters: Delimiters) -> int | None:
    """Where another interchange starts within `data`, past its first byte."""
    by_form = LATER_ISA.search(data, 1)
    end = len(data) if by_form is None else by_form.start()
    name = b"ISA" + delimiters.element
    at = data.find(name, 1, end)
    while at > 0:
        before = data[max(0, at - LONGEST_GAP) : at]
        if delimiters.segment in (before[-1:], before.rstrip()[-1:]):
            return at
        at = data.find(name, at + 1, end)
    return None if by_form is None else end


def interchange_starts(data: bytes, at: int = 0) -> Iterator[int]:
    """Where an interchange may start from `at` on: with an envelope, and without; or nowhere.

    What lies behind the first is looked at only where that is asked for: of many short interchanges
    each would be looked through to the end of the file.
    """
    envelope = ISA.search(data, at)
    until = len(data) if envelope is None else envelope.start()
    bare = BARE_START.search(data, at, until + LONGEST_START)
    if bare is not None and bare.start() < until:
        yield bare.start()
    if envelope is not None:
        yield until
        bare = None if bare is not None and bare.start() < until else BARE_START.search(data, until)
        if bare is not None:
            yield bare.start()


def _stated(head: bytes) -> Delimiters | None:
    """What ISA itself says, by its fixed places, else by counting its separators."""
    match = ISA.match(head)
    if match is None:
        return None
    element = match["element"]
    if len(head) >= ISA_BYTES and all(head[at : at + 1] == element for at in ISA_SEPARATORS):
        return Delimiters(element, head[104:105], head[105:106])
    parts = head.split(element, ISA_ELEMENTS)
    return None if len(parts) <= ISA_ELEMENTS else _after_last_separator(element, parts[-1])


def _after_last_separator(element: bytes, rest: bytes) -> Delimiters | None:
    """Component and terminator from what stands between ISA's last separator and GS."""
    following = AFTER_ISA.search(rest)
    if following is None or following.start() > LONGEST_GAP:
        return None
    gap = rest[: following.start()]
    marks = gap.translate(None, LINE_BREAKS)
    breaks = gap.lstrip(marks)[:1] if marks else gap[:1]
    if len(marks) == 2:
        return Delimiters(element, marks[:1], marks[1:])
    if breaks and marks in USUAL_COMPONENTS:
        return Delimiters(element, marks, breaks)
    return Delimiters(element, _usual_component(element, marks), marks or breaks)


def _inferred(sample: bytes) -> Delimiters | None:
    """The delimiters that the segments themselves show."""
    match = ISA.match(sample) or BARE_START.match(sample)
    if match is None:
        return None
    element = re.escape(match["element"])
    # Lines are padded to some eighty blanks; a longer run is not looked through from each place.
    ends = re.findall(rb"([^0-9A-Za-z \t" + element + rb"])\s{0,256}" + NAMES + element, sample)
    if {name for _, name in ends} <= {match["name"]}:
        return None
    segment = Counter(end for end, _ in ends).most_common(1)[0][0]
    marks = re.findall(
        rb"SVC" + element + rb"[A-Z][A-Z0-9]([^0-9A-Za-z\s" + element + rb"])", sample
    )
    seen = [mark for mark, _ in Counter(marks).most_common() if mark != segment]
    component = seen[0] if seen else _usual_component(match["element"], segment)
    inferred = Delimiters(match["element"], component, segment)
    return inferred if inferred.are_usable else None


def _usual_component(*taken: bytes) -> bytes:
    """The component separator to expect where the file shows none."""
    return next(mark for mark in USUAL_COMPONENTS if mark not in taken)

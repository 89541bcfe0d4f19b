"""Envelopes: interchanges and groups are counted and held to their control numbers."""

from dataclasses import dataclass

from requite.formats.x12.part import Part
from requite.formats.x12.problem import Kind, Problems
from requite.formats.x12.segments import Head

MOST_DIGITS = 10


@dataclass(slots=True)
class Level:
    """An envelope that is open: its control number, and how many it holds so far."""

    control_number: str | None
    held: int = 0


@dataclass(slots=True)
class Envelopes:
    """The interchange and the group in which a file is being read."""

    problems: Problems
    interchanges: int = 0
    interchange: Level | None = None
    group: Level | None = None

    def take(self, head: Head, part: Part) -> None:
        """Follow one segment of an envelope, or the start of a transaction set."""
        if head.name == "ISA":
            self.end(part.where(head.segment))
            self.interchanges += 1
            self.interchange = Level(head.values.get("13"))
        elif head.name == "GS":
            self.group = Level(head.values.get("6"))
            if self.interchange:
                self.interchange.held += 1
        elif head.name == "ST" and self.group:
            self.group.held += 1
        elif head.name == "GE":
            self._close(self.group, head, part)
            self.group = None
        elif head.name == "IEA":
            self._close(self.interchange, head, part)
            self.interchange = None

    def end(self, where: tuple[int | None, int | None]) -> None:
        """The file ends here, or another interchange starts."""
        if self.interchange is not None:
            self.problems.add(Kind.ENVELOPE, "An interchange ends without IEA.", *where)
        self.interchange = self.group = None

    def _close(self, level: Level | None, head: Head, part: Part) -> None:
        """Hold a closing segment to what was opened."""
        where = part.where(head.segment)
        if level is None:
            self.problems.add(Kind.ENVELOPE, f"{head.name} closes nothing.", *where)
            return
        if stated_count(head) != level.held:
            self.problems.add(
                Kind.ENVELOPE, f"{head.name}01 differs from what is there, {level.held}.", *where
            )
        if head.values.get("2") != level.control_number:
            self.problems.add(
                Kind.ENVELOPE, f"{head.name}02 is not the control number at the start.", *where
            )


def stated_count(head: Head) -> int | None:
    """The number that a closing segment begins with; None where it is none."""
    count: str = head.values.get("1") or ""
    return int(count) if count.isdecimal() and len(count) <= MOST_DIGITS else None

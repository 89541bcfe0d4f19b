"""The page of figures: each beside its target, and whether that is met."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

INTRODUCTION = (
    "This page is written by the command below; nothing on it is edited by hand. All figures come "
    "from one run on one machine, and each ratio from figures of that run. Processor seconds are "
    "those of a program and all its processes; what is short is run several times, and the "
    "cheapest run counts. Memory is the largest resident memory of all processes together, shared "
    "pages counted in each."
)


@dataclass(frozen=True)
class Figure:
    """One measured figure, in words; `is_met` is None where there is no target."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None


@dataclass
class Section:
    """Some figures of one kind, with what a reader must know about them."""

    title: str
    notes: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def add(self, what: str, measured: str) -> None:
        """A figure that has no target."""
        self.figures.append(Figure(what, measured))

    def at_most(self, what: str, value: float, target: float, unit: str) -> None:
        """A figure that should not exceed its target; both in `unit`."""
        self.figures.append(
            Figure(what, said(value, unit), f"at most {said(target, unit)}", value <= target)
        )

    def at_least(self, what: str, value: float, target: float, unit: str) -> None:
        """A figure that should reach its target; both in `unit`."""
        self.figures.append(
            Figure(what, said(value, unit), f"at least {said(target, unit)}", value >= target)
        )


def said(value: float, unit: str = "") -> str:
    """A figure with as many digits as it deserves.

    >>> said(12345.6, "accounts a second"), said(3.14159, "times"), said(0.0123, "s")
    ('12,346 accounts a second', '3.1 times', '0.012 s')
    """
    size = abs(value)
    if size >= 100:
        text = f"{value:,.0f}"
    elif size >= 1:
        text = f"{value:.1f}"
    else:
        text = f"{value:.2g}"
    return f"{text} {unit}".strip()


def gigabytes(count: int) -> float:
    """Bytes as gigabytes of 10^9."""
    return count / 1e9


def page(command: str, sections: Sequence[Section], on: date, load: str = "") -> str:
    """The whole page as Markdown."""
    parts = [
        "# Speed and memory",
        INTRODUCTION,
        f"```\n{command}\n```",
        f"{on.isoformat()}, on {machine()}. {load}",
    ]
    for section in sections:
        parts += [f"## {section.title}", *section.notes, _table(section.figures)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(figures: Sequence[Figure]) -> str:
    if not figures:
        return ""
    rows = ["| What | Measured | Target | Met |", "|---|---|---|---|"]
    word = {True: "yes", False: "**no**", None: ""}
    rows += [
        f"| {figure.what} | {figure.measured} | {figure.target} | {word[figure.is_met]} |"
        for figure in figures
    ]
    return "\n".join(rows)


def machine() -> str:
    """The kind of machine, in general words."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"a {platform.system()} machine ({platform.machine()}) with {cores} "
        f"processor{'s' if cores > 1 else ''} and {gigabytes(memory):.0f} GB of memory, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def other_work() -> str:
    """How much else the machine has to do, as a sentence."""
    return f"When the measuring began, {os.getloadavg()[0]:.1f} other programs wanted to run."


def write(path: Path, text: str) -> None:
    """Put the page in its place; the section of the office, measured apart, stays at its end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    office = before[before.index(OFFICE_HEAD) :] if OFFICE_HEAD in before else ""
    path.write_text(f"{text.rstrip()}\n\n{office}" if office else text, encoding="utf-8")


OFFICE_HEAD = "## The office\n"
OFFICE = (
    OFFICE_HEAD
    + """
This section is written by `make bench-web`. On {day}, on {machine}.

Users sign in, then work for {seconds} seconds, each doing everything in turn and pausing
{pause[0]:.0f} to {pause[1]:.0f} seconds in between. The server's time is what it says of itself
(`Server-Timing`), from the request's arrival in Django to the answer; the other is what the user's
side measures, a program on the same two processors. The empty page is the health page. Counts and
sums of lists above 2,000 cases are kept for five seconds, those of the dashboard for half a minute,
and then taken anew beside the answers, so that one may see a value up to ten times as old. The
ledger and remittances of a case come after its page, by themselves, and are not in this table.
"""
)


def keep_office(path: Path, section: str) -> None:
    """Put the section of the office at the end of the page, in the place of an earlier one."""
    page = path.read_text(encoding="utf-8")
    rest = page[: page.index(OFFICE_HEAD)] if OFFICE_HEAD in page else page
    path.write_text(f"{rest.rstrip()}\n\n{section}", encoding="utf-8")

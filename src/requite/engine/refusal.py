"""Why a feed is refused: every problem with its file, row and column, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from requite.domain.errors import RequiteError

MOST_SHOWN = 50  # a broken column breaks every row; nobody reads more than a screenful
MOST_NAMED = 3  # rows of one kind of problem


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a feed, or many of one kind; no value is shown: it may name a patient."""

    file: str
    row: int | None  # 1 = the first row below the header; None = the file as a whole
    column: str | None
    problem: str
    remedy: str
    more: tuple[tuple[str, int], ...] = ()  # further places of the same kind: file and row
    count: int = 1  # how many there are of this kind, those named and all others

    def __str__(self) -> str:
        where = self.places
        if self.column is not None:
            where += f", column {self.column}"
        return f"{where}: {self.problem} {self.remedy}"

    @property
    def places(self) -> str:
        """The file and row, or the first of many.

        >>> Problem("a.csv", 3, None, "", "", (("a.csv", 8), ("a.csv", 9)), 44).places
        'a.csv, rows 3, 8, 9 and 41 more'
        """
        if self.row is None:
            return self.file if self.count == 1 else f"{self.file} ({self.count:,} of these)"
        named = ((self.file, self.row), *self.more)
        rows: dict[str, list[str]] = {}
        for file, row in named:
            rows.setdefault(file, []).append(str(row))
        told = "; ".join(
            f"{file}, row{'s' if len(of) > 1 else ''} {', '.join(of)}" for file, of in rows.items()
        )
        left = self.count - len(named)
        return f"{told} and {left:,} more" if left > 0 else told


def by_kind(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with those of one kind told as one: the first rows, and how many there are."""
    kinds: dict[tuple[str | None, ...], Problem] = {}
    for each in problems:
        key = (each.file, each.column, each.problem, each.remedy)
        first = kinds.get(key)
        if first is None or first.row is None:
            count = each.count + (first.count if first else 0)
            kinds[key] = replace(each, count=count)
            continue
        more = first.more
        if each.row is not None and len(more) < MOST_NAMED - 1:
            more = (*more, (each.file, each.row))
        kinds[key] = replace(first, more=more, count=first.count + each.count)
    return list(kinds.values())


class RefusedFeed(RequiteError):
    """A feed holds something that cannot be used; nothing of it was imported."""

    said = "The feed is refused; nothing of it was imported."
    then = "Correct the files named and import the feed again."

    def __init__(self, problems: list[Problem], *, why: str = "", then: str = "") -> None:
        self.problems = problems
        kinds = by_kind(problems)
        lines = [why] if why else []
        lines += [str(problem) for problem in kinds[:MOST_SHOWN]]
        left = len(kinds) - MOST_SHOWN
        if left > 0:
            lines.append(f"... and {left:,} kinds of problems more; {MOST_SHOWN} are shown.")
        count = sum(problem.count for problem in problems)
        super().__init__(
            f"{self.said} Problems: {count:,}.\n" + "\n".join(lines),
            remedy=then or self.then,
        )

    def __str__(self) -> str:
        """Every problem on a line of its own, and what to do on the last."""
        return f"{self.problem}\n{self.remedy}"


class RefusedExtract(RefusedFeed):
    """An extract does not become a feed by a mapping; nothing was written."""

    said = "The extract does not become a feed; nothing was written."
    then = "Correct the files named, or the mapping, and map again."

"""Why a feed is refused: every problem with its file, row and column, and what to do."""

from dataclasses import dataclass

from requite.domain.errors import RequiteError

MOST_SHOWN = 50  # a broken column breaks every row; nobody reads more than a screenful


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a feed; it shows no value, since a value may name a patient."""

    file: str
    row: int | None  # 1 = the first row below the header; None = the file as a whole
    column: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.problem} {self.remedy}"


class RefusedFeed(RequiteError):
    """A feed holds something that cannot be used; nothing of it was imported."""

    said = "The feed is refused; nothing of it was imported."
    then = "Correct the files named and import the feed again."

    def __init__(self, problems: list[Problem], *, more: int = 0) -> None:
        self.problems = problems
        shown = problems[:MOST_SHOWN]
        left = len(problems) - len(shown) + more
        lines = [str(problem) for problem in shown]
        if left:
            lines.append(f"... and {left} more like these; {MOST_SHOWN} are shown.")
        super().__init__(
            f"{self.said} Problems: {len(problems) + more}.\n" + "\n".join(lines), remedy=self.then
        )

    def __str__(self) -> str:
        """Every problem on a line of its own, and what to do on the last."""
        return f"{self.problem}\n{self.remedy}"


class RefusedExtract(RefusedFeed):
    """An extract does not become a feed by a mapping; nothing was written."""

    said = "The extract does not become a feed; nothing was written."
    then = "Correct the files named, or the mapping, and map again."

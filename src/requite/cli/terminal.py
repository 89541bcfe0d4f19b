"""How the commands write on a terminal: calm tables that stay readable piped and without colour.

Whatever a feed says is shown as text alone: no markup, no control character of it takes effect.
"""

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.box import Box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from requite.domain.money import Money

WIDE = 110  # columns from which tables spread out instead of folding
LIT = "bold yellow"
LOUD = "bold red"
CALM = Box(
    "    \n    \n ── \n    \n ── \n ── \n    \n    \n"
)  # a rule below the head and above totals


def console(*, stderr: bool = False) -> Console:
    """The terminal (or the pipe: then 80 columns, or as many as COLUMNS says)."""
    return Console(
        file=sys.stderr if stderr else sys.stdout, markup=False, emoji=False, highlight=False
    )


def say(parts: Iterable[RenderableType], screen: Console) -> None:
    """Write the parts below one another, with no blanks at the ends of lines."""
    with screen.capture() as captured:
        for part in parts:
            screen.print(part)
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), file=screen.file)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tell each step of long work on the screen while it lasts; a pipe is told nothing."""
    screen = console(stderr=True)
    with screen.status("") as status:
        yield lambda step: status.update(Text(plain(step)))


def plain(value: object) -> str:
    """A value as text that a terminal cannot take for a command.

    >>> plain("Acme\\x1b[2J Health"), plain(None)
    ('Acme?[2J Health', '')
    """
    text = "" if value is None else str(value)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def dollars(cents: int) -> str:
    """Cents as a reader sees them."""
    return str(Money(cents))


def marks_in_words(marks: Sequence[int]) -> str:
    """The sign that a row is evidence of a finding, for eyes that see no colour.

    >>> marks_in_words((1, 3))
    '[1,3]'
    """
    return f"[{','.join(map(str, marks))}]" if marks else ""


def heading(words: str) -> Text:
    """The name of a section."""
    return Text(f"\n{words}", style="bold")


def table(*columns: str, money: Sequence[str] = (), fold: Sequence[str] = ()) -> Table:
    """An empty table; columns of `money` stand right, those of `fold` may wrap."""
    made = Table(box=CALM, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name in columns:
        made.add_column(
            Text(name, style="bold"),
            justify="right" if name in money else "left",
            no_wrap=name not in fold,
            overflow="fold",
        )
    return made


def row(made: Table, *values: object, style: str | None = None) -> None:
    """Add a row of plain texts."""
    made.add_row(*(Text(plain(value)) for value in values), style=style)


def indented(words: str, screen: Console, style: str = "") -> Text:
    """A paragraph four columns in."""
    width = max(screen.width - 4, 20)
    lines = textwrap.wrap(plain(words), width, break_on_hyphens=False)
    return Text(textwrap.indent("\n".join(lines), "    "), style=style)

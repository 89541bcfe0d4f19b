"""How the commands write on a terminal: calm tables that stay readable piped and without colour.

Whatever a feed says is shown as text alone: no markup, no control character of it takes effect.
"""

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.box import Box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from requite.domain.many import are_many
from requite.domain.money import Money
from requite.domain.words import CAUSES, PARTIES, in_words
from requite.engine.backing import gaps_told, told

WIDE = 110  # columns from which tables spread out instead of folding
LIT = "bold magenta"
LOUD = "bold red"
OWED = {
    "payer": "owed to payers",
    "patient": "owed to patients",
    "none": "false: owed to nobody",
    "undetermined": "to be decided or awaited",
}
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
def status() -> Iterator[Callable[[str], None]]:
    """Tell each step of long work on the screen while it lasts."""
    screen = console(stderr=True)
    with screen.status("") as shown:
        yield lambda step: shown.update(Text(plain(step)))


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


def summary_tables(summary: Mapping[str, Any]) -> list[RenderableType]:
    """What a run found, as tables: from `summary.json`, whose figures `figures_of` makes.

    `accounts_held_out` (a count) and `seconds` (by step) are told where the summary has them.
    """
    held = summary.get("accounts_held_out", 0)
    parts: list[RenderableType] = [
        Text(f"Credit balances as of {plain(summary['as_of'])}", style="bold"),
        *(Text(plain(line)) for line in _rests_on(summary)),
        _key_figures(summary),
        heading("By party and cause"),
        _by_cause(summary["by_party_and_cause"]),
    ]
    if held:
        unit = "account is" if held == 1 else "accounts are"
        parts.append(Text(f"\n{held:,} {unit} held out: see import_report.json.", style="bold"))
    problems = summary.get("problems", ())
    if problems:
        parts.append(heading("Problems of the feed, by kind"))
        parts += [Text(plain(told)) for told in problems]
        parts.append(Text("Every row of them is in import_problems.csv.", style="dim"))
    if summary.get("seconds"):
        steps = ", ".join(f"{step} {taken:,.1f} s" for step, taken in summary["seconds"].items())
        parts.append(Text(f"\nTime: {plain(steps)}.", style="dim"))
    return parts


def _rests_on(summary: Mapping[str, Any]) -> list[str]:
    """What the findings rest on: remittances, payers known well enough, an ordinary ledger."""
    backing = summary.get("backing")
    lines = [told(backing), *gaps_told(backing)] if backing else []
    flagged, accounts = summary.get("accounts_flagged", 0), summary.get("accounts", 0)
    if are_many(flagged, accounts):
        lines.append(
            f"{flagged:,} of {accounts:,} accounts are flagged, more than a fifth: look at some of "
            "them in the source system before you trust the rest."
        )
    return [*lines, ""] if lines else []


def _key_figures(summary: Mapping[str, Any]) -> Table:
    """Credits found, masked, false; whose the rest is; what is due soon."""
    credit, parties, due = summary["credits"], summary["by_party"], summary["due"]
    made = table("", "Count", "Amount", money=("Count", "Amount"))
    row(
        made, "Credit", _accounts(credit["accounts"]), dollars(credit["credit_cents"]), style="bold"
    )
    for party in PARTIES:
        _sum(made, f"  {OWED[party]}", parties.get(party))
    masked = _accounts(credit["masked_accounts"])
    row(made, "Masked by other debits", masked, dollars(credit["masked_cents"]))
    _sum(made, "Past due", due.get("past_due"), style=LOUD if "past_due" in due else None)
    _sum(made, "Due within 30 days", due.get("within_30_days"))
    return made


def _accounts(count: int) -> str:
    return f"{count:,} account " if count == 1 else f"{count:,} accounts"


def _sum(made: Table, name: str, sums: Mapping[str, int] | None, style: str | None = None) -> None:
    findings, cents = (sums["findings"], sums["amount_cents"]) if sums else (0, 0)
    unit = "finding " if findings == 1 else "findings"
    row(made, name, f"{findings:,} {unit}", dollars(cents), style=style)


def _by_cause(sums: Mapping[str, Mapping[str, int]]) -> Table:
    """Findings of each party by cause, the largest amount first, with sums."""
    made = table("", "Findings", "Amount", money=("Findings", "Amount"), fold=("",))
    for party in PARTIES:
        causes = [
            (-figures["amount_cents"], in_words(CAUSES, name.partition("/")[2]), figures)
            for name, figures in sums.items()
            if name.partition("/")[0] == party
        ]
        if causes:
            _count(made, OWED[party].capitalize(), [item[2] for item in causes], "bold")
        for _, words, figures in sorted(causes, key=lambda item: item[:2]):
            _count(made, f"  {words}", [figures])
    made.add_section()
    _count(made, "All findings", list(sums.values()), "bold")
    return made


def _count(
    made: Table, name: str, sums: Sequence[Mapping[str, int]], style: str | None = None
) -> None:
    findings = sum(figures["findings"] for figures in sums)
    cents = sum(figures["amount_cents"] for figures in sums)
    row(made, name, f"{findings:,}", dollars(cents), style=style)

"""`requite detect`: find every credit balance in a feed."""

import re
from datetime import date
from pathlib import Path

import click

from requite.domain.days import FIRST_DAY, LAST_DAY

MOST_PER_CENT = 100


class IsoDate(click.ParamType[date]):
    """A day written as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date of the form 2026-11-23.", param, ctx)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail(f"{day} is not between {FIRST_DAY} and {LAST_DAY}.", param, ctx)
        return day


def today() -> date:
    """The day on this machine."""
    return date.today()  # noqa: DTZ011 - a provider's day, where the machine stands


changes_option = click.option(
    "--changes", is_flag=True,
    help="FEED holds only what changed since the last import into the store: accounts with all "
    "their rows, other rows by their key, further remittances.",
)  # fmt: skip


class PerCent(click.ParamType[float]):
    """A share written as per cent: 1, 2.5 or 2.5%."""

    name = "per cent"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the share; 0.01 for one per cent."""
        if isinstance(value, float):
            return value
        match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?) ?%?", value.strip())
        if match is None or float(match[1]) > MOST_PER_CENT:
            self.fail(f"{value!r} is no per cent from 0 to 100, such as 2.5.", param, ctx)
        return float(match[1]) / MOST_PER_CENT


limit_option = click.option(
    "--hold-out-limit", type=PerCent(), default="1", show_default="1 %",
    help="Per cent of the accounts that may be held out for problems of their rows; with more, "
    "and more than five, the feed is refused.",
)  # fmt: skip


def need_store(store: Path | None, *, changes: bool) -> None:
    """Refuse changes that name no store to lay them over."""
    if changes and store is None:
        raise click.UsageError("--changes needs --store: the folder of the ledger that changed.")


@click.command()
@click.argument("feed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for findings, proof, worklist, summary and import report.",
)
@click.option(
    "--as-of",
    type=IsoDate(),
    default=today,
    show_default="today",
    help="The day to look from: what is dated later is not there yet.",
)
@click.option("--processes", type=click.IntRange(1), help="Default: all processors.")
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the imported ledger in this folder, for `explain` and `requests`.",
)
@changes_option
@limit_option
def detect(
    feed: Path,
    out: Path,
    as_of: date,
    processes: int | None,
    store: Path | None,
    *,
    changes: bool,
    hold_out_limit: float,
) -> None:
    """Find every credit balance in FEED, and say whose money it is.

    \b
    requite detect sample/feed --out findings --as-of 2026-11-23 --store store
    requite detect nightly --out findings --as-of 2026-11-24 --store store --changes
    """
    need_store(store, changes=changes)
    from requite.cli.terminal import console, progress, say, summary_tables
    from requite.engine.determine import Run, determine

    with progress() as report:
        run = Run(processes, store, report, changes, hold_out_limit)
        outcome = determine(feed, out, as_of=as_of, run=run)
    say(summary_tables(outcome.summary), console(stderr=True))

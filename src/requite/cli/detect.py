"""`requite detect`: find every credit balance in a feed."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.domain.days import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from requite.engine.report.credits import Said

MOST_PER_CENT = 100
PARTS = (
    "account", "patient", "payer", "payer_class", "balance", "insurance_balance",
    "patient_balance", "last_payment_on", "last_payment", "service_on",
)  # fmt: skip


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


def columns_said(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Part and name of each `--column PART=NAME`."""
    said = {}
    for value in values:
        part, _, name = value.partition("=")
        if part not in PARTS or not name:
            raise click.BadParameter(f"{value!r} is not PART=NAME; parts: {', '.join(PARTS)}.")
        said[part] = name
    return said


@click.command()
@click.argument(
    "feed", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option(
    "--report",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In the place of FEED: a credit balance report, CSV or Excel. Its credits are put into "
    "the order of work; without a ledger nothing is said of causes.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=columns_said,
    metavar="PART=NAME",
    help="Of a report: which column is the account, patient, payer, payer_class, balance, "
    "last_payment_on or service_on, by its name or number.",
)
@click.option("--sheet", default="", help="Of an Excel report: the sheet; the first by default.")
@click.option("--header-row", type=click.IntRange(1), help="Of a report: the row of its header.")
@click.option(
    "--credits",
    type=click.Choice(["guess", "negative", "positive"]),
    default="guess",
    show_default=True,
    help="Of a report: how it prints a credit.",
)
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
def detect(  # noqa: PLR0917 - one for each option
    feed: Path | None,
    report: Path | None,
    columns: dict[str, str],
    sheet: str,
    header_row: int | None,
    credits: str,  # noqa: A002 - the option's own word
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
    requite detect --report credits.xlsx --out worklist --column account=Visit
    """
    if report is not None:
        if feed is not None:
            raise click.UsageError("Give FEED or --report, not both.")
        if store is not None or changes:
            raise click.UsageError("A report holds no ledger: leave --store and --changes away.")
        from requite.engine.report.credits import Said

        _read(report, out, as_of, Said(columns, sheet, header_row or 0, credits))
        return
    if feed is None:
        raise click.UsageError("Give FEED, or --report FILE for a credit balance report.")
    if columns or sheet or header_row or credits != "guess":
        raise click.UsageError("--column, --sheet, --header-row and --credits are of a --report.")
    need_store(store, changes=changes)
    from requite.cli.progress import progress
    from requite.cli.terminal import console, say, summary_tables
    from requite.engine.determine import Run, determine

    with progress() as tell:
        run = Run(processes, store, tell, changes, hold_out_limit)
        outcome = determine(feed, out, as_of=as_of, run=run)
    say(summary_tables(outcome.summary), console(stderr=True))


def _read(report: Path, out: Path, as_of: date, said: "Said") -> None:
    """Put the credits of a report into the order of work."""
    from requite.cli.terminal import plain
    from requite.engine.report.credits import read_report
    from requite.engine.report.write import WORKLIST, summary_of, write_report
    from requite.engine.unreadable import writing_into

    found = read_report(report, as_of=as_of, said=said)
    with writing_into(out):
        write_report(found, out)
    for line in summary_of(found):
        click.echo(plain(line), err=True)
    click.echo(plain(f"The worklist is in {out / WORKLIST}"), err=True)

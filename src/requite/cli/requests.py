"""`requite requests`: judge payers' refund requests."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.detect import IsoDate, changes_option, limit_option, need_store, today
from requite.domain.money import Money
from requite.domain.request import Ruling

if TYPE_CHECKING:
    from requite.engine.requests import Judged

MOST_LISTED = 10


@click.command()
@click.argument("feed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--as-of", type=IsoDate(), default=today, show_default="today")
@click.option("--processes", type=click.IntRange(1), help="Default: all processors.")
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the imported ledger here for the next run.",
)
@changes_option
@limit_option
def requests(
    feed: Path,
    out: Path,
    as_of: date,
    processes: int | None,
    store: Path | None,
    *,
    changes: bool,
    hold_out_limit: float,
) -> None:
    """Judge the refund requests in FEED against the determination of their accounts.

    \b
    requite requests sample/feed --out verdicts --as-of 2026-11-23
    """
    need_store(store, changes=changes)
    from requite.cli.progress import progress
    from requite.cli.terminal import plain
    from requite.engine.requests import Task, judge_requests

    task = Task(feed, out, as_of, processes, store, changes, hold_out_limit)
    with progress() as report:
        judged = judge_requests(task, report)
    click.echo(plain(summary(judged)), err=True)


def summary(judged: "Judged") -> str:
    """What was asked and what of it is supported, by verdict; what is still to come."""
    asked = {request.request_id: request.amount_cents for request in judged.requests}
    lines = [f"{'':<20}{'requests':>10}{'asked':>18}{'supported':>18}"]
    for ruling in Ruling:
        mine = [verdict for verdict in judged.verdicts if verdict.verdict == ruling]
        lines.append(
            f"{ruling.replace('_', ' '):<20}{len(mine):>10,}"
            f"{Money(sum(asked[one.request_id] for one in mine))!s:>18}"
            f"{Money(sum(one.supported_cents for one in mine))!s:>18}"
        )
    reasons = Counter(reason for verdict in judged.verdicts for reason in verdict.reasons)
    lines += [f"  {reason}: {count:,}" for reason, count in sorted(reasons.items())]
    if judged.to_come:
        shown = ", ".join(judged.to_come[:MOST_LISTED])
        more = len(judged.to_come) - MOST_LISTED
        rest = f" and {more:,} more" if more > 0 else ""
        lines.append(f"Not judged, for they came after the day: {shown}{rest}")
    lines.append(f"Verdicts are in {judged.out / 'verdicts.csv'}")
    return "\n".join(lines)

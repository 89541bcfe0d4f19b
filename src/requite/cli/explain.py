"""`requite explain`: how the findings of one account come about."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from requite.cli.detect import IsoDate, limit_option, today

if TYPE_CHECKING:
    from requite.domain.statement.layout import Statement
    from requite.engine.importer import Scope
    from requite.engine.store import Snapshot


@click.command()
@click.argument("feed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("account")
@click.option("--as-of", type=IsoDate(), default=today, show_default="today")
@click.option(
    "--store", type=click.Path(file_okay=False, path_type=Path),
    help="Where FEED was imported: it is read from there, and imported only if it never was.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@limit_option
def explain(
    feed: Path, account: str, as_of: date, store: Path | None, form: str, *, hold_out_limit: float
) -> None:
    """Show how the findings of ACCOUNT come about: its ledger, its remittances, the arithmetic.

    Rows on which a finding rests carry its number in brackets. Amounts in JSON are whole cents.

    \b
    requite explain demo/feed 0000042 --as-of 2026-11-23
    requite explain demo/feed 0000042 --as-of 2026-11-23 --store demo/store --format json
    """
    statement = _statement(feed, account, as_of, store, hold_out_limit)
    if form == "json":
        click.echo(json.dumps(_document(statement), indent=2, default=str))
        return
    from requite.cli.statement import sections
    from requite.cli.terminal import console, say

    screen = console()
    say(sections(statement, screen), screen)


def _statement(
    feed: Path, account: str, as_of: date, store: Path | None, limit: float
) -> "Statement":
    """The account's statement, out of the store or a store of its own."""
    from requite.engine.explanation import explain_account
    from requite.engine.importer import Scope

    if store is not None:
        return explain_account(_snapshot(feed, store, Scope.WHOLE, limit), account, as_of=as_of)
    with tempfile.TemporaryDirectory(prefix="requite-") as folder:
        snapshot = _snapshot(feed, Path(folder), Scope.ONCE, limit)
        return explain_account(snapshot, account, as_of=as_of)


def _snapshot(feed: Path, store: Path, scope: "Scope", limit: float) -> "Snapshot":
    """The snapshot that the store holds, else the feed's, imported now."""
    from requite.cli.progress import progress
    from requite.engine.importer import Tolerance, import_feed
    from requite.engine.store import NoSnapshot, Store

    try:
        return Store(store).current()
    except NoSnapshot:
        with progress() as report:
            may = Tolerance(limit)
            return import_feed(feed, store, scope=scope, progress=report, tolerance=may)


def _document(value: object) -> Any:  # noqa: ANN401 - JSON is whatever JSON is
    """Named tuples as objects, all the way down."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _document(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_document(part) for part in value]
    return value

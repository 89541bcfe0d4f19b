"""`requite map`: from the extract of a source system to a feed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.domain.money import Money

if TYPE_CHECKING:
    from requite.engine.mapping.apply import Mapped

MOST_NAMED = 5


@click.command("map")
@click.argument("extract", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preset", "name", help="One that comes with Requite; see docs/mapping.md.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--guess", is_flag=True, help="Write the draft of a mapping to OUT instead.")
def map_feed(
    extract: Path, mapping: Path | None, name: str | None, out: Path, *, guess: bool
) -> None:
    """Make a feed of EXTRACT, a folder of text and Excel files, by a mapping.

    Says what it sums to beside what the source reports.

    \b
    requite map extract --preset epic-professional --out feed
    requite map extract --guess --out ours.toml
    requite map extract --mapping ours.toml --out feed
    """
    if guess:
        from requite.engine.mapping.guess import NO_TABLE
        from requite.engine.mapping.guess import guess as draft
        from requite.engine.unreadable import writing_into

        drafted = draft(extract)
        with writing_into(out.parent):
            out.write_text(drafted, encoding="utf-8")
        if NO_TABLE in drafted:
            click.echo(
                f"No file of {extract} looks like a ledger. Lay its CSV or Excel files "
                "there, unpacked, or write the mapping by hand.",
                err=True,
            )
        click.echo(f"A draft is in {out}: read it before you use it.", err=True)
        open_choices = sum(
            line.startswith(("# CHOOSE, ", "# CHOOSE: ")) for line in drafted.splitlines()
        )
        if open_choices:
            told = f"Open choices: {open_choices:,}. Nothing is imported by them; look for CHOOSE."
            click.echo(told, err=True)
        return
    from requite.engine.apart import WritesIntoFeed
    from requite.engine.mapping.apply import map_extract
    from requite.engine.mapping.plan import preset, preset_names, read_mapping

    if (mapping is None) == (name is None):
        raise click.UsageError("Give either --mapping or --preset.")
    if name is not None and name not in preset_names():
        raise click.UsageError(f"There is no preset {name!r}: {', '.join(preset_names())}.")
    chosen = read_mapping(mapping) if mapping is not None else preset(name or "")
    if out.resolve() == extract.resolve():  # a folder inside is good: a mapping names its files
        raise WritesIntoFeed(out, extract)
    made = map_extract(extract, chosen, out)
    _say(made)


def _say(made: "Mapped") -> None:
    """What a mapping made, and what it sums to."""
    for table, count in made.rows.items():
        click.echo(f"{table:<18}{count:>12,}", err=True)
    _say_gaps(made)
    sums = made.balances
    total = Money(sums.charges_cents + sums.entries_cents)
    charges, entries = Money(sums.charges_cents), Money(sums.entries_cents)
    click.echo(f"\nCharges {charges} and entries {entries} leave {total}.", err=True)
    if sums.reported_cents is not None:
        click.echo(f"The source reports {Money(sums.reported_cents)}.", err=True)
    for account, reported, computed in sums.disagreeing[:MOST_NAMED]:
        told = f"Account {account}: reported {Money(reported)}, computed {Money(computed)}."
        click.echo(told, err=True)
    if len(sums.disagreeing) > MOST_NAMED:
        click.echo(f"... and {len(sums.disagreeing) - MOST_NAMED:,} more.", err=True)


def _say_gaps(made: "Mapped") -> None:
    """What comes into no table, what makes a determination weaker, and what is missing."""
    for file, names in made.unread.items():
        click.echo(f"\nNothing reads of {file}: {', '.join(names)}.", err=True)
    for file, rows in made.left_out.items():
        click.echo(f"\nRows of {file} that come into no table: {rows:,}.", err=True)
    for told in made.told:
        click.echo(f"\n{told}", err=True)
    for doubt in (*made.doubts, *made.swallowed):
        click.echo(f"\nMind: {doubt}", err=True)
    if made.remits:
        click.echo(f"\nFiles of remittances that came along: {made.remits:,}.", err=True)
    if made.missing:
        verb = "is" if len(made.missing) == 1 else "are"
        click.echo(
            f"\nThis is no whole feed yet: {', '.join(made.missing)} {verb} missing.", err=True
        )

"""`requite sample`: an invented provider, for trying things out and for measuring."""

from pathlib import Path
from typing import Any

import click

from requite.sample.grade import WITHOUT, Grade


@click.command()
@click.option("--accounts", type=click.IntRange(min=1), default=5000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=7, show_default=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option(
    "--unlinked", type=click.FloatRange(0, 1), default=0.0, show_default=True,
    help="Share of payer postings that lose their references.",
)  # fmt: skip
@click.option(
    "--missing-remits", type=click.FloatRange(0, 1), default=0.0, show_default=True,
    help="Share of remittance claims that the feed lacks.",
)  # fmt: skip
@click.option(
    "--without", type=click.Choice(WITHOUT), multiple=True,
    help="What the feed lacks; may be given again.",
)  # fmt: skip
@click.option(
    "--remits", type=click.Choice(["835", "parquet", "both"]),
    help="835 files, tables, or both.  [default: 835 up to 200,000 accounts]",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["csv", "parquet"]),
    help="Of the tables.  [default: csv up to 20,000 accounts]",
)  # fmt: skip
def sample(**asked: Any) -> None:  # noqa: ANN401 - click hands over what the options say
    """Make an invented provider's feed with its 835s, and the truth about it.

    Writes OUT/feed, OUT/truth and OUT/as_of.txt. The same numbers give the same sample.

    \b
    requite sample --accounts 5000 --seed 7 --out demo
    """
    from requite.engine.unreadable import writing_into
    from requite.sample.generate import Order
    from requite.sample.write import write_sample

    if (asked["out"] / "feed").exists():
        raise click.ClickException(
            f"{asked['out']} holds a sample already. Name another folder, or remove that one."
        )
    grade = Grade(frozenset(asked["without"]))
    order = Order(
        asked["accounts"], asked["seed"], asked["unlinked"], asked["missing_remits"], grade
    )
    with writing_into(asked["out"]):
        write_sample(
            order,
            asked["out"],
            remits=asked["remits"],
            form=asked["form"],
            report=lambda done: click.echo(f"{done:,} of {order.accounts:,} accounts", err=True),
        )

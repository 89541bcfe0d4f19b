"""A sample on disk: feed/, truth/ and as_of.txt."""

from collections.abc import Callable
from pathlib import Path

from requite.sample import generate, x12
from requite.sample.days import AS_OF
from requite.sample.feed_tables import feed_tables
from requite.sample.files import Folder
from requite.sample.generate import CHUNK, Order
from requite.sample.names import named
from requite.sample.remit_tables import kept, remit_tables
from requite.sample.request_tables import request_table, verdict_table
from requite.sample.truth_tables import truth_tables
from requite.sample.world import fixed_tables

MOST_AS_835 = 200_000  # accounts: above it the remittances are tables unless asked otherwise
MOST_AS_CSV = 20_000


def write_sample(
    order: Order, out: Path, *, remits: str | None = None, form: str | None = None,
    report: Callable[[int], None] = lambda _: None,
) -> None:  # fmt: skip
    """Write a sample into the folder `out`.

    Parameters
    ----------
    order : Order
        What is asked for.
    out : Path
        Made where it is missing.
    remits : str, optional
        `835`, `parquet` (tables beside the others) or `both`; by default 835 files up to
        200,000 accounts, tables above.
    form : str, optional
        `csv` or `parquet`; by default CSV up to 20,000 accounts, Parquet above.
    report : callable
        Told the number of accounts written so far, after every chunk.
    """
    remits = remits or ("835" if order.accounts <= MOST_AS_835 else "parquet")
    form = form or ("csv" if order.accounts <= MOST_AS_CSV else "parquet")
    in_parts = order.accounts > CHUNK
    out.mkdir(parents=True, exist_ok=True)
    (out / "as_of.txt").write_text(f"{AS_OF.isoformat()}\n")
    done = 0
    with (
        Folder(out / "feed", form, in_parts=in_parts) as feed,
        Folder(out / "truth", form, in_parts=in_parts) as truth,
    ):
        feed.add(fixed_tables())
        for chunk in generate.chunks(order):
            names = named(chunk)
            rows = kept(chunk, names)
            feed.add(feed_tables(chunk, names))
            feed.add({"refund_requests": request_table(chunk, names)})
            if remits != "835":
                feed.add(remit_tables(chunk, names, rows))
            if remits != "parquet":
                x12.write_835s(chunk, names, rows, out / "feed" / "remits")
            truth.add({**truth_tables(chunk, names), "verdicts": verdict_table(chunk)})
            done += chunk.size
            report(done)

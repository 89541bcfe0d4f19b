"""Payers' letters by the account that they are about, for the clocks that they start."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from requite.domain.request import RefundRequest
from requite.engine.gather import book_of
from requite.engine.store import Snapshot

Letters = Mapping[str, tuple[RefundRequest, ...]]


def letters_of(
    snapshot: Snapshot, as_of: date, work: Path, processes: int | None = None
) -> Letters:
    """By account the requests that came about it by a day; what tells no account is left out."""
    if not pq.read_metadata(snapshot.file("refund_requests")).num_rows:
        return {}
    from requite.engine.requests import hearing_by  # noqa: PLC0415 - slow to start, seldom needed

    hearing = hearing_by(snapshot, book_of(snapshot, as_of), work, processes)
    return hearing.letters() if hearing else {}

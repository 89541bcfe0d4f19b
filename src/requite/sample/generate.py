"""From a number of accounts and a seed to a feed and its truth, chunk by chunk."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from requite.sample import draw, losses, masks, mixture, ordinary, requests, second
from requite.sample.chunk import Chunk
from requite.sample.grade import COMPLETE, Grade

CHUNK = 50_000


@dataclass(frozen=True)
class Order:
    """What is asked for."""

    accounts: int
    seed: int
    unlinked: float = 0.0
    missing_remits: float = 0.0
    grade: Grade = COMPLETE


def chunks(order: Order) -> Iterator[Chunk]:
    """The accounts of the sample, `CHUNK` at a time, with their tables filled."""
    for number, start in enumerate(range(0, order.accounts, CHUNK)):
        yield _chunk(order, number, np.arange(start, min(start + CHUNK, order.accounts)) + 1)


def _chunk(order: Order, number: int, accounts: np.ndarray) -> Chunk:
    rng = np.random.default_rng([order.seed, order.accounts, number])
    kinds = mixture.drawn(rng, len(accounts))
    decided = draw.accounts(rng, accounts, kinds, mixture.TABLE)
    chunk = Chunk(number, rng, decided, draw.lines(rng, decided), order.grade)
    masks.prepare(chunk)
    for scenario, who in mixture.told(chunk):
        scenario.prepare(chunk, who)
    ordinary.write(chunk)
    for scenario, who in mixture.told(chunk):  # anew: some became ordinary for want of a donor
        scenario.tell(chunk, who)
    second.tell(chunk)
    requests.tell(chunk)
    losses.lose(chunk, order.unlinked, order.missing_remits, [order.seed, number])
    return chunk

"""What a real feed lacks: references of postings, and remittances."""

from collections.abc import Sequence

import numpy as np

from requite.sample.chunk import Chunk
from requite.sample.codes import Flags


def lose(chunk: Chunk, unlinked: float, missing: float, seed: Sequence[int]) -> None:
    """Mark the postings that lose their references, and the remittance claims left out.

    The draw is one of its own: the same sample with and without losses tells the same stories.
    """
    rng = np.random.default_rng([*seed, 1])
    rows = chunk.tables["transactions"]
    refers = (rows["claim"] >= 0) | (rows["plb"] >= 0)
    rows["unlinked"][:] = refers & (rng.random(rows.count) < unlinked)
    if not chunk.grade.keeps("traces"):
        rows["unlinked"][refers] = 1
    claims = chunk.tables["remit_claims"]
    claims["missing"][:] = rng.random(claims.count) < missing
    claims["missing"][chunk.grade.silent[claims["payer"]]] = 1


def kept_claims(chunk: Chunk) -> Flags:
    """For each remittance claim whether the feed holds it; -1, no claim, is always there."""
    kept: Flags = np.append(chunk.tables["remit_claims"]["missing"] == 0, True)
    return kept


def provable(chunk: Chunk) -> Flags:
    """For each truth row, whether the feed still holds what its cause needs.

    Where no remittance of the payer is in the feed: whether its ledger alone can show it.
    """
    truth = chunk.tables["truth"]
    kept_claim = kept_claims(chunk)
    kept_link = np.append(chunk.tables["transactions"]["unlinked"] == 0, True)
    found: Flags = kept_claim[truth["need_a"]] & kept_claim[truth["need_b"]]
    found &= kept_link[truth["link_a"]] & kept_link[truth["link_b"]]
    silent = np.append(chunk.grade.silent[chunk.tables["remit_claims"]["payer"]], False)
    on_paper = silent[truth["need_a"]] | silent[truth["need_b"]]
    on_paper |= (truth["payer"] >= 0) & chunk.grade.silent[truth["payer"]]
    on_paper |= chunk.grade.silent.all()
    return np.where(on_paper, chunk.grade.tells_by_ledger()[truth["cause"]], found)

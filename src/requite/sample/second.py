"""A second trouble, on another line of an account that has one already."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.mixture import TABLE
from requite.sample.scenario import OPEN_SECONDARY
from requite.sample.scenario_contract import LIKELY, over_write
from requite.sample.scenario_duplicate import post_twice

SHARE = 160  # of 1,000 accounts whose trouble leaves room for another


def tell(chunk: Chunk) -> None:
    """Key a payment twice, or write off too much, on a line apart from the first trouble's."""
    accounts, lines = chunk.accounts, chunk.lines
    roomy = np.array([one.second for one in TABLE])[accounts.scenario]
    who = np.flatnonzero(roomy & (accounts.lines >= 2) & (accounts.pattern % 1000 < SHARE * 2))
    # What is written off too much lowers what a pending secondary is expected to pay: no credit.
    who = who[(accounts.pattern[who] % 2 == 0) & (accounts.mask[who] != OPEN_SECONDARY)]
    line, first = aim.one_line(chunk, who, turn=1), aim.one_line(chunk, who)
    apart = (line != first) & (lines.paid[line] > 0) & (lines.denied_carc[line] == 0)
    line = line[apart]
    keyed = accounts.pattern[lines.of[line]] % 4 == 0
    post_twice(chunk, line[keyed])
    bare = line[~keyed & (accounts.contract[lines.of[line]] == NO_CONTRACT)]
    over_write(chunk, bare, lines.charge[bare] * 7 // 100, LIKELY)

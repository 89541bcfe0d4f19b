"""What hides a credit from the net balance: another party's debt on the same account."""

import numpy as np

from requite.sample.aim import resettle
from requite.sample.chunk import Chunk
from requite.sample.scenario import OPEN_LINE, OPEN_SECONDARY, PATIENT_DEBT, UNPOSTED_LINE


def prepare(chunk: Chunk) -> None:
    """Give the accounts that are to be masked the debt that masks them."""
    mask, lines = chunk.accounts.mask, chunk.lines
    of = lines.of
    last = lines.no == chunk.accounts.lines[of]
    others = chunk.per_account(np.arange(len(of)), np.where(last, 0, lines.charge))

    # The patient owes a deductible, or a second payer the coinsurance: more than the credit.
    deep = np.flatnonzero(np.isin(mask[of], (PATIENT_DEBT, OPEN_SECONDARY)))
    allowed = lines.charge[deep] - lines.charge[deep] * 40 // 100
    lines.denied_carc[deep] = 0
    lines.contractual[deep] = lines.charge[deep] * 40 // 100
    lines.responsibility[deep] = allowed * 56 // 100
    lines.responsibility_carc[deep] = 1
    resettle(chunk, deep)

    # Another line waits for its answer, or its payment was never posted.
    open_line = np.flatnonzero(last & (mask[of] == OPEN_LINE))
    lines.billed[open_line] = False
    lines.charge[open_line] = np.maximum(lines.charge[open_line], others[of[open_line]] * 7 // 10)
    unposted = np.flatnonzero(last & (mask[of] == UNPOSTED_LINE))
    lines.charge[unposted] = np.maximum(lines.charge[unposted], 40000)
    lines.denied_carc[unposted] = 0
    lines.contractual[unposted] = lines.charge[unposted] // 3
    lines.responsibility[unposted] = 0
    lines.payment_posted[unposted] = False
    resettle(chunk, np.concatenate([open_line, unposted]))

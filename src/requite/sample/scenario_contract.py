"""What the ledger writes off, what the payer allows, and what the contract says."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import LINE_CONTRACT, NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.findings import find_on_lines
from requite.sample.postings import PRIMARY_BUCKET, contractual

PROVED = ("none", "contractual_overposted", "reverse_posting", "proved")
LIKELY = ("none", "contractual_overposted", "reverse_posting", "likely")
ABOVE = ("payer", "paid_above_contract", "refund_payer", "proved")


def prepare_known(chunk: Chunk, who: Ints) -> None:
    """A contract that agrees with the remittance, line by line."""
    aim.commercial(chunk, who)
    chunk.accounts.contract[who] = LINE_CONTRACT
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def prepare_unknown(chunk: Chunk, who: Ints) -> None:
    """No contract on file."""
    chunk.accounts.contract[who] = NO_CONTRACT
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def tell_twice(chunk: Chunk, who: Ints) -> None:
    """Taken at billing and again with the remittance, or twice with the remittance."""
    line = aim.one_line(chunk, who)
    over_write(chunk, line, chunk.lines.contractual[line], PROVED)


def tell_too_much(chunk: Chunk, who: Ints) -> None:
    """Estimated too high; only the remittance says so."""
    line = aim.one_line(chunk, who)
    over_write(chunk, line, chunk.lines.charge[line] * (4 + line % 15) // 100, LIKELY)


def over_write(
    chunk: Chunk, lines: Ints, amount: Ints, verdict: tuple[str, str, str, str]
) -> None:  # fmt: skip
    """Write off too much (cents) on each of these lines."""
    of = chunk.lines.of[lines]
    early = chunk.accounts.pattern[of] % 2 == 0
    claim = chunk.claim[of, 0]
    day = chunk.tables["remit_claims"]["day"][claim] + 4
    contractual(
        chunk, of, amount, "45", claim=np.where(early, -1, claim), bucket=PRIMARY_BUCKET,
        posted_on=np.where(early, chunk.accounts.service[of] + 2, day),
        line_no=chunk.lines.no[lines],
    )  # fmt: skip
    find_on_lines(chunk, lines, amount, verdict, need_a=claim)


def prepare_above(chunk: Chunk, who: Ints) -> None:
    """The payer prices one line above the contract; the ledger writes off by the contract."""
    prepare_known(chunk, who)
    line, of = aim.one_line(chunk, who), chunk.lines
    aim.make_paid(chunk, line)
    of.responsibility_carc[line] = np.where(line % 2 == 0, 3, 1)
    of.expected[line] = of.charge[line] - of.contractual[line]
    extra = of.contractual[line] * (20 + line % 40) // 100
    of.contractual[line] -= extra
    of.paid[line] += extra


def tell_above(chunk: Chunk, who: Ints) -> None:
    """The payer is owed what it paid above the contract."""
    line, of = aim.one_line(chunk, who), chunk.lines
    claim = chunk.claim[who, 0]
    extra = of.charge[line] - of.contractual[line] - of.expected[line]
    contractual(
        chunk, who, extra, "45", claim=claim, bucket=PRIMARY_BUCKET, line_no=of.no[line],
        posted_on=chunk.tables["remit_claims"]["day"][claim] + 1,
    )  # fmt: skip
    find_on_lines(chunk, line, extra, ABOVE, payer=chunk.accounts.payer[who, 0], need_a=claim)


def prepare_differs(chunk: Chunk, who: Ints) -> None:
    """Contract and remittance differ and the ledger follows the remittance: no credit."""
    prepare_known(chunk, who)
    line, of = aim.one_line(chunk, who), chunk.lines
    allowed = of.charge[line] - of.contractual[line]
    of.expected[line] = np.where(line % 2 == 0, allowed * 9 // 10, allowed * 11 // 10)

"""Which parts of a credit payers' letters name: whoever was told of money knew of it."""

from collections.abc import Sequence

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import work
from requite.domain.determination.finding import Determination
from requite.domain.request import RefundRequest, turn
from requite.domain.requests.overpaid import pots_in, pots_of
from requite.domain.requests.scope import scope_of


def letters_naming(
    account: PatientAccount, book: Book, answer: Determination, letters: Sequence[RefundRequest]
) -> tuple[RefundRequest | None, ...]:
    """For each finding the first letter about its money, by the day of `book`; None without one.

    Parameters
    ----------
    account : PatientAccount
        The account that the letters are about.
    book : Book
        Payers, plans and the day to look from.
    answer : Determination
        What was determined of the account.
    letters : sequence of RefundRequest
        Payers' requests about it, in any order. One names the money of its payer on the claim,
        or the days, that it states; what it asks for, and why, does not matter here. It cannot
        name what was paid after it came.
    """
    came = [letter for letter in sorted(letters, key=turn) if letter.received_on <= book.as_of]
    if not came:
        return (None,) * len(answer.findings)
    sheet = work(account, book)
    pots = pots_of(sheet, answer)
    first: dict[int, RefundRequest] = {}
    for letter in came:
        for pot in pots_in(sheet, scope_of(sheet, letter), pots):
            if pot.paid_on is None or pot.paid_on <= letter.received_on:
                first.setdefault(id(pot.finding), letter)
    return tuple(first.get(id(finding)) for finding in answer.findings)

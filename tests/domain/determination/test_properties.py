"""What holds for every account, whatever happened to it: the rules of the determination."""

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.domain.determination.generated import accounts
from tests.domain.determination.proposal import carried_out

from requite.domain.determination.account import Book, LedgerEntry, PatientAccount
from requite.domain.determination.answer import Answer
from requite.domain.determination.determine import determine_account, work
from requite.domain.determination.finding import Finding
from requite.domain.determination.part import Part
from requite.domain.determination.proof import states_of
from requite.domain.determination.waterfall import explain
from requite.domain.determination.worksheet import CONTRACTUAL, PAYER, WRITE_OFF, Worksheet
from requite.domain.parties import Certainty, Disposition, Party

T = TypeVar("T")
Case = tuple[PatientAccount, Book]

# Thousands of accounts in all; a profile with more examples makes them tens of thousands.
EXAMPLES = settings.default.max_examples if settings.default else 100
often = settings(max_examples=2 * EXAMPLES, suppress_health_check=list(HealthCheck))
sometimes = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))

TO_PARTY = {Disposition.REFUND_PAYER, Disposition.CORRECTED_CLAIM, Disposition.REFUND_PATIENT}
GONE_BACK = {
    Disposition.POST_REFUND,
    Disposition.POST_RECOUPMENT,
    Disposition.POST_RETURNED_PAYMENT,
}
ENDS_IN_THE_LEDGER = {
    Disposition.REVERSE_POSTING,
    Disposition.TRANSFER_POSTING,
    Disposition.RECLASSIFY,
    *GONE_BACK,
}
BY_ANSWER = {
    "dual_primary",
    "medicare_secondary_payer",
    "secondary_over_responsibility",
    "paid_above_contract",
}
REPEATS = {"duplicate_payment", "corrected_claim_unreversed", "reversal_pending"}
SENT = {"issued", "cleared"}


def findings_of(case: Case) -> Sequence[Finding]:
    return determine_account(*case).findings


def parts_of(case: Case) -> tuple[Worksheet, list[Part]]:
    """The worksheet before its evidence is consumed, and the parts of a second one."""
    return work(*case), explain(work(*case))


def living(case: Case) -> list[LedgerEntry]:
    account, book = case
    return [
        row
        for row in account.entries
        if row.posted_on <= book.as_of and (row.voided_on is None or row.voided_on > book.as_of)
    ]


def total(parts: Sequence[Part], *causes: str) -> int:
    return sum(part.cents for part in parts if part.cause in causes)


def of_place(parts: Sequence[Part], place: int) -> list[Part]:
    return [part for part in parts if (part.cell.kind, part.cell.place) == (PAYER, place)]


def rests_on_answer(sheet: Worksheet, part: Part) -> bool:
    cell = part.cell
    return any(state.in_force[cell.place] is not None for state in states_of(sheet, cell))


def mixes_loose_money(sheet: Worksheet) -> bool:
    """Money of a reversed claim beside money on paper: nothing tells which a refund takes out."""
    payers = [cell for cell in sheet.cells if cell.kind == PAYER and cell.actual]
    return len({(cell.place, cell.line_no) for cell in payers}) < len(payers)


# The eight rules


@often
@given(accounts())
def test_the_findings_of_an_account_sum_to_its_credit(case: Case) -> None:
    found = determine_account(*case)
    assert sum(finding.amount_cents for finding in found.findings) == found.credit_cents
    assert all(finding.amount_cents > 0 for finding in found.findings)


@often
@given(accounts())
def test_carrying_out_the_proposals_leaves_only_what_waits_and_what_is_owed(case: Case) -> None:
    before = determine_account(*case)
    sheet = work(*case)
    assume(not mixes_loose_money(sheet))
    # What the ledger answers is judged by the account as it stands, and so by what is put right.
    assume(sheet.ledger is None)
    amended, waiting = carried_out(*case)
    assume(work(amended, case[1]).ledger is None)
    after = determine_account(amended, case[1])
    # What waits may be settled once an account closes without it.
    assert after.credit_cents <= waiting
    assert after.balance_cents == before.owed_cents - waiting


@often
@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(case: Case, order: random.Random) -> None:
    account, book = case
    shuffled = account._replace(
        **{
            name: order.sample(rows, len(rows))
            for name, rows in account._asdict().items()
            if isinstance(rows, list)
        }
    )
    assert determine_account(shuffled, book) == determine_account(account, book)


@often
@given(accounts())
def test_no_party_gets_back_more_than_came_from_it_and_is_still_here(case: Case) -> None:
    cash: dict[str, int] = defaultdict(int)
    sheet, _ = parts_of(case)
    for kind in (PAYER, "patient"):
        for posting in sheet.of_kind(kind):
            payer_id = sheet.places[posting.place].payer_id if kind == PAYER else "patient"
            cash[payer_id] += posting.cash
    back: dict[str, int] = defaultdict(int)
    for finding in findings_of(case):
        party = finding.payer_id or "patient"
        if finding.disposition in TO_PARTY:
            back[party] += finding.amount_cents
        elif finding.disposition in GONE_BACK:
            cash[party] -= finding.amount_cents
    assert all(cents <= cash[party] for party, cents in back.items())


@often
@given(accounts())
def test_no_cent_of_evidence_serves_twice(case: Case) -> None:
    account, book = case
    sheet, parts = parts_of(case)
    returned = sum(-row.amount_cents for row in account.deposits if row.amount_cents < 0)
    refunded = sum(row.amount_cents for row in account.refunds if row.status in SENT)
    gaps = sum(-gap for gap in account.transfer_gap_cents.values() if gap < 0)
    strays = [row for row in sheet.of_kind(PAYER) if row.answer is not None and not row.answer.own]
    assert total(parts, "returned_payment_unposted") <= returned
    assert total(parts, "refund_unposted") <= refunded
    assert total(parts, "transfer_unbalanced") <= gaps
    assert total(parts, "wrong_account") <= sum(max(row.cash, 0) for row in strays)
    taken = sum(item.cents for item in sheet.takebacks)
    for rows in book.unnamed.values():
        taken += sum(row.amount_cents for row in rows)
    taken += sum(stated_below_zero(answer) for answer in sheet.answers)
    assert total(parts, "takeback_unposted") <= taken


def stated_below_zero(answer: Answer) -> int:
    """The cents by which a claim says that it lowered its check, less what was posted of it."""
    stated = sum(max(-part.gross, 0) for part in answer.adjudications.values())
    return max(stated - max(-answer.posted_whole, 0), 0)


@often
@given(accounts())
def test_no_payment_of_an_answer_serves_twice(case: Case) -> None:
    sheet, parts = parts_of(case)
    for place in {cell.place for cell in sheet.cells if cell.kind == PAYER}:
        mine = of_place(parts, place)
        above = sum(
            max(found.paid - state.t_place[place], 0)
            for state in sheet.states.values()
            if (found := state.in_force[place]) is not None
        )
        earlier = sum(
            max(part.paid, 0)
            for answer in sheet.answers
            if answer.own and answer.place == place and not answer.is_reversal
            for number, part in answer.adjudications.items()
            if sheet.states[number].in_force[place] is not part
        )
        by_answer = [part for part in mine if rests_on_answer(sheet, part)]
        assert total(by_answer, *BY_ANSWER) <= above
        alone = sum(
            row.cash
            for row in sheet.of_kind(PAYER)
            if row.place == place and not row.answer and row.cash > 0
        )
        assert total(mine, *REPEATS) <= earlier + alone


@often
@given(accounts())
def test_a_false_credit_moves_to_another_account_or_ends_in_the_ledger(case: Case) -> None:
    for finding in findings_of(case):
        assert (finding.party == Party.NONE) == (finding.disposition in ENDS_IN_THE_LEDGER)
        if finding.cause == "wrong_account":
            assert "move it there" in finding.explanation


def money_by_party(*case: Any) -> dict[str, int]:
    """What each party paid; write-offs are no party's, whether or not they are a discount."""
    money: dict[str, int] = defaultdict(int)
    for cell in determine_account(*case).cells:
        kind = "written off" if cell.kind in (CONTRACTUAL, WRITE_OFF) else cell.kind
        money[f"{kind} {cell.party_id}"] += cell.actual_cents
    return {party: cents for party, cents in money.items() if cents}


@often
@given(accounts(), st.data())
def test_a_balanced_transfer_changes_no_party_s_total(case: Case, data: st.DataObject) -> None:
    account, book = case
    cents = data.draw(st.integers(1, 50_000))
    legs = [
        LedgerEntry(
            f"leg-{amount}",
            "transfer",
            amount,
            book.as_of,
            bucket=data.draw(st.sampled_from(("primary", "secondary", "self", None))),
            line_no=data.draw(st.sampled_from((None, 1, 2, 9))),
            transfer_id="moved",
        )
        for amount in (cents, -cents)
    ]
    gaps = {**account.transfer_gap_cents, "moved": 0}
    moved = account._replace(entries=[*account.entries, *legs], transfer_gap_cents=gaps)
    assert money_by_party(moved, book) == money_by_party(account, book)


@often
@given(accounts())
def test_a_payer_s_money_is_never_netted_written_off_or_kept(case: Case) -> None:
    sheet, parts = parts_of(case)
    for place in sheet.places:
        cells = [cell for cell in sheet.cells if (cell.kind, cell.place) == (PAYER, place.index)]
        mine = of_place(parts, place.index)
        assert sum(part.cents for part in mine) == sum(max(cell.excess, 0) for cell in cells)
        assert all(part.disposition in TO_PARTY for part in mine if part.party == Party.PAYER)
    assert all(
        row.party != Party.PAYER or row.payer_id == row.party_id for row in findings_of(case)
    )


# What follows from them


@sometimes
@given(accounts())
def test_the_balance_is_what_is_owed_less_the_credit(case: Case) -> None:
    account, book = case
    charges = sum(
        row.amount_cents
        for row in account.charges
        if (row.voided_on is None or row.voided_on > book.as_of)
        and (row.posted_on is None or row.posted_on <= book.as_of)
    )
    found = determine_account(account, book)
    assert found.balance_cents == charges + sum(row.amount_cents for row in living(case))
    assert found.balance_cents == found.owed_cents - found.credit_cents
    assert found.masked_cents >= 0


@sometimes
@given(accounts())
def test_targets_sum_to_the_charges(case: Case) -> None:
    found = determine_account(*case)
    sheet = work(*case)
    charges = sum(max(line.net, 0) for line in sheet.lines.values())
    assert sum(row.target_cents for row in found.cells) == charges


@sometimes
@given(accounts())
def test_a_person_decides_exactly_what_no_party_is_named_for(case: Case) -> None:
    for finding in findings_of(case):
        undetermined = finding.party == Party.UNDETERMINED
        assert (finding.certainty == Certainty.PERSON) == (finding.disposition == "review")
        if finding.disposition == "review":
            assert undetermined
        if undetermined:
            assert finding.disposition in ("review", "hold")
            assert finding.certainty != Certainty.PROVED
        assert (finding.party_id is not None) == (finding.party in (Party.PAYER, Party.PATIENT))


@sometimes
@given(accounts())
def test_nothing_is_proved_where_the_payers_money_has_no_remittance(case: Case) -> None:
    account, book = case
    bare = account._replace(remit_claims=[], remit_lines=[], remit_adjustments=[])
    paid = [row for row in living(case) if row.type == "payment" and row.payer_id]
    reversed_ids = {row.reverses_transaction_id for row in account.entries}
    assume(any(row.amount_cents < 0 and row.transaction_id not in reversed_ids for row in paid))
    assume(all(row.reverses_transaction_id is None for row in account.entries))
    bare = bare._replace(provider_adjustments=[], allocations=[])
    assert {finding.certainty for finding in findings_of((bare, book))} <= {"likely", "person"}


@sometimes
@given(accounts())
def test_nothing_on_a_line_on_paper_is_proved(case: Case) -> None:
    sheet = work(*case)
    on_paper = {number for number, state in sheet.states.items() if state.paper}
    proved = [row for row in findings_of(case) if row.certainty == Certainty.PROVED]
    assert not on_paper & {row.line_no for row in proved}


@sometimes
@given(accounts(), st.data())
def test_a_voided_row_changes_nothing(case: Case, data: st.DataObject) -> None:
    account, book = case
    assume(account.entries)
    row = data.draw(st.sampled_from(account.entries))
    voided = row._replace(transaction_id="voided", voided_on=book.as_of, transfer_id="voided")
    with_void = account._replace(entries=[*account.entries, voided])
    assert determine_account(with_void, book) == determine_account(account, book)


@sometimes
@given(accounts(), st.data())
def test_a_row_and_its_reversal_change_nothing(case: Case, data: st.DataObject) -> None:
    account, book = case
    assume(account.entries)
    row = data.draw(st.sampled_from(account.entries))
    again = row._replace(
        transaction_id="again", posted_on=book.as_of, voided_on=None, reverses_transaction_id=None
    )
    undone = again._replace(
        transaction_id="undone", amount_cents=-row.amount_cents, reverses_transaction_id="again"
    )
    pair = account._replace(entries=[*account.entries, again, undone])
    assert determine_account(pair, book) == determine_account(account, book)


@sometimes
@given(accounts())
def test_what_comes_after_the_day_is_not_there_yet(case: Case) -> None:
    account, book = case
    seen = account._replace(
        entries=[row for row in account.entries if row.posted_on <= book.as_of],
        charges=[row for row in account.charges if (row.posted_on or book.as_of) <= book.as_of],
        remit_claims=[row for row in account.remit_claims if row.payment_date <= book.as_of],
        provider_adjustments=[
            row for row in account.provider_adjustments if row.payment_date <= book.as_of
        ],
        refunds=[row for row in account.refunds if (row.issued_on or book.as_of) <= book.as_of],
        deposits=[
            row
            for row in account.deposits
            if row.deposited_on <= book.as_of or row.amount_cents > 0
        ],
    )
    assert determine_account(seen, book) == determine_account(account, book)


@sometimes
@given(accounts())
def test_every_finding_says_why_with_its_figures(case: Case) -> None:
    for finding in findings_of(case):
        assert finding.explanation.endswith(".")
        assert "$" in finding.explanation
        assert "; $" in finding.explanation or " too much: " in finding.explanation
        assert len(set(finding.evidence)) == len(finding.evidence)


@sometimes
@given(accounts())
def test_one_row_for_each_line_party_and_cause(case: Case) -> None:
    rows: list[Any] = [
        (row.line_no, row.party, row.party_id, row.cause, row.disposition)
        for row in findings_of(case)
    ]
    assert len(set(rows)) == len(rows)

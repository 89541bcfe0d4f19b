"""A statement shows every row, adds up to the balance, and lights up what the findings rest on."""

from datetime import date

import pytest

from requite.domain.deadlines import Due
from requite.domain.determination.account import (
    Allocation,
    BankDeposit,
    Book,
    Charge,
    ContractAmount,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    ProviderAdjustment,
    Refund,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
)
from requite.domain.determination.determine import determine_account
from requite.domain.statement.build import held_statement, statement_of
from requite.domain.statement.layout import Statement

DAY = date(2026, 6, 30)
BOOK = Book(
    DAY,
    {
        "ACME": Payer("ACME", "Acme Health", "commercial"),
        "MCR": Payer("MCR", "Medicare", "medicare_ffs"),
    },
)
CHARGES = (
    Charge("C1", 1, 20000, date(2026, 1, 12), "99214", "25", date(2026, 1, 12)),
    Charge("C2", 2, 9000, date(2026, 1, 12), "36415", None, date(2026, 1, 12)),
)


def paid(record_id: str, cents: int, on: date, **more: object) -> LedgerEntry:
    return LedgerEntry(record_id, "payment", -cents, on, payer_id="ACME", **more)  # type: ignore[arg-type]


def remitted(
    number: str, on: date, *, status: str = "1", sign: int = 1, account: str = "A1"
) -> tuple[RemitClaim, RemitLine, RemitAdjustment]:
    """A remittance claim for line 1: charged 200.00, paid 120.00, 80.00 written off."""
    claim = RemitClaim(
        number, f"R{number}", account, "ACME", f"TR{number}", on, 1, status, sign * 20000,
        sign * 12000, f"PC{number}",
    )  # fmt: skip
    line = RemitLine(number, 1, sign * 20000, sign * 12000, "99214", "25", date(2026, 1, 12), "C1")
    return claim, line, RemitAdjustment(number, 1, "CO", "45", sign * 8000)


def account(**parts: object) -> PatientAccount:
    facts: dict[str, object] = {
        "account_id": "A1", "facility_id": "F1", "patient_id": "P1", "guarantor_id": "G1",
        "patient_class": "outpatient", "state": "TX", "status": "bad_debt",
        "service_from": date(2026, 1, 12), "service_to": date(2026, 1, 14),
        "next_visit_on": None, "reported_balance_cents": None, "charges": CHARGES[:1],
        "entries": (), "coverages": (Coverage(1, "ACME"),),
    }  # fmt: skip
    return PatientAccount(**{**facts, **parts})  # type: ignore[arg-type]


def twice_paid() -> PatientAccount:
    answers = [remitted("X1", date(2026, 2, 5)), remitted("X2", date(2026, 3, 5))]
    claims, lines, adjustments = zip(*answers, strict=True)
    return account(
        entries=(
            paid("T1", 12000, date(2026, 2, 5), line_no=1, trace_number="TRX1", tender="ach"),
            LedgerEntry(
                "T2", "adjustment", -8000, date(2026, 2, 5), line_no=1, group_code="CO",
                carc="45", trace_number="TRX1",
            ),
            paid("T3", 12000, date(2026, 3, 5), line_no=1, trace_number="TRX2"),
            paid("T4", 500, date(2026, 7, 9), line_no=1),
        ),
        remit_claims=claims,
        remit_lines=lines,
        remit_adjustments=adjustments,
    )  # fmt: skip


def laid_out(given: PatientAccount, *dues: Due | None, book: Book = BOOK) -> Statement:
    answer = determine_account(given, book)
    clocks = dues or (None,) * len(answer.findings)
    return statement_of(given, book, answer, clocks)


def test_the_ledger_ends_at_the_balance_and_leaves_out_what_is_dated_later() -> None:
    statement = laid_out(twice_paid())
    assert [row.record_id for row in statement.ledger] == ["C1", "T1", "T2", "T3"]
    assert statement.ledger[-1].balance_cents == statement.balance_cents == -12000
    assert statement.entries_after == 1


def test_the_arithmetic_sums_to_the_balance_and_the_credit() -> None:
    statement = laid_out(twice_paid())
    differences = [row.difference_cents for row in statement.arithmetic]
    assert sum(differences) == -statement.balance_cents
    assert sum(cents for cents in differences if cents > 0) == statement.credit_cents
    assert [row.party for row in statement.arithmetic] == ["contractual write-off", "Acme Health"]


def test_evidence_is_marked_with_the_number_of_its_finding() -> None:
    statement = laid_out(twice_paid())
    marked = {row.record_id: row.marks for row in statement.ledger}
    assert marked == {"C1": (1,), "T1": (1,), "T2": (), "T3": (1,)}
    assert [claim.marks for claim in statement.claims] == [(1,), (1,)]
    assert [row.marks for row in statement.arithmetic] == [(), (1,)]


def test_a_finding_is_told_in_words_with_its_clock_and_law() -> None:
    due = Due(date(2026, 6, 20), "mcr.60day.v2025")
    (finding,) = laid_out(twice_paid(), due).findings
    assert finding.whose == "Acme Health"
    assert finding.cause_words == "Payer paid the same service twice"
    assert finding.disposition_words == "Refund the payer"
    assert finding.days_left == -10
    assert "401.305" in finding.citation


def test_the_verdict_says_whose_the_credit_is() -> None:
    assert laid_out(twice_paid()).verdict == (
        "Of the credit of $120.00: $120.00 is owed to Acme Health."
    )
    assert laid_out(account()).verdict == "No credit: nobody paid more than their part."


def test_a_remittance_tells_what_became_of_it() -> None:
    answers = [
        remitted("X1", date(2026, 2, 5)),
        remitted("X2", date(2026, 3, 5)),
        remitted("X3", date(2026, 4, 5), status="22", sign=-1),
        remitted("X4", date(2026, 4, 6), account="B7"),
        remitted("X5", date(2026, 4, 7), status="25"),
    ]
    answers[2] = (answers[2][0]._replace(payer_claim_number="PCX2"), *answers[2][1:])
    claims, lines, adjustments = zip(*answers, strict=True)
    statement = laid_out(
        account(remit_claims=claims, remit_lines=lines, remit_adjustments=adjustments)
    )
    assert [claim.standing for claim in statement.claims] == [
        "in force",
        "reversed by X3",
        "reverses X2",
        "belongs to account B7",
        "no answer",
    ]
    first = statement.claims[0].lines[0]
    assert (first.ledger_line, first.service, first.paid_cents) == (1, "99214 25", 12000)
    assert [row.words for row in first.adjustments] == ["CO-45 charge above the contract"]
    assert statement.claims[3].lines[0].ledger_line is None


def test_a_replaced_answer_is_in_force_only_on_the_lines_that_it_keeps() -> None:
    whole = RemitClaim("W", "R1", "A1", "ACME", "TR1", date(2026, 2, 1), 1, "1", 29000, 15000)
    late = RemitClaim("V", "R2", "A1", "ACME", "TR2", date(2026, 3, 1), 1, "1", 9000, 3000)
    lines = (
        RemitLine("W", 1, 20000, 12000, "99214", "25", None, "C1"),
        RemitLine("W", 2, 9000, 3000, "36415", None, None, "C2"),
        RemitLine("V", 1, 9000, 3000, None, None, None, "C2"),
    )
    statement = laid_out(account(charges=CHARGES, remit_claims=(late, whole), remit_lines=lines))
    assert [claim.standing for claim in statement.claims] == ["in force on line 1", "in force"]
    assert statement.claims[1].lines[0].service == "line 1"


def test_a_claim_without_lines_shows_what_it_says_as_a_whole() -> None:
    claim = RemitClaim("W", "R1", "A1", "ACME", "TR1", date(2026, 2, 1), 1, "2", 20000, 12000)
    reason = RemitAdjustment("W", None, "OA", "23", 8000)
    (block,) = laid_out(account(remit_claims=(claim,), remit_adjustments=(reason,))).claims
    assert block.status == "processed as secondary"
    assert [(line.service, line.charge_cents) for line in block.lines] == [("", 20000)]


def test_a_reversal_of_nothing_says_so() -> None:
    claim, line, reason = remitted("X3", date(2026, 4, 5), status="22", sign=-1)
    statement = laid_out(
        account(remit_claims=(claim,), remit_lines=(line,), remit_adjustments=(reason,))
    )
    assert [block.standing for block in statement.claims] == ["reverses nothing found"]


def test_a_voided_row_counts_nothing_and_says_what_it_was() -> None:
    voided = CHARGES[0]._replace(voided_on=date(2026, 4, 2))
    later = CHARGES[1]._replace(voided_on=date(2026, 8, 1))
    first, second = laid_out(account(charges=(voided, later))).ledger
    assert (first.amount_cents, first.note) == (0, "voided 2026-04-02, was $200.00")
    assert (second.amount_cents, second.note) == (9000, "")


def test_an_entry_is_told_in_words_with_its_references() -> None:
    day = date(2026, 2, 5)
    entries = (
        LedgerEntry("T1", "payment", -4000, day, tender="card", deposit_id="D1"),
        LedgerEntry("T2", "transfer", -4000, day, bucket="primary", transfer_id="X1"),
        LedgerEntry("T3", "transfer", 4000, day, bucket="self", transfer_id="X1"),
        LedgerEntry("T4", "transfer", 4000, day),
        LedgerEntry("T5", "payment", 4000, day, reverses_transaction_id="T1", check_number="9"),
        LedgerEntry("T6", "bad_debt", -100, day),
        LedgerEntry("T7", "recoupment", 100, day, payer_id="GONE", payer_claim_number="Z1"),
    )
    rows = {row.record_id: row for row in laid_out(account(entries=entries)).ledger}
    assert rows["T1"].what == "payment, patient"
    assert rows["T1"].reference == "card, deposit D1"
    assert rows["T2"].what == "transfer, primary"
    assert rows["T3"].what == "transfer, patient"
    assert rows["T4"].what == "transfer, bucket unknown"
    assert (rows["T5"].note, rows["T5"].reference) == ("reverses T1", "check 9")
    assert rows["T6"].what == "bad-debt write-off"
    assert (rows["T7"].what, rows["T7"].reference) == ("take-back, GONE", "claim Z1")


def test_an_allocated_entry_shows_its_lines_and_what_lies_on_each() -> None:
    statement = laid_out(
        account(
            charges=CHARGES,
            entries=(LedgerEntry("T1", "payment", -5000, date(2026, 2, 5)),),
            allocations=(
                Allocation("T1", 2, -2000),
                Allocation("T1", 1, -3000),
                Allocation("T1", 2, -999, date(2026, 3, 1)),
            ),
        )
    )
    (row,) = [row for row in statement.ledger if row.record_id == "T1"]
    assert row.lines == (1, 2)
    assert row.note == "line 1: -$30.00, line 2: -$20.00"


def test_other_records_stand_beside_the_ledger() -> None:
    statement = laid_out(
        account(
            refunds=(
                Refund("RF1", "payer", "ACME", 8800, "cleared", date(2026, 3, 20), "50019"),
                Refund("RF2", "patient", None, 500, "requested", transaction_id="T9"),
            ),
            deposits=(
                BankDeposit("D1", -4000, date(2026, 3, 1), "77"),
                BankDeposit("D2", 4000, date(2026, 2, 1), "77"),
            ),
            contracts=(
                ContractAmount("ACME", 22000, 1, "2026-1"),
                ContractAmount("ACME", 22000),
            ),
            provider_adjustments=(
                ProviderAdjustment("K1", "R1", "ACME", "TR1", date(2026, 4, 1), "FB", "Z1", -5),
                ProviderAdjustment("K2", "R2", "ACME", "TR2", date(2026, 4, 2), "WO", None, 5),
                ProviderAdjustment("K3", "R3", "ACME", "TR3", date(2026, 9, 2), "WO", None, 5),
            ),
        )
    )
    told = [(record.what, record.reference) for record in statement.other_records]
    assert told == [
        (
            "provider adjustment FB balance carried forward, Acme Health: raises the payment",
            "trace TR1, names Z1",
        ),
        (
            "provider adjustment WO overpayment taken back, Acme Health: lowers the payment",
            "trace TR2, names no claim",
        ),
        ("refund to Acme Health, cleared", "check 50019, not posted"),
        ("refund to the patient, requested", "posted as T9"),
        ("payment returned by the bank", "trace 77"),
        ("contract with Acme Health allows", "the account"),
        ("contract with Acme Health allows", "line 1"),
    ]
    assert all(record.amount_cents > 0 for record in statement.other_records)


def test_an_adjustment_that_names_no_claim_is_shown_where_a_finding_rests_on_it() -> None:
    row = ProviderAdjustment("K9", "R9", "ACME", "TR9", date(2026, 4, 1), "WO", None, 12000)
    stranger = row._replace(key="K8", amount_cents=777)
    unnamed = {("ACME", 12000): (row,), ("ACME", 777): (stranger,)}
    statement = laid_out(twice_paid(), book=BOOK._replace(unnamed=unnamed))
    assert [(record.record_id, record.marks) for record in statement.other_records] == [
        ("K9", (1,))
    ]
    assert statement.findings[0].whose == "to be decided"


def test_an_account_that_does_not_add_up_shows_its_rows_and_no_answer() -> None:
    statement = held_statement(twice_paid(), BOOK, "It does not add up.")
    assert statement.held == "It does not add up."
    assert len(statement.ledger) == 4
    assert (statement.findings, statement.arithmetic, statement.credit_cents) == ((), (), 0)
    assert {claim.standing for claim in statement.claims} == {""}


def test_the_head_tells_kind_and_coverage_by_ids_alone() -> None:
    statement = laid_out(
        account(
            coverages=(
                Coverage(2, "GONE", effective_to=date(2026, 5, 1), capitated=True),
                Coverage(
                    1, "MCR", effective_from=date(2026, 1, 1), responsibility_collectable=False
                ),
            )
        )
    )
    assert "service 2026-01-12 to 2026-01-14" in statement.facts
    assert "status bad debt" in statement.facts
    first, second = statement.coverages
    assert (first.name, first.payer_class) == ("Medicare", "Medicare")
    assert first.note == "from 2026-01-01, patient may not be billed"
    assert (second.name, second.note) == ("GONE", "until 2026-05-01, capitated")


@pytest.mark.parametrize(
    ("entry", "party"),
    [
        (LedgerEntry("T9", "payment", -25000, date(2026, 2, 9), line_no=1), "patient"),
        (
            LedgerEntry("T9", "adjustment", -25000, date(2026, 2, 9), line_no=1, group_code="CO"),
            "contractual write-off",
        ),
    ],
)
def test_the_difference_that_makes_a_finding_is_marked(entry: LedgerEntry, party: str) -> None:
    statement = laid_out(account(entries=(entry,)))
    marked = {row.party for row in statement.arithmetic if row.marks}
    assert marked == {party}


def test_two_differences_on_one_line_are_told_apart() -> None:
    both = (
        LedgerEntry("T8", "payment", -2500, date(2026, 2, 9), line_no=1),
        LedgerEntry(
            "T9", "adjustment", -12000, date(2026, 2, 9), line_no=1, group_code="CO",
            trace_number="TRX1",
        ),
    )  # fmt: skip
    given = twice_paid()
    statement = laid_out(given._replace(entries=(*given.entries, *both)))
    marked = {row.party: row.marks for row in statement.arithmetic if row.marks}
    whose = {number: finding.cause for number, finding in enumerate(statement.findings, 1)}
    assert {party: whose[marks[0]] for party, marks in marked.items()} == {
        "contractual write-off": "contractual_overposted",
        "Acme Health": "duplicate_payment",
        "patient": "patient_overcollection",
    }

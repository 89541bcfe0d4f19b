"""Money goes out once, whatever people, later feeds and undone imports do to its case."""

from datetime import date, timedelta

import pytest

from office_builders import (
    DAY,
    NOW,
    a_case,
    a_false_credit,
    a_finding,
    a_member,
    a_provider,
    determined,
)
from requite.domain.case import Action, State
from requite.office.audit.models import Event
from requite.office.cases.closing import ClosesMost
from requite.office.cases.holding import NoRefund, ReasonMissing, Seen, SettledAlready
from requite.office.cases.models import Case, Correction, PaidRefund, Question
from requite.office.cases.services import move_case
from requite.office.cases.snooze import snooze_case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
LATER, WHY = NOW + timedelta(days=1), "the balance is zero"


@pytest.fixture(name="alder")
def _alder() -> Provider:
    return a_provider()


@pytest.fixture(name="mira")
def _mira(alder: Provider) -> User:
    return a_member(alder)


@pytest.fixture(name="cora")
def _cora(alder: Provider) -> User:
    return a_member(alder, Role.CONTROLLER)


def step(case: Case, action: Action, actor: User, reason: str = WHY) -> Case:
    case = Case.objects.get(pk=case.pk)
    seen = Seen(case.provider, case.number, case.version)
    return move_case(seen, action, reason, actor=actor, at=NOW)


def paid(case: Case, mira: User, cora: User) -> Case:
    """The case, its refund paid."""
    step(case, Action.PROPOSE_REFUND, mira)
    step(case, Action.APPROVE, cora)
    return step(case, Action.PAY, cora)


def again(provider: Provider, *rows: object, on: int = 1, **more: object) -> dict:
    return determined(provider, *rows, on=DAY + timedelta(days=on), at=LATER, **more)  # type: ignore[arg-type]


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_refund_that_the_ledger_does_not_show_is_still_to_be_reconciled(
    alder: Provider, mira: User, cora: User
) -> None:
    case = step(paid(a_case(alder), mira, cora), Action.RECONCILE, cora)
    assert case.state == State.RESOLVED
    assert again(alder, a_finding())["reopened"] == 1
    assert now(case).state == State.TO_RECONCILE
    assert PaidRefund.objects.get().settled_at is None


def test_nobody_says_that_an_account_is_even_without_saying_how(
    alder: Provider, mira: User, cora: User
) -> None:
    with pytest.raises(ReasonMissing):
        step(paid(a_case(alder), mira, cora), Action.RECONCILE, cora, " ")


def test_what_was_paid_is_not_proposed_again_by_who_reopens_it(
    alder: Provider, mira: User, cora: User
) -> None:
    case = step(paid(a_case(alder), mira, cora), Action.RECONCILE, cora)
    step(case, Action.REOPEN, mira)
    with pytest.raises(SettledAlready, match=r"\$70.00 was paid for it on 2026-11-26"):
        step(case, Action.PROPOSE_REFUND, mira)


def test_an_undone_import_does_not_forget_a_payment(
    alder: Provider, mira: User, cora: User
) -> None:
    case = paid(a_case(alder), mira, cora)
    again(alder, ledger="B")
    assert (now(case).state, PaidRefund.objects.get().settled_by) == (State.RESOLVED, "B")
    again(alder, a_finding(), ledger="A", undone="B")
    after = now(case)
    assert (after.state, after.decision, after.refund_cents) == (
        State.TO_RECONCILE, "propose_refund", 7000,
    )  # fmt: skip
    assert after.approved_by == cora
    assert PaidRefund.objects.get().settled_at is None
    assert Event.objects.get(name="case.restored").after == {"state": "to_reconcile"}


@pytest.mark.parametrize("cents", [7000, 9000], ids=["the same", "another amount"])
def test_a_feed_that_lost_an_account_does_not_settle_its_payment(
    alder: Provider, mira: User, cora: User, cents: int
) -> None:
    case = paid(a_case(alder), mira, cora)
    again(alder, removed_by=lambda _: "")
    assert now(case).resolution.startswith("gone")
    again(alder, a_finding(cents=cents), on=2)
    after = now(case)
    assert (after.state, after.changed_since_decided) == (State.TO_RECONCILE, cents != 7000)


def test_a_payment_that_the_ledger_shows_is_settled_and_a_new_credit_is_worked(
    alder: Provider, mira: User, cora: User
) -> None:
    case = paid(a_case(alder), mira, cora)
    again(alder, ledger="B")
    assert now(case).resolution.startswith("reconciled")
    again(alder, a_finding(cents=500, evidence="C1|T8|T9"), ledger="C", on=2)
    assert now(case).state == State.REOPENED
    assert step(case, Action.PROPOSE_REFUND, mira).refund_cents == 500


def test_the_very_findings_that_were_paid_for_never_go_to_work_again(
    alder: Provider, mira: User, cora: User
) -> None:
    case = paid(a_case(alder), mira, cora)
    again(alder, ledger="B")
    again(alder, a_finding(), ledger="C", on=2)
    assert now(case).state == State.TO_RECONCILE


def test_what_is_left_after_a_payment_is_worked_when_the_account_shows_it(
    alder: Provider, mira: User, cora: User
) -> None:
    case = paid(a_case(alder), mira, cora)
    again(alder, a_finding(cents=3000, evidence="C1|T8"))
    assert (now(case).state, now(case).changed_since_decided) == (State.TO_RECONCILE, True)
    case = step(case, Action.RECONCILE, cora)
    assert (case.state, case.decision, case.changed_since_decided) == (State.REOPENED, "", False)
    case = paid(case, mira, cora)
    assert sorted(PaidRefund.objects.values_list("cents", flat=True)) == [3000, 7000]


def test_a_payment_that_came_back_may_go_out_again(alder: Provider, mira: User, cora: User) -> None:
    case = step(paid(a_case(alder), mira, cora), Action.TAKE_BACK, cora, "undeliverable")
    assert (case.state, case.decision, case.refund_cents) == (State.TO_WORK, "", None)
    assert paid(case, mira, cora).state == State.TO_RECONCILE
    assert PaidRefund.objects.filter(came_back_at__isnull=True).count() == 1


def test_a_credit_that_is_gone_is_not_refunded(alder: Provider, mira: User) -> None:
    case = a_case(alder)
    again(alder)
    step(case, Action.REOPEN, mira)
    with pytest.raises(SettledAlready, match="does not show this credit"):
        step(case, Action.PROPOSE_REFUND, mira)


def test_only_what_asks_for_a_refund_goes_back(alder: Provider, mira: User, cora: User) -> None:
    determined(
        alder, a_finding(cents=7000),
        a_finding(cents=2500, line_no=2, disposition="corrected_claim"),
    )  # fmt: skip
    case = Case.objects.get()
    assert (case.amount_cents, step(case, Action.PROPOSE_REFUND, mira).refund_cents) == (9500, 7000)
    step(case, Action.APPROVE, cora)
    step(case, Action.PAY, cora)
    assert PaidRefund.objects.get().cents == 7000
    assert Event.objects.get(name="case.pay").facts["amount_cents"] == 7000


def test_a_claim_to_be_corrected_is_no_refund(alder: Provider, mira: User) -> None:
    case = a_case(alder, a_finding(disposition="corrected_claim"))
    with pytest.raises(NoRefund):
        step(case, Action.PROPOSE_REFUND, mira)


def test_an_undone_import_gives_a_question_and_a_correction_back(
    alder: Provider, mira: User
) -> None:
    asked = step(a_case(alder), Action.ASK_PROVIDER, mira, "Which plan?")
    determined(alder, a_finding(), a_false_credit())
    wrong = step(Case.objects.get(party="none"), Action.CORRECT, mira)
    again(alder, ledger="B")
    assert Correction.objects.get().status == "done"
    again(alder, a_finding(), a_false_credit(), ledger="A", undone="B")
    assert now(asked).state == State.WAITING_PROVIDER
    assert Question.objects.get().answered_at is None
    assert now(wrong).state == State.WAITING_POSTING
    assert Correction.objects.get().status == "ready"


def test_a_correction_whose_findings_change_is_void(alder: Provider, mira: User) -> None:
    case = step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    again(alder, a_false_credit(cents=4100))
    assert (now(case).state, now(case).decision) == (State.TO_WORK, "")
    assert Correction.objects.get().status == "withdrawn"


def test_a_correction_that_was_decided_anew_does_not_come_back_for_the_old_one(
    alder: Provider, mira: User
) -> None:
    case = step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    Correction.objects.update(status="sent", sent_at=NOW)
    assert again(alder, a_false_credit())["returned"] == 1
    step(case, Action.CORRECT, mira)
    assert again(alder, a_false_credit(), on=2)["returned"] == 0
    assert sorted(Correction.objects.values_list("status", flat=True)) == ["ready", "withdrawn"]
    again(alder, on=3)
    assert sorted(Correction.objects.values_list("status", flat=True)) == ["done", "withdrawn"]


def test_an_earlier_clock_is_kept_also_where_the_findings_are_the_same(
    alder: Provider, mira: User
) -> None:
    case = a_case(alder)
    earlier = date(2026, 12, 1)
    rows = a_finding(due_on=earlier, rule_id="x.30day", payer_class="medicare_ffs")
    assert again(alder, rows)["same"] == 1
    after = now(case)
    assert (after.due_on, after.rule_id, after.rank) == (earlier, "x.30day", 0)
    assert after.findings.get().due_on == earlier
    event = Event.objects.get(name="case.updated")
    assert (event.before["due_on"], event.after["due_on"]) == ("2027-01-25", "2026-12-01")
    assert mira.username not in str(event.facts)


def test_a_change_wakes_a_case(alder: Provider, mira: User) -> None:
    case = a_case(alder)
    snooze_case(
        Seen(alder, case.number, case.version), DAY + timedelta(days=9), WHY, actor=mira, at=NOW
    )  # fmt: skip
    again(alder, a_finding(cents=100))
    assert now(case).snoozed_until is None


def test_a_feed_that_would_close_most_cases_for_no_reason_is_refused(alder: Provider) -> None:
    rows = [a_finding(f"A{number}") for number in range(50)]
    determined(alder, *rows)
    with pytest.raises(ClosesMost, match="26 of 50 open cases"):
        again(alder, *rows[26:], removed_by=lambda _: "")
    assert not Case.objects.filter(state=State.RESOLVED).exists()
    assert again(alder, *rows[26:], removed_by=lambda _: "", may_close=True)["closed"] == 26


@pytest.mark.parametrize("wrong", ["A" * 81, "A\0"], ids=["long", "no character"])
def test_a_number_that_cannot_be_kept_is_refused_by_name(alder: Provider, wrong: str) -> None:
    from requite.office.cases.identity import BadIdentifier

    with pytest.raises(BadIdentifier, match="accounts or payers"):
        determined(alder, a_finding(wrong))


def test_words_that_no_database_keeps_are_cleaned(alder: Provider) -> None:
    case = a_case(alder, a_finding(payer_name="Lark\0spur" * 50, explanation="Paid\0twice."))
    assert case.party_name.startswith("Lark?spur")
    assert (len(case.party_name), case.verdict) == (200, "Paid?twice.")


@pytest.mark.parametrize("other", [{"party_id": "LARK-2"}, {"account_id": "0A1"}])
def test_the_same_entries_are_not_paid_again_under_another_number(
    alder: Provider, mira: User, cora: User, other: dict[str, str]
) -> None:
    first = a_case(alder)
    paid(first, mira, cora)
    again(alder, a_finding(**other))  # type: ignore[arg-type]
    second = Case.objects.exclude(pk=first.pk).get()
    with pytest.raises(SettledAlready, match=first.label):
        step(second, Action.PROPOSE_REFUND, mira)
    PaidRefund.objects.update(came_back_at=NOW)
    step(second, Action.PROPOSE_REFUND, mira)

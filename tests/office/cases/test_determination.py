"""What a later determination does to cases: opened, changed, closed, reopened, the same."""

from datetime import date, datetime, timedelta

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
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case, CaseFinding, Correction
from requite.office.cases.services import move_case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
NEXT_DAY, LATER = DAY + timedelta(days=1), NOW + timedelta(days=1)


def step(case: Case, action: Action, actor: User, reason: str = "so it is") -> Case:
    return move_case(
        Seen(case.provider, case.number, case.version), action, reason, actor=actor, at=NOW
    )


def again(provider: Provider, *rows: object, on: date = NEXT_DAY, at: datetime = LATER) -> dict:
    return determined(provider, *rows, on=on, at=at)  # type: ignore[arg-type]


def test_findings_of_one_account_and_party_are_one_case() -> None:
    alder = a_provider()
    outcome = determined(
        alder, a_finding(cents=100), a_finding(cents=7000, line_no=2), a_false_credit(cents=40)
    )
    assert outcome["opened"] == 2
    case = Case.objects.get(provider=alder, party="payer")
    assert (case.amount_cents, case.findings.count(), case.state) == (7100, 2, State.NEW)
    assert (case.party_name, case.patient_name) == ("Larkspur Health", "Mira Quist")
    assert sorted(each.label for each in Case.objects.all()) == ["RQ-000001", "RQ-000002"]


def test_the_same_findings_again_change_nothing() -> None:
    alder = a_provider()
    case = a_case(alder)
    outcome = again(alder, a_finding())
    assert outcome == {
        "opened": 0, "changed": 0, "reopened": 0, "returned": 0, "closed": 0, "same": 1,
    }  # fmt: skip
    after = Case.objects.get(pk=case.pk)
    assert (after.version, after.determined_on) == (case.version, NEXT_DAY)


def test_a_later_determination_never_gives_a_clock_more_time() -> None:
    alder = a_provider()
    case = a_case(alder)
    again(alder, a_finding(due_on=date(2027, 2, 1), cents=8000))
    assert Case.objects.get(pk=case.pk).due_on == date(2027, 1, 25)
    again(alder, a_finding(due_on=date(2027, 1, 2), cents=9000))
    assert Case.objects.get(pk=case.pk).due_on == date(2027, 1, 2)


def test_evidence_that_moves_under_a_decision_is_marked() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder), Action.PROPOSE_REFUND, mira)
    assert again(alder, a_finding(cents=6500))["changed"] == 1
    after = Case.objects.get(pk=case.pk)
    assert (after.changed_since_decided, after.amount_cents) == (True, 6500)
    assert list(CaseFinding.objects.values_list("amount_cents", flat=True)) == [6500]
    event = Event.objects.get(name="case.changed")
    assert (event.before["amount_cents"], event.after["amount_cents"]) == (7000, 6500)


def test_a_case_whose_credit_is_gone_is_closed_and_says_what_removed_it() -> None:
    alder = a_provider()
    case = a_case(alder)
    assert again(alder)["closed"] == 1
    after = Case.objects.get(pk=case.pk)
    assert after.state == State.RESOLVED
    assert after.resolution == "gone: the ledger no longer shows it"
    assert Event.objects.filter(name="case.closed", subject=case.label).count() == 1


def test_a_case_on_an_account_that_is_held_out_stays_open() -> None:
    alder = a_provider()
    case = a_case(alder)
    determined(alder, on=NEXT_DAY, held=frozenset({"A1"}))
    assert Case.objects.get(pk=case.pk).state == State.NEW


def test_an_undone_import_leaves_no_case_closed_on_an_account_that_was_held_out_before() -> None:
    alder = a_provider()
    determined(alder, a_finding("A1"), a_finding("A2"), ledger="1")
    determined(alder, a_finding("A2"), on=NEXT_DAY, held=frozenset({"A1"}), ledger="2")
    determined(alder, on=NEXT_DAY, ledger="3")
    assert set(Case.objects.values_list("state", flat=True)) == {State.RESOLVED}
    held = frozenset({"A1"})
    determined(alder, a_finding("A2"), on=NEXT_DAY, held=held, ledger="2", undone="3")
    assert set(Case.objects.values_list("state", flat=True)) == {State.NEW}
    assert not Case.objects.filter(is_gone=True).exists()


def test_a_credit_that_comes_back_reopens_its_case() -> None:
    alder = a_provider()
    case = a_case(alder)
    again(alder)
    assert again(alder, a_finding())["reopened"] == 1
    after = Case.objects.get(pk=case.pk)
    assert (after.state, after.number, after.resolution) == (State.REOPENED, case.number, "")


def test_what_people_settled_stays_settled_until_it_changes() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder), Action.DISMISS, mira, "the payer agreed in writing")
    step(case, Action.AGREE, a_member(alder, Role.SUPERVISOR))
    assert again(alder, a_finding())["same"] == 1
    assert Case.objects.get(pk=case.pk).state == State.RESOLVED
    assert again(alder, a_finding(cents=9000))["reopened"] == 1


def test_the_next_feed_proves_a_correction_done() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    (entry,) = Correction.objects.filter(case=case)
    assert (entry.amount_cents, entry.entry, entry.status) == (4000, "reverse_posting", "ready")
    again(alder)
    after, entry = Case.objects.get(pk=case.pk), Correction.objects.get(pk=entry.pk)
    assert after.resolution.startswith("corrected")
    assert (after.state, entry.status) == (State.RESOLVED, "done")


def test_a_correction_that_was_sent_and_not_made_brings_the_case_back_to_work() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    Correction.objects.filter(case=case).update(status="sent", sent_at=NOW)
    assert again(alder, a_false_credit(), on=DAY)["returned"] == 0  # the feed is of that day
    assert again(alder, a_false_credit())["returned"] == 1
    assert Case.objects.get(pk=case.pk).state == State.TO_WORK


def test_providers_do_not_touch_each_other() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    mine, theirs = a_case(alder), a_case(birch)
    again(alder)
    assert Case.objects.get(pk=mine.pk).state == State.RESOLVED
    assert Case.objects.get(pk=theirs.pk).state == State.NEW
    assert mine.number == theirs.number == 1

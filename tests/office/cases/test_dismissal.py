"""What is, or may be, somebody's money is let rest by two people; proposals can be taken back."""

import pytest

from office_builders import NOW, a_case, a_false_credit, a_finding, a_member, a_provider, determined
from requite.domain.case import Action, State
from requite.office.audit.models import Event
from requite.office.cases.approval import AboveLimit, Caps, turn_on
from requite.office.cases.figures import figures
from requite.office.cases.holding import (
    ChangedSince,
    NotYours,
    OtherProposal,
    Seen,
    SelfApproval,
)
from requite.office.cases.models import Case
from requite.office.cases.queries import Filters, queue_cases
from requite.office.cases.services import move_case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
WHY = "the payer settled this in writing"


@pytest.fixture
def alder() -> Provider:
    return a_provider()


@pytest.fixture
def mira(alder: Provider) -> User:
    return a_member(alder, name="mira")


@pytest.fixture
def sam(alder: Provider) -> User:
    return a_member(alder, Role.SUPERVISOR, "sam")


def step(case: Case, action: Action, actor: User, reason: str = "") -> Case:
    seen = Seen(case.provider, case.number, case.version)
    return move_case(seen, action, reason, actor=actor, at=NOW)


@pytest.mark.parametrize("party", ["payer", "patient", "undetermined"])
def test_what_may_be_somebodys_waits_for_a_second_person(
    alder: Provider, mira: User, sam: User, party: str
) -> None:
    case = step(a_case(alder, a_finding(party=party)), Action.DISMISS, mira, WHY)
    assert (case.state, case.refund_cents) == (State.WAITING_APPROVAL, None)
    case = step(case, Action.AGREE, sam)
    assert (case.state, case.resolution) == (State.RESOLVED, f"dismissed: {WHY}")
    assert (case.decided_by, case.approved_by, case.refund_cents) == (mira, sam, None)
    event = Event.objects.get(name="case.agree")
    assert (event.actor, event.facts["amount_cents"]) == (sam, case.amount_cents)


def test_what_is_nobodys_is_dismissed_by_one(alder: Provider, mira: User) -> None:
    case = step(a_case(alder, a_false_credit()), Action.DISMISS, mira, WHY)
    assert (case.state, case.resolution) == (State.RESOLVED, f"dismissed: {WHY}")


def test_nobody_agrees_to_the_own_finding(alder: Provider, sam: User) -> None:
    case = step(a_case(alder), Action.DISMISS, sam, WHY)
    with pytest.raises(SelfApproval):
        step(case, Action.AGREE, sam)


def test_a_specialist_does_not_agree(alder: Provider, mira: User) -> None:
    case = step(a_case(alder), Action.DISMISS, mira, WHY)
    with pytest.raises(NotYours):
        step(case, Action.AGREE, a_member(alder))


def test_the_limit_of_a_role_holds_for_what_rests_too(
    alder: Provider, mira: User, sam: User
) -> None:
    determined(alder, a_finding("A1", 500_001), a_finding("A2", 500_000))
    large, small = Case.objects.order_by("-amount_cents")
    case = step(large, Action.DISMISS, mira, WHY)
    with pytest.raises(AboveLimit):
        step(case, Action.AGREE, sam)
    waiting = queue_cases(
        alder, Filters(queue="approval", mine=True), user=sam, on=NOW.date()
    ).sums()
    assert waiting == (0, 0)
    step(small, Action.DISMISS, mira, WHY)
    waiting = queue_cases(
        alder, Filters(queue="approval", mine=True), user=sam, on=NOW.date()
    ).sums()
    assert waiting == (1, small.amount_cents)
    cora = a_member(alder, Role.CONTROLLER)
    assert step(case, Action.AGREE, cora).state == State.RESOLVED


def test_evidence_that_moved_is_looked_at_again(alder: Provider, mira: User, sam: User) -> None:
    case = step(a_case(alder), Action.DISMISS, mira, WHY)
    determined(alder, a_finding(cents=9000))
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(ChangedSince):
        step(case, Action.AGREE, sam)
    case = step(case, Action.REJECT, sam, "look again")
    assert (case.state, case.decision, case.decision_reason) == (State.TO_WORK, "", "")


@pytest.mark.parametrize(
    ("proposed", "decided"),
    [(Action.DISMISS, Action.APPROVE), (Action.PROPOSE_REFUND, Action.AGREE)],
)
def test_a_proposal_is_decided_as_what_it_is(
    alder: Provider, mira: User, sam: User, proposed: Action, decided: Action
) -> None:
    case = step(a_case(alder), proposed, mira, WHY)
    with pytest.raises(OtherProposal):
        step(case, decided, sam)
    assert Case.objects.get(pk=case.pk).state == State.WAITING_APPROVAL


def test_no_rule_lets_money_rest(alder: Provider, mira: User, sam: User) -> None:
    turn_on(alder, "duplicate_payment", Caps(10_000, 10_000, 10_000), actor=sam, at=NOW)
    assert step(a_case(alder), Action.DISMISS, mira, WHY).state == State.WAITING_APPROVAL
    right = queue_cases(
        alder, Filters(queue="approval", pile="right"), user=sam, on=NOW.date()
    ).sums()
    assert right == (0, 0)


@pytest.mark.parametrize("proposed", [Action.DISMISS, Action.PROPOSE_REFUND])
def test_a_proposal_is_taken_back_by_who_made_it(
    alder: Provider, mira: User, sam: User, proposed: Action
) -> None:
    case = step(a_case(alder), proposed, mira, WHY)
    with pytest.raises(OtherProposal, match="who proposed it alone"):
        step(case, Action.WITHDRAW, a_member(alder))
    case = step(case, Action.WITHDRAW, mira)
    assert (case.state, case.decision, case.refund_cents) == (State.TO_WORK, "", None)
    again = step(case, Action.PROPOSE_REFUND, mira)
    assert step(again, Action.APPROVE, sam).state == State.TO_PAY


def test_the_dashboard_shows_what_was_dismissed_apart(
    alder: Provider, mira: User, sam: User
) -> None:
    determined(alder, a_finding("A1", 7000), a_finding("A2", 500), a_finding("A3", 30))
    first, second, _ = Case.objects.order_by("-amount_cents")
    step(step(first, Action.DISMISS, mira, WHY), Action.AGREE, sam)
    step(second, Action.DISMISS, mira, WHY)
    found = figures(alder, on=NOW.date())
    assert (found.resolved, found.dismissed) == ((1, 7000), (1, 7000))
    assert found.funnel["Found"] == (2, 530)
    assert found.funnel["Proposed"] == (0, 0)
    assert found.by_state["waiting_approval"] == (1, 500)
    done = queue_cases(
        alder, Filters(queue="done", ended="dismissed"), user=sam, on=NOW.date()
    ).sums()
    assert done == (1, 7000)


def test_who_takes_a_case_up_is_named_in_its_event(alder: Provider, mira: User) -> None:
    step(a_case(alder), Action.TAKE_UP, mira)
    event = Event.objects.get(name="case.take_up")
    assert (event.before["assigned_to"], event.after["assigned_to"]) == ("", "mira")


def test_a_payment_that_shows_is_reconciled_whatever_was_decided_before(
    alder: Provider, mira: User
) -> None:
    case = a_case(alder)
    Case.objects.filter(pk=case.pk).update(
        state=State.TO_RECONCILE, decision="dismiss", decided_by=mira
    )
    cora = a_member(alder, Role.CONTROLLER)
    assert step(case, Action.RECONCILE, cora, "seen").resolution == "reconciled: seen"

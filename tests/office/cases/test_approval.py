"""Limits of approval, and proposals that a rule lets through within its caps."""

from datetime import timedelta

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
from requite.office.cases.approval import (
    AboveLimit,
    BadCaps,
    Caps,
    limit_of,
    limits_of,
    rules_on,
    set_limit,
    turn_off,
    turn_on,
    used,
)
from requite.office.cases.holding import NotYours, Seen
from requite.office.cases.models import AutomaticUse, Case
from requite.office.cases.queries import Filters, queue_cases
from requite.office.cases.services import move_case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role
from requite.office.people.services import end_membership, give_role

pytestmark = pytest.mark.django_db
CAUSE = "duplicate_payment"
CAPS = Caps(10_000, 15_000, 20_000)


@pytest.fixture
def alder() -> Provider:
    return a_provider()


@pytest.fixture
def sam(alder: Provider) -> User:
    return a_member(alder, Role.SUPERVISOR, "sam")


@pytest.fixture
def mira(alder: Provider) -> User:
    return a_member(alder, Role.SPECIALIST, "mira")


def step(case: Case, action: Action, actor: User, days: int = 0) -> Case:
    seen = Seen(case.provider, case.number, case.version)
    return move_case(seen, action, "so it is", actor=actor, at=NOW + timedelta(days=days))


def test_a_supervisor_approves_up_to_the_limit_and_a_controller_beyond(
    alder: Provider, sam: User, mira: User
) -> None:
    cora = a_member(alder, Role.CONTROLLER)
    assert (limit_of(alder, "supervisor"), limit_of(alder, "controller")) == (500_000, None)
    determined(alder, a_finding("A1", 500_000), a_finding("A2", 500_001))
    just, more = (
        step(case, Action.PROPOSE_REFUND, mira) for case in Case.objects.order_by("amount_cents")
    )
    assert step(just, Action.APPROVE, sam).state == State.TO_PAY
    with pytest.raises(AboveLimit, match=r"\$5,000\.00 that your role may approve"):
        step(more, Action.APPROVE, sam)
    assert step(more, Action.APPROVE, cora).state == State.TO_PAY


def test_the_controller_sets_the_limit_and_it_is_on_the_record(alder: Provider) -> None:
    cora = a_member(alder, Role.CONTROLLER)
    set_limit(alder, Role.SUPERVISOR, 100, actor=cora, at=NOW)
    set_limit(alder, Role.SUPERVISOR, 200, actor=cora, at=NOW)
    assert limits_of(alder) == {"supervisor": 200}
    assert limit_of(a_provider("birch"), "supervisor") == 500_000
    event = Event.objects.filter(name="limit.set").latest("number")
    assert (event.before, event.after) == ({"most_cents": 100}, {"most_cents": 200})
    for role, cents in ((Role.CONTROLLER, 1), (Role.SUPERVISOR, -1)):
        with pytest.raises(BadCaps):
            set_limit(alder, role, cents, actor=cora, at=NOW)


def test_a_rule_lets_a_proved_proposal_through_in_its_owners_name(
    alder: Provider, sam: User, mira: User
) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    case = step(a_case(alder), Action.PROPOSE_REFUND, mira)
    assert (case.state, case.approved_by, case.decided_by) == (State.TO_PAY, sam, mira)
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.version) == (State.TO_PAY, case.version)
    event = Event.objects.get(name="case.approve")
    assert (event.actor, event.facts["by_rule"], event.facts["turned_on_by"]) == (
        None,
        CAUSE,
        "sam",
    )
    assert used(alder, CAUSE, DAY) == (7000, 7000)


@pytest.mark.parametrize(
    "row",
    [
        a_finding("A1", 10_001),
        a_finding("A1", certainty="likely"),
        a_finding("A1", cause="dual_primary"),
    ],
    ids=["above the cap", "not proved", "another cause"],
)
def test_what_does_not_fit_waits_for_a_person(
    alder: Provider, sam: User, mira: User, row: object
) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    case = step(a_case(alder, row), Action.PROPOSE_REFUND, mira)  # type: ignore[arg-type]
    assert case.state == State.WAITING_APPROVAL
    assert not AutomaticUse.objects.exists()


def test_a_case_with_another_finding_beside_waits_for_a_person(
    alder: Provider, sam: User, mira: User
) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    other = a_finding("A1", 100, cause="dual_primary", line_no=2)
    determined(alder, a_finding("A1"), other)
    case = step(Case.objects.get(), Action.PROPOSE_REFUND, mira)
    assert (case.cause, case.state) == (CAUSE, State.WAITING_APPROVAL)


def test_caps_of_day_and_month_hold(alder: Provider, sam: User, mira: User) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    determined(alder, *(a_finding(f"A{n}", 7000) for n in range(5)))
    first, second, third, fourth, fifth = Case.objects.order_by("number")
    assert step(first, Action.PROPOSE_REFUND, mira).state == State.TO_PAY
    assert step(second, Action.PROPOSE_REFUND, mira).state == State.TO_PAY
    assert step(third, Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL  # the day's
    assert step(fourth, Action.PROPOSE_REFUND, mira, days=1).state == State.WAITING_APPROVAL
    assert used(alder, CAUSE, DAY) == (14_000, 14_000)
    next_month = step(fifth, Action.PROPOSE_REFUND, mira, days=6)
    assert next_month.state == State.TO_PAY


def test_nobody_approves_an_own_proposal_by_a_rule_either(alder: Provider, sam: User) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    assert step(a_case(alder), Action.PROPOSE_REFUND, sam).state == State.WAITING_APPROVAL


def test_a_rule_ends_with_its_owners_role(alder: Provider, sam: User, mira: User) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    give_role(sam, alder, Role.AUDITOR, actor=None, at=NOW)
    determined(alder, a_finding("A1"), a_finding("A2"))
    first, second = Case.objects.order_by("number")
    assert step(first, Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL
    end_membership(sam, alder, actor=None, at=NOW)
    assert step(second, Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL


def test_a_rule_never_goes_beyond_its_owners_limit(alder: Provider, sam: User, mira: User) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    cora = a_member(alder, Role.CONTROLLER)
    set_limit(alder, Role.SUPERVISOR, 6999, actor=cora, at=NOW)
    assert step(a_case(alder), Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL


def test_a_rule_is_of_one_provider_and_can_be_turned_off(
    alder: Provider, sam: User, mira: User
) -> None:
    turn_on(alder, CAUSE, CAPS, actor=sam, at=NOW)
    birch = a_provider("birch")
    noor = a_member(birch)
    assert step(a_case(birch), Action.PROPOSE_REFUND, noor).state == State.WAITING_APPROVAL
    assert turn_off(alder, CAUSE, actor=sam, at=NOW)
    assert not turn_off(alder, CAUSE, actor=sam, at=NOW)
    assert step(a_case(alder), Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL
    assert [name for name in Event.objects.values_list("name", flat=True) if "auto" in name] == [
        "automatic.on", "automatic.off",
    ]  # fmt: skip


@pytest.mark.parametrize("caps", [(0, 1, 1), (2, 1, 3), (1, 3, 2), (-1, -1, -1)])
def test_caps_that_do_not_hold_one_another_are_refused(
    alder: Provider, sam: User, caps: tuple[int, int, int]
) -> None:
    with pytest.raises(BadCaps):
        turn_on(alder, CAUSE, Caps(*caps), actor=sam, at=NOW)
    with pytest.raises(BadCaps):
        turn_on(alder, "no_such_cause", CAPS, actor=sam, at=NOW)


def test_only_who_may_approve_turns_a_rule_on(alder: Provider, mira: User) -> None:
    with pytest.raises(NotYours):
        turn_on(alder, CAUSE, CAPS, actor=mira, at=NOW)
    assert not rules_on(alder).exists()


def test_piles_and_what_waits_for_me(alder: Provider, sam: User, mira: User) -> None:
    determined(
        alder, a_finding("right"), a_finding("needs", certainty="likely"), a_finding("own"),
        a_false_credit("false"),
    )  # fmt: skip
    for case in Case.objects.exclude(account_id="false"):
        step(case, Action.PROPOSE_REFUND, sam if case.account_id == "own" else mira)

    def listed(**how: object) -> set[str]:
        filters = Filters(queue="approval", **how)  # type: ignore[arg-type]
        return {case.account_id for case in queue_cases(alder, filters, user=sam, on=DAY)}

    assert listed(pile="right") == {"right", "own"}
    assert listed(pile="needs") == {"needs"}
    assert listed(mine=True) == {"right", "needs"}
    assert listed() == {"right", "needs", "own"}

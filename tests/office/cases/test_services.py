"""What people do with cases: each step, each refusal, each trace it leaves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

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
from requite.domain.case import NEXT, PERMISSION, Action, NotAllowedNow, State
from requite.office.audit.models import Event
from requite.office.cases.assignment import NotToAssign, assign_case
from requite.office.cases.corrections import NothingToCorrect, mark_sent
from requite.office.cases.holding import (
    ChangedSince,
    NoRefund,
    NoSuchCase,
    NotYours,
    ReasonMissing,
    Seen,
    SelfApproval,
    StaleCase,
)
from requite.office.cases.models import Case, Correction, Question
from requite.office.cases.queries import Filters, queue_cases, queue_counts
from requite.office.cases.services import add_note, each_case, move_case
from requite.office.cases.snooze import BadSnooze, NoSnooze, snooze_case
from requite.office.people.models import User
from requite.office.people.permission import allows
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
WHY = "so it is"


def seen(case: Case) -> Seen:
    return Seen(case.provider, case.number, case.version)


def step(case: Case, action: Action, actor: User, reason: str = WHY) -> Case:
    return move_case(seen(case), action, reason, actor=actor, at=NOW)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", [action for action in Action if action != Action.CLOSE])
def test_every_action_in_every_state_does_what_the_table_says(state: State, action: Action) -> None:
    alder = a_provider()
    row = a_finding() if action == Action.PROPOSE_REFUND else a_false_credit()
    case = a_case(alder, row)
    role = next(role for role in Role if allows(role, PERMISSION[action]))
    actor = a_member(alder, role)
    values = {
        "state": state, "resolved_at": NOW if state == State.RESOLVED else None,
        "decision": "dismiss" if action == Action.AGREE else "",
        "decided_by": actor if action == Action.WITHDRAW else None,
    }  # fmt: skip
    Case.objects.filter(pk=case.pk).update(**values)
    if (state, action) not in NEXT:
        with pytest.raises(NotAllowedNow):
            step(case, action, actor)
        assert not Event.objects.filter(name=f"case.{action}").exists()
        return
    after = step(case, action, actor)
    assert (after.state, after.version) == (NEXT[state, action], case.version + 1)
    event = Event.objects.get(name=f"case.{action}")
    assert (event.actor, event.before["state"], event.after["state"]) == (actor, state, after.state)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", [Action.PROPOSE_REFUND, Action.DISMISS, Action.ASK_PROVIDER])
def test_only_roles_with_the_permission_may_decide(role: Role, action: Action) -> None:
    alder = a_provider()
    case, actor = a_case(alder), a_member(alder, role)
    if allows(role, PERMISSION[action]):
        assert step(case, action, actor).decided_by == actor
    else:
        with pytest.raises(NotYours):
            step(case, action, actor)


def test_a_stranger_does_nothing() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    case, stranger = a_case(alder), a_member(birch)
    with pytest.raises(NotYours):
        step(case, Action.TAKE_UP, stranger)
    with pytest.raises(NoSuchCase):
        move_case(Seen(birch, case.number, 1), Action.TAKE_UP, actor=stranger, at=NOW)


def test_nobody_approves_an_own_proposal() -> None:
    alder = a_provider()
    boss = a_member(alder, Role.SUPERVISOR)
    case = step(a_case(alder), Action.PROPOSE_REFUND, boss)
    with pytest.raises(SelfApproval, match="cannot also decide"):
        step(case, Action.APPROVE, boss)
    other = a_member(alder, Role.CONTROLLER)
    assert step(case, Action.APPROVE, other).state == State.TO_PAY


def test_the_database_too_refuses_an_own_approval() -> None:
    alder = a_provider()
    boss = a_member(alder, Role.SUPERVISOR)
    case = step(a_case(alder), Action.PROPOSE_REFUND, boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(approved_by=boss)


def test_a_stale_change_is_refused_and_nothing_is_written() -> None:
    alder = a_provider()
    mira, noor = a_member(alder), a_member(alder)
    case = a_case(alder)
    step(case, Action.TAKE_UP, mira)
    with pytest.raises(StaleCase, match="has changed since you opened it"):
        step(case, Action.DISMISS, noor)
    assert Case.objects.get(pk=case.pk).state == State.TO_WORK
    assert not Event.objects.filter(name="case.dismiss").exists()


def test_money_does_not_go_out_on_evidence_that_has_moved() -> None:
    alder = a_provider()
    mira, boss = a_member(alder), a_member(alder, Role.SUPERVISOR)
    case = step(a_case(alder), Action.PROPOSE_REFUND, mira)
    Case.objects.filter(pk=case.pk).update(changed_since_decided=True)
    with pytest.raises(ChangedSince):
        step(case, Action.APPROVE, boss)
    assert step(case, Action.REJECT, boss).state == State.TO_WORK


@pytest.mark.parametrize("action", [Action.DISMISS, Action.ASK_PROVIDER])
def test_what_others_must_follow_needs_a_reason(action: Action) -> None:
    alder = a_provider()
    with pytest.raises(ReasonMissing):
        step(a_case(alder), action, a_member(alder), "  ")


def test_a_true_credit_is_not_corrected() -> None:
    alder = a_provider()
    with pytest.raises(NothingToCorrect, match="No posting puts"):
        step(a_case(alder), Action.CORRECT, a_member(alder))


def test_another_decision_takes_back_entries_that_were_not_sent() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    step(case, Action.DISMISS, mira)
    assert list(Correction.objects.values_list("status", flat=True)) == ["withdrawn"]


def test_corrections_are_sent_once_and_only_the_provider_s_own() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    mira = a_member(alder)
    step(a_case(alder, a_false_credit()), Action.CORRECT, mira)
    ids = list(Correction.objects.values_list("pk", flat=True))
    assert mark_sent(birch, ids, actor=mira, at=NOW) == 0
    assert mark_sent(alder, ids, actor=mira, at=NOW) == 1
    assert mark_sent(alder, ids, actor=mira, at=NOW) == 0


def test_a_question_goes_to_the_provider_and_its_answer_back_to_work() -> None:
    alder = a_provider()
    mira, contact = a_member(alder), a_member(alder, Role.PROVIDER_CONTACT)
    case = step(a_case(alder), Action.ASK_PROVIDER, mira, "Which plan was primary?")
    case = move_case(seen(case), Action.ANSWER, "The group plan.", actor=contact, at=NOW)
    question = Question.objects.get(case=case)
    assert (question.text, question.answer, question.answered_by) == (
        "Which plan was primary?", "The group plan.", contact,
    )  # fmt: skip
    assert case.state == State.TO_WORK


def test_a_case_put_aside_comes_back_by_itself() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = a_case(alder)
    until = DAY + timedelta(days=5)
    snooze_case(seen(case), until, "the payer calls back", actor=mira, at=NOW)

    def listed(days: int, **how: bool) -> int:
        on = DAY + timedelta(days=days)
        return len(queue_cases(alder, Filters(**how), user=mira, on=on))

    assert [listed(0), listed(4), listed(5)] == [0, 0, 1]
    assert listed(0, snoozed=True) == 1
    assert queue_counts(alder, on=DAY)["work"].cases == 0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_false_credit(), "nobody is owed"),
        (a_finding(party="undetermined", party_id=None, disposition="review"), "not known yet"),
        (a_finding(party="patient", disposition="hold"), "an answer is still to come"),
        (a_finding(disposition="corrected_claim"), "something else than a refund"),
    ],
    ids=["nobody's", "undecided", "too early", "no refund"],
)
def test_no_refund_is_proposed_where_none_is_due(row: object, why: str) -> None:
    alder = a_provider()
    case = a_case(alder, row)  # type: ignore[arg-type]
    with pytest.raises(NoRefund, match=why):
        step(case, Action.PROPOSE_REFUND, a_member(alder))


def test_a_payment_that_was_approved_can_still_be_stopped() -> None:
    alder = a_provider()
    mira, sam = a_member(alder), a_member(alder, Role.SUPERVISOR)
    cora = a_member(alder, Role.CONTROLLER)
    case = step(step(a_case(alder), Action.PROPOSE_REFUND, mira), Action.APPROVE, sam)
    determined(alder, a_finding(cents=7100))
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(ChangedSince):
        step(case, Action.PAY, cora)
    case = step(case, Action.REJECT, cora)
    assert (case.state, case.decision, case.approved_by) == (State.TO_WORK, "", None)
    assert step(case, Action.PROPOSE_REFUND, mira).state == State.WAITING_APPROVAL


def test_a_question_can_be_left_and_asked_again() -> None:
    alder = a_provider()
    mira, paul = a_member(alder), a_member(alder, Role.PROVIDER_CONTACT)
    case = step(a_case(alder), Action.ASK_PROVIDER, mira, "Which plan was first?")
    case = step(case, Action.TAKE_UP, mira)
    first = Question.objects.get()
    assert (first.answered_by, first.answer.startswith("Withdrawn")) == (mira, True)
    case = step(case, Action.ASK_PROVIDER, mira, "And which was second?")
    move_case(seen(case), Action.ANSWER, "The group plan.", actor=paul, at=NOW)
    assert list(Question.objects.order_by("pk").values_list("answer", flat=True)) == [
        first.answer, "The group plan.",
    ]  # fmt: skip


def test_a_question_about_a_credit_that_is_gone_is_withdrawn() -> None:
    alder = a_provider()
    mira = a_member(alder)
    step(a_case(alder), Action.ASK_PROVIDER, mira, "Which plan was first?")
    determined(alder)
    assert Question.objects.get().answer == "Withdrawn: the credit is gone."
    determined(alder, a_finding())
    case = Case.objects.get()
    assert step(case, Action.ASK_PROVIDER, mira, "Which plan?").state == State.WAITING_PROVIDER


@pytest.mark.parametrize(
    ("due", "days", "fits"),
    [
        (None, 0, False), (None, 1, True), (None, 90, True), (None, 91, False),
        (10, 10, True), (10, 11, False), (400, 90, True), (400, 91, False),
    ],
)  # fmt: skip
def test_a_case_comes_back_before_it_is_late(due: int | None, days: int, *, fits: bool) -> None:
    alder = a_provider()
    mira = a_member(alder)
    due_on = None if due is None else DAY + timedelta(days=due)
    case = a_case(alder, a_finding(due_on=due_on))
    until = DAY + timedelta(days=days)
    if fits:
        assert snooze_case(seen(case), until, WHY, actor=mira, at=NOW).snoozed_until == until
    else:
        with pytest.raises(BadSnooze):
            snooze_case(seen(case), until, WHY, actor=mira, at=NOW)


@pytest.mark.parametrize("due", [-5, 0], ids=["past due", "due today"])
def test_what_is_due_never_sleeps(due: int) -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = a_case(alder, a_finding(due_on=DAY + timedelta(days=due)))
    with pytest.raises(NoSnooze):
        snooze_case(seen(case), DAY + timedelta(days=1), WHY, actor=mira, at=NOW)


def test_what_was_decided_is_not_put_aside() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = step(a_case(alder), Action.PROPOSE_REFUND, mira)
    with pytest.raises(NoSnooze):
        snooze_case(seen(case), DAY + timedelta(days=1), WHY, actor=mira, at=NOW)


def test_a_case_that_sleeps_wakes_when_its_clock_moves_up() -> None:
    alder = a_provider()
    mira = a_member(alder)
    case = a_case(alder)
    snooze_case(seen(case), DAY + timedelta(days=30), WHY, actor=mira, at=NOW)
    assert not queue_cases(alder, Filters(), user=mira, on=DAY)[:5]
    determined(alder, a_finding(due_on=DAY))
    assert [each.pk for each in queue_cases(alder, Filters(), user=mira, on=DAY)[:5]] == [case.pk]
    assert queue_counts(alder, on=DAY)["work"].cases == 1


def test_an_answer_is_kept_by_whichever_way_it_comes() -> None:
    alder = a_provider()
    mira, petra = a_member(alder), a_member(alder, Role.PROVIDER_CONTACT)
    case = step(a_case(alder), Action.ASK_PROVIDER, mira, "Which plan?")
    with pytest.raises(ReasonMissing):
        step(case, Action.ANSWER, petra, " ")
    case = step(Case.objects.get(pk=case.pk), Action.ANSWER, petra, "The plan of her spouse.")
    question = Question.objects.get(case=case)
    assert (question.answer, question.answered_by) == ("The plan of her spouse.", petra)
    assert case.state == State.TO_WORK


def test_a_name_at_the_end_of_a_sentence_is_a_mention() -> None:
    alder = a_provider()
    mira, sam = a_member(alder), a_member(alder, name="sam.t")
    note = add_note(alder, a_case(alder).number, "Ask @sam.t.", actor=mira, at=NOW)
    assert list(note.mentions.all()) == [sam]


def test_a_case_is_given_only_to_who_may_work_it() -> None:
    alder = a_provider()
    boss, mira = a_member(alder, Role.SUPERVISOR), a_member(alder)
    auditor = a_member(alder, Role.AUDITOR)
    case = assign_case(seen(a_case(alder)), mira, actor=boss, at=NOW)
    assert case.assigned_to == mira
    with pytest.raises(NotYours):
        assign_case(seen(case), auditor, actor=boss, at=NOW)
    assert assign_case(seen(case), None, actor=boss, at=NOW).assigned_to is None


def test_a_note_mentions_only_people_of_the_provider() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    mira, noor, other = (
        a_member(alder, name="mira"), a_member(alder, name="noor"), a_member(birch, name="odd"),
    )  # fmt: skip
    case = a_case(alder)
    note = add_note(alder, case.number, "@noor and @odd, look", actor=mira, at=NOW)
    assert list(note.mentions.all()) == [noor]
    assert other not in note.mentions.all()
    with pytest.raises(ReasonMissing):
        add_note(alder, case.number, "  ", actor=mira, at=NOW)


def test_who_may_not_assign_takes_only_what_is_free_and_gives_back_the_own() -> None:
    alder = a_provider()
    mira, noor, boss = a_member(alder), a_member(alder), a_member(alder, Role.SUPERVISOR)
    case = assign_case(seen(a_case(alder)), mira, actor=mira, at=NOW)
    with pytest.raises(NotToAssign):
        assign_case(seen(case), noor, actor=noor, at=NOW)
    with pytest.raises(NotToAssign):
        assign_case(seen(case), noor, actor=mira, at=NOW)
    case = assign_case(seen(case), None, actor=mira, at=NOW)
    case = assign_case(seen(case), noor, actor=boss, at=NOW)
    assert Case.objects.get(pk=case.pk).assigned_to == noor


def test_one_bad_case_of_many_does_not_stop_the_others() -> None:
    alder = a_provider()
    mira = a_member(alder)
    determined(alder, *(a_finding(f"A{number}") for number in range(1, 4)))
    cases = list(Case.objects.order_by("number"))
    step(cases[1], Action.TAKE_UP, mira)
    results = each_case(
        alder,
        [case.number for case in cases],
        lambda number: step(cases[number - 1], Action.DISMISS, mira),
    )
    assert [bool(result.problem) for result in results] == [False, True, False]
    assert Case.objects.filter(state=State.WAITING_APPROVAL).count() == 2

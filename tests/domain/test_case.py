"""The life of a case: every action in every state."""

import pytest

from requite.domain.case import (
    ACTION_WORDS,
    ADVISED,
    NEXT,
    PERMISSION,
    STATE_WORDS,
    Action,
    NotAllowedNow,
    State,
    actions_in,
    after,
)
from requite.domain.parties import Disposition


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_an_action_leads_where_the_table_says_or_is_refused(state: State, action: Action) -> None:
    if (state, action) in NEXT:
        assert after(state, action) == NEXT[state, action]
    else:
        with pytest.raises(NotAllowedNow, match="is not possible"):
            after(state, action)


def test_a_refund_needs_a_second_person_before_it_is_paid() -> None:
    roads_to_pay = [state for (state, _), to in NEXT.items() if to == State.TO_PAY]
    assert roads_to_pay == [State.WAITING_APPROVAL]
    assert PERMISSION[Action.APPROVE] != PERMISSION[Action.PROPOSE_REFUND]


@pytest.mark.parametrize("state", [state for state in State if state != State.RESOLVED])
def test_every_open_case_can_be_closed_by_the_ledger(state: State) -> None:
    assert after(state, Action.CLOSE) == State.RESOLVED
    assert Action.CLOSE not in actions_in(state)


def test_every_state_can_be_reached_and_left() -> None:
    assert set(NEXT.values()) | {State.NEW} == set(State)
    assert {state for state, _ in NEXT} == set(State)


def test_everything_has_its_words_and_what_people_do_a_permission() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(ACTION_WORDS) == set(Action)
    assert set(PERMISSION) == set(Action) - {Action.CLOSE}
    assert set(ADVISED) == set(Disposition)

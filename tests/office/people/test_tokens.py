"""Tokens end: on their day, with the role, with a password reset, with their user."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from office_builders import DAY, NOW, a_member, a_provider, a_token
from requite.cli.main import main
from requite.office.audit.models import Event
from requite.office.people.models import ApiToken, Provider, User
from requite.office.people.role import Role
from requite.office.people.services import (
    activate_user,
    deactivate_user,
    end_membership,
    give_role,
    reset_password,
)
from requite.office.people.tokens import BadEnd, NewToken, bearer, make_token, tokens_of

pytestmark = pytest.mark.django_db
End = Callable[[User, Provider], object]


@pytest.fixture(name="alder")
def _alder() -> Provider:
    return a_provider()


ENDS: dict[str, End] = {
    "password reset": lambda user, _: reset_password(user, actor=None, at=NOW),
    "role ended": lambda user, alder: end_membership(user, alder, actor=None, at=NOW),
    "another role": lambda user, alder: give_role(user, alder, Role.AUDITOR, actor=None, at=NOW),
    "user deactivated": lambda user, _: deactivate_user(user, actor=None, at=NOW),
}


@pytest.mark.parametrize("why", ENDS)
def test_a_token_ends_with_what_it_stands_on_and_does_not_come_back(
    alder: Provider, why: str
) -> None:
    mira = a_member(alder)
    text = a_token(mira, alder)
    ENDS[why](mira, alder)
    mira.must_change_password = False
    mira.save()
    activate_user(mira, actor=None, at=NOW)
    give_role(mira, alder, Role.SPECIALIST, actor=None, at=NOW)
    assert bearer(text, on=timezone.localdate()) is None
    ended = Event.objects.get(name="token.ended")
    assert (ended.facts["why"], ended.chain.name) == (why, "alder")


def test_a_role_that_changes_elsewhere_leaves_a_token_alone(alder: Provider) -> None:
    mira, birch = a_member(alder), a_provider("birch")
    give_role(mira, birch, Role.AUDITOR, actor=None, at=NOW)
    text = a_token(mira, alder)
    end_membership(mira, birch, actor=None, at=NOW)
    assert bearer(text, on=timezone.localdate()) is not None


def test_a_token_holds_through_its_last_day(alder: Provider) -> None:
    mira = a_member(alder)
    made, text = make_token(mira, alder, NewToken("x", ends_on=DAY), at=NOW)
    assert bearer(text, on=DAY) == made
    assert bearer(text, on=DAY + timedelta(days=1)) is None
    assert list(tokens_of(mira, alder, on=DAY)) == [made]
    assert not tokens_of(mira, alder, on=DAY + timedelta(days=1)).exists()


def test_each_token_has_an_end_and_none_is_too_far_away(alder: Provider, settings: Any) -> None:
    settings.TOKEN_DAYS, settings.TOKEN_DAYS_AT_MOST = 30, 60
    mira = a_member(alder)
    made, _ = make_token(mira, alder, NewToken("x"), at=NOW)
    assert made.ends_on == DAY + timedelta(days=30)
    make_token(mira, alder, NewToken("x", ends_on=DAY + timedelta(days=60)), at=NOW)
    for days in (-1, 61):
        with pytest.raises(BadEnd, match="from today to 2027-01-25"):
            make_token(mira, alder, NewToken("x", ends_on=DAY + timedelta(days=days)), at=NOW)


def test_the_command_says_until_when_a_token_is_good(alder: Provider) -> None:
    a_member(alder, name="mira")
    until = timezone.localdate() + timedelta(days=7)
    words = ["people", "add-token", "mira", "--provider", "alder", "--name", "x"]
    done = CliRunner().invoke(main, [*words, "--until", f"{until}"])
    assert done.exit_code == 0
    assert f"It is good until {until}." in done.stderr
    refused = CliRunner().invoke(main, [*words, "--until", "2020-01-01"])
    assert refused.exit_code == 1
    assert "cannot end on 2020-01-01" in refused.stderr
    assert ApiToken.objects.count() == 1

"""The e-mail of the day: what it says, to whom, and that nobody gets two."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from click.testing import CliRunner
from django.core import mail

from office_builders import DAY, NOW, a_finding, a_member, a_provider, determined
from requite.cli.digest import text_of
from requite.cli.main import main
from requite.domain.case import Action
from requite.office.audit.models import Event
from requite.office.cases.assignment import assign_case
from requite.office.cases.digest import digest_of
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case
from requite.office.cases.services import add_note, move_case
from requite.office.people.models import Provider, User
from requite.office.people.own import send_once
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    provider = a_provider()
    determined(
        provider, a_finding("late", due_on=DAY - timedelta(days=1)),
        a_finding("soon", due_on=DAY + timedelta(days=3)), a_finding("A3"),
    )  # fmt: skip
    return provider


def reader(provider: Provider, role: Role, name: str) -> User:
    user = a_member(provider, role, name)
    user.email, user.wants_digest = f"{name}@alder.example", True
    user.save()
    return user


def seen(case: Case) -> Seen:
    return Seen(case.provider, case.number, case.version)


def test_a_specialist_is_told_of_the_own_cases_and_mentions(alder: Provider) -> None:
    mira, sam = reader(alder, Role.SPECIALIST, "mira"), reader(alder, Role.SUPERVISOR, "sam")
    assert digest_of(mira, on=DAY) == []
    case = Case.objects.get(account_id="late")
    assign_case(seen(case), mira, actor=sam, at=NOW)
    add_note(alder, case.number, "Please look @mira", actor=sam, at=NOW)
    (told,) = digest_of(mira, on=DAY)
    assert (told.mine, told.past_due, told.due_week, told.for_approval) == (1, 1, 0, 0)
    assert told.mentions == (case.label,)
    text = text_of("mira", [told])
    assert "Alder Medical Center" in text
    assert "1 past due" in text
    for private in ("Quist", "Larkspur", "Please look", "$"):
        assert private not in text


def test_each_role_is_told_what_waits_for_it(alder: Provider) -> None:
    mira, sam = reader(alder, Role.SPECIALIST, "mira"), reader(alder, Role.SUPERVISOR, "sam")
    cora = reader(alder, Role.CONTROLLER, "cora")
    paul = reader(alder, Role.PROVIDER_CONTACT, "paul")
    first, second, third = Case.objects.order_by("number")
    move_case(seen(first), Action.PROPOSE_REFUND, actor=mira, at=NOW)
    moved = move_case(seen(second), Action.PROPOSE_REFUND, actor=mira, at=NOW)
    move_case(seen(moved), Action.APPROVE, actor=sam, at=NOW)
    move_case(seen(third), Action.ASK_PROVIDER, "Which plan?", actor=mira, at=NOW)
    assert digest_of(sam, on=DAY)[0].for_approval == 1
    assert (digest_of(cora, on=DAY)[0].for_approval, digest_of(cora, on=DAY)[0].to_pay) == (1, 1)
    assert digest_of(paul, on=DAY)[0].questions == 1
    assert digest_of(reader(alder, Role.ADMINISTRATOR, "ada"), on=DAY) == []


def test_nobody_gets_two_on_one_day_and_a_failure_is_tried_again(alder: Provider) -> None:
    sam = reader(alder, Role.SUPERVISOR, "sam")
    sent: list[str] = []

    def fail() -> None:
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        send_once(sam, fail, on=DAY, at=NOW)
    assert send_once(sam, lambda: sent.append("one"), on=DAY, at=NOW)
    assert not send_once(sam, lambda: sent.append("two"), on=DAY, at=NOW)
    assert send_once(sam, lambda: sent.append("next day"), on=DAY + timedelta(days=1), at=NOW)
    assert sent == ["one", "next day"]
    assert Event.objects.filter(name="digest.sent").count() == 3
    assert Event.objects.filter(name="digest.failed").count() == 1


def test_the_command_sends_shows_and_asks_for_a_server(alder: Provider, settings) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    reader(alder, Role.SUPERVISOR, "sam")
    refused = CliRunner().invoke(main, ["digest"])
    assert (refused.exit_code, "No mail server is set" in refused.output) == (1, True)
    shown = CliRunner().invoke(main, ["digest", "--dry-run"])
    assert "Nobody would get" not in shown.output
    assert "To sam@alder.example" in shown.output
    settings.MAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = True, "office@alder.example"
    for told in ("1 e-mails", "0 e-mails"):
        assert told in CliRunner().invoke(main, ["digest"]).output
    (message,) = mail.outbox
    assert (message.to, message.from_email) == (["sam@alder.example"], "office@alder.example")
    assert "past due" in message.body


def test_a_dry_run_says_where_nobody_gets_one(alder: Provider) -> None:
    a_member(alder)
    shown = CliRunner().invoke(main, ["digest", "--dry-run"])
    assert (shown.exit_code, "Nobody would get an e-mail" in shown.output) == (0, True)


def test_one_bad_address_does_not_stop_the_others(alder: Provider, settings, monkeypatch) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    reader(alder, Role.SUPERVISOR, "ann")
    reader(alder, Role.SUPERVISOR, "sam")
    settings.MAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = True, "office@alder.example"
    in_hand = []

    def send(subject: str, text: str, sender: str, to: list[str]) -> None:
        del subject, text, sender
        if to == ["ann@alder.example"]:
            raise SMTPRecipientsRefused({})
        in_hand.extend(to)

    monkeypatch.setattr("django.core.mail.send_mail", send)
    run = CliRunner().invoke(main, ["digest"])
    assert run.exit_code == 1
    assert "1 e-mails were not sent (ann: SMTPRecipientsRefused)" in run.output
    assert in_hand == ["sam@alder.example"]
    assert list(User.objects.filter(digest_on=None, wants_digest=True)) == [
        User.objects.get(username="ann")
    ]

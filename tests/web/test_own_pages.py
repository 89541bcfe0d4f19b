"""One's own page, help, the first look around, approvals and presence, as a browser sends them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from office_builders import NOW, a_case, a_finding, a_member, a_provider
from requite.domain.case import Action
from requite.office.audit.models import Event
from requite.office.cases.approval import limit_of, rules_on
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case
from requite.office.cases.services import add_note, move_case
from requite.office.people.models import ApiToken, Provider, User
from requite.office.people.role import Role
from requite.web.help import HELP

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_first_look_around_is_offered_once(alder: Provider) -> None:
    mira = a_member(alder)
    client = client_of(mira)
    assert "A first look around" in text(client, "/alder/cases/")
    client.post("/alder/people/me/tour")
    assert "A first look around" not in text(client, "/alder/cases/")
    assert Event.objects.get(name="tour.ended").actor == mira


def test_notes_that_mention_me_are_on_my_page(alder: Provider) -> None:
    mira, noor = a_member(alder, name="mira"), a_member(alder, name="noor")
    add_note(alder, a_case(alder).number, "Called @noor", actor=mira, at=NOW)
    assert "Called @noor" in text(client_of(noor), "/alder/people/me")
    assert "None. Who writes @mira" in text(client_of(mira), "/alder/people/me")


def test_a_token_is_made_shown_once_and_ended(alder: Provider) -> None:
    client = client_of(a_member(alder))
    client.post("/alder/people/me/tokens/add", {"name": "nightly export"})
    assert "shown this once: requite_" in text(client, "/alder/people/me")
    again = text(client, "/alder/people/me")
    assert "requite_" not in again
    assert "nightly export" in again
    token = ApiToken.objects.get()
    other = client_of(a_member(alder))
    assert other.post(f"/alder/people/me/tokens/{token.pk}/end").status_code == 404
    client.post(f"/alder/people/me/tokens/{token.pk}/end")
    assert ApiToken.objects.get().revoked_at is not None


def test_my_page_shows_until_when_a_token_is_good(alder: Provider) -> None:
    client = client_of(a_member(alder))
    today = timezone.localdate()
    for days, made in ((5, 1), (366, 1), (-1, 1)):
        until = today + timedelta(days=days)
        form = {"name": "nightly", "ends_on": f"{until}"}
        client.post("/alder/people/me/tokens/add", form)
        assert ApiToken.objects.count() == made
    assert "A token cannot end on" in text(client, "/alder/people/me")
    shown = text(client, "/alder/people/me")
    assert f"{today + timedelta(days=5)}" in shown
    assert f'value="{today + timedelta(days=90)}"' in shown
    form = {"name": "nightly", "ends_on": "soon"}
    assert client.post("/alder/people/me/tokens/add", form).status_code == 422


def test_the_daily_e_mail_is_chosen_by_who_has_an_address(alder: Provider) -> None:
    mira = a_member(alder)
    client = client_of(mira)
    client.post("/alder/people/me/digest", {"wanted": "1"})
    assert "There is no e-mail address" in text(client, "/alder/people/me")
    User.objects.filter(pk=mira.pk).update(email="mira@alder.example")
    client.post("/alder/people/me/digest", {"wanted": "1"})
    assert User.objects.get(pk=mira.pk).wants_digest
    client.post("/alder/people/me/digest", {"wanted": "0"})
    assert not User.objects.get(pk=mira.pk).wants_digest


@pytest.mark.parametrize("part", HELP)
def test_each_page_is_explained_with_its_keys_and_words(alder: Provider, part: str) -> None:
    page = text(client_of(a_member(alder)), f"/alder/help/{part}")
    assert HELP[part].purpose.split("'")[0][:40] in page
    assert "masked credit" in page
    assert "next and previous case" in page


def test_a_page_leads_to_its_own_help(alder: Provider) -> None:
    client = client_of(a_member(alder, Role.SUPERVISOR))
    for path, part in (
        ("cases/", "queue"), ("dashboard/", "dashboard"), ("imports/", "imports"),
        ("cases/approvals", "approvals"), ("people/me", "me"), ("help/case", "queue"),
    ):  # fmt: skip
        assert f'hx-get="/alder/help/{part}" hx-target="#help-body" data-key="h"' in text(
            client, f"/alder/{path}"
        )


def test_who_else_has_a_case_open_is_named(alder: Provider) -> None:
    case = a_case(alder)
    mira, noor = (client_of(a_member(alder, name=name)) for name in ("mira", "noor"))
    path = f"/alder/cases/{case.number}/"
    assert "this case open" not in text(mira, path)
    assert "mira has this case open" in text(noor, path)
    assert "noor has this case open" in text(mira, f"{path}presence")
    assert "noor has this case open" not in text(noor, f"{path}presence")
    read = Event.objects.filter(name="case.read").count()
    text(mira, f"{path}presence")
    assert Event.objects.filter(name="case.read").count() == read


def test_asking_who_is_there_does_not_keep_a_session_alive(alder: Provider) -> None:
    case, client = a_case(alder), client_of(a_member(alder))
    client.get("/alder/cases/")
    session = client.session
    session["last_seen"] -= 100
    session.save()
    seen = session["last_seen"]
    client.get(f"/alder/cases/{case.number}/presence", headers={"X-Beat": "1"})
    assert client.session["last_seen"] == seen
    client.get("/alder/cases/")
    assert client.session["last_seen"] > seen


def propose(case: Case, by: User) -> None:
    seen = Seen(case.provider, case.number, case.version)
    move_case(seen, Action.PROPOSE_REFUND, actor=by, at=NOW)


def test_the_limit_is_shown_before_it_is_hit(alder: Provider) -> None:
    case = a_case(alder, a_finding("A1", 600_000))
    propose(case, a_member(alder))
    sam, cora = a_member(alder, Role.SUPERVISOR), a_member(alder, Role.CONTROLLER)
    page = text(client_of(sam), f"/alder/cases/{case.number}/")
    assert "Your role approves up to $5,000.00" in page
    assert "Above the $5,000.00 that your role may approve" in page
    assert "Above the" not in text(client_of(cora), f"/alder/cases/{case.number}/")


def test_who_proposed_sees_why_not_to_approve(alder: Provider) -> None:
    case, sam = a_case(alder), a_member(alder, Role.SUPERVISOR)
    propose(case, sam)
    page = text(client_of(sam), f"/alder/cases/{case.number}/")
    assert "You proposed it: somebody else decides" in page


def test_limits_and_rules_are_set_on_the_page_of_approvals(alder: Provider) -> None:
    sam, cora = a_member(alder, Role.SUPERVISOR), a_member(alder, Role.CONTROLLER)
    form = {"role": "supervisor", "most": "$1,250.50"}
    assert client_of(sam).post("/alder/cases/approvals/limit", form).status_code == 403
    client_of(cora).post("/alder/cases/approvals/limit", form)
    assert limit_of(alder, "supervisor") == 125_050
    rule = {"cause": "duplicate_payment", "most": "100", "day": "500", "month": "2000"}
    client_of(sam).post("/alder/cases/approvals/automatic", rule)
    page = text(client_of(sam), "/alder/cases/approvals")
    assert "$1,250.50" in page
    assert "$2,000.00" in page
    for wrong in ({"most": "x"}, {"day": "1"}, {"cause": "nothing"}):
        answer = client_of(sam).post("/alder/cases/approvals/automatic", rule | wrong)
        assert answer.status_code == 409
    client_of(sam).post("/alder/cases/approvals/duplicate_payment/off")
    assert not rules_on(alder).exists()


@pytest.mark.parametrize("form", [{"role": "king", "most": "1"}, {"role": "supervisor"}])
def test_a_limit_that_is_none_is_refused(alder: Provider, form: dict[str, str]) -> None:
    client = client_of(a_member(alder, Role.CONTROLLER))
    assert client.post("/alder/cases/approvals/limit", form).status_code == 422


def test_a_stale_step_shows_what_happened_since(alder: Provider) -> None:
    case = a_case(alder)
    mira, noor = a_member(alder, name="mira"), a_member(alder, name="noor")
    client = client_of(mira)
    form = {"action": "dismiss", "version": case.version, "reason": "agreed by letter"}
    seen = Seen(alder, case.number, case.version)
    move_case(seen, Action.WAIT_FOR_PAYER, actor=noor, at=NOW)
    page = client.post(f"/alder/cases/{case.number}/move", form).content.decode()
    assert "Since you opened it" in page
    assert "set the case to wait for the payer" in page
    assert "state: New" in page
    assert "state: Waiting for the payer" in page
    assert "agreed by letter" in page

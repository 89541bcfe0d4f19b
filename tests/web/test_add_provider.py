"""A provider is added in the browser, by who may, and the trail has it."""

import pytest
from django.test import Client

from office_builders import a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.models import Membership, Provider, User
from requite.office.people.replay import Replay
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
AT = "/alder/people/providers/add"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def test_an_administrator_adds_a_provider_and_is_led_to_its_first_extract(alder: Provider) -> None:
    ada, ben = (a_member(alder, Role.ADMINISTRATOR, name) for name in ("ada", "ben"))
    mira = a_member(alder, Role.SPECIALIST, "mira")
    client = client_of(ada)
    assert "Add a provider" in client.get("/alder/people/").content.decode()
    answer = client.post(AT, {"name": "Pine Street Family Practice", "state": "TX", "slug": ""})
    assert answer.headers["Location"] == "/pine-street-family-practice/imports/extract"
    made = Provider.objects.get(slug="pine-street-family-practice")
    assert (made.name, made.state) == ("Pine Street Family Practice", "TX")
    assert client.get(answer.headers["Location"]).status_code == 200
    held = Membership.objects.filter(provider=made)
    assert {(each.user, each.role, each.confirmed_at is not None) for each in held} == {
        (ada, "administrator", True), (ben, "administrator", True),
    }  # fmt: skip
    assert client_of(mira).get(answer.headers["Location"]).status_code == 404
    added = Event.objects.get(name="provider.added", subject=made.slug)
    assert (added.actor, added.facts["name"]) == (ada, made.name)


def test_the_roles_at_it_follow_from_its_events(alder: Provider) -> None:
    ada = a_member(alder, Role.ADMINISTRATOR, "ada")
    client_of(ada).post(AT, {"name": "Pine", "slug": "pine"})
    pine = Provider.objects.get(slug="pine")
    replay = Replay(pine)
    for event in Event.objects.filter(chain__provider=pine).order_by("number"):
        replay.take(event)
    assert list(replay.deviations()) == []


def test_an_administrator_who_waits_to_be_confirmed_is_none_there_either(alder: Provider) -> None:
    ada = a_member(alder, Role.ADMINISTRATOR, "ada")
    client = client_of(ada)
    client.post("/alder/people/add", {"username": "new", "role": "administrator"})
    client.post(AT, {"name": "Pine", "slug": "pine"})
    held = Membership.objects.filter(provider__slug="pine")
    assert [each.user.username for each in held] == ["ada"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_may(alder: Provider, role: Role) -> None:
    client = client_of(a_member(alder, role))
    assert client.post(AT, {"name": "Pine", "slug": "pine"}).status_code == 403
    assert not Provider.objects.filter(slug="pine").exists()


@pytest.mark.parametrize(
    ("slug", "status"), [("alder", 409), ("api", 409), ("not a slug", 422), ("x" * 41, 422)]
)
def test_a_name_that_cannot_be_is_told_at_its_field(
    alder: Provider, slug: str, status: int
) -> None:
    client = client_of(a_member(alder, Role.ADMINISTRATOR))
    answer = client.post(AT, {"name": "Pine", "slug": slug})
    assert answer.status_code == status
    assert "errorlist" in answer.content.decode()
    assert Provider.objects.count() == 1

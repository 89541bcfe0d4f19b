"""The page of imports: what was parked is said, until a later import made up for it."""

import pytest
from django.test import Client

from office_builders import DAY, NOW, a_member, a_provider
from requite.office.intake.models import Import
from requite.office.intake.services import PARKED
from requite.office.intake.status import Status
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


def an_import(provider: Provider, number: int, status: Status, problem: str = "") -> Import:
    return Import.objects.create(
        provider=provider, number=number, source="feed", digest=str(number), as_of=DAY,
        asked_at=NOW, status=status, problem=problem,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/alder/imports/", "/alder/imports/1/"])
def test_a_parked_import_is_said_until_another_made_up_for_it(address: str) -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    an_import(alder, 1, Status.PARKED, PARKED)
    an_import(birch, 1, Status.DONE)
    visitor = Client()
    visitor.force_login(a_member(alder, Role.ADMINISTRATOR))
    page = visitor.get(address).content.decode()
    assert "Parked" in page
    assert page.count("could be neither finished nor recorded as failed") == 1
    an_import(alder, 2, Status.DONE)
    later = visitor.get("/alder/imports/").content.decode()
    assert "Parked" in later
    assert "could be neither finished nor recorded as failed" not in later


@pytest.mark.parametrize(
    ("role", "way"),
    [
        (Role.SPECIALIST, '<a class="button main" href="/alder/cases/">Open the cases</a>'),
        (Role.ADMINISTRATOR, 'Give somebody that role under <a href="/alder/people/">People</a>'),
    ],
)
def test_an_import_that_is_done_says_where_its_cases_are(role: Role, way: str) -> None:
    alder = a_provider("alder")
    done = an_import(alder, 1, Status.DONE)
    done.outcome = {"opened": 2}
    done.save()
    visitor = Client()
    visitor.force_login(a_member(alder, role))
    assert way in visitor.get("/alder/imports/1/").content.decode()

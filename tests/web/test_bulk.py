"""Many cases at once: given to somebody, put aside; who may not give them is told so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from office_builders import a_finding, a_member, a_provider, determined
from requite.office.audit.models import Event
from requite.office.cases.models import Case
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
CHOSEN = {"number": ["1", "2", "3"], "version-1": "1", "version-2": "9", "version-3": "1"}


@pytest.fixture
def alder() -> Provider:
    made = a_provider()
    determined(made, *(a_finding(f"A{n}", due_on=None, rule_id=None) for n in range(3)))
    return made


def bulk(provider: Provider, role: Role, **form: str) -> str:
    """Send the form as somebody of that role; the page that follows."""
    client = Client()
    client.force_login(a_member(provider, role))
    path = f"/{provider.slug}/cases/bulk?queue=work"
    return client.post(path, {**CHOSEN, **form}, follow=True).content.decode()


def test_a_supervisor_gives_many_cases_to_somebody(alder: Provider) -> None:
    noor = a_member(alder, name="noor")
    page = bulk(alder, Role.SUPERVISOR, action="assign", to=str(noor.pk))
    assert "done with 2 of 3 cases" in page
    assert "RQ-000002 has changed since you opened it" in page
    assert sorted(Case.objects.filter(assigned_to=noor).values_list("number", flat=True)) == [1, 3]
    assert Event.objects.filter(name="case.assigned").count() == 2


def test_a_specialist_gives_no_case_to_another(alder: Provider) -> None:
    noor = a_member(alder, name="noor")
    page = bulk(alder, Role.SPECIALIST, action="assign", to=str(noor.pk))
    assert "done with 0 of 3 cases" in page
    assert "a supervisor gives cases to others" in page
    assert not Case.objects.filter(assigned_to__isnull=False).exists()


def test_many_cases_are_put_aside_with_a_reason(alder: Provider) -> None:
    until = localdate() + timedelta(days=5)
    page = bulk(
        alder, Role.SPECIALIST, action="snooze", until=until.isoformat(), reason="letter sent"
    )
    assert "done with 2 of 3 cases" in page
    assert Case.objects.filter(snoozed_until=until, snooze_reason="letter sent").count() == 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"action": "snooze", "until": "soon", "reason": "x"}, "Until when?"),
        ({"action": "assign", "to": "999"}, "Nobody of that name works cases here."),
        ({"action": "launch"}, "Choose cases, and what to do with them."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(
    alder: Provider, form: dict[str, str], said: str
) -> None:
    assert said in bulk(alder, Role.SUPERVISOR, **form)
    assert not Case.objects.filter(version__gt=1).exists()


@pytest.mark.parametrize("form", [{"action": "assign", "to": ""}, {"action": "snooze"}])
def test_who_works_no_cases_gives_and_puts_aside_none(
    alder: Provider, form: dict[str, str]
) -> None:
    until = (localdate() + timedelta(days=5)).isoformat()
    page = bulk(alder, Role.CONTROLLER, until=until, reason="no", **form)
    assert "done with 0 of 3 cases" in page
    assert "Your role may not do that" in page


@pytest.mark.parametrize(
    "form", [{"action": "dismiss"}, {"action": "snooze", "until": "2027-01-01"}]
)
def test_a_reason_that_is_missing_is_said_once_and_nothing_is_done(
    alder: Provider, form: dict[str, str]
) -> None:
    page = bulk(alder, Role.SPECIALIST, **form)
    assert page.count("write a reason, then do it again") == 1
    assert not Case.objects.filter(version__gt=1).exists()


def test_the_same_refusal_of_many_is_told_once(alder: Provider) -> None:
    page = bulk(alder, Role.SPECIALIST, action="correct")
    assert "Correct the posting: done with 0 of 3 cases" in page
    assert "RQ-000001, RQ-000003: No posting puts the case right" in page

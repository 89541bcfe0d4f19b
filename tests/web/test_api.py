"""The interface for programs: tokens, scopes, tenants, and the same refusals as the pages."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office_builders import (
    NOW,
    a_case,
    a_finding,
    a_member,
    a_provider,
    a_token,
    determined,
)
from requite.domain.case import State
from requite.office.audit.models import Event
from requite.office.cases.models import Case
from requite.office.people.models import Provider
from requite.office.people.role import Role
from requite.office.people.services import end_membership
from requite.office.people.tokens import NewToken, NoMember, make_token, revoke_token
from requite.web.api.endpoints import api

pytestmark = pytest.mark.django_db
Ask = Callable[..., object]


def token_of(provider: Provider, role: Role = Role.SPECIALIST, *, writes: bool = True) -> str:
    return a_token(a_member(provider, role), provider, writes=writes)


def ask(token: str, path: str, body: dict[str, object] | None = None) -> tuple[int, dict]:
    client = Client(headers={"Authorization": f"Bearer {token}"})
    if body is None:
        answer = client.get(f"/api/{path}")
    else:
        answer = client.post(f"/api/{path}", body, content_type="application/json")
    return answer.status_code, answer.json() if answer.content else {}


def test_a_program_reads_the_cases_of_its_provider() -> None:
    alder = a_provider()
    determined(alder, a_finding("A1", 900), a_finding("A2", 800))
    status, found = ask(token_of(alder), "alder/cases?limit=1")
    assert (status, found["count"], found["amount_cents"]) == (200, 2, 1700)
    assert [case["account_id"] for case in found["cases"]] == ["A1"]
    status, one = ask(token_of(alder), f"alder/cases/{found['cases'][0]['number']}")
    assert one["findings"][0]["evidence"] == ["C1", "T1", "T2"]
    assert one["findings"][0]["amount_cents"] == 900


def test_a_step_goes_by_the_same_service_as_on_the_page() -> None:
    alder = a_provider()
    case = a_case(alder)
    path = f"alder/cases/{case.number}/move"
    body = {"action": "propose_refund", "version": 1}
    status, moved = ask(token_of(alder), path, body)
    assert (status, moved["state"], moved["version"]) == (200, "waiting_approval", 2)
    status, refused = ask(token_of(alder), path, body)
    assert (status, "has changed" in refused["detail"]) == (409, True)


@pytest.mark.parametrize("path", sorted(api.get_openapi_schema()["paths"]))
def test_no_token_of_another_provider_and_no_visitor_gets_anything(path: str) -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    a_case(alder)
    address = path.removeprefix("/api/").format(provider="alder", number=1)
    body = {"action": "take_up", "version": 1, "text": "x"} if "post" in methods(path) else None
    for token in (token_of(birch, Role.SUPERVISOR), "", "requite_x", "x" * 5000):
        assert ask(token, address, body)[0] == 401
    assert Case.objects.get(provider=alder).version == 1


def methods(path: str) -> set[str]:
    return set(api.get_openapi_schema()["paths"][path])


def test_every_address_wants_a_token() -> None:
    schema = api.get_openapi_schema()
    operations = [each for path in schema["paths"].values() for each in path.values()]
    assert len(operations) >= 4
    assert all(operation["security"] == [{"Token": []}] for operation in operations)


def test_a_token_that_may_only_read_changes_nothing() -> None:
    alder = a_provider()
    case = a_case(alder)
    token = token_of(alder, writes=False)
    path = f"alder/cases/{case.number}"
    assert ask(token, f"{path}/move", {"action": "take_up", "version": 1})[0] == 403
    assert ask(token, f"{path}/notes", {"text": "x"})[0] == 403
    assert Case.objects.get(pk=case.pk).state == State.NEW


def test_a_token_may_no_more_than_its_user() -> None:
    alder = a_provider()
    case = a_case(alder)
    path = f"alder/cases/{case.number}/move"
    auditor = token_of(alder, Role.AUDITOR)
    assert ask(auditor, path, {"action": "take_up", "version": 1})[0] == 403
    assert ask(token_of(alder, Role.ADMINISTRATOR), "alder/cases")[0] == 403


def test_a_revoked_token_and_one_whose_user_left_are_no_tokens() -> None:
    alder = a_provider()
    mira = a_member(alder)
    made, text = make_token(mira, alder, NewToken("test"), at=timezone.now())
    assert ask(text, "alder/cases")[0] == 200
    assert revoke_token(mira, alder, made.pk, at=NOW)
    assert not revoke_token(mira, alder, made.pk, at=NOW)
    assert ask(text, "alder/cases")[0] == 401
    text = a_token(mira, alder)
    end_membership(mira, alder, actor=None, at=NOW)
    assert ask(text, "alder/cases")[0] == 401
    with pytest.raises(NoMember):
        make_token(mira, alder, NewToken("test"), at=NOW)


def test_a_note_is_written() -> None:
    alder = a_provider()
    case = a_case(alder)
    assert ask(token_of(alder), f"alder/cases/{case.number}/notes", {"text": "Called."})[0] == 201
    assert case.notes.get().text == "Called."


@pytest.mark.parametrize(
    "query", ["queue=nothing", "limit=0", "limit=501", "offset=-1", "limit=x", "offset=99999999999"]
)
def test_nonsense_is_refused(query: str) -> None:
    alder = a_provider()
    assert ask(token_of(alder), f"alder/cases?{query}")[0] == 422


def test_lists_that_programs_read_are_noted_and_cost_the_same_for_many() -> None:
    alder = a_provider()
    determined(alder, *(a_finding(f"A{number}") for number in range(30)))
    text = a_token(a_member(alder), alder, writes=False)
    counts = []
    for limit in (1, 2, 30):  # the first use of a token is noted, and costs more
        with CaptureQueriesContext(connection) as counted:
            answer = Client().get(
                f"/api/alder/cases?limit={limit}", headers={"Authorization": f"Bearer {text}"}
            )
        assert len(answer.json()["cases"]) == limit
        counts.append(len(counted))
    assert counts[1] == counts[2]
    subjects = Event.objects.filter(name="list.taken").values_list("subject", flat=True)
    assert sorted(subjects) == [f"interface: work 0-{limit}" for limit in (1, 2, 30)]

"""Every address as the wrong tenant, the wrong role, a visitor: walked from the URL table."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from office_addresses import PAGES, address
from office_builders import a_case, a_member, a_provider, a_token
from requite.office.people.permission import PERMISSIONS, allows
from requite.office.people.role import Role
from requite.web.api.endpoints import api

pytestmark = pytest.mark.django_db


def client_of(role: Role, slug: str) -> Client:
    provider = a_provider(slug)
    client = Client()
    client.force_login(a_member(provider, role))
    return client


def test_there_are_pages_to_walk() -> None:
    assert len(PAGES) > 20
    assert {getattr(pattern.callback, "permission", None) for _, pattern in PAGES} <= set(
        PERMISSIONS
    )


@pytest.mark.parametrize(("path", "pattern"), PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_stranger_sees_another_provider(path: str, pattern: URLPattern, method: str) -> None:
    """A member of one provider is told of another only that there is no such page."""
    other = client_of(Role.SUPERVISOR, "birch")
    a_case(a_provider("alder"))
    answer = getattr(other, method)(address(path, "alder"))
    assert answer.status_code in {404, 405}
    if answer.status_code == 405:
        assert (
            getattr(other, "post" if method == "get" else "get")(address(path, "alder")).status_code
            == 404
        )


@pytest.mark.parametrize(("path", "pattern"), PAGES)
def test_no_visitor_sees_anything(path: str, pattern: URLPattern) -> None:
    a_case(a_provider("alder"))
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address(path, "alder"))
        assert answer.status_code in ({302, 405} if method == "get" else {401, 405})
        assert b"Alder" not in answer.content
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize(("path", "pattern"), PAGES)
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_just_what_the_table_gives_it(
    path: str, pattern: URLPattern, role: Role
) -> None:
    client = client_of(role, "alder")
    permission = pattern.callback.permission  # type: ignore[attr-defined]
    answers = {client.get(address(path, "alder")).status_code}
    answers.add(client.post(address(path, "alder")).status_code)
    answers -= {405}
    assert (403 in answers) == (not allows(role, permission))


def test_outside_of_providers_there_is_only_what_says_nothing() -> None:
    """Beside a provider's pages and those of signing in there are three, and no more."""
    own = {
        entry.name
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLPattern) and not str(entry.pattern).startswith("<slug:provider>/")
    }
    assert own - {None} == {"home", "health", "theme"}
    visitor = Client()
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/")
    assert visitor.get("/health").json() == {"ok": True}
    assert visitor.post("/theme", {"theme": "dark", "next": "//evil"}).headers["Location"] == "/"


@pytest.mark.parametrize(("path", "pattern"), PAGES)
def test_no_page_of_a_provider_is_kept_by_a_browser(path: str, pattern: URLPattern) -> None:
    client = client_of(Role.SUPERVISOR, "alder")
    for answer in (client.get(address(path, "alder")), client.post(address(path, "alder"))):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", sorted(api.get_openapi_schema()["paths"]))
@pytest.mark.parametrize("knows", [True, False])
def test_no_answer_to_a_program_is_kept_on_its_way(path: str, knows: bool) -> None:
    alder = a_provider()
    a_case(alder)
    token = a_token(a_member(alder, Role.SUPERVISOR), alder) if knows else "none"
    client = Client(headers={"Authorization": f"Bearer {token}"})
    for answer in (client.get(path.format(provider="alder", number=1)), client.post(path)):
        assert "no-store" in answer.headers["Cache-Control"]


def test_how_the_interface_is_built_is_shown_to_who_is_known_alone() -> None:
    alder = a_provider()
    mira = a_member(alder)
    known = Client()
    known.force_login(mira)
    bearer = {"Authorization": f"Bearer {a_token(mira, alder)}"}
    assert "/api/{provider}/cases" in known.get("/api/openapi.json").json()["paths"]
    assert Client().get("/api/openapi.json", headers=bearer).status_code == 200
    for stranger in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        answer = Client().get("/api/openapi.json", headers=stranger)
        assert (answer.status_code, answer.json()) == (401, {"detail": "Unauthorized"})
    assert Client().get("/api/docs").status_code == 404

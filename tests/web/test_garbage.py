"""Garbage in any parameter of any page: an answer, never a fault."""

import io
import random

import pytest
from django.test import Client
from django.urls import URLPattern

from office_addresses import PAGES, VALUES
from office_builders import a_case, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db
NAMES = (
    "action", "version", "version-1", "number", "reason", "text", "to", "until", "id", "name",
    "shared", "party", "cause", "at_least", "role", "most", "day", "month", "wanted", "writes",
    "username", "email", "as_of", "kind", "source", "mapping", "from", "page", "case", "queue",
    "search", "due", "age", "pile", "state", "payer_class", "every", "seen",
    "status", "subject", "theme", "next",
)  # fmt: skip
VALUES_SENT = (
    "", "0", "-1", "1", "9" * 25, "9" * 5000, "1e9", "NaN", "\0", "a\0b",
    "\U0001f600", "٣", "²", "2026-02-30", "9999-12-31", "0001-01-01", "2026-W01-1",
    "' OR 1=1 --", "<script>", "take_up", "dismiss", "propose_refund", "close", "x" * 5000,
    "../../etc/passwd", "%s%n", "{{7*7}}",
)  # fmt: skip
TURNS = 12
PATHS = (1, 0, 2**31, 2**63, 10**30)


def addresses(path: str) -> list[str]:
    """The path with numbers that may not be."""
    found = []
    for number in PATHS:
        told = path.replace("<slug:provider>", "alder")
        for name, value in VALUES.items():
            told = told.replace(f"<int:{name}>", str(number))
            told = told.replace(f"<str:{name}>", str(value)).replace(f"<slug:{name}>", str(value))
        found.append("/" + told)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("path", "pattern"), PAGES)
def test_garbage_is_answered(path: str, pattern: URLPattern) -> None:
    alder, chance = a_provider("alder"), random.Random(path)  # noqa: S311 - which garbage to send
    a_case(alder)
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CONTROLLER, Role.PROVIDER_CONTACT)
    clients = [Client() for _ in roles]
    for client, role in zip(clients, roles, strict=True):
        client.force_login(a_member(alder, role))
    for turn in range(TURNS):
        sent = {name: chance.choice(VALUES_SENT) for name in NAMES}
        file = io.BytesIO(chance.choice((b"", b"\0" * 10, b"PK\x03\x04junk", b"a,b\n1,2\n")))
        file.name = chance.choice(("x.zip", "../x", "\u202etxt.exe", "a" * 300))
        for client in clients:
            address = chance.choice(addresses(path))
            answers = [client.get(address, sent), client.post(address, sent)]
            if turn % 4 == 0:
                file.seek(0)
                answers.append(client.post(address, {**sent, "file": file, "feed": file}))
            for answer in answers:
                assert answer.status_code < 500
    assert all("\0" not in event.subject for event in Event.objects.all())

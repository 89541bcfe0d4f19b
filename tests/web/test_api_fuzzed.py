"""The interface against its own description: whatever the description allows is answered by it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from office_builders import a_finding, a_member, a_provider, a_token, determined
from requite.domain.case import Action
from requite.office.audit.models import Event
from requite.office.cases.models import Case
from requite.office.people.role import Role
from requite.web.api.endpoints import api

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error, content_type_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
EXAMPLES = 60
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture(autouse=True)
def _kept_open() -> Iterator[None]:
    """The server's own handling of requests leaves the connection of the test open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_operation_is_fuzzed() -> None:
    told = {
        (path, method.upper())
        for path, item in SCHEMA.raw_schema["paths"].items()
        for method in item
    }
    assert {(each.path, each.method.upper()) for each in OPERATIONS} == told
    assert len(told) >= 4


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
def test_any_call_is_answered_as_the_description_says(operation: Any, mode: GenerationMode) -> None:
    alder = a_provider()
    determined(alder, *(a_finding(f"A{number}") for number in range(1, 6)))
    sam = a_member(alder, Role.SUPERVISOR)
    token = a_token(sam, alder)
    office = get_wsgi_application()
    answered: list[int] = []

    @seed(20_261_126)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        case.path_parameters = {**(case.path_parameters or {}), "provider": "alder"}
        if "number" in case.path_parameters and len(answered) % 3:
            case.path_parameters["number"] = 1 + len(answered) % 5
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        response = case.call(app=office)
        answered.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    call()
    assert len(answered) >= EXAMPLES / 2
    assert 401 not in answered


def test_the_steps_of_the_description_are_those_of_a_case() -> None:
    schema = api.get_openapi_schema()["components"]["schemas"]["MoveIn"]
    assert set(schema["properties"]["action"]["enum"]) == set(Action) - {Action.CLOSE}
    assert Event.objects.count() == Case.objects.count() == 0

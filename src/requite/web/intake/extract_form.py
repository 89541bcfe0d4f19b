"""What the page of an extract says back: what differs from what it showed."""

from typing import Any

from django.http import QueryDict

from requite.engine.feed import PAYER_CLASSES
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.kinds import KINDS
from requite.engine.mapping.guessing.roles import PARTS
from requite.office.intake.drafts import Kept
from requite.web.reading import plain

TURNS = {"as", "turned"}


def answers_of(form: QueryDict, kept: Kept) -> Answers:
    """What was said before, with what the form says otherwise than the page showed."""
    said = Answers(**kept.answers)
    for number, file in enumerate(kept.page.get("files", ())):
        _of_file(form, f"f{number}", file, said)
    names, classes = form.getlist("class-of"), form.getlist("class")
    for name, chosen in zip(names, classes, strict=False):
        known = kept.page.get("classes", {})
        if chosen in PAYER_CLASSES and name in known and known[name] != chosen:
            said.classes[name] = chosen
    for each in (said.roles, said.kinds, said.turned):
        for name in [name for name, values in each.items() if not values]:
            del each[name]
    return said


def _of_file(form: QueryDict, start: str, file: dict[str, Any], said: Answers) -> None:
    name = file["name"]
    what = form.get(f"{start}-what", file["what"])
    if what in PARTS and what != file["what"]:
        said.what[name] = what
        for each in (said.roles, said.kinds, said.turned):
            each.pop(name, None)  # they were said of something else
        return
    roles = said.roles.setdefault(name, {})
    before = roles.get("type")
    for field in (*file["fields"], *file["more"]):
        column = form.get(f"{start}-role-{field['role']}")
        if column is not None and plain(column) != field["column"] and (
            plain(column) in {"", *file["columns"]}
        ):  # fmt: skip
            roles[field["role"]] = plain(column)
    if roles.get("type") != before:
        said.kinds.pop(name, None)
        said.turned.pop(name, None)
        return
    _of_kinds(form, start, file, said)


def _of_kinds(form: QueryDict, start: str, file: dict[str, Any], said: Answers) -> None:
    kinds = said.kinds.setdefault(file["name"], {})
    turned = said.turned.setdefault(file["name"], {})
    for number, shown in enumerate(file["kinds"]):
        kind = form.get(f"{start}-kind-{number}")
        turn = form.get(f"{start}-turn-{number}")
        changed = kind is not None and kind in {"", *KINDS} and kind != shown["kind"]
        for value in shown["values"]:
            if changed and kind is not None:
                kinds[value] = kind
                turned.pop(value, None)  # said of another kind
            elif turn in TURNS and turn != turn_of(shown):
                turned[value] = turn


def turn_of(shown: dict[str, Any]) -> str:
    """How a page shows whether amounts are turned: as, turned, or nothing where it asks."""
    return "" if shown["turned"] is None else "turned" if shown["turned"] else "as"

"""Documents, saved views, assignment by rule and in turn."""

import io

import pytest
from django.conf import settings as office_settings

from office_builders import NOW, a_case, a_false_credit, a_finding, a_member, a_provider, determined
from requite.office.cases.assignment import NobodyWorks, add_rule, hand_out, remove_rule, rules_of
from requite.office.cases.attachments import (
    MOST_BYTES,
    BadAttachment,
    attach,
    attachments_of,
    read_attachment,
)
from requite.office.cases.models import Case
from requite.office.cases.saved_view import NoName, View, remove_view, save_view, saved_views
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _data(tmp_path, settings) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize(
    ("content", "kind", "name", "shown"),
    [(b"%PDF-1.7 <html>", "application/pdf", "../../letter.html", "letter.html.pdf"),
     (b"%PDF-1.7 x", "application/pdf", "LETTER.PDF", "LETTER.PDF"),
     (b"Dear Sir, \xc3\xa9", "text/plain", "run.bat", "run.bat.txt"),
     (b"ISA*00", "text/plain", "a.835", "a.835"),
     (b"\xff\xd8\xff\xe0", "image/jpeg", "x" * 300, "x" * 110 + ".jpg")],
)  # fmt: skip
def test_a_document_is_taken_by_what_it_holds_and_named_so(
    content: bytes, kind: str, name: str, shown: str
) -> None:
    alder = a_provider()
    case, mira = a_case(alder), a_member(alder)
    made = attach(case, name, io.BytesIO(content), actor=mira, at=NOW)
    assert (made.kind, made.name) == (kind, shown)
    found = read_attachment(alder, case.number, made.pk, actor=mira, at=NOW)
    assert found is not None
    assert found[1] == content
    assert list(attachments_of(case)) == [made]
    assert read_attachment(a_provider("birch"), case.number, made.pk, actor=mira, at=NOW) is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "empty"), (b"MZ\x90\x00\x03", "no kind"), (b"<html><script>", "no plain text"),
     (b"#!/bin/sh", "no plain text"), (b"x" * (MOST_BYTES + 1), "too large")],
    ids=["empty", "program", "page", "script", "large"],
)  # fmt: skip
def test_a_disguised_or_oversized_document_is_refused(content: bytes, problem: str) -> None:
    alder = a_provider()
    case = a_case(alder)
    with pytest.raises(BadAttachment, match=problem):
        attach(case, "letter.pdf", io.BytesIO(content), actor=a_member(alder), at=NOW)
    assert not attachments_of(case).exists()
    assert not (office_settings.DATA_DIR / "providers" / "alder" / "attachments").exists()


def test_a_view_is_its_owner_s_unless_it_is_shared() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    mira, noor, other = a_member(alder), a_member(alder), a_member(birch)
    save_view(alder, View("Large", "queue=work&party=payer"), actor=mira, at=NOW)
    save_view(alder, View("Ours", "queue=work", is_shared=True), actor=mira, at=NOW)
    assert [view.name for view in saved_views(alder, mira)] == ["Large", "Ours"]
    assert [view.name for view in saved_views(alder, noor)] == ["Ours"]
    assert list(saved_views(birch, other)) == []
    save_view(alder, View("Large", "queue=done"), actor=mira, at=NOW)
    view = saved_views(alder, mira)[0]
    assert view.query == "queue=done"
    assert not remove_view(alder, view.pk, actor=noor, at=NOW)
    assert remove_view(alder, view.pk, actor=mira, at=NOW)
    with pytest.raises(NoName):
        save_view(alder, View("  ", ""), actor=mira, at=NOW)


def test_cases_that_are_nobody_s_go_by_rule_and_then_in_turn() -> None:
    alder = a_provider()
    boss, mira, noor = a_member(alder, Role.SUPERVISOR), a_member(alder), a_member(alder)
    determined(alder, *(a_finding(f"A{n}", 1000) for n in range(4)), a_false_credit("F1", 900),
               a_finding("big", 100_000))  # fmt: skip
    add_rule(alder, {"party": "none", "cause": "", "at_least_cents": 0}, noor, actor=boss, at=NOW)
    add_rule(alder, {"party": "", "cause": "", "at_least_cents": 50_000}, boss, actor=boss, at=NOW)
    assert hand_out(alder, actor=boss, at=NOW) == 6
    held = {case.account_id: case.assigned_to for case in Case.objects.all()}
    assert (held["F1"], held["big"]) == (noor, boss)
    counts = [list(held.values()).count(who) for who in (mira, noor, boss)]
    assert counts in ([3, 2, 1], [2, 3, 1])
    assert hand_out(alder, actor=boss, at=NOW) == 0
    assert remove_rule(alder, 1, actor=boss, at=NOW)
    assert [rule.position for rule in rules_of(alder)] == [2]


def test_without_a_specialist_nothing_is_handed_out() -> None:
    alder = a_provider()
    a_case(alder)
    with pytest.raises(NobodyWorks):
        hand_out(alder, actor=None, at=NOW)

"""Pages of cases, as a browser without JavaScript sees and sends them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office_builders import NOW, a_case, a_false_credit, a_finding, a_member, a_provider, determined
from requite.domain.case import Action, State
from requite.office.audit.models import Event
from requite.office.cases.assignment import add_rule, assign_case
from requite.office.cases.holding import Seen
from requite.office.cases.models import Case, Correction
from requite.office.cases.saved_view import View, save_view
from requite.office.cases.services import add_note, move_case
from requite.office.people.models import Provider
from requite.office.people.role import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def alder() -> Provider:
    return a_provider()


def signed_in(provider: Provider, role: Role = Role.SPECIALIST, name: str = "") -> Client:
    client = Client()
    client.force_login(a_member(provider, role, name))
    return client


def path(case: Case, part: str = "") -> str:
    return f"/{case.provider.slug}/cases/{case.number}/{part}"


def test_the_queue_shows_the_first_case_beside_the_list(alder: Provider) -> None:
    a_case(alder)
    page = signed_in(alder).get("/alder/cases/").content.decode()
    assert "Larkspur Health paid twice" in page
    assert "$70.00" in page
    assert "1 case, $70.00" in page


def test_an_empty_queue_says_what_will_come(alder: Provider) -> None:
    assert "Nothing here" in signed_in(alder).get("/alder/cases/").content.decode()


def test_reading_a_case_is_noted(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder, name="mira")
    client.get(path(case))
    event = Event.objects.get(name="case.read")
    assert (event.actor_name, event.subject) == ("mira", case.label)


def test_a_decision_moves_on_to_the_next_case_of_the_list(alder: Provider) -> None:
    determined(alder, a_finding("A1", 900), a_finding("A2", 800))
    first, second = Case.objects.order_by("-amount_cents")
    client = signed_in(alder)
    form = {"action": "propose_refund", "version": first.version}
    answer = client.post(path(first, "move") + "?queue=work", form)
    assert answer.headers["Location"] == f"/alder/cases/?queue=work&case={second.number}"
    assert Case.objects.get(pk=first.pk).state == State.WAITING_APPROVAL


def test_a_double_submit_is_refused_and_done_once(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    form = {"action": "dismiss", "version": case.version, "reason": "agreed by letter"}
    assert client.post(path(case, "move"), form).status_code == 302
    again = client.post(path(case, "move"), form)
    assert again.status_code == 409
    assert "has changed since you opened it" in again.content.decode()
    assert Event.objects.filter(name="case.dismiss").count() == 1


def test_a_stale_change_keeps_what_was_typed(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    client.post(path(case, "move"), {"action": "take_up", "version": case.version})
    form = {"action": "dismiss", "version": case.version, "reason": "a long sentence I typed"}
    answer = client.post(path(case, "move"), form)
    assert answer.status_code == 409
    assert "a long sentence I typed" in answer.content.decode()


def test_a_role_that_may_not_is_told_so_on_the_case(alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder, Role.AUDITOR)
    answer = client.post(path(case, "move"), {"action": "take_up", "version": case.version})
    assert answer.status_code == 409
    assert "Your role may not do that" in answer.content.decode()
    assert "Nothing to do here for your role" in client.get(path(case)).content.decode()


@pytest.mark.parametrize(
    "form", [{"action": "launch"}, {"action": ""}, {}, {"action": "close", "version": "1"}]
)
def test_nonsense_changes_nothing(form: dict[str, str], alder: Provider) -> None:
    case, client = a_case(alder), signed_in(alder)
    assert client.post(path(case, "move"), form).status_code in {409, 422}
    assert Case.objects.get(pk=case.pk).version == case.version


def test_many_cases_at_once_and_the_one_that_cannot_says_why(alder: Provider) -> None:
    determined(alder, a_finding("A1"), a_finding("A2"), a_finding("A3"))
    client = signed_in(alder)
    form = {"action": "dismiss", "reason": "agreed", "number": ["1", "2", "3"],
            "version-1": "1", "version-2": "7", "version-3": "1"}  # fmt: skip
    page = client.post("/alder/cases/bulk?queue=work", form, follow=True).content.decode()
    assert "done with 2 of 3 cases" in page
    assert "RQ-000002" in page
    assert Case.objects.filter(state=State.WAITING_APPROVAL).count() == 2


def every(page: str) -> dict[str, str]:
    """The form of a list, with all of it chosen."""
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    return {"action": "dismiss", "reason": "agreed", "every": "1", "seen": seen[1]}


def test_all_that_match_are_done_as_they_were_shown(alder: Provider) -> None:
    determined(alder, *(a_finding(f"A{n}") for n in range(60)), a_false_credit("F1"))
    client = signed_in(alder)
    page = client.get("/alder/cases/?party=payer").content.decode()
    assert "all 60 that match, $4,200.00" in page
    told = client.post("/alder/cases/bulk?party=payer", every(page), follow=True).content.decode()
    assert "done with 60 of 60 cases" in told
    assert Case.objects.filter(state=State.WAITING_APPROVAL).count() == 60
    assert Case.objects.get(account_id="F1").state == State.NEW


def test_what_came_onto_a_list_or_changed_since_it_was_shown_is_left_out(alder: Provider) -> None:
    """Same count, same sum: another case in the place of one that was taken away."""
    rows = [a_finding(f"A{n}") for n in range(60)]
    determined(alder, *rows)
    client = signed_in(alder)
    shown = client.get("/alder/cases/?party=payer").content.decode()
    changed, gone = (Case.objects.get(account_id=name) for name in ("A0", "A1"))
    form = {"action": "wait_for_payer", "version": gone.version}
    client.post(path(gone, "move"), form)
    client.post(path(changed, "move"), {"action": "take_up", "version": changed.version})
    determined(alder, *rows, a_finding("NEW"), at=NOW + timedelta(days=1))
    told = client.post("/alder/cases/bulk?party=payer", every(shown), follow=True).content.decode()
    assert "done with 58 of 60 cases" in told
    assert f"{changed.label}, {gone.label}: The case has changed since you opened it" in told
    assert "RQ-000061: this case came onto the list since it was shown" in told
    states = {name: Case.objects.get(account_id=name).state for name in ("A0", "A1", "NEW")}
    assert states == {"A0": "to_work", "A1": "waiting_payer", "NEW": "new"}


def test_very_many_are_not_done_at_once(alder: Provider) -> None:
    determined(alder, *(a_finding(f"A{n}", 100) for n in range(501)))
    client = signed_in(alder)
    assert "narrow to 500 at most" in client.get("/alder/cases/").content.decode()
    seen = " ".join(f"{number}.1" for number in range(1, 502))
    form = {"action": "dismiss", "reason": "agreed", "every": "1", "seen": seen}
    client.post("/alder/cases/bulk?queue=work", form)
    assert Case.objects.filter(state=State.WAITING_APPROVAL).count() == 500
    assert not Case.objects.filter(state=State.RESOLVED).exists()


def test_a_question_is_answered_by_the_provider(alder: Provider) -> None:
    case, mira = a_case(alder), signed_in(alder)
    form = {"action": "ask_provider", "version": case.version, "reason": "Which plan was first?"}
    mira.post(path(case, "move"), form)
    contact = signed_in(alder, Role.PROVIDER_CONTACT)
    assert "Which plan was first?" in contact.get(path(case)).content.decode()
    contact.post(path(case, "answer"), {"version": case.version + 1, "text": "The group plan."})
    assert "The group plan." in mira.get(path(case)).content.decode()
    assert Case.objects.get(pk=case.pk).state == State.TO_WORK


def test_what_was_paid_under_another_number_is_said_before_anybody_proposes_it(
    alder: Provider,
) -> None:
    first = a_case(alder)
    mira, cora = a_member(alder), a_member(alder, Role.CONTROLLER)
    steps = {Action.PROPOSE_REFUND: mira, Action.APPROVE: cora, Action.PAY: cora}
    for action, actor in steps.items():
        case = Case.objects.get(pk=first.pk)
        move_case(Seen(alder, case.number, case.version), action, actor=actor, at=timezone.now())
    determined(alder, a_finding(party_id="LARK-2"))
    second = Case.objects.exclude(pk=first.pk).get()
    told = signed_in(alder).get(path(second)).content.decode()
    assert f"was paid for the same entries under {first.label}" in told


def test_notes_assignment_and_putting_aside_work_by_plain_forms(alder: Provider) -> None:
    case, client = a_case(alder, a_finding(due_on=None)), signed_in(alder, Role.SUPERVISOR)
    until = timezone.localdate() + timedelta(days=20)
    noor = a_member(alder, name="noor")
    client.post(path(case, "note"), {"text": "Called @noor"})
    client.post(path(case, "assign"), {"version": case.version, "to": noor.pk})
    form = {
        "version": case.version + 1,
        "until": until.isoformat(),
        "reason": "the payer calls back",
    }
    client.post(path(case, "snooze"), form)
    page = client.get(path(case)).content.decode()
    assert "Called @noor" in page
    assert f"put aside until {until}: the payer calls back" in page
    assert Case.objects.get(pk=case.pk).assigned_to == noor


def test_an_exported_cell_never_runs_as_a_formula(alder: Provider) -> None:
    determined(alder, a_finding("=HYPERLINK(1)", payer_name="@SUM(A1)"))
    answer = signed_in(alder).get("/alder/cases/export.csv?queue=work")
    _, row = csv.reader(io.StringIO(answer.content.decode()))
    assert (row[1], row[2]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert row[6] == "70.00"


def test_exports_hold_the_same_as_excel(alder: Provider) -> None:
    a_case(alder)
    answer = signed_in(alder).get("/alder/cases/export.xlsx?queue=work")
    assert answer.content[:2] == b"PK"
    assert "alder-work.xlsx" in answer.headers["Content-Disposition"]


def test_corrections_are_listed_exported_and_marked_as_sent(alder: Provider) -> None:
    case, client = a_case(alder, a_false_credit()), signed_in(alder)
    client.post(path(case, "move"), {"action": "correct", "version": case.version})
    page = client.get("/alder/corrections/").content.decode()
    assert "Reverse the posting" in page
    rows = client.get("/alder/corrections/export.csv?status=ready").content.decode()
    assert "RQ-000001,A1,1,Reverse the posting,40.00,C1|T1|T2" in rows
    entry = Correction.objects.get()
    client.post("/alder/corrections/sent", {"id": [str(entry.pk), "nonsense"]})
    assert Correction.objects.get().status == "sent"


def much(provider: Provider, accounts: int) -> None:
    """Cases with all that hangs on them, and people, rules and views."""
    sam = a_member(provider, Role.SUPERVISOR)
    determined(provider, *(a_finding(f"A{n}", line_no=n % 3) for n in range(accounts)),
               *(a_false_credit(f"F{n}") for n in range(accounts)))  # fmt: skip
    case = Case.objects.filter(provider=provider, party="payer").order_by("number").first()
    assert case is not None
    for n in range(accounts):
        a_member(provider)
        add_note(provider, case.number, f"Note {n}", actor=sam, at=timezone.now())
        view = View(f"View {accounts}-{n}", "queue=work", is_shared=True)
        save_view(provider, view, actor=sam, at=timezone.now())
        add_rule(provider, {"party": "payer"}, sam, actor=sam, at=timezone.now())
    for false in Case.objects.filter(provider=provider, party="none"):
        seen = Seen(provider, false.number, false.version)
        if false.state == State.NEW:
            move_case(seen, Action.CORRECT, actor=sam, at=timezone.now())


PAGES = {
    "cases/": 29, "cases/?page=2": 29, "cases/?search=A1": 31, "cases/?queue=open&due=soon": 29,
    "cases/1/": 23, "cases/approvals": 22, "cases/assignment": 10, "corrections/": 14,
    "imports/": 12, "dashboard/": 11, "people/": 9, "people/me": 11, "audit/": 14, "help/case": 7,
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_queries_for_much_as_for_little(page: str, alder: Provider) -> None:
    """The most that a page may ask the database, whatever there is."""
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
    counts = []
    for accounts in (2, 60):
        much(alder, accounts)
        for role in roles:
            client = signed_in(alder, role)
            if client.get(f"/alder/{page}").status_code == 200:
                break
        with CaptureQueriesContext(connection) as counted:
            assert client.get(f"/alder/{page}").status_code == 200
        counts.append(len(counted))
    assert counts[0] <= counts[1] <= PAGES[page]
    assert counts[1] - counts[0] <= 3  # a list of several pages is counted, and told as a whole


@pytest.mark.parametrize("action", ["take_up", "propose_refund", "dismiss", "wait_for_payer"])
def test_a_step_takes_a_bounded_number_of_queries(action: str, alder: Provider) -> None:
    much(alder, 60)
    client = signed_in(alder)
    case = Case.objects.filter(party="payer").order_by("number").first()
    assert case is not None
    form = {"action": action, "version": case.version, "reason": "so it is"}
    client.get(path(case))
    with CaptureQueriesContext(connection) as counted:
        assert client.post(path(case, "move") + "?queue=work", form).status_code == 302
    assert len(counted) <= 30


def test_the_dashboard_adds_up(alder: Provider) -> None:
    determined(alder, a_finding("A1", 900), a_false_credit("A2", 800))
    page = signed_in(alder, Role.COMPLIANCE).get("/alder/dashboard/").content.decode()
    assert "$17.00" in page
    assert "Payer paid the same service twice" in page


def test_every_page_forbids_what_comes_from_elsewhere(alder: Provider) -> None:
    case = a_case(alder)
    answer = signed_in(alder).get(path(case))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert " style=" not in page
    assert " onclick=" not in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_document_is_attached_and_taken_along(alder: Provider, tmp_path, settings) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    settings.DATA_DIR = tmp_path
    case, client = a_case(alder), signed_in(alder)
    letter = io.BytesIO(b"%PDF-1.7 a letter")
    letter.name = "letter.pdf"
    client.post(path(case, "attach"), {"file": letter})
    link = f"{path(case)}attachments/{case.attachments.get().pk}"
    assert link in client.get(path(case)).content.decode()
    answer = client.get(link)
    assert answer.content == b"%PDF-1.7 a letter"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    page = io.BytesIO(b"<script>alert(1)</script>")
    page.name = "letter.pdf"
    assert client.post(path(case, "attach"), {"file": page}).status_code == 409


def test_views_are_saved_with_their_count(alder: Provider) -> None:
    determined(alder, a_finding("A1"), a_finding("A2"), a_false_credit("A3"))
    client = signed_in(alder)
    client.post("/alder/cases/views/save?queue=work&party=payer", {"name": "Payers"})
    page = client.get("/alder/cases/views").content.decode()
    assert "?queue=work&amp;party=payer" in page
    assert '<td class="number">2</td>' in page


def test_a_supervisor_hands_cases_out(alder: Provider) -> None:
    case, boss = a_case(alder), signed_in(alder, Role.SUPERVISOR)
    mira = a_member(alder, name="mira")
    rule = {"to": "mira", "party": "payer", "cause": "", "at_least": "10"}
    boss.post("/alder/cases/assignment/add", rule)
    assert "the payer" in boss.get("/alder/cases/assignment").content.decode()
    assert boss.post("/alder/cases/assignment/add", {**rule, "at_least": "x"}).status_code == 422
    boss.post("/alder/cases/assignment/give")
    assert Case.objects.get(pk=case.pk).assigned_to == mira


def test_a_case_is_not_taken_from_somebody_by_a_name_that_nobody_has(alder: Provider) -> None:
    case = a_case(alder)
    mira = a_member(alder)
    assign_case(Seen(alder, case.number, case.version), mira, actor=mira, at=NOW)
    client = signed_in(alder, Role.SUPERVISOR)
    form = {"to": "999999", "version": str(case.version + 1)}
    assert client.post(f"/alder/cases/{case.number}/assign", form).status_code == 422
    assert Case.objects.get().assigned_to == mira


@pytest.mark.parametrize("asked", ["9" * 5000, "-1", "1e3", "10000000.01"])
def test_a_rule_from_an_amount_that_is_none_is_refused(alder: Provider, asked: str) -> None:
    client = signed_in(alder, Role.SUPERVISOR)
    mira = a_member(alder)
    form = {"to": mira.username, "at_least": asked}
    assert client.post("/alder/cases/assignment/add", form).status_code == 422


def test_a_saved_view_keeps_no_name_in_the_trail(alder: Provider) -> None:
    client = signed_in(alder, Role.SUPERVISOR)
    client.post("/alder/cases/views/save?search=Quist&party=payer", {"name": "Mine"})
    event = Event.objects.get(name="view.saved")
    assert "Quist" not in str(event.after)
    assert "party=payer" in event.after["query"]

"""Keep an invented office as this version makes it, for the tests of later versions to migrate.

    python tools/make_upgrade_dump.py

Writes three files to tests/upgrade, named for the version: the database as SQL text, the data
folder beside it (ledgers, documents, keys) as a ZIP file, and what the office held as JSON.
"""

import argparse
import io
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requite.office.cases.models import Case
    from requite.office.people.models import Provider, User

ROOT = Path(__file__).resolve().parent.parent
GOLDEN, KEPT = ROOT / "tests" / "golden", ROOT / "tests" / "upgrade"
AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough sentence"  # noqa: S105 - of invented people
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented second factor
# Short name of a provider: the stories of its imports, one after another.
STORIES = {
    "alder": ("four-causes-on-one-account",),
    "birch": ("duplicate-payment-two-traces", "quiet-ordinary-accounts"),
    "cedar": ("voided-charge-split-four-ways",),
}
PEOPLE = {"mira": "specialist", "sam": "supervisor", "cora": "controller", "ada": "administrator"}
ONE_FILE = "database.sqlite3"


def furnish(feeds: Path) -> None:
    """An office in which everything has happened once."""
    people = _people()
    for slug, stories in STORIES.items():
        for story in stories:
            _bring_in(_provider(slug), story, feeds)
    _work(_provider("alder"), people)
    _beside(_provider("alder"), _provider("cedar"), people)
    _undo(_provider("birch"), people["ada"])


def _provider(slug: str) -> "Provider":
    from requite.office.people.models import Provider

    return Provider.objects.get(slug=slug)


def _people() -> "dict[str, User]":
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from requite.office.people.role import Role
    from requite.office.people.services import NewMember, add_member, add_provider, give_role

    made: dict[str, User] = {}
    for slug in STORIES:
        provider = add_provider(slug, f"{slug.title()} Clinic", state="TX", actor=None, at=AT)
        for name, role in PEOPLE.items():
            if name in made:
                give_role(made[name], provider, Role(role), actor=None, at=AT)
            else:
                new = NewMember(name, PASSWORD, Role(role))
                made[name] = add_member(provider, new, actor=None, at=AT)
    TOTP.activate(made["sam"], SECRET)
    RecoveryCodes.activate(made["sam"])
    return made


def _bring_in(provider: "Provider", story: str, feeds: Path) -> None:
    """Import a golden story."""
    from requite.office.intake.services import Ask, ask_import

    feed = feeds / story
    shutil.copytree(GOLDEN / story / "feed", feed)
    day = date.fromisoformat((GOLDEN / story / "as_of.txt").read_text(encoding="ascii").strip())
    ask_import(provider, Ask(feed, max(day, date(2026, 6, 1))), actor=None, at=AT)
    _work_off()


def _work_off() -> None:
    from requite.office.cases.arrival import take_in
    from requite.office.intake.worker import run_next

    while run_next("worker", take_in, lambda: AT):
        pass


def _work(provider: "Provider", people: "dict[str, User]") -> None:
    """A refund that is paid, one that waits, a correction, a question, a snooze."""
    from requite.domain.case import Action
    from requite.office.cases.models import Case

    mira, sam, cora = people["mira"], people["sam"], people["cora"]
    roads = {
        "payer": [
            [(Action.PROPOSE_REFUND, mira, ""), (Action.APPROVE, cora, ""), (Action.PAY, cora, "")],
            [(Action.DISMISS, mira, "settled in writing"), (Action.AGREE, sam, "")],
        ],
        "none": [[(Action.CORRECT, mira, "")]],
        "patient": [[(Action.PROPOSE_REFUND, mira, "")]],
        "undetermined": [[(Action.ASK_PROVIDER, mira, "Which plan was primary?")]],
    }
    for party, ways in roads.items():
        cases = Case.objects.filter(provider=provider, party=party).order_by("number")
        for case, road in zip(cases, ways, strict=False):
            _go(case, road)


def _go(case: "Case", road: list[tuple[Any, "User", str]]) -> None:
    from requite.office.cases.holding import Seen
    from requite.office.cases.services import move_case

    version = case.version
    for action, actor, reason in road:
        seen = Seen(case.provider, case.number, version)
        version = move_case(seen, action, reason, actor=actor, at=AT).version


def _beside(provider: "Provider", other: "Provider", people: "dict[str, User]") -> None:
    """What lies beside the cases: notes, documents, a snooze, mappings, tokens, limits, rules."""
    from requite.engine.mapping.plan import preset_names, preset_text
    from requite.office.cases.approval import Caps, set_limit, turn_on
    from requite.office.cases.attachments import attach
    from requite.office.cases.holding import Seen
    from requite.office.cases.models import Case
    from requite.office.cases.services import add_note
    from requite.office.cases.snooze import last_snooze, snooze_case
    from requite.office.intake.mapping import save_mapping
    from requite.office.people.role import Role
    from requite.office.people.tokens import NewToken, make_token

    mira = people["mira"]
    case = Case.objects.filter(provider=provider)[0]
    add_note(provider, case.number, "Card on file? @sam", actor=mira, at=AT)
    attach(case, "letter.txt", io.BytesIO(b"Dear Sir or Madam"), actor=mira, at=AT)
    for resting in Case.objects.filter(provider=other):
        until = last_snooze(resting, AT.date())
        if until is not None:
            seen = Seen(other, resting.number, resting.version)
            snooze_case(seen, until, "calls back", actor=mira, at=AT)
    save_mapping(provider, preset_text(preset_names()[0]), actor=people["ada"], at=AT)
    make_token(mira, provider, NewToken("nightly", may_write=True), at=AT)
    set_limit(provider, Role.SUPERVISOR, 250_000, actor=people["cora"], at=AT)
    caps = Caps(5_000, 50_000, 500_000)
    turn_on(provider, "paid_above_contract", caps, actor=people["sam"], at=AT)


def _undo(provider: "Provider", actor: "User") -> None:
    """Go back to the ledger before the last."""
    from requite.office.intake.services import ask_undo

    ask_undo(provider, 2, actor=actor, at=AT)
    _work_off()


def described() -> dict[str, Any]:
    """What an office holds, in words that a later version can give, too."""
    from requite.office.audit.models import Chain
    from requite.office.cases import models
    from requite.office.intake.models import Import
    from requite.office.people.models import ApiToken, Membership

    def rows(found: Any, *names: str) -> list[list[Any]]:  # noqa: ANN401 - any table
        return [list(row) for row in found.order_by("pk").values_list(*names)]

    by = ("decided_by__username", "approved_by__username")
    return {
        "cases": rows(
            models.Case.objects, "provider__slug", "number", "state", "party", "amount_cents", *by
        ),
        "refunds": rows(models.PaidRefund.objects, "case__number", "cents", "by__username"),
        "corrections": models.Correction.objects.count(),
        "notes": rows(models.Note.objects, "case__number", "text"),
        "documents": rows(models.Attachment.objects, "case__number", "name", "digest"),
        "imports": rows(Import.objects, "provider__slug", "number", "kind", "status", "snapshot"),
        "people": rows(Membership.objects, "user__username", "provider__slug", "role"),
        "tokens": ApiToken.objects.count(),
        "events": rows(Chain.objects, "name", "length"),
    }


def keep(office: Path, feeds: Path, version: str, kept: Path) -> None:
    """Write the three files of a version."""
    from requite.cli.backup import PASSING
    from requite.cli.database_copy import copy_out

    copy_out(office.parent / ONE_FILE)
    with closing(sqlite3.connect(office.parent / ONE_FILE)) as database:
        dump = "\n".join(database.iterdump()) + "\n"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{version}.sql").write_text(dump.replace(str(feeds), "/feeds"), encoding="utf-8")
    held = json.dumps(described(), indent=1) + "\n"
    (kept / f"{version}.json").write_text(held, encoding="utf-8")
    leaving = (*PASSING, "requite.sqlite3*", "findings")
    with zipfile.ZipFile(kept / f"{version}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(office.rglob("*")):
            inside = path.relative_to(office)
            passes = any(fnmatch(part, name) for part in inside.parts for name in leaving)
            if path.is_file() and not passes:
                archive.write(path, inside)


def main() -> None:
    """Make the office in a folder that is thrown away, and keep it."""
    import requite

    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--version", default=requite.__version__)
    parser.add_argument("--to", type=Path, default=KEPT)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        office, feeds = Path(folder) / "data", Path(folder) / "feeds"
        os.environ["REQUITE_DATA_DIR"] = str(office)
        os.environ["DJANGO_SETTINGS_MODULE"] = "requite.web.settings"
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        furnish(feeds)
        keep(office, feeds, asked.version, asked.to)
    print(f"{asked.to / asked.version}.sql, .zip and .json", file=sys.stderr)


if __name__ == "__main__":
    main()

"""Heads kept where the database's owner cannot rewrite them, and verified from there."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.db import transaction
from django.utils.timezone import localdate

from office_builders import NOW, a_case, a_member, a_provider
from requite.cli.audit import anchor_today
from requite.cli.intake import anchor_for_the_day
from requite.cli.main import main
from requite.office.audit.anchors import (
    BadAnchors,
    BadHead,
    Head,
    anchor_daily,
    anchor_heads,
    anchor_text,
    last_anchor,
)
from requite.office.audit.hashes import hash_of, seal_of
from requite.office.audit.keys import KeyMissing
from requite.office.audit.models import Chain, Event
from requite.office.audit.queries import Kept, tampering
from requite.office.audit.services import key_for_writing, record
from requite.office.people.models import Provider
from worked_office import as_owner

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def alder() -> Provider:
    made = a_provider()
    a_member(made)
    a_case(made)
    return made


def found(kept: Kept | None = None) -> list[str]:
    return [str(each) for each in tampering(kept)]


def audit(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["audit", *words])
    return done.exit_code, done.output


def test_an_anchor_holds_the_head_of_every_chain(alder: Provider, settings: Any) -> None:
    chains = Chain.objects.order_by("name")
    expected = [Head(chain.name, chain.length, chain.head) for chain in chains]
    made = anchor_heads(at=NOW)
    assert list(made.heads) == expected
    assert found() == []
    assert Event.objects.get(name="audit.anchored").facts["digest"] == made.digest
    assert Path(settings.ANCHORS_FILE).stat().st_mode & 0o777 == 0o600
    assert Path(settings.ANCHOR_KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_each_anchor_holds_the_one_before_it(alder: Provider) -> None:
    first, second = anchor_heads(at=NOW), anchor_heads(at=NOW)
    assert (first.previous, second.previous) == ("", first.digest)
    assert (first.number, second.number) == (1, 2)


def test_heads_are_anchored_once_a_day(alder: Provider) -> None:
    assert anchor_daily(at=NOW, on=TODAY) is not None
    assert anchor_daily(at=NOW + timedelta(hours=2), on=TODAY) is None
    assert anchor_daily(at=NOW + timedelta(days=1), on=TODAY + timedelta(days=1)) is not None


def test_an_office_in_which_nothing_happened_has_nothing_to_anchor() -> None:
    assert anchor_daily(at=NOW, on=TODAY) is None
    assert last_anchor() is None


def test_the_key_of_anchors_is_never_made_anew(alder: Provider, settings: Any) -> None:
    anchor_heads(at=NOW)
    Path(settings.ANCHOR_KEY_FILE).unlink()
    with pytest.raises(KeyMissing, match=r"anchor\.key is missing, and it is never made anew"):
        anchor_heads(at=NOW)
    assert found() == []  # what was signed is verified by the public key


def test_anchors_without_their_public_key_are_not_taken_for_good(
    alder: Provider, settings: Any
) -> None:
    anchor_heads(at=NOW)
    Path(settings.ANCHOR_KEY_FILE).with_suffix(".pub").unlink()
    (told,) = found()
    assert "The public key of the anchors anchor.pub is missing" in told


def test_nothing_is_put_behind_an_anchor_that_does_not_hold(alder: Provider, settings: Any) -> None:
    anchor_heads(at=NOW)
    Path(settings.ANCHORS_FILE).write_text("no anchor\n", "ascii")
    with pytest.raises(BadAnchors, match="anchor 1 was changed"):
        anchor_heads(at=NOW)


@pytest.mark.parametrize("torn", ['{"anchor": {"number"', "\n"])
def test_a_line_that_power_failed_in_hinders_no_anchor(
    torn: str, alder: Provider, settings: Any
) -> None:
    anchor_heads(at=NOW)
    path = Path(settings.ANCHORS_FILE)
    whole = path.read_text("ascii")
    path.write_text(whole[:-1] if torn == "\n" else whole + torn, "ascii")
    assert found() == []
    assert anchor_heads(at=NOW).number == 2
    assert found() == []
    assert path.read_text("ascii").startswith(whole)


def test_a_file_that_cannot_be_written_is_named(
    alder: Provider, settings: Any, tmp_path: Path
) -> None:
    settings.ANCHORS_FILE = tmp_path
    with pytest.raises(BadAnchors, match="No anchor can be put into"):
        anchor_heads(at=NOW)


def rewrite(provider: Provider) -> None:
    """Change an event, and make all that follows anew: who holds the audit key can."""
    key, head = key_for_writing(), ""
    chain = Chain.objects.get(provider=provider)
    for event in Event.objects.filter(chain=chain).order_by("number"):
        event.actor_name = "somebody else" if event.number == 2 else event.actor_name
        event.previous_hash = head
        head = hash_of(event, key)
        as_owner(
            f"UPDATE audit_event SET actor_name = '{event.actor_name}', hash = '{head}', "
            f"previous_hash = '{event.previous_hash}' WHERE id = {event.pk}"
        )
    chain.head = head
    as_owner(
        f"UPDATE audit_chain SET head = '{head}', seal = '{seal_of(chain, key)}' "
        f"WHERE id = {chain.pk}"
    )


def test_a_head_that_somebody_kept_shows_what_the_key_alone_cannot(alder: Provider) -> None:
    chain = Chain.objects.get(provider=alder)
    kept = str(Head(chain.name, chain.length, chain.head))
    with transaction.atomic():
        record("case.read", "RQ-000001", provider=alder, actor=None, at=NOW)
    assert audit("verify", "--since", kept)[0] == 0
    rewrite(alder)
    assert audit("verify")[0] == 0  # no anchor was made, and the key was used
    status, told = audit("verify", "--since", kept)
    assert status == 1
    assert f"alder, event {chain.length}: it is not the one that was kept." in told


def test_anchors_and_public_key_are_verified_from_where_they_are_kept(
    alder: Provider, settings: Any, tmp_path: Path
) -> None:
    anchor_heads(at=NOW)
    anchors, public = tmp_path / "kept.jsonl", tmp_path / "kept.pub"
    anchors.write_bytes(Path(settings.ANCHORS_FILE).read_bytes())
    public.write_bytes(Path(settings.ANCHOR_KEY_FILE).with_suffix(".pub").read_bytes())
    call = ("verify", "--anchors", str(anchors), "--public-key", str(public))
    assert audit(*call)[0] == 0
    settings.ANCHORS_FILE, settings.ANCHOR_KEY_FILE = tmp_path / "2.jsonl", tmp_path / "2.key"
    rewrite(alder)
    assert "it is not the one that anchor 1 holds" in audit(*call)[1]


def test_anchors_that_another_signed_are_found_by_the_key_that_was_kept(
    alder: Provider, settings: Any, tmp_path: Path
) -> None:
    anchor_heads(at=NOW)
    public = tmp_path / "kept.pub"
    public.write_bytes(Path(settings.ANCHOR_KEY_FILE).with_suffix(".pub").read_bytes())
    settings.ANCHOR_KEY_FILE = tmp_path / "another.key"
    Path(settings.ANCHORS_FILE).unlink()
    anchor_heads(at=NOW)
    assert "anchor 1 was changed, or signed by another" in found(Kept(public_key=public))[0]


def test_what_is_printed_is_what_verify_takes(alder: Provider) -> None:
    status, told = audit("anchor", "--print")
    assert status == 0
    heads = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    assert len(heads) == 2
    assert audit("verify", *(word for head in heads for word in ("--since", head)))[0] == 0


def test_heads_are_mailed_to_those_who_keep_them(alder: Provider, settings: Any) -> None:
    assert "No mail server is set" in audit("anchor", "--mail")[1]
    settings.MAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = True, "office@example.org"
    assert "Nobody is to get the heads" in audit("anchor", "--mail")[1]
    assert last_anchor() is None
    settings.AUDIT_MAIL_TO = ["auditor@example.org"]
    assert audit("anchor", "--mail")[0] == 0
    made = last_anchor()
    assert made is not None
    assert mail.outbox[0].body == anchor_text(made)
    tomorrow = made.at + timedelta(days=1)
    assert anchor_today(at=tomorrow, on=localdate(tomorrow)) is not None
    assert [each.to for each in mail.outbox] == [["auditor@example.org"]] * 2


def test_the_worker_anchors_each_day_and_goes_on_where_it_cannot(
    alder: Provider, settings: Any
) -> None:
    on = localdate()
    anchor_for_the_day(on)
    anchor_for_the_day(on)
    last = last_anchor()
    assert last is not None
    assert last.number == 1
    Path(settings.ANCHOR_KEY_FILE).unlink()
    anchor_for_the_day(on + timedelta(days=1))  # says so in the log, and no more
    last = last_anchor()
    assert last is not None
    assert last.number == 1


@pytest.mark.parametrize(
    "text", ["", "alder", "alder:1", "alder:x:" + "0" * 64, "alder:1:00", ":1:" + "0" * 64]
)
def test_what_is_no_head_is_refused(text: str, alder: Provider) -> None:
    with pytest.raises(BadHead):
        Head.parse(text)
    assert audit("verify", "--since", text)[0] == 1


def test_a_head_of_a_chain_that_is_gone_is_told(alder: Provider) -> None:
    status, told = audit("verify", "--since", f"birch:1:{'0' * 64}")
    assert status == 1
    assert "birch, event 1: its chain is gone." in told


def test_a_line_of_an_anchor_holds_numbers_and_names_of_providers_only(
    alder: Provider, settings: Any
) -> None:
    anchor_heads(at=NOW)
    held = json.loads(Path(settings.ANCHORS_FILE).read_text("ascii"))
    assert set(held["anchor"]) == {"number", "at", "heads", "previous"}
    assert [name for name, _, _ in held["anchor"]["heads"]] == ["", "alder"]

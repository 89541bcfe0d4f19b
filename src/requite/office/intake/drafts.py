"""What somebody is making of an extract: kept with it, for a day at most, so that nothing is lost.

A draft lies beside the provider's other files as JSON: what was said, what came of it, and what a
trial showed. It is of one user and provider, and goes with the extract.
"""

import json
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from requite.domain.errors import RequiteError
from requite.engine.mapping.guessing.answers import Answers, said_in
from requite.engine.mapping.guessing.controls import Control, controls
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.shown import shown
from requite.engine.mapping.guessing.written import written
from requite.office.intake import folders
from requite.office.intake.kept import A_DAY, REMITS, drop_extract, kept_extract, make_plain
from requite.office.intake.mapping import OWN, mapping_text, trial
from requite.office.intake.refused_file import noting_refused_files
from requite.office.people.models import Provider, User

MOST_CONTROLS: Final = 200  # accounts that a page shows
MOST_NAMED: Final = 3  # files, in a sentence


class NoExtract(RequiteError):
    """Something was to be tried on an extract that is not there."""

    def __init__(self) -> None:
        super().__init__(
            "There is no extract to look at.",
            remedy="Choose it: one ZIP, or its CSV and Excel files. It is kept for a day at most.",
        )


class NoLedgerBrought(RequiteError):
    """What was brought holds no table: only remittances, or nothing that can be read."""

    def __init__(self, names: list[str], remits: int) -> None:
        what = "835 remittances only" if remits else "no CSV and no Excel file"
        super().__init__(
            f"{', '.join(names)}: {what}; charges and payments are missing.",
            remedy="Choose the ledger's CSV or Excel files, and 835 files together with them.",
        )


@dataclass
class Kept:
    """A draft as it is kept: what was said, the page made of it, the trial, the mapping's text."""

    answers: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)  # how the files were made plain
    page: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)
    problem: str = ""  # why nothing came of the trial
    text: str = ""  # of the mapping, as the draft says it
    typed: str = ""  # of the mapping, as somebody changed it in full

    @property
    def is_ready(self) -> bool:
        """Whether it may be imported as it is."""
        return bool(self.outcome) and not self.problem and not self.page.get("questions")


def begin_draft(provider: Provider, user: User, *, at: datetime) -> Kept:
    """Make the files of the kept extract plain, and draft its mapping by what was said before.

    Raises
    ------
    NoExtract, NoLedgerBrought, RefusedExtract
        Where there is none, no file of it is a table (it is not kept then), or one cannot be read.
    """
    extract = kept_extract(provider, user)
    if extract is None:
        raise NoExtract
    keep_draft(provider, user, Kept(told=make_plain(extract)))
    kept = read_extract(provider, user, said_before(provider), at=at)
    if not kept.page["files"]:
        names = sorted(path.name for path in extract.rglob("*") if path.is_file())
        drop_extract(provider, user)
        drop_draft(provider, user)
        raise NoLedgerBrought(names[:MOST_NAMED], kept.page["remits"])
    return kept


def read_extract(provider: Provider, user: User, answers: Answers, *, at: datetime) -> Kept:
    """Draft a mapping of the kept extract by what was said, try it out, and keep both.

    Raises
    ------
    NoExtract, RefusedExtract
        Where there is none, or a file of it cannot be read.
    """
    extract = kept_extract(provider, user)
    if extract is None:
        raise NoExtract
    found = draft(extract, answers, name=f"{provider.name[:80]}, own")
    before = kept_draft(provider, user)
    told = before.told if before else []
    kept = Kept(found.answers.model_dump(), told, shown(found), text=written(found))
    kept.typed = before.typed if before else ""
    kept.page["remarks"] = [*told, *kept.page["remarks"]]
    kept.page["remits"] = sum(1 for _ in (extract / REMITS).glob("*"))
    if not found.questions:
        _try(kept, found.reported, Tried(provider, extract, user, at))
    keep_draft(provider, user, kept)
    return kept


def said_before(provider: Provider) -> Answers:
    """What was said of the extract by which the provider's own mapping was made."""
    return said_in(mapping_text(provider, OWN))


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial: whose extract, by whom, when."""

    provider: Provider
    extract: Path
    actor: User
    at: datetime


def _try(kept: Kept, reported: list[dict[str, int]], of: Tried) -> None:
    """Map and import for a trial, and note what comes of it."""
    seen: list[Control] = []
    try:
        with noting_refused_files(of.provider, "mapping", actor=of.actor, at=of.at):
            made, refusal = trial(
                kept.text, of.extract, lambda feed: seen.extend(controls(feed, reported))
            )
    except RequiteError as refused:
        kept.problem = str(refused)
        return
    kept.problem = str(refusal) if refusal else ""
    told = [each for each in seen if each.reported_cents is not None]
    kept.outcome = {
        "rows": made.rows, "doubts": made.doubts, "left_out": made.left_out,
        "charges_cents": made.balances.charges_cents, "entries_cents": made.balances.entries_cents,
        "accounts": len(seen), "told": len(told), "agree": sum(each.agrees for each in told),
        "credits": sum(each.computed_cents < 0 for each in seen),
        "credits_cents": sum(min(each.computed_cents, 0) for each in seen),
        "controls": [asdict(each) for each in seen[:MOST_CONTROLS]],
    }  # fmt: skip


def keep_draft(provider: Provider, user: User, kept: Kept) -> None:
    """Keep a draft in the place of the one before."""
    place = _place(provider, user)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".part")
    fresh.write_text(json.dumps(asdict(kept)), encoding="utf-8")
    fresh.replace(place)


def kept_draft(provider: Provider, user: User) -> Kept | None:
    """The draft of a user; None where there is none of the last day."""
    place = _place(provider, user)
    try:
        if time.time() - place.stat().st_mtime > A_DAY:
            place.unlink(missing_ok=True)
            return None
        return Kept(**json.loads(place.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):  # none, or one of another version
        return None


def drop_draft(provider: Provider, user: User) -> None:
    """Forget the draft of a user."""
    _place(provider, user).unlink(missing_ok=True)


def drop_old_drafts(provider: Provider) -> None:
    """Remove the drafts of a provider that were kept for a day."""
    for place in _folder(provider).glob("*"):
        if time.time() - place.stat().st_mtime > A_DAY:
            place.unlink(missing_ok=True)


def _folder(provider: Provider) -> Path:
    return folders.home(provider) / "drafts"


def _place(provider: Provider, user: User) -> Path:
    return _folder(provider) / f"{user.pk}.json"

"""An upload that is to be imported: a feed, or an extract that a mapping makes one of."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from requite.engine.gate import LIMIT
from requite.office.intake.drafts import NoExtract
from requite.office.intake.folders import remove_upload
from requite.office.intake.kept import kept_extract
from requite.office.intake.mapping import FEED, feed_of_kept, feed_of_upload, save_mapping
from requite.office.intake.models import Import
from requite.office.intake.refused_file import noting_refused_files
from requite.office.intake.services import Ask, ask_import, refuse_if_busy
from requite.office.intake.status import Kind
from requite.office.people.models import Provider, User


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload is said to be: the day it is of, what it brings, the mapping it goes by."""

    as_of: date
    kind: Kind = Kind.WHOLE
    may_close: bool = False
    source: str = FEED
    may_flag_many: bool = False
    hold_out_limit: float = LIMIT


def ask_uploaded(
    provider: Provider, file: IO[bytes], said: Uploaded, *, actor: User, at: datetime
) -> Import:
    """Take an upload apart, and ask for its import; what is refused leaves nothing behind.

    Raises
    ------
    BadUpload, BadMapping, RefusedExtract
        Where it is no feed, and becomes none.
    ImportBusy, SameFeed, OldFeed
        Where its import is not to be asked for.
    """
    refuse_if_busy(provider)
    with noting_refused_files(provider, "upload", actor=actor, at=at):
        feed = feed_of_upload(provider, file, said.source)
    return _ask(provider, feed, said, actor=actor, at=at)


def ask_kept(
    provider: Provider, text: str, said: Uploaded, *, actor: User, at: datetime
) -> Import:  # fmt: skip
    """Ask for the import of the extract that a user keeps, by a mapping that becomes the own one.

    Raises
    ------
    NoExtract
        Where it is not kept any more.
    RefusedExtract, ImportBusy, SameFeed, OldFeed
        Where it becomes no feed, or its import is not to be asked for.
    """
    refuse_if_busy(provider)
    extract = kept_extract(provider, actor)
    if extract is None:
        raise NoExtract
    with noting_refused_files(provider, "extract", actor=actor, at=at):
        feed = feed_of_kept(provider, text, extract)
    made = _ask(provider, feed, said, actor=actor, at=at)
    save_mapping(provider, text, actor=actor, at=at)
    return made


def _ask(
    provider: Provider, feed: Path, said: Uploaded, *, actor: User, at: datetime
) -> Import:  # fmt: skip
    may = (said.may_close, said.may_flag_many, said.hold_out_limit)
    ask = Ask(feed, said.as_of, said.kind, *may)
    try:
        return ask_import(provider, ask, actor=actor, at=at)
    except Exception:
        remove_upload(provider, str(feed))
        raise

"""An upload that is to be imported: a feed, or an extract that a mapping makes one of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from requite.engine.gate import LIMIT
from requite.office.intake.folders import remove_upload
from requite.office.intake.mapping import FEED, feed_of_upload
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
    may = (said.may_close, said.may_flag_many, said.hold_out_limit)
    ask = Ask(feed, said.as_of, said.kind, *may)
    try:
        return ask_import(provider, ask, actor=actor, at=at)
    except Exception:
        remove_upload(provider, str(feed))
        raise

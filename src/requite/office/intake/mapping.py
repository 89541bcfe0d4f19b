"""The mapping of a provider's extract: kept, tried out, and used on the way in."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory, mkdtemp
from typing import IO

from django.conf import settings
from django.db import transaction

from requite.domain.errors import RequiteError
from requite.engine.importer import import_feed
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.plan import Mapping, parse_mapping, preset, preset_names, preset_text
from requite.engine.refusal import RefusedFeed
from requite.office.audit.services import record
from requite.office.intake import folders
from requite.office.intake.kept import PREFIX
from requite.office.intake.models import SavedMapping
from requite.office.intake.refused_file import noting_refused_files
from requite.office.intake.upload import BadUpload, unpack
from requite.office.people.models import Provider, User

OWN = "own"  # the mapping that a provider has saved
FEED = ""  # none: what comes is a feed already
LONGEST = 100_000
TRIAL_SECONDS, UPLOAD_SECONDS = 120, 600  # of a mapping's SELECTs, while a page is waited for
MAPPED = "mapped-feed"  # beside the files of the extract: the feed that is made of them


class HoldsOut(RequiteError):
    """What a mapping makes is imported, but accounts with problems are held out."""

    def __init__(self, accounts: int, told: list[str]) -> None:
        unit = "account" if accounts == 1 else "accounts"
        super().__init__(
            f"An import would go on, and hold {accounts:,} {unit} out of the findings.\n"
            + "\n".join(told) + "\n",
            remedy="Correct the mapping, or the extract.",
        )  # fmt: skip


@transaction.atomic
def save_mapping(provider: Provider, text: str, *, actor: User, at: datetime) -> SavedMapping:
    """Keep a mapping as the provider's own, in the place of the one before.

    Raises
    ------
    BadMapping
        Where the text is no mapping.
    """
    name = parse_mapping(text).name
    kept, _ = SavedMapping.objects.update_or_create(
        provider=provider, defaults={"text": text, "saved_by": actor, "saved_at": at}
    )
    record("mapping.saved", name[:100], provider=provider, actor=actor, at=at, text=text)
    return kept


def mapping_text(provider: Provider, name: str) -> str:
    """A mapping as it is written down: a preset, or (OWN) the provider's; empty where none is."""
    if name in preset_names():
        return preset_text(name)
    return (
        SavedMapping.objects.filter(provider=provider).values_list("text", flat=True).first() or ""
    )


def presets_like(files: Iterable[str]) -> list[tuple[str, str]]:
    """The presets for whose system an extract has the files, by name; the most fitting first.

    A preset's files are told by name alone: two of them at least, and four of five.
    """
    have = {_plain_name(file) for file in files}
    found = []
    for name in preset_names():
        mapping = preset(name)
        said = [*mapping.tables, *getattr(mapping, "files", ())]
        needs = {_plain_name(each.file) for each in said if each.file}
        held = len(needs & have)
        if held >= 2 and held >= 0.8 * len(needs):
            found.append((-held, name, mapping.name))
    return [(name, words) for _, name, words in sorted(found)]


def _plain_name(file: str) -> str:
    return PurePath(file.partition("#")[0].lower()).stem


def choices(provider: Provider) -> list[tuple[str, str]]:
    """What an upload may be: a feed, or an extract by the provider's mapping or a preset."""
    found = [(FEED, "a feed of Requite")]
    own = mapping_text(provider, OWN)
    if own:
        found.append((OWN, f"an extract, by our mapping ({parse_mapping(own).name})"))
    return found + [(name, f"an extract of {preset(name).name}") for name in preset_names()]


def try_mapping(
    provider: Provider, text: str, extract: Path, *, actor: User, at: datetime
) -> tuple[Mapped, RequiteError | None]:
    """What a mapping makes of an extract, and what an import would not take; nothing is kept."""
    with noting_refused_files(provider, "mapping", actor=actor, at=at):
        return trial(text, extract)


def _nothing(feed: Path) -> None:
    del feed


def trial(
    text: str, extract: Path, look: Callable[[Path], None] = _nothing
) -> tuple[Mapped, RequiteError | None]:
    """The same, and `look` is shown the feed before it is gone."""
    mapping = parse_mapping(text)
    with TemporaryDirectory(prefix=PREFIX, dir=extract.parent) as folder:
        feed, store = Path(folder) / "feed", Path(folder) / "store"
        made = map_extract(extract, mapping, feed, seconds=TRIAL_SECONDS)
        look(feed)
        try:
            report = import_feed(feed, store, processes=1).manifest.report
        except RefusedFeed as refused:
            return made, refused
        problems = [kind["told"] for kind in report["problems"] if kind["table"] != "accounts"]
        return made, HoldsOut(len(report["held_out"]), problems) if problems else None


def feed_of_upload(provider: Provider, file: IO[bytes], name: str) -> Path:
    """The feed that an upload is, or that a mapping makes of it."""
    extract = _unpacked(provider, file)
    if name == FEED:
        return extract
    mapping: Mapping = parse_mapping(mapping_text(provider, name))
    feed = extract / MAPPED
    if feed.exists():
        folders.remove_upload(provider, str(extract))
        raise BadUpload(f"it holds something called {MAPPED}, which is ours to make")
    try:
        map_extract(extract, mapping, feed, seconds=UPLOAD_SECONDS)
    except Exception:
        folders.remove_upload(provider, str(extract))
        raise
    return feed


def feed_of_kept(provider: Provider, text: str, extract: Path) -> Path:
    """The feed that a mapping makes of a kept extract, in a folder as uploads have."""
    home = folders.uploads(provider)
    home.mkdir(parents=True, exist_ok=True)
    feed = Path(mkdtemp(prefix="feed-", dir=home)) / MAPPED
    try:
        map_extract(extract, parse_mapping(text), feed)
    except Exception:
        folders.remove_upload(provider, str(feed))
        raise
    return feed


def _unpacked(provider: Provider, file: IO[bytes]) -> Path:
    return unpack(provider, file, most_bytes=settings.MOST_UPLOAD_BYTES)

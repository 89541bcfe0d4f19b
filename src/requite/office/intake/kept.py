"""The extract that somebody tries a mapping on: kept for a day at most, one a user and provider."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from requite.engine.archive import CHUNK, same_name
from requite.engine.mapping.title import bring_into_utf8, cut_title, delimiter_of
from requite.engine.within import RefusedFile, plain_file
from requite.office.intake import folders
from requite.office.intake.refused_file import noting_refused_files
from requite.office.intake.upload import BadUpload, elsewhere, unpack
from requite.office.people.models import Provider, User

A_DAY = 24 * 3600.0
REMITTANCES = {".835", ".edi", ".x12", ".era"}
TEXTS = {".csv", ".tsv", ".tab", ".psv", ".txt"}
PLAIN = {".xlsx", ".sql", ".gz", *TEXTS, *REMITTANCES}
REMITS = "remits"  # where remittances lie in an extract, as in a feed
OTHERS = {".xls", ".xlsm", ".xlsb", ".pdf", ".doc", ".docx", ".rtf", ".ods", ".html", ".htm"}
PREFIX = "extract-"
REPORT = "report-"  # a credit balance report, kept beside the extract
AS_TABLE = "Save it as CSV or .xlsx and try again."


def keep_extract(
    provider: Provider, user: User, files: Sequence[tuple[str, IO[bytes]]], *, at: datetime
) -> Path:
    """Keep what somebody uploaded in the place of what was there: one ZIP, or text and Excel files.

    Parameters
    ----------
    files : sequence of (str, file)
        Names and contents.

    Raises
    ------
    BadUpload
        Where a file is none of these, or they are too much; what was kept before is gone.
    """
    drop_extract(provider, user)
    with noting_refused_files(provider, "extract", actor=user, at=at):
        return _keep(provider, _place(provider, user), files)


def keep_report(
    provider: Provider, user: User, name: str, file: IO[bytes], *, at: datetime
) -> Path:
    """Keep a credit balance report that somebody uploaded, in the place of the one before.

    Raises
    ------
    BadUpload
        Where it is neither text nor Excel, or too large.
    """
    drop_report(provider, user)
    if Path(name).suffix.lower() not in PLAIN:
        raise BadUpload("a report is a CSV or Excel (.xlsx) file", AS_TABLE)
    with noting_refused_files(provider, "report", actor=user, at=at):
        _copy(_place(provider, user, REPORT), [(name, file)], sets_apart=False)
    return _place(provider, user, REPORT)


def kept_report(provider: Provider, user: User) -> Path | None:
    """The report that a user looks at; None where there is none of the last day."""
    place = _of_today(_place(provider, user, REPORT))
    return next(iter(place.iterdir()), None) if place else None


def drop_report(provider: Provider, user: User) -> None:
    """Remove the report of a user."""
    shutil.rmtree(_place(provider, user, REPORT), ignore_errors=True)


def _keep(provider: Provider, target: Path, files: Sequence[tuple[str, IO[bytes]]]) -> Path:
    if len(files) == 1 and Path(files[0][0]).suffix.lower() not in PLAIN:
        if Path(files[0][0]).suffix.lower() in OTHERS:
            raise BadUpload(f"{files[0][0]} is no CSV, Excel (.xlsx), 835 or ZIP file", AS_TABLE)
        root = unpack(provider, files[0][1], most_bytes=settings.MOST_UPLOAD_BYTES)
        root.rename(target)
        folders.remove_upload(provider, str(root))  # what it was packed in
    else:
        _copy(target, files, sets_apart=True)
    target.touch()  # the day counts from now, not from the time in the ZIP
    return target


def make_plain(extract: Path) -> list[str]:
    """Bring the text files of an extract into UTF-8, without a report's title; what was done.

    Excel sheets are read without a title anyway.
    """
    told = []
    for path in sorted(extract.iterdir()):
        if path.suffix.lower() not in TEXTS or not path.is_file():
            continue
        encoding = bring_into_utf8(path)
        if encoding:
            told.append(f"{path.name} was read as {encoding}: look whether its names are right.")
        above = cut_title(path, delimiter_of(path))
        if above:
            lines = f"{above:,} line{'s' if above > 1 else ''}"
            told.append(f"{path.name}: {lines} above the column names were left out.")
    return told


def _copy(target: Path, files: Sequence[tuple[str, IO[bytes]]], *, sets_apart: bool) -> None:
    """Keep files as they come; of an extract remittances apart. A report is one file, whatever."""
    if any(Path(name).suffix.lower() not in PLAIN for name, _ in files):
        raise BadUpload("several files at once are text, Excel or 835; a ZIP comes alone")
    if len({same_name(name) for name, _ in files}) < len(files):
        raise BadUpload("two of the files have one name")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=PREFIX, dir=target.parent))
    left = settings.MOST_UPLOAD_BYTES
    try:
        for name, file in files:
            path = plain_file(part, name, fresh=True)
            left -= _write(path, file, left)
            if sets_apart:
                _set_apart(path)
    except RefusedFile as refused:
        shutil.rmtree(part)
        raise BadUpload(elsewhere(refused)) from refused
    except Exception:
        shutil.rmtree(part)
        raise
    part.rename(target)


def _set_apart(path: Path) -> None:
    """Lay a remittance into the folder of remittances."""
    with path.open("rb") as file:
        is_835 = file.read(3) == b"ISA"
    if path.suffix.lower() in REMITTANCES or is_835:
        (path.parent / REMITS).mkdir(exist_ok=True)
        path.rename(path.parent / REMITS / path.name)


def _write(path: Path, file: IO[bytes], left: int) -> int:
    """Copy a file of at most so many bytes; how many they were."""
    written = 0
    with path.open("xb") as out:
        while chunk := file.read(CHUNK):
            written += len(chunk)
            if written > left:
                raise BadUpload(f"the files are more than {settings.MOST_UPLOAD_BYTES:,} bytes")
            out.write(chunk)
    return written


def kept_extract(provider: Provider, user: User) -> Path | None:
    """The extract that a user tries mappings on; None where there is none of the last day."""
    return _of_today(_place(provider, user))


def _of_today(place: Path) -> Path | None:
    if not place.is_dir():
        return None
    if _is_old(place):
        shutil.rmtree(place, ignore_errors=True)
        return None
    return place


def drop_extract(provider: Provider, user: User) -> None:
    """Remove the extract of a user, and what anybody left for more than a day."""
    shutil.rmtree(_place(provider, user), ignore_errors=True)
    drop_old_extracts(provider)


def drop_old_extracts(provider: Provider) -> None:
    """Remove the extracts of a provider that were kept for a day."""
    for place in folders.uploads(provider).glob(f"{PREFIX}*"):
        if _is_old(place):
            shutil.rmtree(place, ignore_errors=True)


def _is_old(place: Path) -> bool:
    return time.time() - place.stat().st_mtime > A_DAY


def _place(provider: Provider, user: User, kind: str = "") -> Path:
    return folders.uploads(provider) / f"{PREFIX}{kind}{user.pk}"

"""Documents of a case: taken by what they hold, not by what they are called."""

import hashlib
import re
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from requite.domain.case import label_of
from requite.domain.errors import RequiteError
from requite.engine.within import opened, plain_file, plain_folder
from requite.office.audit.services import record
from requite.office.cases.models import Attachment, Case
from requite.office.cases.stands import short
from requite.office.intake.folders import home
from requite.office.intake.refused_file import noting_refused_files
from requite.office.people.models import Provider, User

MOST_BYTES = 20_000_000
# How a file of each kind begins.
KINDS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
TEXT = "text/plain"
# How a name of each kind ends; the first is put behind one that ends otherwise.
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    TEXT: (".txt", ".835", ".edi"),
}
LONGEST_NAME = 110
NAME = re.compile(r"[^\w .()-]")


class BadAttachment(RequiteError):
    """A file is not taken."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The file is refused: {problem}.",
            remedy="Attach a PDF, PNG, JPEG, TIFF or plain text of at most 20 MB.",
        )


def kind_of(content: bytes) -> str:
    """What a file is, by its first bytes.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"Dear Sir")
    ('application/pdf', 'text/plain')
    """
    for start, kind in KINDS.items():
        if content.startswith(start):
            return kind
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadAttachment("it is of no kind that is taken") from None
    if "\0" in text or text.lstrip()[:1] == "<" or text.startswith("#!"):
        raise BadAttachment("it is no plain text")
    return TEXT


def name_of(name: str, kind: str) -> str:
    """What a document is called: a name alone, and one that no program takes for another kind.

    >>> name_of("../letter.pdf", "application/pdf"), name_of("letter.hta", "text/plain")
    ('letter.pdf', 'letter.hta.txt')
    """
    shown = NAME.sub("_", Path(name.replace("\\", "/")).name)[:LONGEST_NAME] or "document"
    ending = "" if shown.lower().endswith(ENDINGS[kind]) else ENDINGS[kind][0]
    return shown + ending


def _keep(provider: Provider, digest: str, content: bytes) -> None:
    """Keep a document under its digest; what lay there is replaced, never written into."""
    folder = _folder(provider)
    (folder / digest[:2]).mkdir(parents=True, exist_ok=True)
    within = plain_folder(folder, digest[:2])
    with NamedTemporaryFile(dir=within, suffix=".new", delete=False) as fresh:
        try:
            fresh.write(content)
            fresh.flush()
            Path(fresh.name).replace(within / digest)
        except OSError:
            Path(fresh.name).unlink()
            raise


def _read(provider: Provider, digest: str) -> bytes:
    """The document of a digest; a backup by hard links may hold it too."""
    path = plain_file(_folder(provider), f"{digest[:2]}/{digest}", may_be_linked=True)
    with opened(path) as file:
        return file.read()


def _folder(provider: Provider) -> Path:
    return home(provider) / "attachments"


def attach(case: Case, name: str, file: IO[bytes], *, actor: User, at: datetime) -> Attachment:
    """Keep a document with a case."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadAttachment("it is too large")
    if not content:
        raise BadAttachment("it is empty")
    kind, digest = kind_of(content), hashlib.sha256(content).hexdigest()
    with noting_refused_files(case.provider, case.label, actor=actor, at=at):
        _keep(case.provider, digest, content)
    shown = name_of(name, kind)
    with transaction.atomic():
        made = Attachment.objects.create(
            case=case, by=actor, at=at, name=shown, kind=kind, size=len(content), digest=digest
        )
        record(
            "case.attached", case.label, provider=case.provider, actor=actor, at=at,
            digest=digest, size=len(content), document=made.pk, words=short(shown),
        )  # fmt: skip
    return made


def attachments_of(case: Case) -> QuerySet[Attachment]:
    """The documents of a case, in order."""
    return Attachment.objects.select_related("by").filter(case=case).order_by("at", "pk")


def read_attachment(
    provider: Provider, number: int, pk: int, *, actor: User, at: datetime
) -> tuple[Attachment, bytes] | None:
    """A document and its content; that it was read is noted. None where there is none."""
    found = Attachment.objects.filter(case__provider=provider, case__number=number, pk=pk).first()
    if found is None:
        return None
    label = label_of(number)
    with noting_refused_files(provider, label, actor=actor, at=at):
        content = _read(provider, found.digest)
    with transaction.atomic():
        record("attachment.read", label, provider=provider, actor=actor, at=at, pk=pk)
    return found, content

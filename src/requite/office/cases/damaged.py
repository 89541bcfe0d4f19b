"""Whether the documents of cases are what was attached, byte by byte."""

from pathlib import Path

from requite.engine.manifest import checksum
from requite.office.cases.models import Attachment
from requite.office.intake.folders import home


def damaged_documents() -> list[str]:
    """The documents whose files are gone or hold something else, by case; reads all of them."""
    found, known = [], dict[Path, bool]()
    rows = Attachment.objects.select_related("case__provider").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        provider = row.case.provider
        path = home(provider) / "attachments" / row.digest[:2] / row.digest
        if path not in known:
            known[path] = _holds(path, row.digest)
        if not known[path]:
            found.append(f"{provider.slug}, {row.case.label}")
    return found


def _holds(path: Path, digest: str) -> bool:
    try:
        return checksum(path) == digest
    except OSError:
        return False

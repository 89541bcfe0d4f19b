"""What each page is for, in a few sentences; the guide in docs/ is made of the same text."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Help:
    """The help of one page: its view by name, what it is for, and how it is used."""

    view: str
    title: str
    purpose: str
    points: tuple[str, ...]


_TEXT = tomllib.loads((Path(__file__).parent / "help.toml").read_text(encoding="utf-8"))
HELP: Final = {
    slug: Help(page["view"], page["title"], page["purpose"], tuple(page["points"]))
    for slug, page in _TEXT.items()
}
SLUGS: Final = {page.view: slug for slug, page in HELP.items()}

"""What tests in a browser share: signing in, and what axe finds wrong with a page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

Open = Callable[..., Page]  # signs somebody in and opens a page of Alder Creek
AXE = Path(__file__).resolve().parent / "web" / "vendor" / "axe.min.js"


@dataclass
class Office:
    """Where the office answers, the passwords of its people, and what its server says."""

    address: str
    passwords: dict[str, str]
    log: Path


def axe_problems(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA: the rule, and the first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found["violations"]]

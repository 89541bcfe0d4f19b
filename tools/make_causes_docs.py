"""Write docs/causes.md from the docstrings of the causes and the golden stories that show them.

python tools/make_causes_docs.py
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from requite.domain.determination.waterfall import ORDER

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "causes.md"
STORIES = ROOT / "tests" / "golden"
MOST_STORIES = 4  # enough to see the cause alone and among others

FRONT = """# Causes

Made from `src/requite/domain/determination/causes/` by `make docs`; edit the causes, not this page.

A credit is explained by these causes in this order. Each takes what its own evidence explains and
leaves the rest to the next; what none explains goes to a person. How they work together is in
[determination.md](determination.md).

"""


def causes_in_order() -> dict[str, str]:
    """Code and docstring of each cause, in the order of the waterfall."""
    modules = [sys.modules[step.__module__] for step in ORDER if step.__name__ == "part"]
    return {
        module.__name__.rpartition(".")[2]: (module.__doc__ or "").strip() for module in modules
    }


def shown_in_stories() -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """By cause: how it ends (party and disposition), and the stories that hold it."""
    endings: dict[str, set[str]] = defaultdict(set)
    stories: dict[str, list[str]] = defaultdict(list)
    for path in sorted(STORIES.glob("*/expected_findings.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                endings[row["cause"]].add(f"{row['party']}: `{row['disposition']}`")
                if path.parent.name not in stories[row["cause"]]:
                    stories[row["cause"]].append(path.parent.name)
    return endings, stories


def page() -> str:
    """The whole page."""
    endings, stories = shown_in_stories()
    sections = []
    for cause, docstring in causes_in_order().items():
        section = f"## {cause}\n\n{docstring}\n"
        if endings[cause]:
            links = [
                f"[{name}](../tests/golden/{name}/story.md)"
                for name in stories[cause][:MOST_STORIES]
            ]
            section += f"\n- Ends as {', '.join(sorted(endings[cause]))}.\n"
            section += f"- Seen in {', '.join(links)}.\n"
        sections.append(section)
    return FRONT + "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

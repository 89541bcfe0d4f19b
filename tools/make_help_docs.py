"""Write docs/guide/pages.md from the help of the pages.

python tools/make_help_docs.py
"""

from pathlib import Path

from requite.web.help import HELP

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "pages.md"
FRONT = """# The pages of the office

Made from `src/requite/web/help.toml` by `make docs`; shown in the office under *Help* on each page.
"""


def page() -> str:
    """The page: one section for each page of the office."""
    parts = [FRONT]
    for help_ in HELP.values():
        points = "\n".join(f"- {point}" for point in help_.points)
        parts.append(f"## {help_.title}\n\n{help_.purpose}\n\n{points}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

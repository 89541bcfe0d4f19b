"""The words that the pages use and explain, as the glossary of the docs has them."""

import tomllib
from pathlib import Path
from typing import Final

TERMS: Final[dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "glossary.toml").read_text(encoding="utf-8")
)

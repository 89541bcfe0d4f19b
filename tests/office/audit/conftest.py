"""Anchors of each test by itself: what the database forgets, no file keeps."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_anchors(tmp_path: Path, settings: Any) -> None:
    settings.ANCHORS_FILE = tmp_path / "anchors.jsonl"
    settings.ANCHOR_KEY_FILE = tmp_path / "anchor.key"

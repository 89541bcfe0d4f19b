"""The mappings that come with Requite: each has its sample, and takes it whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from extracts import EXTRACTS
from mapped_samples import SAMPLES, mapped
from requite.engine.mapping.plan import preset, preset_names

BALANCES = {
    "athenaone": "-40.00", "epic-hospital": "-90.00", "epic-professional": "0.00",
    "open-dental": "-345.00", "openemr": "-54.94", "synthea": "0.00",
}  # fmt: skip


def test_every_preset_has_its_sample() -> None:
    assert set(preset_names()) == set(EXTRACTS) == set(BALANCES)


@pytest.mark.parametrize("name", BALANCES)
def test_the_feed_of_a_preset_adds_up_and_is_taken(name: str, tmp_path: Path) -> None:
    feed = mapped(name, tmp_path)
    assert sum(feed.balances().values()) == Decimal(BALANCES[name])
    assert feed.made.missing == []
    assert feed.made.balances.disagreeing == ()
    assert feed.held_out(tmp_path) == []
    for row in feed.rows("transactions"):
        assert row["type"] != "payment" or row["paid_by"] in {"payer", "patient"}


@pytest.mark.parametrize("name", BALANCES)
def test_a_preset_names_files_that_its_sample_has_or_may_lack(name: str) -> None:
    have = {path.name.split(".")[0].lower() for path in (SAMPLES / name).iterdir()}
    for form in preset(name).files:
        assert form.optional or form.file.lower() in have

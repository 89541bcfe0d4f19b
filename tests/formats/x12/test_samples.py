"""Public samples and the stories' own remittances: every claim is read, every cent is counted."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from requite.formats.x12.remittance import Counts, read_remittances

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT.parent / "shared" / "remits"
STORIES = sorted((ROOT / "tests" / "golden").glob("*/feed/remits/*.835"))


def manifest() -> list[dict[str, str]]:
    path = SAMPLES / "manifest.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cents(dollars: str) -> int:
    return int(Decimal(dollars).scaleb(2))


def test_the_public_samples_are_at_hand() -> None:
    if not SAMPLES.exists():
        pytest.skip("the public 835 samples lie beside the repository, in ../shared/remits")
    assert len(manifest()) == 25


@pytest.mark.parametrize("sample", manifest(), ids=lambda sample: sample["file"])
def test_a_public_sample_holds_what_its_manifest_says(sample: dict[str, str]) -> None:
    with (SAMPLES / sample["file"]).open("rb") as stream:
        found = read_remittances(stream, sample["file"])
    segments = len(
        {row["provider_identifier"] for row in found.tables.provider_adjustments.to_pylist()}
    )
    assert segments == min(1, int(sample["provider_adjustment_segments"]))
    assert found.counts == Counts(
        interchanges=int(sample["interchanges"]),
        transaction_sets=int(sample["transaction_sets"]),
        other_transaction_sets=0,
        claims=int(sample["claims"]),
        lines=int(sample["service_lines"]),
        adjustments=found.counts.adjustments,
        provider_adjustments=found.counts.provider_adjustments,
        payment_cents=cents(sample["sum_payment"]),
        paid_cents=cents(sample["sum_claim_paid"]),
        provider_adjustment_cents=cents(sample["sum_provider_adjustments"]),
    )
    balances = all(found.tables.remits["is_balanced"].to_pylist())
    assert balances == (sample["balances"] == "yes")


def test_the_stories_have_remittances() -> None:
    assert len(STORIES) > 100


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parts[-4]}/{path.name}")
def test_the_remittance_of_a_story_balances(path: Path) -> None:
    with path.open("rb") as stream:
        found = read_remittances(stream, path.name)
    assert found.problems == []
    assert found.counts.claims > 0
    assert all(found.tables.remits["is_balanced"].to_pylist())

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from requite.cli.main import main


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first call of a test imports the story's feed, and the later ones read it."""
    return tmp_path_factory.mktemp("explain") / "store"


@pytest.fixture
def story(root: Path) -> Path:
    return root / "tests" / "golden" / "four-causes-on-one-account"


def call(story: Path, store: Path | None, *arguments: str, width: int = 80) -> Result:
    where = [] if store is None else ["--store", str(store)]
    as_of = (story / "as_of.txt").read_text("utf-8").strip()
    return CliRunner(env={"COLUMNS": str(width)}).invoke(
        main, ["explain", str(story / "feed"), *arguments, "--as-of", as_of, *where]
    )


def shown(story: Path, store: Path | None, *arguments: str, width: int = 80) -> str:
    result = call(story, store, *arguments, width=width)
    assert result.exit_code == 0, result.output
    return result.stdout


def document(story: Path, store: Path) -> dict[str, Any]:
    content = json.loads(shown(story, store, "A4100", "--format", "json"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("width", [80, 120])
def test_the_text_fits_its_width_and_ends_without_blanks(
    story: Path, store: Path, width: int
) -> None:
    lines = shown(story, store, "A4100", width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_all_sections_are_there_in_order(story: Path, store: Path) -> None:
    text = shown(story, store, "A4100")
    names = [
        "Account A4100",
        "Ledger",
        "Remittances",
        "Other records",
        "Who should have",
        "Finding",
    ]
    places = [text.index(name) for name in names]
    assert places == sorted(places)


def test_rows_that_prove_a_finding_carry_its_number(story: Path, store: Path) -> None:
    text = shown(story, store, "A4100")
    assert re.search(r"^\[1\] +2026-03-05 +T0007 payment, Larkspur Health Plan", text, re.MULTILINE)
    assert re.search(r"^ +2026-02-05 +T0005 payment", text, re.MULTILINE)
    assert re.search(
        r"^\[3\] +3 +contractual write-off +\$40.00 +\$80.00 +\+\$40.00", text, re.MULTILINE
    )
    assert "[1] $120.00 on line 1: Larkspur Health Plan" in text


def test_the_table_adds_up_to_the_balance(story: Path, store: Path) -> None:
    text = shown(story, store, "A4100")
    assert re.search(r"Total +\$430.00 +\$662.50 +\+\$232.50 +too much", text)
    assert "Still owed $0.00 less too much $232.50 is the balance: -$232.50." in text


def test_adjustments_are_told_in_words_and_deadlines_with_their_law(
    story: Path, store: Path
) -> None:
    text = shown(story, store, "A4100")
    assert "CO-45 charge above the contract $50.00" in text
    assert "Due 2026-05-30, 30 days left (Tex. Ins. 1661.005; rule patient.TX.ins1661)." in text
    assert "Nobody is owed: no clock runs." in text


def test_no_patient_is_named(story: Path, store: Path) -> None:
    names = (story / "feed" / "patients.csv").read_text("utf-8").splitlines()[1].split(",")[1:3]
    for form in ("text", "json"):
        text = shown(story, store, "A4100", "--format", form)
        assert [name for name in names if name.lower() in text.lower()] == []


def test_a_pipe_gets_no_colour(story: Path, store: Path) -> None:
    assert "\x1b" not in shown(story, store, "A4100")


def test_json_carries_the_same_statement_in_cents(story: Path, store: Path) -> None:
    content = document(story, store)
    assert content["balance_cents"] == -23250
    assert content["as_of"] == "2026-04-30"
    assert [finding["amount_cents"] for finding in content["findings"]] == [12000, 6500, 4000, 750]
    assert content["claims"][0]["lines"][0]["adjustments"][0]["carc"] == "45"
    assert sum(f["amount_cents"] for f in content["findings"]) == content["credit_cents"]


def test_a_store_that_holds_the_feed_is_read_and_not_imported_again(
    story: Path, store: Path
) -> None:
    first = shown(story, store, "A4100")
    snapshots = sorted((store / "snapshots").iterdir())
    stamps = [path.stat().st_mtime_ns for path in snapshots]
    assert shown(story, store, "A4100") == first
    assert [path.stat().st_mtime_ns for path in snapshots] == stamps


def test_without_a_store_the_feed_is_imported_for_this_once(story: Path, store: Path) -> None:
    assert shown(story, None, "A4100") == shown(story, store, "A4100")


def test_an_unknown_account_ends_in_a_sentence_with_a_remedy(story: Path, store: Path) -> None:
    result = call(story, store, "a4101")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "There is no account 'a4101' in the feed. Did you mean A4100?" in result.stderr


def test_an_account_held_out_at_the_gate_says_why_and_shows_its_rows(
    root: Path, tmp_path: Path
) -> None:
    story = root / "tests" / "golden" / "account-that-does-not-add-up"
    text = shown(story, tmp_path / "store", "H1")
    assert "HELD OUT: The source reports a balance of -$100.00" in text
    assert "T0003 payment, Tamarack Mutual" in text
    assert "Findings" not in text
    assert "in force" not in text


def test_contract_variances_are_shown_though_nothing_is_owed(root: Path, tmp_path: Path) -> None:
    story = root / "tests" / "golden" / "contract-differs-ledger-follows-remittance"
    text = " ".join(shown(story, tmp_path / "store", "CD2").split())
    assert "Findings: none" in text
    assert "the remittance allows $30.00 less than the contract." in text

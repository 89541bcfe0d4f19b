"""Each story ends as a specialist would end it: the findings and verdicts worked out by hand."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.domain.money import Money

HERE = Path(__file__).resolve().parent
DISPUTED_PAGE = HERE.parent.parent / "docs" / "disputed-stories.md"

# A heading of that page is the name of a story that the rules speak against.
DISPUTED = set(re.findall(r"^## (\S+)$", DISPUTED_PAGE.read_text("utf-8"), re.MULTILINE))
STORIES = sorted(path.parent.name for path in HERE.glob("*/story.md"))
WITH_REQUESTS = sorted(path.parent.name for path in HERE.glob("*/expected_verdicts.csv"))
WITH_CLOCKS = sorted(path.parent.name for path in HERE.glob("*/expected_due.csv"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def findings_in(path: Path) -> Counter[tuple[str | int, ...]]:
    """Findings by what they must agree on; counted, so that no row may come twice."""
    columns = ("account_id", "line_no", "party", "party_id", "cause", "disposition", "certainty")
    return Counter(
        (*(row[column] for column in columns), Money.from_dollars(row["amount"]).cents)
        for row in rows_of(path)
    )


def verdicts_in(path: Path) -> dict[str, tuple[str, int, frozenset[str]]]:
    """Verdicts by request: verdict, supported cents, reasons in any order."""
    return {
        row["request_id"]: (
            row["verdict"],
            Money.from_dollars(row["supported_amount"]).cents,
            frozenset(row["reasons"].split("|")) - {""},
        )
        for row in rows_of(path)
    }


def run(command: str, story: Path, out: Path) -> None:
    as_of = (story / "as_of.txt").read_text("utf-8").strip()
    call = [command, str(story / "feed"), "--out", str(out), "--as-of", as_of]
    result = CliRunner().invoke(main, call, catch_exceptions=False)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", [name for name in STORIES if name not in DISPUTED])
def test_a_story_ends_as_a_specialist_would_end_it(name: str, tmp_path: Path) -> None:
    run("detect", HERE / name, tmp_path)
    found = findings_in(tmp_path / "findings.csv")
    expected = findings_in(HERE / name / "expected_findings.csv")
    assert {"missing": expected - found, "too many": found - expected} == {
        "missing": Counter(),
        "too many": Counter(),
    }


@pytest.mark.parametrize("name", [name for name in WITH_REQUESTS if name not in DISPUTED])
def test_a_payer_s_requests_are_judged_as_a_specialist_would(name: str, tmp_path: Path) -> None:
    run("requests", HERE / name, tmp_path)
    assert verdicts_in(tmp_path / "verdicts.csv") == verdicts_in(
        HERE / name / "expected_verdicts.csv"
    )


@pytest.mark.parametrize("name", [name for name in WITH_CLOCKS if name not in DISPUTED])
def test_a_clock_runs_out_on_the_day_that_a_specialist_would_name(
    name: str, tmp_path: Path
) -> None:
    run("detect", HERE / name, tmp_path)
    pinned = {
        (row["account_id"], row["due_on"]) for row in rows_of(HERE / name / "expected_due.csv")
    }
    accounts = {account_id for account_id, _ in pinned}
    found = rows_of(tmp_path / "findings.csv")
    due = {(row["account_id"], row["due_on"]) for row in found if row["account_id"] in accounts}
    assert due == pinned


def test_every_disputed_story_is_one_of_the_stories() -> None:
    assert set(STORIES) >= DISPUTED
    assert len(STORIES) >= 55

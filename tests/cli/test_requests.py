"""`requite requests` at the terminal: what is asked, what is supported, what is still to come."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.cli.requests import summary
from requite.domain.request import RefundRequest, Verdict
from requite.engine.requests import Judged

FEED = Path(__file__).parent.parent / "golden" / "request-valid-partly-and-unfounded" / "feed"


def a_verdict(request_id: str, verdict: str, supported_cents: int, *reasons: str) -> Verdict:
    return Verdict(
        request_id, verdict, supported_cents, reasons, "A1", 0, None, None, None, "refund", (), ""
    )


@pytest.fixture
def judged() -> Judged:
    asked = {"Q-1": 12000, "Q-2": 11500, "Q-3": 1234500}
    requests = [
        RefundRequest(request_id, "LARK", date(2026, 4, 1), cents)
        for request_id, cents in asked.items()
    ]
    verdicts = (
        a_verdict("Q-1", "valid", 12000),
        a_verdict("Q-2", "partly_valid", 8000, "amount_exceeds_overpayment"),
        a_verdict("Q-3", "invalid", 0, "no_overpayment"),
    )
    to_come = tuple(f"Q-{no}" for no in range(10, 22))
    return Judged(Path("out"), tuple(requests), verdicts, to_come)


def test_the_summary_sums_up_by_verdict(judged: Judged) -> None:
    lines = [line.split() for line in summary(judged).splitlines()]
    assert ["valid", "1", "$120.00", "$120.00"] in lines
    assert ["partly", "valid", "1", "$115.00", "$80.00"] in lines
    assert ["invalid", "1", "$12,345.00", "$0.00"] in lines
    assert ["needs", "information", "0", "$0.00", "$0.00"] in lines
    assert ["no_overpayment:", "1"] in lines


def test_the_summary_names_what_is_still_to_come(judged: Judged) -> None:
    last = summary(judged).splitlines()[-2]
    assert last.startswith("Not judged, for they came after the day: Q-10, ")
    assert last.endswith("Q-19 and 2 more")


def test_the_command_writes_the_verdicts_and_remarks_apart(tmp_path: Path) -> None:
    call = ["requests", str(FEED), "--out", str(tmp_path / "out"), "--as-of", "2026-04-15"]
    result = CliRunner().invoke(main, [*call, "--processes", "1"], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Verdicts are in" in result.stderr
    assert (tmp_path / "out" / "verdicts.parquet").exists()


def test_help_shows_the_command_at_work() -> None:
    result = CliRunner().invoke(main, ["requests", "--help"])
    assert "requite requests sample/feed --out verdicts --as-of 2026-11-23" in result.stdout

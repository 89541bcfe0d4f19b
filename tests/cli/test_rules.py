import csv
import io
import json

import pytest
from click.testing import CliRunner

from requite.cli.rules import rules


def run(*arguments: str) -> str:
    result = CliRunner().invoke(rules, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def listed(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def test_verified_rules_are_listed_and_recalled_ones_on_request() -> None:
    assert len(listed()) == 143
    everything = listed("--all")
    assert len(everything) == 218
    assert sum(row["acts"] == "false" for row in everything) == 75


def test_a_state_shows_its_own_rules_and_the_federal_ones() -> None:
    found = {row["jurisdiction"] for row in listed("--state", "tx")}
    assert found == {"US", "TX"}


@pytest.mark.parametrize("payer_class", ["commercial", "commercial_insured"])
def test_a_class_may_be_named_as_the_feed_or_the_law_names_it(payer_class: str) -> None:
    found = {row["id"] for row in listed("--payer-class", payer_class, "--state", "TX")}
    assert "recoup.TX" in found
    assert "mcr.60day.v2025" not in found


def test_the_table_reads_aloud() -> None:
    text = run("--payer-class", "medicare_ffs")
    assert "mcr.60day.v2025  Reporting and returning Medicare overpayments (US)" in text
    assert "return: 60 days from identification; since 2025-01-01" in text
    assert "42 CFR 401.305(a)(2),(b)(1),(b)(3) (checked 2026-11-23)" in text
    assert "0 recalled and switched off." in text


def test_a_recalled_rule_says_that_it_is_switched_off() -> None:
    text = run("--payer-class", "chip", "--all")
    assert "[recalled: switched off]" in text
    assert "(from memory 2026-11-23)" in text
    assert "(not verified, read 2026-11-30)" in run("--state", "UT", "--all")


def test_a_rule_for_a_person_and_a_rule_for_another_say_so() -> None:
    assert "a person applies it: needs a cost-settlement letter" in run("--state", "PA")
    assert "binds the plan: 60 days from identification" in run(
        "--payer-class", "medicare_advantage"
    )


def test_answers_and_missing_spans_are_told_in_words() -> None:
    text = run("--payer-class", "commercial", "--all")
    assert "answer within 30 business days from receipt of the request" in text
    assert "answer within 45 days from receipt of the request, recalled" in text
    assert "no fixed span from the payment" in text


def test_json_carries_every_field_of_a_rule() -> None:
    (texas,) = [
        r for r in json.loads(run("--state", "TX", "--format", "json")) if r["id"] == "recoup.TX"
    ]
    assert texas["lookback"]["exceptions"] == [
        "fraud",
        "material_misrepresentation",
        "audit_under_21.2809",
    ]
    assert texas["source"].startswith("https://")
    assert texas["acts"] is True


@pytest.mark.parametrize(
    ("option", "value"), [("--payer-class", "medicate"), ("--state", "XX"), ("--format", "xml")]
)
def test_a_class_or_state_that_no_rule_knows_is_refused(option: str, value: str) -> None:
    result = CliRunner().invoke(rules, [option, value])
    assert result.exit_code == 2
    assert option in result.output

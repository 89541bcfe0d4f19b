from datetime import date
from pathlib import Path

import pytest

from requite.domain.regulations.reading import (
    UnreadableRule,
    all_rules,
    gather,
    read_rules,
    reference,
)
from requite.domain.regulations.rule import Duration, PauseTerms, Use

RULE = """
id = "x.rule"
title = "A rule"
payer_class = "medicaid"
jurisdiction = "TX"
citation = "1 XYZ 2"
confidence = "verified"
enabled = true
checked_on = 2026-11-23

[[versions]]
in_force_from = 2025-01-01
use = "return"
binds = "provider"
trigger = "identified"
duration = { value = 60, unit = "days", day_type = "calendar" }
owed = "refund"
notes = "A note."
pauses = [{ condition = "investigation", max_days = 180 }]
"""


def test_a_rule_is_read_with_the_kinds_of_its_values() -> None:
    (rule,) = read_rules(RULE, "x.toml")
    assert rule.duration == Duration(60)
    assert rule.use is Use.RETURN
    assert rule.in_force_from == date(2025, 1, 1)
    assert rule.pauses == (PauseTerms("investigation", 180),)
    assert rule.in_force_to is None


def test_a_version_says_more_than_what_all_versions_share() -> None:
    second = '\n[[versions]]\nid = "x.rule.old"\n' + RULE.partition("[[versions]]")[2]
    rules = read_rules(RULE + second.replace("2025-01-01", "2016-01-01"), "x.toml")
    assert [rule.id for rule in rules] == ["x.rule", "x.rule.old"]
    assert {rule.citation for rule in rules} == {"1 XYZ 2"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('title = "A rule"', "", "title"),
        ('title = "A rule"', "title = 7", "title"),
        ("enabled = true", 'enabled = "yes"', "enabled"),
        ("enabled = true", "enabled = true\ncolour = 1", "colour"),
        ("checked_on = 2026-11-23", 'checked_on = "2026-11-23"', "checked_on"),
        ("checked_on = 2026-11-23", "checked_on = 2026-11-23T10:00:00", "checked_on"),
        ('trigger = "identified"', 'trigger = "noticed"', "trigger"),
        ('use = "return"', "use = 3", "use"),
        ("value = 60", "value = true", "duration.value"),
        ("value = 60, ", "", "duration.value"),
        ("duration = {", "methods = {", "methods"),
        ('owed = "refund"', 'owed = "refund"\npenalty = "much"', "penalty"),
        ("max_days = 180", 'max_days = "180"', "pauses.max_days"),
        ('binds = "provider"', 'binds = "plan"', "binds"),
        ('confidence = "verified"', 'confidence = "recalled"', "enabled"),
        ('duration = { value = 60, unit = "days", day_type = "calendar" }', "", "duration"),
        ("[[versions]]", "[[revisions]]", "versions"),
        ("[[versions]]", "[[versions", "(none)"),
    ],
)
def test_a_rule_that_says_nonsense_is_refused_by_file_and_key(old: str, new: str, key: str) -> None:
    assert old in RULE
    with pytest.raises(UnreadableRule) as refusal:
        read_rules(RULE.replace(old, new), "medicaid/x.toml")
    assert refusal.value.key == key
    assert "medicaid/x.toml" in str(refusal.value)
    assert refusal.value.remedy


def folder_with(home: Path, *names: str) -> Path:
    for name in names:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(RULE, encoding="utf-8")
    return home


def test_rules_lie_in_folders_beside_reference_facts(tmp_path: Path) -> None:
    home = folder_with(tmp_path, "medicaid/x.toml", "medicaid/notes.txt", "reference/facts.toml")
    assert [rule.id for rule in gather(home)] == ["x.rule"]


def test_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    home = folder_with(tmp_path, "chip/x.toml", "medicaid/y.toml")
    with pytest.raises(UnreadableRule, match=r"medicaid/y\.toml.*x\.rule is taken"):
        gather(home)


def test_no_rule_is_lost() -> None:
    rules = all_rules()
    by_confidence = [rule.confidence for rule in rules]
    assert len(rules) == len({rule.id for rule in rules}) == 218
    assert by_confidence.count("verified") == 143
    assert by_confidence.count("recalled") == 75


def test_verified_rules_are_on_and_recalled_ones_off() -> None:
    assert all(rule.enabled == (rule.confidence == "verified") for rule in all_rules())


@pytest.mark.parametrize(
    ("field", "count"),
    [
        ("duration", 173),
        ("in_force_from", 32),
        ("in_force_to", 15),
        ("penalty", 18),
        ("source", 156),
        ("secondary_url", 28),
        ("third_url", 1),
        ("related_url", 1),
        ("source_quality", 154),
        ("recalled_parts", 40),
        ("methods", 1),
        ("policy_default", 9),
        ("due_month_day", 4),
        ("min_usd", 5),
        ("max_usd", 5),
        ("lookback", 42),
        ("provider_response", 17),
        ("alt_trigger", 51),
        ("report_due", 52),
        ("due_diligence", 50),
        ("b2b_exemption", 53),
        ("healthcare_exemption", 52),
        ("amount_in_controversy", 2),
        ("amount_cents", 3),
        ("other_years", 1),
        ("notes", 218),
        ("citation", 218),
    ],
)
def test_no_field_of_a_rule_is_lost(field: str, count: int) -> None:
    assert sum(bool(getattr(rule, field)) for rule in all_rules()) == count


def test_every_rule_cites_its_law_and_the_day_it_was_read() -> None:
    for rule in all_rules():
        assert rule.citation
        assert rule.checked_on in (date(2026, 11, 23), date(2026, 11, 30))
        assert rule.title


def test_every_rule_that_acts_has_a_source() -> None:
    assert [rule.id for rule in all_rules() if rule.enabled and not rule.source] == []


def test_what_a_rule_points_to_is_there() -> None:
    rules = {rule.id: rule for rule in all_rules()}
    for rule in rules.values():
        assert set(rule.yields_to) <= set(rules)
        assert rule.within is None or rules[rule.within].use is Use.RECOVERY


def test_the_penalty_table_holds_every_year() -> None:
    table = {r.id: (r.min_usd, r.max_usd) for r in all_rules() if r.id.startswith("fca.penalty")}
    assert table == {
        "fca.penalty.2021": (11803, 23607),
        "fca.penalty.2022": (12537, 25076),
        "fca.penalty.2023": (13508, 27018),
        "fca.penalty.2024": (13946, 27894),
        "fca.penalty.2025": (14308, 28619),
    }


def test_facts_that_are_no_rules_are_carried_too() -> None:
    assert [column["n"] for column in reference("cms_838")["detail_page"]["columns"]] == list(
        range(1, 16)
    )
    assert len(reference("x12_835")["plb"]["codes"]) == 40
    assert len(reference("x12_835")["carcs"]) == 23
    assert reference("naupa_ii")["record_length"] == 625
    assert len(reference("hipaa_security")["points"]) == 16
    assert reference("meta")["counts"]["rules"] == len(all_rules())


def test_an_unknown_reference_is_refused() -> None:
    with pytest.raises(UnreadableRule, match=r"reference/nothing\.toml"):
        reference("nothing")

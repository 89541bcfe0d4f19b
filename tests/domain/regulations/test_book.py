import pytest

from requite.domain.regulations.book import UnknownRule, rule_book
from requite.domain.regulations.rule import Use


def acting(*part: str) -> set[str]:
    return {rule.id for rule in rule_book().acting(*part)}


def test_state_law_reaches_insured_plans_alone() -> None:
    assert "recoup.TX" in acting("commercial", "insured", "TX")
    for funding in ("self_funded", "unknown", "government"):
        assert not any(r.startswith("recoup.") for r in acting("commercial", funding, "TX"))


def test_a_state_rule_stays_in_its_state() -> None:
    assert "recoup.TX" not in acting("commercial", "insured", "OK")
    assert "patient.FL.sb1808" not in acting("patient", "unknown", "TX")
    assert "patient.FL.sb1808" not in acting("patient")


def test_a_recalled_rule_acts_only_when_switched_on() -> None:
    book = rule_book()
    assert not book.acts(book.rule("mcd.mco.provider60"))
    switched = rule_book(frozenset({"mcd.mco.provider60"}))
    assert switched.acts(switched.rule("mcd.mco.provider60"))
    assert {rule.id for rule in switched.acting("medicaid_managed")} == {"mcd.mco.provider60"}


def test_a_rule_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UnknownRule, match=r"no\.such\.rule"):
        rule_book(frozenset({"no.such.rule"}))


def test_no_rule_about_uncashed_money_speaks_of_a_payer() -> None:
    dormancy = {rule.id for rule in rule_book().for_use(Use.DORMANCY)}
    assert len(dormancy) == 51
    assert dormancy.isdisjoint(acting("commercial", "insured", "TX") | acting("unclaimed"))


def test_the_most_specific_rule_comes_first() -> None:
    rules = rule_book().acting("medicaid", "government", "NY")
    assert [r.id for r in rules if r.use is Use.RETURN] == ["mcd.NY.60day", "mcd.60day.statute"]

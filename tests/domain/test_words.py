from importlib import import_module
from pkgutil import iter_modules

import pytest

from requite.domain import words
from requite.domain.codes import CARCS, CLAIM_STATUSES, PROVIDER_ADJUSTMENTS, adjustment_in_words
from requite.domain.determination import causes
from requite.domain.parties import Certainty, Disposition, Party

EVERY_CAUSE = {
    import_module(f"{causes.__name__}.{module.name}").CAUSE
    for module in iter_modules(causes.__path__)
}


def test_every_cause_has_words_and_no_other() -> None:
    assert set(words.CAUSES) == EVERY_CAUSE


def test_every_disposition_certainty_and_party_has_words_and_no_other() -> None:
    assert set(words.DISPOSITIONS) == set(Disposition)
    assert set(words.CERTAINTIES) == set(Certainty)
    assert set(words.PARTIES) == set(Party)


@pytest.mark.parametrize(
    "table",
    [words.CAUSES, words.DISPOSITIONS, words.QUEUES, CARCS, CLAIM_STATUSES, PROVIDER_ADJUSTMENTS],
)
def test_words_are_short_plain_and_no_code(table: dict[str, str]) -> None:
    for code, told in table.items():
        assert told == told.strip(), code
        assert 0 < len(told) <= 52, code
        assert "_" not in told, code


def test_every_cause_says_what_would_change_it() -> None:
    assert set(words.WOULD_CHANGE) == EVERY_CAUSE
    for cause, told in words.WOULD_CHANGE.items():
        assert told.endswith("."), cause
        assert told[0].isupper(), cause
        assert "_" not in told, cause
        assert len(told) < 90, cause


def test_two_causes_never_read_the_same() -> None:
    assert len(set(words.CAUSES.values())) == len(words.CAUSES)


def test_an_adjustment_is_told_by_its_code_and_its_meaning() -> None:
    assert adjustment_in_words("CO", "45") == "CO-45 charge above the contract"
    assert adjustment_in_words("PR", None) == "PR patient's part"
    assert adjustment_in_words(None, "45") == "45 charge above the contract"
    assert adjustment_in_words(None, None) == ""

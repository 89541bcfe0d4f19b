"""How samples end: what is settled yields nothing, what is too much is whose it is."""

from decimal import Decimal
from pathlib import Path

import pytest

from mapped_samples import mapped

SETTLED = {
    "athenaone": ["C900"], "epic-hospital": ["H1"], "epic-professional": ["42"],
    "open-dental": ["1"], "openemr": ["7-4", "7-3-D"], "synthea": ["K1"],
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLED)
def test_an_account_that_is_settled_yields_nothing(name: str, tmp_path: Path) -> None:
    found = mapped(name, tmp_path).findings(tmp_path)
    assert [account for account in SETTLED[name] if account in found] == []


def test_the_public_sample_of_synthea_ends_as_it_must(tmp_path: Path) -> None:
    feed = mapped("synthea", tmp_path, sample="synthea-public")
    rows = [row for found in feed.findings(tmp_path).values() for row in found]
    assert {(row["cause"], row["party"]) for row in rows} == {("patient_overcollection", "patient")}
    assert len(rows) == len({row["account_id"] for row in rows}) == 190
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("11101.22")

"""What the stories owe each other: every cent of every account is accounted for."""

from collections import Counter

import numpy as np
import pytest

from requite.sample.chunk import SILENT, Chunk
from requite.sample.codes import CAUSES, PARTIES, TYPES, code
from requite.sample.days import TODAY
from requite.sample.feed_tables import balances
from requite.sample.generate import Order, chunks
from requite.sample.mixture import ORDINARY, TABLE, WHOLE
from requite.sample.remittances import gathered
from requite.sample.truth_tables import credit_sums


def test_every_balance_is_what_is_owed_less_what_is_too_much(chunk: Chunk) -> None:
    gap = balances(chunk) - (chunk.accounts.owed - credit_sums(chunk))
    wrong = Counter(TABLE[kind].name for kind in chunk.accounts.scenario[gap != 0])
    assert not wrong


def test_nothing_owed_is_negative_and_every_finding_is_positive(chunk: Chunk) -> None:
    assert chunk.accounts.owed.min() >= 0
    assert chunk.tables["truth"]["amount"].min() > 0


def test_every_kind_of_account_and_every_cause_occurs(chunk: Chunk) -> None:
    assert set(chunk.accounts.scenario.tolist()) == set(range(len(TABLE)))
    assert set(chunk.tables["truth"]["cause"].tolist()) == set(range(len(CAUSES)))


def test_five_thousand_accounts_hold_every_cause() -> None:
    small = next(chunks(Order(5000, 7)))
    assert set(small.tables["truth"]["cause"].tolist()) == set(range(len(CAUSES)))


def test_the_shares_are_those_of_the_table(chunk: Chunk) -> None:
    counts = Counter(chunk.accounts.scenario.tolist())
    for place, kind in enumerate(TABLE):
        expected = kind.share * chunk.size / WHOLE
        assert abs(counts[place] - expected) <= 6 * expected**0.5 + 4, kind.name


def test_a_twentieth_of_the_accounts_has_a_finding_and_half_of_the_credits_are_false(
    chunk: Chunk,
) -> None:
    truth = chunk.tables["truth"]
    troubled = np.unique(truth["account"])
    assert 0.04 <= len(troubled) / chunk.size <= 0.055
    false = np.unique(truth["account"][truth["party"] == code(PARTIES, "none")])
    owed = np.unique(truth["account"][truth["party"] <= code(PARTIES, "patient")])
    assert 0.4 <= len(false) / (len(false) + len(owed)) <= 0.6


def test_four_in_ten_accounts_that_hold_somebodys_money_are_masked(chunk: Chunk) -> None:
    truth = chunk.tables["truth"]
    somebodys = np.unique(truth["account"][truth["party"] <= code(PARTIES, "patient")])
    masked = (balances(chunk)[somebodys] >= 0).mean()
    assert 0.35 <= masked <= 0.5


def test_a_remittance_is_never_negative(chunk: Chunk) -> None:
    assert gathered(chunk).amount.min() >= 0


def test_claims_and_lines_balance(chunk: Chunk) -> None:
    claims, lines = chunk.tables["remit_claims"], chunk.tables["remit_lines"]
    adjustments = chunk.tables["remit_adjustments"]
    by_line = np.zeros((claims.count, 8), np.int64)
    np.add.at(by_line, (adjustments["claim"], adjustments["no"]), adjustments["amount"])
    left = lines["charge"] - lines["paid"] - by_line[lines["claim"], lines["no"]]
    assert not left.any()
    assert not (claims["charge"] - claims["paid"] - by_line.sum(axis=1)).any()


def test_nothing_happens_after_today(chunk: Chunk) -> None:
    assert chunk.tables["remit_claims"]["day"].max() <= TODAY
    assert chunk.tables["transactions"]["posted_on"].max() <= TODAY
    assert chunk.tables["charges"]["posted_on"].max() <= TODAY


def test_transfers_cancel_unless_one_arrived_short(chunk: Chunk) -> None:
    rows = chunk.tables["transactions"]
    legs = rows["type"] == code(TYPES, "transfer")
    sums = np.zeros(int(rows["transfer"].max()) + 1, np.int64)
    np.add.at(sums, rows["transfer"][legs], rows["amount"][legs])
    truth = chunk.tables["truth"]
    short = truth["cause"] == code(CAUSES, "transfer_unbalanced")
    assert sorted(-sums[sums != 0]) == sorted(truth["amount"][short])
    accounts = truth["account"][short]
    assert (chunk.accounts.reported[accounts] != SILENT).all()


def test_the_same_number_and_seed_give_the_same_stories_and_another_seed_others() -> None:
    one, same, other = (next(chunks(Order(1000, seed))) for seed in (3, 3, 4))
    for name, table in one.tables.items():
        for column in ("amount", "account", "charge"):
            if column in table._columns:
                assert (table[column] == same.tables[name][column]).all()
    assert balances(one).sum() != balances(other).sum()


def test_losses_change_no_story() -> None:
    whole = next(chunks(Order(3000, 9)))
    lossy = next(chunks(Order(3000, 9, unlinked=0.1, missing_remits=0.1)))
    assert (balances(whole) == balances(lossy)).all()
    assert (credit_sums(whole) == credit_sums(lossy)).all()
    assert not whole.tables["remit_claims"]["missing"].any()
    assert 0.07 < lossy.tables["remit_claims"]["missing"].mean() < 0.13
    rows = lossy.tables["transactions"]
    assert 0.07 < rows["unlinked"][rows["claim"] >= 0].mean() < 0.13


@pytest.mark.parametrize("accounts", [1, 2, 7, 50])
def test_even_the_smallest_sample_adds_up(accounts: int) -> None:
    small = next(chunks(Order(accounts, 1)))
    assert (balances(small) == small.accounts.owed - credit_sums(small)).all()
    assert small.accounts.scenario.min() >= ORDINARY

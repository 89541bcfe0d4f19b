"""The 835 files: what a reader may count on, and what it must bear."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from requite.sample.generate import Order
from requite.sample.write import write_sample


def cents(text: str) -> int:
    match = re.fullmatch(r"(-?)(\d+)(?:\.(\d{1,2}))?", text)
    assert match is not None, text
    whole = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
    return -whole if match[1] else whole


def segments(text: str) -> list[list[str]]:
    """The segments of one interchange, by its own signs."""
    element, end = text[3], text[105]
    return [one.strip("\r\n").split(element) for one in text.split(end) if one.strip("\r\n")]


class Payment:
    """One transaction set: what it says it pays, and what its parts sum to."""

    def __init__(self, sets: list[list[str]]) -> None:
        self.amount = next(cents(one[2]) for one in sets if one[0] == "BPR")
        self.trace = next(one[2] for one in sets if one[0] == "TRN")
        self.count = int(sets[-1][1]) - len(sets)
        self.claims: list[list[int]] = []  # charge, paid, all adjustments
        self.lines: list[list[int]] = []
        self.taken = 0
        for one in sets:
            self._add(one)

    def _add(self, one: list[str]) -> None:
        if one[0] == "CLP":
            self.claims.append([cents(one[3]), cents(one[4]), 0])
            self.open = [self.claims[-1]]
        elif one[0] == "SVC":
            self.lines.append([cents(one[2]), cents(one[3]), 0])
            self.open = [self.claims[-1], self.lines[-1]]
        elif one[0] == "CAS":
            for part in self.open:
                part[2] += cents(one[3])
        elif one[0] == "PLB":
            self.taken += cents(one[4])


def payments(sample: Any) -> list[Payment]:
    found = []
    for text in sample.remittances():
        current: list[list[str]] = []
        for one in segments(text):
            current = [one] if one[0] == "ST" else [*current, one]
            if one[0] == "SE":
                found.append(Payment(current))
    return found


def test_lines_claims_and_payments_balance(sample: Any) -> None:
    for payment in payments(sample):
        assert payment.amount == sum(claim[1] for claim in payment.claims) - payment.taken
        for charge, paid, adjusted in (*payment.claims, *payment.lines):
            assert charge - adjusted == paid
        assert payment.count == 0


def test_one_file_is_there_twice_and_no_other_trace_is(sample: Any) -> None:
    texts = list(sample.remittances())
    assert sorted(Counter(texts).values())[-2:] == [1, 2]
    traces = Counter(payment.trace for payment in payments(sample))
    copied = max(texts, key=texts.count).count("TRN")
    assert sum(count - 1 for count in traces.values()) == copied


def test_signs_and_line_ends_vary_and_payments_hold_several_claims(sample: Any) -> None:
    texts = list(sample.remittances())
    assert len({(text[3], text[105:107]) for text in texts}) >= 4
    assert max(len(payment.claims) for payment in payments(sample)) >= 4
    assert max(text.count("TRN") for text in texts) >= 4


def test_the_tables_say_what_the_files_say(tables: Any) -> None:
    by_trace = {payment.trace: payment for payment in payments(tables)}
    remits = tables.parquet("feed/remits")
    assert set(remits["trace_number"]) == set(by_trace)
    for trace, amount in zip(remits["trace_number"], remits["payment_amount_cents"], strict=True):
        assert by_trace[str(trace)].amount == amount
    paid = sum(claim[1] for payment in by_trace.values() for claim in payment.claims)
    assert sum(tables.parquet("feed/remit_claims")["paid_cents"]) == paid


def test_a_missing_claim_leaves_the_payment_as_it_was(written: Any, tmp_path: Path) -> None:
    write_sample(Order(2000, 11, missing_remits=0.1), tmp_path, remits="both", form="parquet")
    lossy = written(tmp_path)
    remits = lossy.parquet("feed/remits")
    listed = {payment.trace: payment for payment in payments(lossy)}
    balanced = set()
    for trace, amount, is_balanced in zip(
        remits["trace_number"], remits["payment_amount_cents"], remits["is_balanced"], strict=True
    ):
        payment = listed[str(trace)]
        assert payment.amount == amount
        sums = payment.amount == sum(claim[1] for claim in payment.claims) - payment.taken
        assert sums is is_balanced
        balanced.add(sums)
    assert balanced == {True, False}
    assert False in lossy.parquet("truth/findings")["provable"]

"""A payment stated outside of any transaction set is a problem, never a payment."""

import io

import pytest

from requite.formats.x12 import pieces
from requite.formats.x12.problem import Kind
from requite.formats.x12.remittance import Remittances, read_remittances

ISA = (
    "ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^*00501"
    "*000000302*0*P*:~"
)
GS, GE, IEA = "GS*HP*A*B*20260311*0805*302*X*005010X221A1~", "GE*1*302~", "IEA*1*000000302~"
BPR = "BPR*I*900*C*CHK************20260310~"
STRAY = BPR + "TRN*1*STRAY*1741234501~N1*PR*NOBODY~"
HEAD = "BPR*I*120*C*CHK************20260311~TRN*1*TM7099*1741234501~N1*PR*TAMARACK~"
SET = "ST*835*0001~" + HEAD + "CLP*A2215*1*150*120~CAS*CO*45*30~SE*7*0001~"


def read(text: str) -> Remittances:
    return read_remittances(io.BytesIO(text.encode("ascii")), "stray.835")


def traces(found: Remittances) -> list[str]:
    return [str(trace) for trace in found.tables.remits["trace_number"].to_pylist()]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (ISA + STRAY + GS + SET + GE + IEA, [1]),
        (ISA + GS + STRAY + SET + GE + IEA, [2]),
        (ISA + BPR + GS + BPR + SET + GE + IEA, [1, 3]),
        (ISA + BPR + BPR + GS + SET + GE + IEA, [1, 2]),
        (ISA + GS + SET + STRAY + GE + IEA, [9]),
        (ISA + GS + SET + GE + STRAY + IEA, [10]),
        (ISA + GS + SET + GE + IEA + ISA + STRAY, [12]),  # the file ends there
        (ISA + GS + "TRN*1*STRAY*1741234501~" + SET + GE + IEA, [2]),
    ],
)
@pytest.mark.parametrize("size", [200, 1 << 20])
def test_a_payment_between_the_segments_of_an_envelope_is_told_and_left_out(
    text: str, at: list[int], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE_BYTES", size)
    found = read(text)
    assert traces(found) == ["TM7099"]
    assert found.counts.transaction_sets == 1
    left_out = [each for each in found.problems if each.kind is Kind.NOT_A_REMITTANCE]
    assert [each.segment for each in left_out] == [place + 1 for place in at]
    assert all("outside of a transaction set" in each.detail for each in left_out)


@pytest.mark.parametrize("lost", ["ST*835*0001~", "SE*7*0001~"])
def test_a_payment_with_its_claims_is_kept_though_a_segment_of_its_set_is_lost(lost: str) -> None:
    found = read(ISA + GS + SET.replace(lost, "") + GE + IEA)
    assert traces(found) == ["TM7099"]
    assert found.tables.remits["payment_amount_cents"].to_pylist() == [12000]
    assert Kind.NOT_A_REMITTANCE not in {each.kind for each in found.problems}


def test_a_payment_without_claims_that_se_closes_is_one() -> None:
    found = read(ISA + GS + HEAD + "SE*4*0001~" + GE + IEA)
    assert traces(found) == ["TM7099"]


def test_a_payment_alone_without_any_envelope_is_read_as_before() -> None:
    assert traces(read(HEAD)) == ["TM7099"]
    assert traces(read(HEAD + "PLB*1999999999*20261231*WO:A1*10~")) == ["TM7099"]


def test_the_same_payment_told_outside_and_inside_counts_once_under_its_own_number() -> None:
    whole = read(ISA + GS + SET + GE + IEA)
    doubled = read(ISA + HEAD + GS + SET + GE + IEA)
    ids = [found.tables.remits["remit_id"].to_pylist() for found in (whole, doubled)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("padding", [0, 5, 40])
def test_a_lost_st_is_forgiven_where_claims_follow_in_a_later_piece(
    padding: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE_BYTES", 300)
    notes = "N3*ONE LONG STREET 1~" * padding
    body = HEAD + notes + "CLP*A2215*1*150*120~CAS*CO*45*30~"
    found = read(ISA + GS + body + GE + IEA)
    assert traces(found) == ["TM7099"]
    assert found.counts.claims == 1

"""Whatever is wrong is told, with its kind and its place; nothing readable is lost for it."""

import io

import pytest

from requite.formats.x12 import pieces, problem
from requite.formats.x12.problem import REMEDY, Kind, Problem
from requite.formats.x12.remittance import Remittances, read_remittances

ISA = (
    "ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^*00501"
    "*000000302*0*P*:~"
)
ENVELOPE = ISA + "GS*HP*A*B*20260311*0805*302*X*005010X221A1~{}GE*1*302~IEA*1*000000302~"
HEAD = "BPR*I*{}*C*CHK************20260311~TRN*1*TM7099*1741234501~N1*PR*TAMARACK~"
CLAIM = "CLP*A2215*1*150*120~CAS*CO*45*30~"


def read(text: str) -> Remittances:
    return read_remittances(io.BytesIO(text.encode("latin-1")), "problems.835")


def transaction(body: str, paid: str = "120") -> str:
    text = "ST*835*0001~" + HEAD.format(paid) + body
    return text + f"SE*{text.count('~') + 1}*0001~"


IN_ENVELOPE = ENVELOPE.format(transaction(CLAIM))


def places(found: Remittances, text: str) -> list[tuple[Kind, str]]:
    """Each problem with the segment that stands at its place, by number and by byte alike."""
    told = []
    for each in found.problems:
        segment = ""
        if each.byte_offset is not None:
            segment = text[each.byte_offset :].split("~", maxsplit=1)[0]
        if each.segment is not None:
            assert text.split("~")[each.segment - 1].strip() == segment
        told.append((each.kind, segment))
    return told


def test_every_kind_of_problem_has_its_remedy() -> None:
    assert set(REMEDY) == set(Kind)


def test_a_whole_file_has_no_problem() -> None:
    found = read(ENVELOPE.format(transaction(CLAIM)))
    assert found.problems == []
    assert found.counts.interchanges == found.counts.transaction_sets == 1
    assert found.tables.remits["is_balanced"].to_pylist() == [True]


@pytest.mark.parametrize(
    ("body", "kind", "at"),
    [
        ("CLP*A*1*1.505*0~", Kind.UNREADABLE_AMOUNT, "CLP*A*1*1.505*0"),
        ("CLP*A*1*0*1e3~", Kind.UNREADABLE_AMOUNT, "CLP*A*1*0*1e3"),
        ("CLP*A*1*0*0*99999999999999~", Kind.UNREADABLE_AMOUNT, "CLP*A*1*0*0*99999999999999"),
        ("CLP*A*1*0*0~CAS*CO*45*$5~", Kind.UNREADABLE_AMOUNT, "CAS*CO*45*$5"),
        ("CLP*A*1*0*0~CAS*CO*45*0*x~", Kind.UNREADABLE_AMOUNT, "CAS*CO*45*0*x"),
        ("CLP*A*1*0*0~DTM*232*20260230~", Kind.UNREADABLE_DATE, "DTM*232*20260230"),
        ("CLP*A*1*0*0~DTM*232*21260101~", Kind.UNREADABLE_DATE, "DTM*232*21260101"),
        ("CLP*A*1*0*0~SVC*HC:1*0*0~DTM*472*02260101~", Kind.UNREADABLE_DATE, "DTM*472*02260101"),
        ("CLP*A*1**0~", Kind.MISSING_VALUE, "CLP*A*1**0"),
        ("CLP**1*0*0~", Kind.MISSING_VALUE, "CLP**1*0*0"),
        ("CLP*A*1*0*0~SVC*HC:1**0~", Kind.MISSING_VALUE, "SVC*HC:1**0"),
        ("CLP*A*1*0*0~ZZZ*1~", Kind.UNKNOWN_SEGMENT, "ZZZ*1"),
        ("CLP*A*1*0*0~DRAY ANNEKE~", Kind.UNKNOWN_SEGMENT, "DRAY ANNEKE"),
        ("CLP*A*1*0*0~|SVC*HC:1*0*0~", Kind.UNKNOWN_SEGMENT, "|SVC*HC:1*0*0"),
        ("SVC*HC:1*5*5~", Kind.NO_CLAIM, "SVC*HC:1*5*5"),
        ("CLP*A*1*10*9~", Kind.UNBALANCED_CLAIM, "CLP*A*1*10*9"),
        ("CLP*A*1*10*10~SVC*HC:1*10*9~", Kind.UNBALANCED_LINE, "SVC*HC:1*10*9"),
    ],
)  # fmt: skip
def test_a_problem_has_a_place(body: str, kind: Kind, at: str) -> None:
    text = ENVELOPE.format(transaction(body, paid="0"))
    found = read(text)
    told = places(found, text)
    if kind is Kind.UNREADABLE_DATE and (kind, at) not in told:
        # A date that is well formed but of another century is placed at its claim or line.
        at = next(segment for each, segment in told if each is kind)
        assert at.startswith(("CLP", "SVC"))
    assert (kind, at) in told
    assert found.counts.claims == 1


def test_messages_show_figures_and_never_other_text() -> None:
    found = read(transaction("CLP*A*1*DRAY*1.505~ANNEKE*DRAY~DRAY~"))
    messages = " ".join(str(each) for each in found.problems)
    assert "'1.505'" in messages
    assert "DRAY" not in messages
    assert "ANNEKE" not in messages


def test_a_payment_that_does_not_add_up_is_told_and_kept() -> None:
    text = transaction(CLAIM + "PLB*1*20261231*WO:1*20~", paid="99")
    found = read(text)
    assert places(found, text) == [(Kind.UNBALANCED_REMITTANCE, "ST*835*0001")]
    assert "$99.00" in found.problems[0].detail
    assert "$100.00" in found.problems[0].detail
    assert found.tables.remits["is_balanced"].to_pylist() == [False]
    assert found.counts.claims == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("TRN*1*5*6~", Kind.NO_HEADER),
        ("BPR*I*120*C*CHK************20260311~", Kind.MISSING_VALUE),
        ("BPR*I*120*C*CHK~TRN*1*5*6~", Kind.MISSING_VALUE),
        ("BPR*I**C*CHK************20260311~TRN*1*5*6~", Kind.MISSING_VALUE),
        ("BPR*I*99999999999999*C*CHK************20260311~TRN*1*5*6~", Kind.MISSING_VALUE),
        ("BPR*I*120*C*CHK************30260311~TRN*1*5*6~", Kind.MISSING_VALUE),
    ],
)
def test_a_head_that_lacks_something(head: str, kind: Kind) -> None:
    found = read(f"ST*835*1~{head}{CLAIM}SE*{head.count('~') + 4}*1~")
    assert kind in {each.kind for each in found.problems}
    assert found.counts.claims == 1


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        (transaction(CLAIM).replace("SE*7", "SE*8"), Kind.SEGMENT_COUNT, "SE*8*0001"),
        (transaction(CLAIM).replace("SE*7", "SE*x"), Kind.SEGMENT_COUNT, "SE*x*0001"),
        (transaction(CLAIM).replace("SE*7*0001", "SE*7*2"), Kind.ENVELOPE, "SE*7*2"),
        (transaction(CLAIM).replace("SE*7*0001~", ""), Kind.TRUNCATED, "ST*835*0001"),
        (HEAD.format(120) + CLAIM, Kind.ENVELOPE, "BPR*I*120*C*CHK************20260311"),
        (IN_ENVELOPE.replace("GE*1", "GE*2"), Kind.ENVELOPE, "GE*2*302"),
        (IN_ENVELOPE.replace("GE*1*302", "GE*1*3"), Kind.ENVELOPE, "GE*1*3"),
        (IN_ENVELOPE.replace("IEA*1", "IEA*7"), Kind.ENVELOPE, "IEA*7*000000302"),
        (transaction(CLAIM) + "GE*1*1~", Kind.ENVELOPE, "GE*1*1"),
        (IN_ENVELOPE.replace("SE*7*0001~", ""), Kind.SEGMENT_COUNT, "GE*1*302"),
        (transaction(CLAIM).replace("SE*7*0001~", "") + transaction(""), Kind.SEGMENT_COUNT,
         "ST*835*0001"),
        (CLAIM + "SE*3*1~", Kind.NO_HEADER, "CLP*A2215*1*150*120"),
    ],
)  # fmt: skip
def test_envelopes_that_do_not_close_lose_no_claim(text: str, kind: Kind, at: str) -> None:
    found = read(text)
    assert (kind, at) in places(found, text)
    assert found.counts.claims == 1
    assert found.tables.remit_claims["paid_cents"].to_pylist() == [12000]


def test_an_interchange_may_end_without_iea() -> None:
    found = read(ISA + transaction(CLAIM) + ISA + transaction(CLAIM) + "IEA*0*000000302~")
    assert [each.kind for each in found.problems] == [Kind.ENVELOPE]
    assert found.counts.interchanges == found.counts.claims == 2


def test_other_transaction_sets_are_passed_over() -> None:
    other = "ST*837*7~BHT*0019~NM1*41*2*X~CLP*Z*1*5*4~SVC*HC:1*5*4~PLB*1*2*3*4~CAS*CO*1*7~SE*8*7~"
    found = read(transaction(CLAIM) + other + transaction(CLAIM))
    assert [each.kind for each in found.problems] == [Kind.NOT_A_REMITTANCE]
    assert found.counts.other_transaction_sets == 1
    assert found.tables.remit_claims["patient_control_number"].to_pylist() == ["A2215"] * 2
    assert found.tables.remit_adjustments["amount_cents"].to_pylist() == [3000] * 2
    assert len(found.tables.remit_lines) == len(found.tables.provider_adjustments) == 0


def test_several_payments_without_st_are_told_apart() -> None:
    found = read((HEAD.format(120) + CLAIM) * 2)
    assert found.counts.transaction_sets == 2
    assert len(set(found.tables.remits["remit_id"].to_pylist())) == 2


def test_claims_after_the_end_of_a_transaction_set_are_kept() -> None:
    found = read(transaction(CLAIM) + CLAIM)
    assert found.counts.claims == 2
    assert {each.kind for each in found.problems} >= {Kind.NO_HEADER, Kind.ENVELOPE}


def test_a_claim_too_large_for_a_piece_keeps_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE_BYTES", 300)
    monkeypatch.setattr(pieces, "LARGEST_CLAIM_BYTES", 600)
    lines = "".join(f"SVC*HC:{n}*1*1~CAS*CO*45*0~" for n in range(10_000, 10_100))
    found = read(transaction(f"CLP*A*1*100*100~{lines}" + CLAIM, paid="220"))
    assert {each.kind for each in found.problems} == {Kind.OVERSIZED_CLAIM}
    claims = found.tables.remit_claims
    assert claims["place"].to_pylist() == [1, 2]
    assert claims["paid_cents"].to_pylist() == [10000, 12000]
    assert found.tables.remit_lines["line_no"].to_pylist() == list(range(1, 101))
    owner = set(found.tables.remit_lines["remit_claim_id"].to_pylist())
    assert owner == {claims["remit_claim_id"][0].as_py()}
    assert found.tables.remit_adjustments["line_no"].to_pylist() == [*range(1, 101), None]
    assert found.tables.remits["is_balanced"].to_pylist() == [True]


def test_a_fault_repeated_is_placed_so_often_and_then_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(problem, "PLACED_OF_A_KIND", 3)
    found = read(transaction("ZZZ*1~CLP*A*1*10*9~" * 10, paid="90"))
    for kind in (Kind.UNKNOWN_SEGMENT, Kind.UNBALANCED_CLAIM):
        placed = [each for each in found.problems if each.kind is kind]
        assert [each.count for each in placed] == [1, 1, 1, 7]
        assert placed[-1].detail == "7 more of this kind."


def test_no_utf8_is_told_with_its_byte() -> None:
    text = transaction(CLAIM + "NM1*QC*1*MU\xd1OZ~")
    found = read(text)
    assert [(each.kind, each.byte_offset) for each in found.problems] == [
        (Kind.ENCODING, text.index("\xd1"))
    ]


def test_utf8_is_no_problem() -> None:
    text = transaction(CLAIM + "NM1*QC*1*MU\xd1OZ~")
    found = read_remittances(io.BytesIO(text.encode()), "utf8.835")
    assert found.problems == []
    assert found.tables.remit_claims["patient_last_name"].to_pylist() == ["MU\xd1OZ"]


def test_a_missing_reason_does_not_move_the_places_behind_it() -> None:
    text = transaction("CLP*A*1*20*15~CAS*OA**5~CLP*B*1*10*9~", paid="24")
    assert places(read(text), text) == [(Kind.UNBALANCED_CLAIM, "CLP*B*1*10*9")]


def test_a_problem_reads_as_a_sentence_with_its_remedy() -> None:
    told = str(Problem("may.835", Kind.TRUNCATED, "The last segment has no end.", None, 7))
    assert told.startswith("may.835, byte 7: The last segment has no end. What was whole was read.")

"""Any bytes at all give records or problems with their places, never a crash."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requite.formats.x12 import pieces
from requite.formats.x12.remittance import Remittances, read_remittances

WHOLE = (
    b"ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^*00501"
    b"*000000302*0*P*:~GS*HP*CLEARINGPOST*PROVIDERAR*20260311*0805*302*X*005010X221A1~ST*835*0001~"
    b"BPR*I*75*C*ACH*CCP*01*111900000*DA*4410098*1741234501**01*113000000*DA*700221*20260311~"
    b"TRN*1*TM7099*1741234501~DTM*405*20260311~N1*PR*TAMARACK MUTUAL~REF*2U*60141~"
    b"N1*PE*ALDER CREEK*XX*1993999998~REF*TJ*741000999~LX*1~"
    b"CLP*A2215*1*150*120**12*TM26-44*11*1~NM1*QC*1*DRAY*ANNEKE****MI*MTAMA101~DTM*232*20260112~"
    b"SVC*HC:70450:26*150*120**1~DTM*472*20260112~CAS*CO*45*30~REF*6R*1~AMT*B6*120~"
    b"PLB*1993999998*20261231*WO:TM26-44*50*L6:A2215*-5~SE*19*0001~GE*1*302~IEA*1*000000302~"
)
SEGMENTS = [*WHOLE.split(b"~"), b"ST*837*1", b"CAS*OA**5", b"\xff\xfe", b"ISA", b"CLP", b"SVC", b""]
ENDS = [b"~", b"~\n", b"\r\n", b"*", b""]

shuffled = st.lists(st.tuples(st.sampled_from(SEGMENTS), st.sampled_from(ENDS)), max_size=60).map(
    lambda parts: b"".join(part + end for part, end in parts)
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(
        draw(st.sampled_from([WHOLE, WHOLE + b"\n" + WHOLE, WHOLE.replace(b"~", b"~\r\n")]))
    )
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 30))] = draw(st.binary(max_size=8))
    return bytes(data)


def read(data: bytes) -> Remittances:
    return read_remittances(io.BytesIO(data), "any.835")


def check(found: Remittances, data: bytes) -> None:
    """What holds whatever was read."""
    tables = found.tables
    assert found.counts.claims == len(tables.remit_claims)
    claims = set(tables.remit_claims["remit_claim_id"].to_pylist())
    assert len(claims) == len(tables.remit_claims)
    assert claims >= set(tables.remit_lines["remit_claim_id"].to_pylist())
    assert claims >= set(tables.remit_adjustments["remit_claim_id"].to_pylist())
    remits = set(tables.remits["remit_id"].to_pylist())
    assert len(remits) == len(tables.remits)
    assert remits >= set(tables.remit_claims["remit_id"].to_pylist())
    assert remits >= set(tables.provider_adjustments["remit_id"].to_pylist())
    for problem in found.problems:
        assert problem.remedy
        assert problem.segment is None or problem.segment >= 1
        assert problem.byte_offset is None or 0 <= problem.byte_offset <= 2 * len(data)


@settings(max_examples=80)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(read(data), data)


@settings(max_examples=80)
@given(shuffled)
def test_segments_in_any_order(data: bytes) -> None:
    check(read(data), data)


@settings(max_examples=120)
@given(damaged())
def test_a_file_damaged_anywhere(data: bytes) -> None:
    check(read(data), data)


@settings(max_examples=50)
@given(st.one_of(damaged(), shuffled), st.integers(100, 600), st.integers(3, 30))
def test_damage_meets_small_pieces(data: bytes, piece_bytes: int, piece_segments: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE_BYTES", piece_bytes)
        patch.setattr(pieces, "PIECE_SEGMENTS", piece_segments)
        patch.setattr(pieces, "LARGEST_CLAIM_BYTES", 2 * piece_bytes)
        check(read(data), data)


@settings(max_examples=50)
@given(st.integers(0, len(WHOLE)))
def test_a_file_cut_off_keeps_every_whole_claim(length: int) -> None:
    found = read(WHOLE[:length])
    assert found.counts.claims == (1 if length >= WHOLE.index(b"*1*150*120") + 1 else 0)
    if length < len(WHOLE) - 1:
        assert found.problems
    if WHOLE.index(b"~SVC") < length:
        assert found.tables.remit_claims["paid_cents"].to_pylist() == [12000]


DAMAGE = {
    "cut within a segment and padded": WHOLE[: WHOLE.index(b"SVC") + 9] + bytes(5_000),
    "cut behind a segment and padded": WHOLE[: WHOLE.index(b"SVC")] + bytes(5_000),
    "zeros instead of a claim": WHOLE.replace(b"CLP*A2215*1*150*120**12*TM26-44*11*1", bytes(36)),
    "a NUL within a number": WHOLE.replace(b"CLP*A2215", b"CLP*A2\x0015"),
    "a segment without measure": WHOLE.replace(b"SVC*", b"NTE*" + b"x" * 5_000_000 + b"~SVC*"),
    "a claim without measure": WHOLE.replace(b"CLP*A2215", b"CLP*" + b"A" * 5_000_000),
    "a last segment without measure": WHOLE[:-20] + b"x" * 5_000_000,
    "an amount without measure": WHOLE.replace(b"*150*120*", b"*150*" + b"9" * 30 + b"*"),
    "zeros alone": bytes(90_000),
    "nothing": b"",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_no_damage_passes_in_silence(name: str) -> None:
    found = read(DAMAGE[name])
    check(found, DAMAGE[name])
    assert found.problems


def test_claims_of_the_largest_amounts_sum_without_overflow() -> None:
    claim = b"CLP*A*1*99999999999.99*99999999999.99~"
    found = read(WHOLE.replace(b"PLB*", claim * 9_000 + b"PLB*"))
    assert found.counts.paid_cents == 12_000 + 9_000 * (10**13 - 1)


# Each was looked through to its end from each of its bytes, which takes hours for so many.
LINED = WHOLE.replace(b"~", b"\n")
REPEATED = {
    "terminators that are line ends": LINED.replace(b"LX*1", b"\n" * 1_200_000 + b"LX*1"),
    "line ends without an envelope": b"ST*835*1\n" + b"\n" * 200_000 + b"BPR*I*1*C\nCLP*A*1*1\n",
    "line ends within an envelope": WHOLE[:103] + b"\n" * 200_000 + WHOLE[103:],
    "envelopes of nothing": WHOLE[:106] * 16_000,
}


@pytest.mark.parametrize("name", REPEATED)
def test_what_is_repeated_without_measure_is_looked_at_once(name: str) -> None:
    check(read(REPEATED[name]), REPEATED[name])

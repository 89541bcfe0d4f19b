import pytest

from requite.formats.x12.delimiters import Delimiters, delimiters_of, next_interchange

ISA = (
    b"ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^*00501"
    b"*000000302*0*P*"
)
TRIMMED = b"ISA*00**00**ZZ*CLEARINGPOST*ZZ*PROVIDERAR*260311*0805*^*00501*000000302*0*P"
USUAL = Delimiters(b"*", b":", b"~")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ISA + b":~GS*HP", USUAL),
        (ISA + b">\x1cGS*HP", Delimiters(b"*", b">", b"\x1c")),
        (ISA.replace(b"*", b"|") + b"^\nGS|HP", Delimiters(b"|", b"^", b"\n")),
        (ISA + b":\r\nGS*HP", Delimiters(b"*", b":", b"\r")),
        (ISA[:80] + b"\r\n" + ISA[80:] + b":~GS*HP", USUAL),
        (TRIMMED + b"*:~GS*HP", USUAL),
        (TRIMMED + b"*:~\r\nGS*HP", USUAL),
        (TRIMMED + b"*:\nGS*HP", Delimiters(b"*", b":", b"\n")),
        (TRIMMED + b"*~\nGS*HP", USUAL),
        (TRIMMED + b"*\nGS*HP", Delimiters(b"*", b":", b"\n")),
    ],
    ids=[
        "padded", "unusual", "newline ends a segment", "return ends a segment", "wrapped",
        "trimmed", "trimmed, lines", "trimmed, newline ends a segment", "no component separator",
        "newline and nothing else",
    ],
)  # fmt: skip
def test_isa_states_the_delimiters(data: bytes, found: Delimiters) -> None:
    assert delimiters_of(data) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"ST*835*1~BPR*I*5~TRN*1*2~", USUAL),
        (b"ST|835|1\nBPR|I|5\nTRN|1|2\n", Delimiters(b"|", b":", b"\n")),
        (b"ST*835*1~\r\nBPR*I*5~\r\nTRN*1*2~\r\n", USUAL),
        (b"GS*HP*A*B~ST*835*1~CLP*1*1*5*5~SVC*HC>99213*5*5~DTM*472*20260101~",
         Delimiters(b"*", b">", b"~")),
        (b"ST:835:1~BPR:I:5~TRN:1:2~", Delimiters(b":", b">", b"~")),
        (TRIMMED[:60] + b"~GS*HP~ST*835*1~BPR*I*5~", USUAL),
    ],
    ids=["no envelope", "newlines", "line ends", "component seen", "colon taken", "short ISA"],
)  # fmt: skip
def test_segments_show_the_delimiters_where_isa_does_not(data: bytes, found: Delimiters) -> None:
    assert delimiters_of(data) == found


@pytest.mark.parametrize(
    "data", [b"", b"ST", b"ST*835*1", b"Dear payer, ISA is a word", b"ISA*", b"CLP*A*1*2*3"]
)
def test_what_is_no_835_has_no_delimiters(data: bytes) -> None:
    assert delimiters_of(data) is None


@pytest.mark.parametrize("delimiters", [(b"*", b"*", b"~"), (b"*", b":", b"A"), (b"*", b" ", b"~")])
def test_delimiters_must_differ_and_be_no_text(delimiters: tuple[bytes, bytes, bytes]) -> None:
    assert not Delimiters(*delimiters).are_usable


def test_a_name_that_ends_in_isa_starts_no_interchange() -> None:
    assert next_interchange(b"NM1*QC*1*DRAY*LISA~NM1*74*1*ISA*~", USUAL) is None


def test_an_interchange_starts_after_a_segment_or_where_it_is_cut_into() -> None:
    assert next_interchange(b"IEA*1*1~\r\nISA*x", USUAL) == len(b"IEA*1*1~\r\n")
    assert next_interchange(b"CLP*A*1*5ISA|00|  |00|", USUAL) == len(b"CLP*A*1*5")

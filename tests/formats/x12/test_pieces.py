import io

import pytest

from requite.formats.x12 import pieces as cutting
from requite.formats.x12.pieces import pieces
from requite.formats.x12.problem import Kind, Problems

START = b"ST*835*1~BPR*I*5~TRN*1*2~LX*1~"
CLAIM = b"CLP*A*1*10*10~SVC*HC:99213*10*10~DTM*472*20260101~"
END = b"SE*5*1~"


def cut(data: bytes) -> tuple[list[bytes], Problems]:
    problems = Problems("cut.835")
    return [piece.data for piece in pieces(io.BytesIO(data), problems)], problems


def kinds(problems: Problems) -> list[Kind]:
    return [problem.kind for problem in problems.all()]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "PIECE_BYTES", 200)
    monkeypatch.setattr(cutting, "LARGEST_CLAIM_BYTES", 400)


@pytest.mark.usefixtures("small_pieces")
def test_a_cut_falls_before_a_claim_never_within() -> None:
    found, problems = cut(START + CLAIM * 20 + END)
    assert b"".join(found) == START + CLAIM * 20 + END
    assert all(piece.startswith((b"ST", b"CLP", b"SE")) for piece in found)
    assert len(found) > 5
    assert kinds(problems) == []


@pytest.mark.usefixtures("small_pieces")
def test_a_claim_too_large_is_cut_before_a_line() -> None:
    line = b"SVC*HC:99213*10*10~DTM*472*20260101~"
    stream = io.BytesIO(START + b"CLP*A*1*10*10~" + line * 40 + END)
    found = list(pieces(stream, Problems("large.835")))
    assert b"".join(piece.data for piece in found) == stream.getvalue()
    torn = [piece for piece in found if piece.continues_claim]
    assert torn
    assert all(piece.data.startswith(b"SVC") for piece in torn)
    assert [piece.tears_claim for piece in found[:-1]] == [
        piece.continues_claim for piece in found[1:]
    ]


@pytest.mark.usefixtures("small_pieces")
def test_a_segment_without_end_is_passed_over_in_bounded_memory() -> None:
    found, problems = cut(START + b"NTE*" + b"X" * 5000 + b"~" + CLAIM + END)
    assert b"".join(found) == START + CLAIM + END
    assert [(problem.kind, problem.byte_offset) for problem in problems.all()] == [
        (Kind.OVERLONG_SEGMENT, len(START))
    ]


@pytest.mark.usefixtures("small_pieces")
def test_a_segment_without_end_may_be_the_last() -> None:
    found, problems = cut(START + CLAIM + b"X" * 5000)
    assert b"".join(found) == START + CLAIM
    assert Kind.OVERLONG_SEGMENT in kinds(problems)


def test_a_piece_of_nothing_but_terminators_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "PIECE_SEGMENTS", 100)
    found, _ = cut(START + b"~" * 1000 + END)
    assert b"".join(found) == START + b"~" * 1000 + END
    assert max(piece.count(b"~") for piece in found) <= 100


def test_an_amount_that_is_cut_off_is_not_read() -> None:
    found, problems = cut(START + b"CLP*A*1*100*9")
    assert found == [START + b"CLP*A*1*100"]
    assert [(problem.kind, problem.byte_offset) for problem in problems.all()] == [
        (Kind.TRUNCATED, len(START))
    ]


@pytest.mark.parametrize("last", [b"SE*5*1", b"IEA*1*1", b"SE*5*1~\r\n\x1a", b"SE*5*1~\0\0"])
def test_a_closing_segment_needs_no_end(last: bytes) -> None:
    found, problems = cut(START + last)
    assert found == [START + last]
    assert kinds(problems) == []


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"  "])
def test_marks_and_blanks_before_the_start_are_no_problem(before: bytes) -> None:
    found, problems = cut(before + START + END)
    assert found == [START + END]
    assert kinds(problems) == []


def test_bytes_before_the_start_are_reported() -> None:
    found, problems = cut(b"From: payer\r\n\r\n" + START + END)
    assert found == [START + END]
    assert kinds(problems) == [Kind.BYTES_AROUND]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"\x1f\x8b\x08" + bytes(range(256)) * 20])
def test_a_file_of_another_kind_is_one_problem(data: bytes) -> None:
    found, problems = cut(data)
    assert found == []
    assert kinds(problems) == [Kind.NOT_X12]


def test_a_start_is_found_behind_a_long_letter() -> None:
    letter = b"ST; is a street; no segment. " * 20 + b"Dear payer. " * 400_000
    found, problems = cut(letter + START + END)
    assert found == [START + END]
    assert kinds(problems) == [Kind.BYTES_AROUND]


def test_an_envelope_is_found_behind_many_false_starts() -> None:
    isa = (
        b"ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^"
        b"*00501*000000302*0*P*:~"
    )
    letter = b"ST; is a street; no segment. " * 1000 + b"So is ISA; or not. "
    found, problems = cut(letter + isa + START + END)
    assert found == [isa + START + END]
    assert kinds(problems) == [Kind.BYTES_AROUND]


@pytest.mark.parametrize("width", [20, 80])
def test_broken_lines_are_mended_and_bytes_still_found(width: int) -> None:
    data = START + CLAIM * 3 + END
    lines = [data[at : at + width] for at in range(0, len(data), width)]
    wrapped = b"\r\n".join(lines)
    problems = Problems("wrapped.835")
    (piece,) = pieces(io.BytesIO(wrapped), problems)
    assert piece.data == data
    assert kinds(problems) == [Kind.LINE_BREAKS]
    for place in range(len(data)):
        offset = piece.offset_of(place)
        assert wrapped[offset : offset + 1] == data[place : place + 1]


def test_blank_lines_between_segments_are_no_broken_lines() -> None:
    _, problems = cut((START + END).replace(b"~", b"~\n\n"))
    assert kinds(problems) == []


def test_returns_before_a_newline_that_ends_segments_are_left_out() -> None:
    found, problems = cut((START + END).replace(b"~", b"\r\n").replace(b"\r", b"", 3))
    assert b"\r" not in b"".join(found) or b"\n" not in b"".join(found)
    assert kinds(problems) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp037"])
def test_other_encodings_are_read_and_reported(encoding: str) -> None:
    isa = (
        "ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^"
        "*00501*000000302*0*P*:~"
    )
    found, problems = cut((isa + (START + END).decode()).encode(encoding))
    assert b"".join(found) == isa.encode() + START + END
    assert kinds(problems) == [Kind.ENCODING]


def test_each_interchange_has_its_own_delimiters() -> None:
    first = b"ST*835*1~BPR*I*5~SE*3*1~"
    second = (
        b"ISA|00|          |00|          |ZZ|CLEARINGPOST   |ZZ|PROVIDERAR     |260311|0805|^"
        b"|00501|000000302|0|P|>!ST|835|1!SE|2|1!IEA|1|000000302!"
    )
    found = list(pieces(io.BytesIO(first + b"\n" + second), Problems("two.835")))
    assert [piece.delimiters.element for piece in found] == [b"*", b"|"]
    assert found[1].data == second
    assert found[1].offset == len(first) + 1

"""`requite map`: what it says of an extract in which nothing can be read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli.main import main


def test_an_extract_in_which_nothing_looks_like_a_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "all.zip").write_bytes(b"packed")
    call = ["map", str(tmp_path / "extract"), "--guess", "--out", str(tmp_path / "ours.toml")]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0
    assert "No file of" in result.stderr
    assert "unpacked" in result.stderr


def test_an_extract_that_is_recognised_is_drafted_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "Transactions.csv").write_text(
        "Account,Type,Amount,Post Date\n0001,Charge,5.00,2026-01-01\n"
        "0001,Ins PMT,-5.00,2026-01-02\n",
        "utf-8",
    )
    call = ["map", str(tmp_path / "extract"), "--guess", "--out", str(tmp_path / "ours.toml")]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 0
    assert result.stderr == f"A draft is in {tmp_path / 'ours.toml'}: read it before you use it.\n"


def test_open_choices_are_counted_and_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "Transactions.csv").write_text(
        "Account,Type,Amount,Post Date\n1,Charge,5.00,2026-01-01\n1,XYZ,-5.00,2026-01-02\n", "utf-8"
    )
    ours, extract = str(tmp_path / "ours.toml"), str(tmp_path / "extract")
    result = CliRunner().invoke(main, ["map", extract, "--guess", "--out", ours])
    assert result.stderr.endswith(
        "Open choices: 1. Nothing is imported by them; look for CHOOSE.\n"
    )
    call = ["map", extract, "--mapping", ours, "--out", str(tmp_path / "feed")]
    refused = CliRunner().invoke(main, call)
    assert refused.exit_code != 0
    assert "XYZ (1)" in refused.output + str(refused.exception)


def test_a_packed_extract_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"packed")
    call = ["map", str(tmp_path / "all.zip"), "--guess", "--out", str(tmp_path / "ours.toml")]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 2
    assert "is a file" in result.stderr
    assert not (tmp_path / "ours.toml").exists()


def test_a_choice_that_is_of_no_file_is_counted_and_what_is_missing_told(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "list.csv").write_text(
        "Account,Patient Name,Birth Date\nA1,Ana Ruiz,1980-01-01\nA2,Bo Chan,1981-01-01\n", "utf-8"
    )
    ours, extract = str(tmp_path / "ours.toml"), str(tmp_path / "extract")
    result = CliRunner().invoke(main, ["map", extract, "--guess", "--out", ours])
    assert "Open choices: 1." in result.stderr
    call = ["map", extract, "--mapping", ours, "--out", str(tmp_path / "feed")]
    assert "charges, transactions are missing." in CliRunner().invoke(main, call).stderr


@pytest.mark.parametrize(
    ("head", "told"),
    [(b"%PDF-1.7\n\x00", "this is a PDF"), (b"PK\x03\x04\x14", "this is an Excel or ZIP file"),
     (b"\xd0\xcf\x11\xe0", "this is a workbook of an old Excel"), (b"ISA*00*  ~", "this is an 835"),
     (b"", "nothing is in it")],
)  # fmt: skip
def test_a_file_that_is_no_csv_is_told_for_what_it_is(
    head: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "ledger.csv").write_bytes(head)
    call = ["map", str(tmp_path / "extract"), "--guess", "--out", str(tmp_path / "ours.toml")]
    for words in (call, ["detect", "--report", f"{tmp_path}/extract/ledger.csv", "--out", "out"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 1
        assert f"ledger.csv: {told}" in str(result.stderr)

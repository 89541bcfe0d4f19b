"""`requite sample` at the terminal."""

from pathlib import Path

from click.testing import CliRunner

from requite.cli.sample import sample


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(sample, arguments)
    return result.exit_code, result.output


def test_it_writes_a_feed_its_truth_and_the_day(tmp_path: Path) -> None:
    code, said = run("--accounts", "60", "--seed", "1", "--out", str(tmp_path / "made"))
    assert code == 0
    assert said == "60 of 60 accounts\n"
    assert {path.name for path in (tmp_path / "made").iterdir()} == {"as_of.txt", "feed", "truth"}
    assert (tmp_path / "made" / "as_of.txt").read_text() == "2026-11-23\n"
    assert list((tmp_path / "made" / "feed" / "remits").glob("*.835"))


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("--accounts", "300", "--seed", "8", "--out", str(tmp_path / name))
    files = [
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (tmp_path / "one", tmp_path / "two")
    ]
    assert files[0] == files[1]


def test_tables_take_the_place_of_files_where_asked(tmp_path: Path) -> None:
    made = str(tmp_path / "made")
    run("--accounts", "60", "--out", made, "--remits", "parquet", "--format", "parquet")
    feed = tmp_path / "made" / "feed"
    assert (feed / "remits.parquet").is_file()
    assert (feed / "remit_claims.parquet").is_file()
    assert not (feed / "remits").exists()


def test_it_does_not_write_over_another_sample(tmp_path: Path) -> None:
    made = str(tmp_path / "made")
    run("--accounts", "10", "--out", made)
    code, said = run("--accounts", "20", "--out", made)
    assert code == 1
    assert "holds a sample already" in said


def test_a_share_above_one_is_a_wrong_call(tmp_path: Path) -> None:
    code, _ = run("--out", str(tmp_path / "made"), "--unlinked", "1.5")
    assert code == 2

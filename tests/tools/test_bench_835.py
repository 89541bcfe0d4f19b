import io
from pathlib import Path

import pytest

import bench_835
from requite.formats.x12.remittance import read_remittances

RUNS = [
    bench_835.Run("pyx12, loop reader", 1.0, 2_000, 8.0, 20.0),
    bench_835.Run("Requite", 10.0, 20_000, 0.5, 140.0),
    bench_835.Run("openx12", 10.0, 20_000, 2.5, 420.0),
]


@pytest.mark.parametrize("size", [2_000, 300_000, 2_000_000])
def test_the_measured_file_has_its_size_and_balances(tmp_path: Path, size: int) -> None:
    path = tmp_path / "bench.835"
    bench_835.generate(path, size)
    assert abs(path.stat().st_size - size) < 2_000
    found = read_remittances(io.BytesIO(path.read_bytes()), "bench.835")
    assert found.problems == []
    assert found.counts.claims > 0


def test_a_ratio_compares_the_same_number_of_bytes() -> None:
    pyx12, requite, openx12 = (bench_835.ratio(each, RUNS) for each in RUNS)
    assert (round(pyx12), requite, openx12) == (160, 1.0, 5.0)


def test_every_run_has_a_row_in_both_forms() -> None:
    assert len(bench_835.markdown(RUNS).splitlines()) == len(RUNS) + 2
    first, *_ = bench_835.rows(RUNS)
    assert first["what"] == "pyx12, loop reader, 1 MB"

"""The readers of 835 files on the same generated files: prints each run as JSON.

Called as `python readers.py WORK` or `python readers.py WORK full`. It is a program of its own and
imports little, because the peak memory of a child begins with that of the process that starts it.
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))
import bench_835


def main(work: str, is_full: bool) -> None:
    """Measure every reader."""
    runs = bench_835.measure(Path(work), is_full=is_full)
    figures = [
        {
            "reader": run.reader,
            "megabytes": run.megabytes,
            "peak_megabytes": run.peak_megabytes,
            "ratio": bench_835.ratio(run, runs),
            **row,
        }
        for run, row in zip(runs, bench_835.rows(runs), strict=True)
    ]
    print(json.dumps({"runs": figures}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["full"])

"""What `detect` leaves behind: findings, proof, summary and import report."""

import json
from pathlib import Path
from typing import Any

from requite.engine.database import connect, literal, parquet, query
from requite.engine.store import Snapshot


def write_output(
    snapshot: Snapshot, work: Path, out: Path, seconds: dict[str, float]
) -> dict[str, Any]:
    """Put the partitions' results together in `out` and sum them up."""
    with connect(spill=work / "spill") as connection:
        for view, folder in (("found", "findings"), ("proved", "proof")):
            paths = sorted((work / folder).glob("*.parquet"))
            connection.execute(f"CREATE TEMP VIEW {view} AS SELECT * FROM {parquet(paths)}")
        for name in ("findings", "proof"):
            connection.execute(f"CREATE TEMP TABLE result AS {query(name)}")
            for suffix, options in (("parquet", "FORMAT parquet"), ("csv", "FORMAT csv, HEADER")):
                target = literal(out / f"{name}.{suffix}")
                connection.execute(f"COPY result TO {target} ({options})")
            connection.execute("DROP TABLE result")
    summary: dict[str, Any] = {
        "seconds": {step: round(value, 2) for step, value in seconds.items()}
    }
    _write_json(out / "summary.json", summary)
    _write_json(out / "import_report.json", snapshot.manifest.report)
    return summary


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")

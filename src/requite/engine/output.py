"""What `detect` leaves behind: findings, proof, summary and import report."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from requite import __version__
from requite.engine.backing import with_findings
from requite.engine.case_feed import accounts_flagged
from requite.engine.cases import ORDER
from requite.engine.csv_file import write_csv
from requite.engine.database import connect, literal, parquet, query
from requite.engine.gather import payers_of
from requite.engine.store import Snapshot
from requite.engine.summary import figures_of
from requite.engine.worklist import write_worklist


def write_output(
    snapshot: Snapshot, work: Path, out: Path, *, as_of: date, seconds: dict[str, float]
) -> dict[str, Any]:
    """Put the partitions' results together in `out` and sum them up."""
    with connect(spill=work / "spill") as connection:
        for view, folder in (("found", "findings"), ("proved", "proof")):
            paths = sorted((work / folder).glob("*.parquet"))
            connection.execute(f"CREATE TEMP VIEW {view} AS SELECT * FROM {parquet(paths)}")
        for name in ("findings", "proof"):
            connection.execute(f"CREATE TEMP TABLE {name} AS {query(name)}")
            told = "(FROM findings SELECT * EXCLUDE (rank))" if name == "findings" else name
            connection.execute(f"CREATE TEMP VIEW told_{name} AS FROM {told}")
            target = literal(out / f"{name}.parquet")
            connection.execute(f"COPY told_{name} TO {target} (FORMAT parquet)")
            write_csv(connection, f"told_{name}", out / f"{name}.csv")
        order = "SELECT priority, rank FROM findings"
        connection.execute(f"COPY ({order}) TO {literal(out / ORDER)} (FORMAT parquet)")
    payers = payers_of(snapshot)
    found = sorted((work / "findings").glob("*.parquet"))
    write_worklist(out / "findings.parquet", out, as_of=as_of, payers=payers)
    report = snapshot.manifest.report
    summary: dict[str, Any] = {
        "version": __version__,
        "snapshot": snapshot.manifest.snapshot,
        **figures_of(out, as_of=as_of, payers=payers),
        "rows_read": report.get("rows_read", {}),
        "accounts": snapshot.manifest.accounts,
        "accounts_flagged": accounts_flagged(out)[0],
        "accounts_held_out": len(report.get("held_out", ())),
        "backing": (with_findings(report["backing"], found) if "backing" in report else {}),
        "problems": [kind["told"] for kind in report.get("problems", ())],
        "seconds": {step: round(value, 2) for step, value in seconds.items()},
    }
    _write_json(out / "summary.json", summary)
    _write_json(out / "import_report.json", report)
    return summary


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")

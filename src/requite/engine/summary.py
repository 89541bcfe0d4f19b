"""What a run found, in figures, from the findings and proofs that it wrote."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from requite.domain.determination.account import Payer
from requite.engine.cases import legend_of, open_worklist
from requite.engine.database import parquet, query

PROOF = "proof.parquet"
SECTIONS = (
    "by_party",
    "by_payer_class",
    "by_cause",
    "by_party_and_cause",
    "by_certainty",
    "by_queue",
    "due",
)


def figures_of(out: Path, *, as_of: date, payers: Mapping[str, Payer]) -> dict[str, Any]:
    """Sum up the findings and proofs in `out`.

    Parameters
    ----------
    out : Path
        Where `detect` wrote `findings.parquet` and `proof.parquet`.
    as_of : date
        The day of the run.
    payers : mapping of str to Payer
        The payers on file.

    Returns
    -------
    dict
        `as_of`; `credits` (accounts, masked_accounts, credit_cents, masked_cents, owed_cents,
        disagreeing_accounts); and the sections `by_party`, `by_payer_class`, `by_cause`,
        `by_party_and_cause` (`payer/duplicate_payment`), `by_certainty`, `by_queue` and `due`
        (past_due, within_30_days, later, no_date), each from a name to `findings` and
        `amount_cents`. Every section but `by_payer_class` sums to the credit.
    """
    sections: dict[str, dict[str, dict[str, int]]] = {section: {} for section in SECTIONS}
    with open_worklist(out, legend_of(as_of, payers)) as worklist:
        for section, name, findings, cents in worklist.sums():
            sections[section][name] = {"findings": findings, "amount_cents": cents}
        relation = parquet([out / PROOF])
        worklist.connection.execute(f"CREATE VIEW proof AS SELECT * FROM {relation}")
        found = worklist.connection.execute(query("summary_credits"))
        names = [column[0] for column in found.description or ()]
        credits_row = found.fetchone() or ()
    return {
        "as_of": as_of.isoformat(),
        "credits": dict(zip(names, credits_row, strict=True)),
        **sections,
    }

"""How much of the payers' money in a ledger an 835 backs, and which payers are known too little."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from requite.domain.money import Money
from requite.engine.database import connect, parquet, query

MOST_PAYERS = 1_000  # that are listed: those with the most money
GAPS = {
    "has_no_class": "no payer class",
    "has_no_era_ids": "no 835 identifiers",
    "is_on_no_coverage": "no coverage",
}
REMEDIES = {
    "no payer class": "say in payers.payer_class what it is: a government payer has its own rules",
    "no 835 identifiers": "write what its 835s call it into payers.era_ids",
    "no coverage": "send its coverages, so that its place in the order is known",
}
MOST_STRAYS = 0.05  # of an 835's claims: more of other accounts are told
LONGEST_NUMBER = 50
PUT_REMITS = "Put 835 files into remits/."  # of a feed's folder


def backing_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Sum up the payers' money of a feed.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        It shows the feed's tables, and its remittances resolved.

    Returns
    -------
    dict
        `remittances` (a count), `payer_money_cents`, `backed_cents`; `payers`: those with a gap,
        each with payer_id, name, `gaps` in words, money_cents and backed_cents; `payers_with_gaps`
        counts them all. `claims` counts what the 835s hold, `claims_without_account` those whose
        account no record tells, `claim_without_account` is the number (CLP01) of one.
    """
    rows = connection.execute(query("payer_money")).fetchall()
    counted = connection.execute("SELECT count(*) FROM kept_remits WHERE is_kept").fetchone()
    claims, strays, stray = connection.execute(
        "SELECT count(*), count(*) FILTER (account_id IS NULL), "
        "min(patient_control_number) FILTER (account_id IS NULL) FROM resolved_claims"
    ).fetchall()[0]
    payers = [
        {
            "payer_id": payer_id,
            "name": name,
            "gaps": [told for told, is_so in zip(GAPS.values(), gaps, strict=True) if is_so],
            "money_cents": money,
            "backed_cents": backed,
        }
        for payer_id, name, *gaps, money, backed in rows
        if any(gaps)
    ]
    return {
        "remittances": counted[0] if counted else 0,
        "claims": claims,
        "claims_without_account": strays,
        "claim_without_account": "".join(filter(str.isprintable, stray or ""))[:LONGEST_NUMBER],
        "payer_money_cents": sum(row[-2] for row in rows),
        "backed_cents": sum(row[-1] for row in rows),
        "payers_with_gaps": len(payers),
        "payers": payers[:MOST_PAYERS],
    }


def with_findings(backing: Mapping[str, Any], found: list[Path]) -> dict[str, Any]:
    """The figures with `findings` and `findings_cents` of each payer, from the partitions' files.

    A finding is a payer's whose money it is, or in whose part of the account the excess lies.
    """
    with connect() as connection:
        rows = connection.execute(
            "SELECT CASE WHEN party = 'payer' THEN party_id ELSE payer_id END AS payer, "
            f"count(*), sum(amount_cents)::BIGINT FROM {parquet(found)} "
            "WHERE payer IS NOT NULL GROUP BY ALL"
        ).fetchall()
    figures = {payer_id: (count, cents) for payer_id, count, cents in rows}
    payers = []
    for payer in backing.get("payers", ()):
        count, cents = figures.get(payer["payer_id"], (0, 0))
        payers.append({**payer, "findings": count, "findings_cents": cents})
    return {**backing, "payers": payers}


def told(backing: Mapping[str, Any], put_remits: str = PUT_REMITS) -> str:
    """In a sentence how much of the payers' money an 835 backs.

    Parameters
    ----------
    put_remits : str
        How 835 files are brought by whoever reads it, said where there are none.

    >>> told({"remittances": 0, "payer_money_cents": 4122000, "backed_cents": 0})[:63]
    'No remittances in this feed: $0.00 of $41,220.00 of payer money'
    """
    money, backed = backing["payer_money_cents"], backing["backed_cents"]
    of = f"{Money(backed)} of {Money(money)} of payer money"
    if not money:
        return "No payer's money in this ledger."
    if not backing["remittances"]:
        return (
            f"No remittances in this feed: {of} is backed by an 835; findings rest on the ledger "
            f"alone. {put_remits}"
        )
    other = Money(money - backed)
    rest = "" if backed >= money else f"; findings on the other {other} rest on the ledger alone"
    remedy = ""
    if not backed:
        remedy = " No trace, check or claim number of a posting is in them: are they this ledger's?"
    return f"{of} is backed by an 835 of this feed ({_share(backed, money)}){rest}.{remedy}"


def _share(part: int, whole: int) -> str:
    """How much of a whole, rounded down: only all of it is 100 %.

    >>> _share(999, 1000), _share(5, 5)
    ('99 %', '100 %')
    """
    return f"{100 * part // whole if whole > 0 else 0} %"


def gaps_told(backing: Mapping[str, Any]) -> list[str]:
    """What is not known of claims and payers, by kind: how many, what money and findings."""
    every = backing.get("payers", ())
    named = [payer for payer in every if payer["payer_id"]]
    lines = _strays_told(backing)
    lines += [
        f"{Money(payer['money_cents'])} of payer money is of payers that nothing names: say in "
        "transactions.payer_id who made each payment; else a person has to say whose a credit is."
        for payer in every
        if not payer["payer_id"] and payer["money_cents"]
    ]
    for gap, remedy in REMEDIES.items():
        mine = [payer for payer in named if gap in payer["gaps"]]
        rests = [p for p in mine if p["money_cents"] or p.get("findings")]
        if not rests:
            continue
        money = sum(payer["money_cents"] for payer in rests)
        findings = sum(payer.get("findings", 0) for payer in rests)
        cents = sum(payer.get("findings_cents", 0) for payer in rests)
        unit = "payer" if len(rests) == 1 else "payers"
        lines.append(
            f"{len(rests):,} {unit} with {gap}: {Money(money)} of payer money, {findings:,} "
            f"{'finding' if findings == 1 else 'findings'} of {Money(cents)}; {remedy}."
        )
    return lines


def _strays_told(backing: Mapping[str, Any]) -> list[str]:
    """How many claims of 835s are of no account, where they are not few.

    >>> _strays_told({"claims": 40, "claims_without_account": 2, "claim_without_account": "7-1"})
    []
    """
    claims, strays = backing.get("claims", 0), backing.get("claims_without_account", 0)
    if strays <= MOST_STRAYS * claims:
        return []
    such_as = backing.get("claim_without_account") or "without a number"
    told = (
        f"{strays:,} of {claims:,} claims in the 835s are of no account of this ledger (one: "
        f"{such_as}): what they took back is not seen, and a refund could pay it twice. Say whose "
        "they are in claims.patient_control_number (CLP01), unless they are of another ledger."
    )
    return [told]

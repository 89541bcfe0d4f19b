"""Four causes of credits in pandas, as an analyst writes them: merge, group by, apply.

    python naive_pandas.py FEED FOUND.csv

The same rules as four_causes.sql. Reads the Parquet tables of a feed; amounts are whole cents.
"""

import sys
from pathlib import Path

import pandas as pd

LINE = ["account_id", "line_no"]
SEAT = [*LINE, "cob_order"]
ASKS = {"16", "22", "109", "226", "227", "252"}
MONEY = ["payment", "recoupment", "refund", "returned_payment"]
SEAT_OF_STATUS = {"1": 1, "19": 1, "2": 2, "20": 2}
SEAT_OF_BUCKET = {"primary": 1, "secondary": 2}


def read(feed: Path, name: str) -> pd.DataFrame:
    """One table of the feed, a file or a folder of files."""
    file = feed / f"{name}.parquet"
    return pd.read_parquet(file if file.exists() else feed / name)


def seated(rows: pd.DataFrame, seats: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    """Rows of payers, each with its place on the account; an insurer may stand there twice."""
    rows = rows.assign(wanted=wanted)
    both = rows.merge(seats, on=["account_id", "payer_id"], how="inner")
    return both[(both.seats == 1) | (both.cob_order == both.wanted)]


def answers_of(feed: Path, seats: pd.DataFrame) -> pd.DataFrame:
    """Remittance claims with account and place, without those that a reversal took back."""
    claims = read(feed, "remit_claims").merge(
        read(feed, "remits")[["remit_id", "payer_id", "trace_number", "payment_date"]],
        on="remit_id",
    )
    billed = read(feed, "claims")[["patient_control_number", "account_id"]]
    billed = billed.drop_duplicates("patient_control_number")
    claims = claims.merge(billed, on="patient_control_number", how="left")
    known = set(read(feed, "accounts").account_id)
    own = claims.patient_control_number.where(claims.patient_control_number.isin(known))
    claims["account_id"] = claims.account_id.fillna(own)
    claims["is_reversal"] = claims.claim_status == "22"
    claims["size"] = claims.paid_cents.abs()
    claims = claims.sort_values(["payment_date", "remit_id", "remit_claim_id"])
    key = ["payer_id", "payer_claim_number", "size"]
    claims["nth"] = claims.groupby([*key, "is_reversal"]).cumcount()
    taken = claims[claims.is_reversal & (claims.paid_cents < 0)][[*key, "nth"]]
    claims = claims.merge(taken.assign(is_taken=True), on=[*key, "nth"], how="left")
    claims = claims[claims.is_taken.isna() & ~claims.claim_status.isin(["22", "23", "25"])]
    return seated(claims, seats, claims.claim_status.map(SEAT_OF_STATUS).fillna(3))


def adjusted(feed: Path) -> pd.DataFrame:
    """Per remittance line its contractual, the patient's responsibility, and what it says."""
    rows = read(feed, "remit_adjustments")
    rows = rows[rows.line_no.notna()]
    plain = ~rows.carc.isin(["225"])
    other = (rows.group_code == "OA") & ~rows.carc.isin(["23", "225"])
    is_contractual = rows.group_code.isin(["CO", "PI"]) & plain | other
    rows["contractual"] = rows.amount_cents.where(is_contractual, 0)
    rows["responsibility"] = rows.amount_cents.where(rows.group_code == "PR", 0)
    rows["interest"] = rows.amount_cents.where(rows.carc == "225", 0)
    rows["asks"] = rows.carc.isin(ASKS)
    rows["after_another"] = (rows.group_code == "OA") & (rows.carc == "23")
    return rows.groupby(["remit_claim_id", "line_no"], as_index=False).agg(
        contractual=("contractual", "sum"),
        responsibility=("responsibility", "sum"),
        interest=("interest", "sum"),
        asks=("asks", "any"),
        after_another=("after_another", "any"),
    )


def answered_lines(feed: Path, answers: pd.DataFrame, charges: pd.DataFrame) -> pd.DataFrame:
    """Each remittance line on the charge line it answers; a whole claim on line 0."""
    lines = read(feed, "remit_lines")
    lines = lines.merge(adjusted(feed), on=["remit_claim_id", "line_no"], how="left")
    kept = ["remit_claim_id", "remit_id", "account_id", "cob_order", "trace_number", "claim_status",
            "payer_claim_number", "payment_date", "frequency_code"]  # fmt: skip
    lines = lines.rename(columns={"line_no": "place"}).merge(answers[kept], on="remit_claim_id")
    what = ["procedure_code", "service_date", "charge_cents", "modifiers"]
    lines["nth"] = lines.groupby(["remit_claim_id", *what], dropna=False).cumcount()
    twins = charges.rename(columns={"amount_cents": "charge_cents"}).sort_values("line_no")
    twins["nth"] = twins.groupby(["account_id", *what], dropna=False).cumcount()
    by_id = charges[["account_id", "charge_id", "line_no"]].rename(
        columns={"charge_id": "line_control_number", "line_no": "by_id"}
    )
    by_no = charges[LINE].drop_duplicates().rename(columns={"line_no": "by_no"})
    by_no["line_control_number"] = by_no.by_no.astype(str)
    by_what = twins[["account_id", *what, "nth", "line_no"]].rename(columns={"line_no": "by_what"})
    lines = lines.merge(by_id, on=["account_id", "line_control_number"], how="left")
    lines = lines.merge(by_no, on=["account_id", "line_control_number"], how="left")
    lines = lines.merge(by_what, on=["account_id", *what, "nth"], how="left")
    by_what_only = lines.by_what.where(lines.line_control_number.isna())
    lines["line_no"] = lines.by_id.fillna(lines.by_no).fillna(by_what_only)
    whole = answers[~answers.remit_claim_id.isin(lines.remit_claim_id)].assign(line_no=0)
    lines = pd.concat([lines, whole[[*kept, "charge_cents", "paid_cents", "line_no"]]])
    for name in ("contractual", "responsibility", "interest"):
        lines[name] = lines[name].fillna(0)
    for name in ("asks", "after_another"):
        lines[name] = lines[name].eq(True)
    lines["gross"] = lines.paid_cents
    lines["paid"] = lines.paid_cents + lines.interest
    return lines[lines.line_no.notna()]


def answers_in_force(answered: pd.DataFrame) -> pd.DataFrame:
    """Per line and place the last answer; a denial only where nothing was paid."""
    nothing = (answered.paid == 0) & (answered.responsibility == 0)
    rows = answered[~(nothing & answered.asks)].copy()
    replaces = rows.frequency_code.isin(["7", "8"])
    rows["displaced"] = (rows.paid == 0) & (rows.responsibility == 0) & ~replaces
    order = ["displaced", "payment_date", "remit_id", "remit_claim_id"]
    return rows.sort_values(order, ascending=[True, False, False, False]).drop_duplicates(SEAT)


def walk(places: pd.DataFrame) -> pd.Series:
    """What is written off, what each place owes and what the patient owes of one line."""
    left = places.charge.iloc[0]
    written_off, shares, waits, firsts = 0, {}, False, 0
    for number, row in enumerate(places.itertuples()):
        if pd.isna(row.paid):
            waits = waits or left > 0 or row.capitated
            continue
        firsts += number < 2 and row.claim_status in ("1", "19")
        if number == 0:
            off = left - row.responsibility if row.capitated else min(row.contractual, left)
            written_off, left = off, left - off
        share = 0 if number == 0 and row.capitated else max(min(row.paid, left), 0)
        shares[row.cob_order], left = share, left - share
        denied_later = row.claim_status == "4" and row.after_another
        is_later = row.claim_status in ("2", "3", "20", "21") or denied_later
        if number > 0 and is_later and row.contractual > 0:
            off = max(left - row.responsibility, 0)
            written_off, left = written_off + off, left - off
    return pd.Series(
        {"written_off": written_off, "shares": shares, "waits": waits,
         "two_first": firsts > 1, "patient": 0 if waits else left}
    )  # fmt: skip


def line_targets(
    charges: pd.DataFrame, in_force: pd.DataFrame, coverages: pd.DataFrame
) -> pd.DataFrame:
    """Every line of the ledger with its targets."""
    lines = charges.groupby(LINE, as_index=False).agg(
        charge=("amount_cents", "sum"), service_date=("service_date", "min")
    )
    says = [*SEAT, "paid", "contractual", "responsibility", "claim_status", "after_another"]
    places = lines.merge(coverages, on="account_id").merge(in_force[says], on=SEAT, how="left")
    starts = places.effective_from.fillna(places.service_date) <= places.service_date
    ends = places.effective_to.fillna(places.service_date) >= places.service_date
    places = places[places.paid.notna() | starts & ends].sort_values(SEAT)
    walked = places.groupby(LINE).apply(walk).reset_index()
    targets = lines[[*LINE, "charge"]].merge(walked, on=LINE, how="left")
    for name in ("waits", "two_first"):
        targets[name] = targets[name].eq(True)
    targets["patient"] = targets.patient.fillna(targets.charge)
    targets["written_off"] = targets.written_off.fillna(0)
    forbidden = set(coverages[~coverages.responsibility_collectable].account_id)
    is_forbidden = targets.account_id.isin(forbidden)
    targets.loc[is_forbidden, "written_off"] += targets.patient[is_forbidden]
    targets.loc[is_forbidden, "patient"] = 0
    return targets


def payer_causes(posted: pd.DataFrame, answers: pd.DataFrame, owed: int) -> dict[str, int]:
    """What one payer paid or posted twice on one line."""
    excess = -posted.amount_cents.sum() - owed
    if excess <= 0:
        return {}
    payments = posted[posted.type == "payment"]
    keys = ["trace_number", "payer_claim_number"]
    by_claim = payments.groupby(keys, as_index=False).amount_cents.sum()
    by_claim = by_claim.merge(answers, on=keys)
    over = -by_claim.amount_cents - by_claim.gross
    posted_twice = min(over[over > 0].sum(), excess)
    paid_twice = min(answers.repeated.sum(), excess - posted_twice)
    return {"duplicate_posting": posted_twice, "duplicate_payment": paid_twice}


def repeats(answered: pd.DataFrame, in_force: pd.DataFrame) -> pd.DataFrame:
    """The answered lines, each with what it repeats of the one in force."""
    last = in_force[[*SEAT, "remit_claim_id", "trace_number", "paid", "charge_cents",
                     "frequency_code"]]  # fmt: skip
    pairs = answered.merge(last, on=SEAT, suffixes=("", "_last"))
    pairs = pairs[pairs.trace_number != pairs.trace_number_last]
    pairs = pairs[~pairs.frequency_code_last.isin(["7", "8"])]
    differs = (pairs.paid != pairs.paid_last) | (pairs.charge_cents != pairs.charge_cents_last)
    claims = [pairs.remit_claim_id, pairs.remit_claim_id_last]
    pairs = pairs[~differs.groupby(claims).transform("any")]
    found = pairs[["remit_claim_id", "line_no", "paid"]].rename(columns={"paid": "repeated"})
    answered = answered.merge(found, on=["remit_claim_id", "line_no"], how="left")
    answered["repeated"] = answered.repeated.fillna(0)
    return answered


def find_payer_causes(
    postings: pd.DataFrame, answered: pd.DataFrame, in_force: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """Payments made or posted twice, line by line and payer by payer."""
    shares = {(row.account_id, row.line_no): row.shares for row in targets.itertuples()}
    whole = in_force[in_force.line_no == 0]
    for row in whole.itertuples():
        shares.setdefault((row.account_id, 0), {})[row.cob_order] = row.paid
    by_seat = dict(list(answered.groupby(SEAT)))
    none = answered.iloc[:0]

    def apply(posted: pd.DataFrame) -> pd.Series:
        account_id, line_no, cob_order = posted.name
        owed = shares.get((account_id, line_no))
        owed = owed.get(cob_order, 0) if isinstance(owed, dict) else 0
        return pd.Series(payer_causes(posted, by_seat.get(posted.name, none), owed), dtype=float)

    found = postings.groupby(SEAT).apply(apply)
    if isinstance(found, pd.DataFrame):
        found = found.stack()
    found = found.rename_axis([*SEAT, "cause"]).rename("amount_cents").reset_index()
    return found[["account_id", "line_no", "cause", "amount_cents"]]


def find_overposted(
    ledger: pd.DataFrame, targets: pd.DataFrame, in_force: pd.DataFrame, contracts: pd.DataFrame
) -> pd.DataFrame:
    """Contractual write-offs above what the remittance, or the contract, allows."""
    rows = ledger[(ledger.type == "adjustment") & ledger.group_code.notna()]
    by_line = {(row.account_id, row.line_no): row for row in targets.itertuples()}
    answered = set(map(tuple, in_force[LINE].to_numpy()))
    expected = contracts.dropna(subset="line_no").set_index(LINE).expected_allowed_cents.to_dict()

    def apply(posted: pd.DataFrame) -> int:
        if posted.name not in answered or posted.name not in by_line:
            return 0
        target = by_line[posted.name]
        written_off = -posted.amount_cents.sum()
        follows_contract = written_off == target.charge - expected.get(posted.name, -1)
        if target.waits or follows_contract:
            return 0
        return max(written_off - target.written_off, 0)

    found = rows.groupby(LINE).apply(apply).rename("amount_cents").reset_index()
    return found.assign(cause="contractual_overposted")


def find_overcollected(
    ledger: pd.DataFrame, targets: pd.DataFrame, coverages: pd.DataFrame
) -> pd.DataFrame:
    """Patient money above what all payers left to the patient."""
    legs = ledger[ledger.transfer_id.notna()]
    crossing = legs.groupby("transfer_id").account_id.nunique()
    crosses = ledger.transfer_id.isin(crossing[crossing > 1].index) & (ledger.bucket == "self")
    paid = ledger.payer_id.isna() & ledger.type.isin(["payment", "refund", "returned_payment"])
    forbidden = set(coverages[~coverages.responsibility_collectable].account_id)
    lines = dict(list(targets.groupby("account_id")))

    def apply(posted: pd.DataFrame) -> int:
        mine = lines.get(posted.name)
        if mine is None or posted.name in forbidden or mine.waits.any() or mine.two_first.any():
            return 0
        return max(-posted.amount_cents.sum() - mine.patient.sum(), 0)

    found = ledger[crosses | paid].groupby("account_id").apply(apply)
    found = found.rename("amount_cents").reset_index()
    return found.assign(line_no=None, cause="patient_overcollection")


def find(feed: Path) -> pd.DataFrame:
    """All that the four causes find in a feed: account, line, cause, cents."""
    coverages = read(feed, "coverages")
    seats = coverages[["account_id", "payer_id", "cob_order"]].copy()
    seats["seats"] = seats.groupby(["account_id", "payer_id"]).cob_order.transform("size")
    charges = read(feed, "charges")
    charges = charges[charges.voided_on.isna()]
    ledger = read(feed, "transactions")
    ledger = ledger[ledger.voided_on.isna()]
    answered = answered_lines(feed, answers_of(feed, seats), charges)
    in_force = answers_in_force(answered)
    targets = line_targets(charges, in_force, coverages)
    postings = ledger[ledger.payer_id.notna() & ledger.type.isin(MONEY)]
    postings = seated(postings, seats, postings.bucket.map(SEAT_OF_BUCKET).fillna(3))
    postings = postings.assign(line_no=postings.line_no.fillna(0))
    found = pd.concat([
        find_payer_causes(postings, repeats(answered, in_force), in_force, targets),
        find_overposted(ledger, targets, in_force, read(feed, "contract_amounts")),
        find_overcollected(ledger, targets, coverages),
    ])  # fmt: skip
    return found[found.amount_cents > 0].astype({"amount_cents": "int64"})


if __name__ == "__main__":
    find(Path(sys.argv[1])).to_csv(sys.argv[2], index=False)

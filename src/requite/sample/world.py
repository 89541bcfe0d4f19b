"""What is the same for the whole sample: facilities, payers, plans, states."""

import numpy as np
import pyarrow as pa

from requite.sample import payers
from requite.sample.chunk import Accounts
from requite.sample.codes import Ints
from requite.sample.identifier import chosen

STATES = ("TX", "TX", "TX", "TX", "FL", "FL", "CA", "NY", "OH", "GA")
INSURED_SUFFIX, SELF_FUNDED_SUFFIX, OPEN_SUFFIX, OWN_SUFFIX = "INS", "ASO", "UNK", "LBK"
OWN_LOOKBACK = 365  # days, stated by the plans with OWN_SUFFIX
NPI, TIN = "1993999998", "741000999"
_FUNDING = {
    INSURED_SUFFIX: "insured",
    SELF_FUNDED_SUFFIX: "self_funded",
    OPEN_SUFFIX: "unknown",
    OWN_SUFFIX: "insured",
}
PLANS = tuple(
    (f"{payer.payer_id}-{suffix}", payer.payer_id, funding, suffix)
    for payer in payers.PAYERS
    if payer.payer_class == "commercial"
    for suffix, funding in _FUNDING.items()
) + tuple(
    (f"{payer.payer_id}-GOV", payer.payer_id, "government", "GOV")
    for payer in payers.PAYERS
    if payer.payer_class not in ("commercial", "auto", "liability", "workers_comp", "other")
)
_PLAN_PLACE = {plan[0]: place for place, plan in enumerate(PLANS)}
_SUFFIXES = (*_FUNDING, "GOV")
# By payer and suffix: the plan, or -1.
_PLAN_OF = np.array(
    [[_PLAN_PLACE.get(f"{p.payer_id}-{s}", -1) for s in _SUFFIXES] for p in payers.PAYERS]
)
NO_PLAN = -1
# By pattern modulo 10: none, none, insured x 4, self-funded x 2, unknown, own look-back.
_SUFFIX_OF = np.array([NO_PLAN, NO_PLAN, 0, 0, 0, 0, 1, 1, 2, 3])


def state_of(of: Accounts) -> pa.Array:
    """The state of each account."""
    return chosen(STATES, of.pattern // 10 % 10)


def is_texan(of: Accounts, who: Ints) -> np.ndarray:
    """Whether the law of Texas applies to each account."""
    return np.array([state == "TX" for state in STATES])[of.pattern[who] // 10 % 10]


def plan_suffix(of: Accounts, who: Ints) -> Ints:
    """The kind of plan (a place in the list of kinds) of each account, -1 for none."""
    return _SUFFIX_OF[of.pattern[who] % 10]


def plan_of(of: Accounts, who: Ints, payer: Ints) -> pa.Array:
    """The plan of a coverage."""
    kind = plan_suffix(of, who)
    commercial = payers.IS_COMMERCIAL[payer]
    plan = _PLAN_OF[payer, np.where(commercial, np.maximum(kind, 0), len(_SUFFIXES) - 1)]
    return chosen(
        pa.array([row[0] for row in PLANS]), np.where(commercial & (kind < 0), NO_PLAN, plan)
    )


def fixed_tables() -> dict[str, pa.Table]:
    """Facilities, payers and plans."""
    methods = ("check", "ach", "offset")
    return {
        "facilities": pa.table({
            "facility_id": ["F1", "F2", "F3"],
            "name": ["Alder Creek Medical Center", "Alder Creek Clinics", "Alder Creek West"],
            "npi": [NPI] * 3,
            "tin": [TIN] * 3,
            "state": ["TX", "FL", "TX"],
        }),
        "payers": pa.table({
            "payer_id": [one.payer_id for one in payers.PAYERS],
            "name": [one.name for one in payers.PAYERS],
            "payer_class": [one.payer_class for one in payers.PAYERS],
            "parent_id": [one.parent or None for one in payers.PAYERS],
            "era_ids": [
                f"{payers.short_number(place)}|{payers.identifier(place)}"
                for place in range(payers.COUNT)
            ],
            "refund_method": [methods[place % 3] for place in range(payers.COUNT)],
            "address_1": ["PO Box 4400"] * payers.COUNT,
            "city": ["Riverton"] * payers.COUNT,
            "state": ["TX"] * payers.COUNT,
            "zip": ["75001"] * payers.COUNT,
        }),
        "plans": pa.table({
            "plan_id": [row[0] for row in PLANS],
            "payer_id": [row[1] for row in PLANS],
            "name": [f"Plan {row[0]}" for row in PLANS],
            "funding": [row[2] for row in PLANS],
            "state": [None if row[3] == "GOV" else "TX" for row in PLANS],
            "lookback_days": pa.array(
                [OWN_LOOKBACK if row[3] == OWN_SUFFIX else None for row in PLANS], pa.int32()
            ),
        }),
    }  # fmt: skip

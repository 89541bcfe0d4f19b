"""What an 835 is made of, as oxedi wants to be told: loops, typed elements, the tables to fill.

Every loop but the service line stands at the root, so that a segment finds its place whatever is
missing around it: a claim without ST, a line without CLP, a header without envelope. The order in
a loop is free. Amounts are of type R with two decimals, dates of type DT, all else is text.
"""

import json
from typing import Any

Json = dict[str, Any]

TEXT, AMOUNT, QUANTITY, DATE = "AN", "R", "R4", "DT"
# No limits of length: a text is kept as it stands.
LONGEST = 1_000_000_000

LOOPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ISA", "TA1", "IEA", "GS", "GE", "ST", "SE", "PLB"), ()),
    "BPR": ("CUR", "REF", "DTM", "NTE"),
    "TRN": ("CUR", "REF", "DTM"),
    "N1": ("N2", "N3", "N4", "REF", "PER", "RDM", "DTM"),
    "LX": ("TS3", "TS2"),
    "CLP": ("CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY"),
    "SVC": ("DTM", "CAS", "REF", "AMT", "QTY", "LQ"),
}
PARENT = {"SVC": "CLP"}

# Elements that are no text.
TYPES: dict[str, dict[int, str]] = {
    "BPR": {2: AMOUNT, 16: DATE},
    "DTM": {2: DATE},
    "AMT": {2: AMOUNT},
    "CLP": {3: AMOUNT, 4: AMOUNT, 5: AMOUNT},
    "SVC": {2: AMOUNT, 3: AMOUNT, 5: QUANTITY},
    "CAS": {at: AMOUNT if at % 3 == 0 else QUANTITY for at in range(3, 20) if at % 3 != 2},
    "PLB": {2: DATE, **dict.fromkeys(range(4, 15, 2), AMOUNT)},
}
ELEMENTS = {"ISA": 16, "GS": 8, "ST": 3, "SE": 2, "GE": 2, "IEA": 2, "BPR": 21, "TRN": 4, "N1": 6,
            "REF": 4, "DTM": 6, "AMT": 3, "CLP": 14, "NM1": 12, "SVC": 7, "CAS": 19,
            "PLB": 14}  # fmt: skip
PLB_PAIRS = 6


def element(segment: str, at: int, **more: int) -> Json:
    """A column that reads one element, or one component of it."""
    return {"segment": segment, "element": at, **more}


def qualified(segment: str, at: int, **where: str) -> Json:
    """A column that reads an element of the first such segment whose elements have given codes."""
    return {**element(segment, at), "where": {key.lstrip("e"): code for key, code in where.items()}}


HEAD_COLUMNS: dict[str, Json] = {
    **{name: {str(at): element(name, at) for at in elements}
       for name, elements in {"ISA": [13], "IEA": [1, 2], "GS": [6], "GE": [1, 2], "ST": [1, 2],
                              "SE": [1, 2], "N1": [1, 2, 3, 4]}.items()},
    "BPR": {**{str(at): element("BPR", at) for at in (2, 4, 10, 16)},
            "405": qualified("DTM", 2, e1="405")},
    "TRN": {"2": element("TRN", 2), "3": element("TRN", 3), "405": qualified("DTM", 2, e1="405")},
}  # fmt: skip
CLAIM_COLUMNS: Json = {
    "patient_control_number": element("CLP", 1),
    "claim_status": element("CLP", 2),
    "charge": element("CLP", 3),
    "paid": element("CLP", 4),
    "patient_responsibility": element("CLP", 5),
    "filing_indicator": element("CLP", 6),
    "payer_claim_number": element("CLP", 7),
    "facility_type": element("CLP", 8),
    "frequency_code": element("CLP", 9),
    "patient_last_name": qualified("NM1", 3, e1="QC"),
    "patient_first_name": qualified("NM1", 4, e1="QC"),
    "patient_id": qualified("NM1", 9, e1="QC"),
    "patient_id_kind": qualified("NM1", 8, e1="QC"),
    "insured_id": qualified("NM1", 9, e1="IL"),
    "service_from": qualified("DTM", 2, e1="232"),
    "service_to": qualified("DTM", 2, e1="233"),
    "received_on": qualified("DTM", 2, e1="050"),
}
LINE_COLUMNS: Json = {
    **{f"code_{at}": element("SVC", 1, component=at) for at in range(1, 7)},
    "charge": element("SVC", 2),
    "paid": element("SVC", 3),
    "revenue_code": element("SVC", 4),
    "units": element("SVC", 5),
    "service_date": qualified("DTM", 2, e1="472"),
    "service_from": qualified("DTM", 2, e1="150"),
    "service_to": qualified("DTM", 2, e1="151"),
    "line_control_number": qualified("REF", 2, e1="6R"),
    "allowed": qualified("AMT", 2, e1="B6"),
}
ADJUSTMENT_COLUMNS: Json = {
    "group_code": {"element": 1},
    "carc": {"group_element": 0},
    "amount": {"group_element": 1},
    "quantity": {"group_element": 2},
}
PROVIDER_ADJUSTMENT_COLUMNS: Json = {
    "provider_identifier": element("PLB", 1),
    "fiscal_period": element("PLB", 2),
    **{f"{name}_{pair}": element("PLB", 2 * pair + 1, component=component)
       for pair in range(1, PLB_PAIRS + 1)
       for component, name in enumerate(("reason", "reference", "reference_more"), start=1)},
    **{f"amount_{pair}": element("PLB", 2 * pair + 2) for pair in range(1, PLB_PAIRS + 1)},
}  # fmt: skip
RECORD_COLUMNS: dict[str, dict[str, Json]] = {
    "claims": CLAIM_COLUMNS,
    "lines": LINE_COLUMNS,
    "adjustments": ADJUSTMENT_COLUMNS,
    "provider_adjustments": PROVIDER_ADJUSTMENT_COLUMNS,
}


def place_named(column: Json) -> str:
    """How people call the element that a column reads.

    >>> place_named(LINE_COLUMNS["paid"])
    'SVC03'
    """
    return f"{column['segment']}{column['element']:02}" if "segment" in column else "CAS"


def structure() -> str:
    """The whole as JSON text."""
    tables: Json = {
        **{name: {"loops": [name], "ref": f"ref_{name}", "columns": columns}
           for name, columns in HEAD_COLUMNS.items()},
        "REF": {"loops": ["N1"], "segment": "REF",
                "columns": {"1": {"element": 1}, "2": {"element": 2}}},
        "claims": {"loops": ["CLP"], "ref": "claim", "columns": CLAIM_COLUMNS},
        "lines": {"loops": ["SVC"], "ref": "line", "columns": LINE_COLUMNS},
        "adjustments": {"loops": ["CLP", "SVC"], "segment": "CAS",
                        "repeat": {"from": 2, "step": 3}, "columns": ADJUSTMENT_COLUMNS},
        "provider_adjustments": {"loops": ["PLB"], "ref": "plb",
                                 "columns": PROVIDER_ADJUSTMENT_COLUMNS},
    }  # fmt: skip
    names = {*LOOPS, *(name for inside in LOOPS.values() for name in inside)}
    return json.dumps({
        "name": "835",
        "version": {"element": 8, "segment": "GS", "values": ["005010X221A1"]},
        "balancing": {},
        "segments": {name: {"elements": _elements(name)} for name in sorted(names)},
        "loops": {name: _loop(name, inside) for name, inside in LOOPS.items()},
        "tables": tables,
    })  # fmt: skip


def _elements(segment: str) -> Json:
    """The elements of a segment, each with its type."""
    types = TYPES.get(segment, {})
    return {
        str(at): {
            "name": f"{segment}{at:02}",
            "min": 0,
            "max": LONGEST,
            **_type(types.get(at, TEXT)),
        }
        for at in range(1, ELEMENTS.get(segment, 0) + 1)
    }


def _type(kind: str) -> Json:
    return {"type": AMOUNT, "scale": 4} if kind == QUANTITY else {"type": kind}


def _loop(trigger: str, inside: tuple[str, ...]) -> Json:
    """A loop that a segment opens and that holds others, in any order."""
    depth = 2 if trigger in PARENT else 0
    occurrences = {
        name: {
            "segment": name,
            "pos": depth + (1 if name == trigger else 2),
            "usage": "situational",
        }
        for name in (trigger, *inside)
    }
    occurrences[trigger]["max"] = 1
    loop: Json = {
        "trigger": {"segment": trigger},
        "usage": "situational",
        "occurrences": occurrences,
    }
    return {**loop, "parent": PARENT[trigger]} if trigger in PARENT else loop

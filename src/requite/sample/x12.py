"""835 files: the remittances of one payer and month in one interchange."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from requite.sample import payers
from requite.sample.chunk import Chunk
from requite.sample.codes import CARCS, GROUPS, REASONS, Ints
from requite.sample.feed_tables import member_ids
from requite.sample.identifier import chosen
from requite.sample.names import Names
from requite.sample.people import FIRST_NAMES, LAST_NAMES
from requite.sample.procedures import REVENUES, SVC
from requite.sample.remit_tables import (
    FACILITY_TYPES,
    FISCAL_PERIOD,
    MODIFIERS,
    Kept,
    facility_type,
    line_control,
    references,
)
from requite.sample.world import NPI, TIN

# Written with * : and ~ first; each payer's files then get its own signs and line ends.
SIGNS = (
    ("*", ":", "~"),
    ("|", ">", "~\n"),
    ("*", ":", "~\r\n"),
    ("*", ">", "\n"),
    ("^", ":", "~\n"),
)
DIGITS = ("", *(f".{n:02}".rstrip("0") for n in range(1, 100)))


def amount(cents: Ints) -> pa.Array:
    """Cents as an X12 amount: no trailing zeros, a minus where it is negative.

    >>> amount(np.array([12000, -15050, 5])).to_pylist()
    ['120', '-150.5', '0.05']
    """
    whole = np.abs(cents)
    return _text(
        chosen(("", "-"), (cents < 0).astype(np.int64)),
        pc.cast(pa.array(whole // 100), pa.string()),
        chosen(DIGITS, whole % 100),
    )


def _text(*parts: pa.Array | str) -> pa.Array:
    plain = [pa.scalar(part) if isinstance(part, str) else part.cast(pa.string()) for part in parts]
    return pc.binary_join_element_wise(*plain, "")


def _day(days: Ints) -> pa.Array:
    """CCYYMMDD, by way of the few distinct days."""
    distinct, place = np.unique(days, return_inverse=True)
    texts = [str(day).replace("-", "") for day in distinct.astype("datetime64[D]")]
    return chosen(pa.array(texts, pa.string()), place)


def _grouped(texts: pa.Array, group: Ints, groups: int) -> pa.Array:
    """The texts of each group put together; `group` is sorted."""
    offsets = np.searchsorted(group, np.arange(groups + 1)).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), texts), "")


def _adjustment_texts(chunk: Chunk, rows: Kept) -> tuple[pa.Array, Ints]:
    table = chunk.tables["remit_adjustments"]
    picked = rows.adjustments
    text = _text(
        "CAS*", chosen(GROUPS, table["group"][picked]), "*", chosen(CARCS, table["carc"][picked]),
        "*", amount(table["amount"][picked]), "~",
    )  # fmt: skip
    return text, rows.place_of[table["claim"][picked]] * 16 + table["no"][picked]


def _line_texts(chunk: Chunk, rows: Kept, adjustments: pa.Array, owner: Ints) -> pa.Array:
    table, lines = chunk.tables["remit_lines"], chunk.lines
    claim, line = table["claim"][rows.lines], table["line"][rows.lines]
    payer = chunk.tables["remit_claims"]["payer"][claim].astype(np.int64)
    key = rows.place_of[claim] * 16 + table["no"][rows.lines]
    of_line = np.searchsorted(key, owner)
    procedure = lines.procedure[line]
    outpatient = np.where((procedure >= 12) & (procedure < 24), procedure, 0)
    control = line_control(chunk, payer, line)
    echoed = pc.fill_null(_text_or_null("REF*6R*", control, "~"), "")
    allowed = table["allowed"][rows.lines]
    modifiers = ("", *(f":{one}" for one in MODIFIERS[1:]))
    return _text(
        "SVC*", chosen(SVC, procedure), chosen(modifiers, lines.modifier[line]),
        "*", amount(table["charge"][rows.lines]), "*", amount(table["paid"][rows.lines]),
        "*", chosen(REVENUES, outpatient), "*1~DTM*472*", _day(lines.service[line]), "~",
        _grouped(adjustments, of_line, len(key)), echoed,
        "AMT*B6*", amount(allowed), "~",
    )  # fmt: skip


def _text_or_null(before: str, text: pa.Array, after: str) -> pa.Array:
    return pc.binary_join_element_wise(pa.scalar(before), text, pa.scalar(after), "")


def _claim_texts(chunk: Chunk, names: Names, rows: Kept) -> pa.Array:
    table, picked = chunk.tables["remit_claims"], rows.claims
    row = {name: table[name][picked] for name in (
        "account", "place", "payer", "status", "frequency", "charge", "paid", "responsibility",
        "service_from", "service_to", "day",
    )}  # fmt: skip
    adjustments, owner = _adjustment_texts(chunk, rows)
    on_claim = owner % 16 == 0
    whole = _grouped(adjustments.filter(pa.array(on_claim)), owner[on_claim] // 16, len(picked))
    by_line = _line_texts(chunk, rows, adjustments.filter(pa.array(~on_claim)), owner[~on_claim])
    lines = chunk.tables["remit_lines"]["claim"][rows.lines]
    due = row["responsibility"]
    taken = pa.array(picked)
    guarantor, patient = names.guarantor_of[row["account"]], names.patient_of[row["account"]]
    return _text(
        "CLP*", names.control_number.take(taken), "*",
        chosen(tuple(str(n) for n in range(26)), row["status"]), "*", amount(row["charge"]), "*",
        amount(row["paid"]), "*",
        pc.if_else(pa.array(due == 0), pa.scalar(""), amount(due)), "*",
        chosen(tuple(one.filing for one in payers.PAYERS), row["payer"]), "*",
        names.payer_claim_number.take(taken), "*",
        chosen(FACILITY_TYPES, facility_type(chunk, row["account"])), "*",
        chosen(tuple(str(n) for n in range(9)), row["frequency"]), "~",
        whole,
        "NM1*QC*1*", _upper(LAST_NAMES, guarantor * 7919 % len(LAST_NAMES)), "*",
        _upper(FIRST_NAMES, patient * 104729 // 60 % len(FIRST_NAMES)), "****MI*",
        member_ids(chunk, names, row["account"], row["place"]), "~",
        "DTM*232*", _day(row["service_from"]), "~DTM*233*", _day(row["service_to"]), "~",
        "DTM*050*", _day(np.maximum(row["day"] - 9, row["service_from"])), "~",
        _grouped(by_line, rows.place_of[lines], len(picked)),
    )  # fmt: skip


def _upper(words: tuple[str, ...], places: Ints) -> pa.Array:
    return chosen(tuple(word.upper() for word in words), places)


def _provider_adjustment_texts(chunk: Chunk, names: Names) -> pa.Array:
    rows, of = chunk.tables["provider_adjustments"], names.remit.of_provider_adjustment
    order = np.argsort(of, kind="stable")
    reference = references(chunk, names)
    composite = pc.if_else(
        reference.is_valid(), _text(":", pc.fill_null(reference, "")), pa.scalar("")
    )
    text = _text(
        f"PLB*{NPI}*{FISCAL_PERIOD}*", chosen(REASONS, rows["reason"]), composite, "*",
        amount(rows["amount"]), "~",
    )  # fmt: skip
    return _grouped(text.take(pa.array(order)), of[order], names.remit.count)


def _payment_texts(chunk: Chunk, names: Names, rows: Kept) -> list[str]:
    """ST to SE of every remittance, without their control numbers and counts."""
    remit = names.remit
    claims = _grouped(_claim_texts(chunk, names, rows), remit.of_claim[rows.claims], remit.count)
    paid = remit.amount > 0
    bpr = pc.if_else(
        pa.array(paid),
        _text(
            "BPR*I*", amount(remit.amount), "*C*ACH*CCP*01*111900000*DA*4410098*",
            _of_payer(payers.identifier, remit.payer), "**01*113000000*DA*700221*",
            _day(remit.day), "~",
        ),
        _text("BPR*H*0*C*NON************", _day(remit.day), "~"),
    )  # fmt: skip
    names_of = [one.name.upper() for one in payers.PAYERS]
    text = _text(
        bpr, "TRN*1*", remit.trace, "*", _of_payer(payers.identifier, remit.payer),
        "~DTM*405*", _day(remit.day), "~N1*PR*",
        _of_payer(names_of.__getitem__, remit.payer),
        "~N3*PO BOX 4400~N4*RIVERTON*TX*750010000~REF*2U*",
        _of_payer(payers.short_number, remit.payer),
        f"~PER*BL*EDI SUPPORT*TE*8005550100~N1*PE*ALDER CREEK MEDICAL CENTER*XX*{NPI}~"
        f"REF*TJ*{TIN}~LX*1~",
        claims, _provider_adjustment_texts(chunk, names),
    )  # fmt: skip
    texts: list[str] = text.to_pylist()
    return texts


def _of_payer(word: Callable[[int], str], payer: Ints) -> pa.Array:
    return chosen(tuple(word(place) for place in range(payers.COUNT)), payer)


def write_835s(chunk: Chunk, names: Names, rows: Kept, folder: Path) -> None:
    """Write the remittances of a chunk: a file for each payer and month; one of them twice."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = _payment_texts(chunk, names, rows)
    remit = names.remit
    month = remit.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    file_key = remit.payer * 1000 + month - 600
    starts = np.flatnonzero(np.diff(file_key, prepend=-1))
    for number, (first, last) in enumerate(
        zip(starts, np.append(starts[1:], remit.count), strict=True)
    ):
        payer, day = int(remit.payer[first]), str(remit.day[first].astype("datetime64[D]"))
        if chunk.grade.silent[payer]:
            continue
        control = chunk.ordinal * 1000 + number + 1
        data = _interchange(texts[first:last], payer, day, control).encode("ascii")
        name = f"{payers.PAYERS[payer].payer_id.lower()}_{day[:7].replace('-', '')}"
        (folder / f"era_{name}_{chunk.ordinal:03}.835").write_bytes(data)
        if control == 1:
            (folder / f"copy_of_{name}.835").write_bytes(data)


def _interchange(texts: list[str], payer: int, day: str, control: int) -> str:
    date = day.replace("-", "")
    sets = []
    for number, body in enumerate(texts, start=1):
        count = body.count("~") + 2
        sets.append(f"ST*835*{number:04}~{body}SE*{count}*{number:04}~")
    element, component, end = SIGNS[payer % len(SIGNS)]
    repeat = "^" if element != "^" else "!"
    whole = (
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'CLEARINGPOST':15}*ZZ*{'PROVIDERAR':15}*{date[2:]}*0805*"
        f"\x00*00501*{control:09}*0*P*:~GS*HP*CLEARINGPOST*PROVIDERAR*{date}*0805*{control}*X*"
        f"005010X221A1~{''.join(sets)}GE*{len(sets)}*{control}~IEA*1*{control:09}~"
    )
    swapped = whole.replace("*", element).replace(":", component)
    return swapped.replace("~", end).replace("\x00", repeat)

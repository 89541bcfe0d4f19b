"""Refund requests as the feed has them, and their true verdicts."""

import numpy as np
import pyarrow as pa

from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.feed_tables import dates, member_ids, some_numbers
from requite.sample.identifier import chosen, joined, numbered
from requite.sample.losses import kept_claims
from requite.sample.names import Names, payer_ids
from requite.sample.people import FIRST_NAMES, LAST_NAMES
from requite.sample.requests import (
    BY_ACCOUNT,
    BY_CLAIM_NUMBER,
    BY_CONTROL_NUMBER,
    BY_MEMBER,
    BY_NAME,
    BY_UNKNOWN_NUMBER,
    LETTER_REASONS,
    REASONS,
    VERDICTS,
)

NONE = pa.scalar(None, pa.string())


def _ids(chunk: Chunk) -> pa.Array:
    count = chunk.tables["requests"].count
    return numbered("Q", chunk.ordinal * 100_000 + np.arange(count), 9)


def request_table(chunk: Chunk, names: Names) -> pa.Table:
    """The letters; each names its claim in one way."""
    rows = chunk.tables["requests"]
    way, account = rows["names"], np.maximum(rows["account"], 0).astype(np.int64)
    claim = pa.array(np.where(rows["claim"] >= 0, rows["claim"], 0))
    claims = chunk.tables["remit_claims"]

    def where(ways: tuple[int, ...], text: pa.Array) -> pa.Array:
        return pa.compute.if_else(pa.array(np.isin(way, ways)), text.cast(pa.string()), NONE)

    unknown = numbered("26ZZ", 900_000_000 + chunk.ordinal * 1000 + np.arange(rows.count), 9)
    dated = np.isin(way, (BY_MEMBER, BY_NAME))
    place = claims["place"][np.maximum(rows["claim"], 0)] if claims.count else way * 0
    return pa.table({
        "request_id": _ids(chunk),
        "payer_id": payer_ids(rows["payer"]),
        "received_on": dates(rows["received_on"]),
        "amount_cents": pa.array(rows["amount"]),
        "letter_date": dates(rows["received_on"] - 4),
        "account_id": where((BY_ACCOUNT,), chosen(names.account, account)),
        "patient_control_number": where(
            (BY_CONTROL_NUMBER,), _taken(names.control_number, claim)
        ),
        "payer_claim_number": pa.compute.if_else(
            pa.array(way == BY_UNKNOWN_NUMBER), unknown,
            where((BY_ACCOUNT, BY_CLAIM_NUMBER), _taken(names.payer_claim_number, claim)),
        ),
        "member_id": where(
            (BY_MEMBER,), member_ids(chunk, names, account, place.astype(np.int64))
        ),
        "patient_name": where((BY_NAME,), _patient_names(names, account)),
        "service_from": dates(np.where(dated, chunk.accounts.service[account], 0)),
        "service_to": dates(np.where(dated, _last_service(chunk, account), 0)),
        "reason": chosen(LETTER_REASONS, rows["reason"]),
        "notice_no": some_numbers(rows["notice"], rows["notice"] > 0, pa.int32()),
    })  # fmt: skip


def _taken(texts: pa.Array, places: pa.Array) -> pa.Array:
    return texts.take(places) if len(texts) else pa.nulls(len(places), pa.string())


def _last_service(chunk: Chunk, account: Ints) -> Ints:
    last = np.zeros(chunk.size, np.int64)
    np.maximum.at(last, chunk.lines.of, chunk.lines.service)
    return last[account]


def _patient_names(names: Names, account: Ints) -> pa.Array:
    guarantor, patient = names.guarantor_of[account], names.patient_of[account]
    last = chosen(tuple(one.upper() for one in LAST_NAMES), guarantor * 7919 % len(LAST_NAMES))
    first = chosen(
        tuple(one.upper() for one in FIRST_NAMES), patient * 104729 // 60 % len(FIRST_NAMES)
    )
    return joined(last.cast(pa.string()), pa.scalar(", "), first.cast(pa.string()))


def verdict_table(chunk: Chunk) -> pa.Table:
    """What is true of each letter."""
    rows = chunk.tables["requests"]
    kept = kept_claims(chunk)
    return pa.table({
        "request_id": _ids(chunk),
        "verdict": chosen(VERDICTS, rows["verdict"]),
        "supported_amount_cents": pa.array(rows["supported"]),
        "reasons": chosen(REASONS, rows["why"]),
        "provable": pa.array(kept[rows["need_a"]] & kept[rows["need_b"]] & kept[rows["need_c"]]),
    })  # fmt: skip

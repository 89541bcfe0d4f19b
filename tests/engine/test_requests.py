"""From a feed to the verdicts on its refund requests: each way of finding the account."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from requite.domain.money import Money
from requite.domain.request import RefundRequest, Verdict
from requite.engine.importer import import_feed
from requite.engine.requests import Task, judge_all, judge_requests
from requite.engine.store import Snapshot

Row = dict[str, str]
COLUMNS = (
    "request_id", "verdict", "supported_amount", "reasons", "account_id", "overpayment_amount",
    "lookback_ends_on", "respond_by", "rule_id", "action", "evidence", "explanation",
)  # fmt: skip
# Accounts 1, 3 and 4 were paid twice, account 2 once.
PAID = [("1", "A"), ("1", "B"), ("2", "A"), ("3", "A"), ("3", "B"), ("4", "A"), ("4", "B")]
LEDGER = (
    "transaction_id,account_id,type,amount,posted_on,payer_id,line_no,group_code,carc,"
    "trace_number,payer_claim_number"
)
TABLES: dict[str, list[str]] = {
    "payers": [
        "payer_id,name,payer_class,parent_id,refund_method",
        "LARK,Larkspur Health Plan,commercial,,check",
        "LARKHQ,Larkspur Group,commercial,LARK,check",
        "TAMA,Tamarack Mutual,commercial,,offset",
    ],
    "facilities": ["facility_id,npi,tin", "F1,1990000001,94-1000001"],
    "patients": [
        "patient_id,first_name,last_name",
        "P1,Ottilie,O'Brándvold",
        "P2,Willa,Faircloth",
        "P3,Petra,Okonda",
        "P4,Petra,Okonda",
    ],
    "accounts": [
        "account_id,patient_id,patient_class,state,service_from,service_to,status,reported_balance",
        "0001,P1,outpatient,TX,2026-01-12,2026-01-12,open,-150.00",
        "0002,P2,outpatient,TX,2026-01-12,2026-01-12,open,0.00",
        "0003,P3,outpatient,TX,2026-01-12,2026-01-12,open,-150.00",
        "0004,P4,outpatient,TX,2026-01-12,2026-01-12,open,-150.00",
        "0005,P2,outpatient,TX,2026-03-01,2026-03-01,open,7.77",
        "0006,P2,outpatient,TX,2026-05-01,2026-05-01,open,120.00",
    ],
    "coverages": ["account_id,cob_order,payer_id,member_id"]
    + [f"000{no},1,LARK,ML{2 if no > 4 else no}" for no in range(1, 7)],
    "charges": ["charge_id,account_id,line_no,amount,service_date,procedure_code,posted_on"]
    + [f"C{no},000{no},1,210.00,2026-01-12,99244,2026-01-12" for no in range(1, 6)]
    + ["C6,0006,1,210.00,2026-05-01,99244,2026-05-01"],
    "claims": [
        "claim_id,account_id,payer_id,cob_order,patient_control_number,payer_claim_number",
        "K1,0001,LARK,1,0001-1,26L1A",
        "K2,0002,LARK,1,0002-1,",
    ],
    "remits": ["remit_id,payer_id,trace_number,payment_amount,payment_date"]
    + [f"X{no}{half},LARK,E{no}{half},150.00,2026-0{2 + (half == 'B')}-05" for no, half in PAID],
    "remit_claims": [
        "remit_claim_id,remit_id,patient_control_number,claim_status,charge,paid,payer_claim_number"
    ]
    + [f"R{no}{half},X{no}{half},000{no},1,210.00,150.00,26L{no}{half}" for no, half in PAID],
    "remit_lines": ["remit_claim_id,line_no,charge,paid,procedure_code"]
    + [f"R{no}{half},1,210.00,150.00,99244" for no, half in PAID],
    "remit_adjustments": ["remit_claim_id,line_no,group_code,carc,amount"]
    + [f"R{no}{half},1,CO,45,60.00" for no, half in PAID],
    "transactions": [LEDGER]
    + [f"T{no}{half},000{no},payment,-150.00,2026-03-06,LARK,1,,,E{no}{half},26L{no}{half}"
       for no, half in PAID]
    + [f"A{no},000{no},adjustment,-60.00,2026-03-06,,1,CO,45,E{no}A,26L{no}A"
       for no in range(1, 5)]
    + ["T6,0006,payment,-90.00,2026-06-06,LARK,1,,,E6,26L6"],
}  # fmt: skip
STATED = (
    "request_id,payer_id,received_on,amount,account_id,patient_control_number,payer_claim_number,"
    "member_id,patient_name,service_from,service_to,reason,notice_no,reply_by,offset_on,"
    "provider_npi"
)


Judge = Callable[..., tuple[Verdict, ...]]
AS_OF = date(2026, 11, 10)


def write_feed(feed: Path, *letters: Row) -> Path:
    """A feed with letters of $150.00 from LARK, each told by what it states besides."""
    rows = [STATED]
    for no, stated in enumerate(letters, 1):
        values = {
            "request_id": f"Q-{no}", "payer_id": "LARK", "received_on": "2026-04-20",
            "amount": "150.00", "reason": "duplicate", **stated,
        }  # fmt: skip
        rows.append(",".join(f'"{values.get(name, "")}"' for name in STATED.split(",")))
    feed.mkdir(parents=True)
    for name, lines in {**TABLES, "refund_requests": rows}.items():
        (feed / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return feed


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The ledger, imported once."""
    folder = tmp_path_factory.mktemp("ledger")
    return import_feed(write_feed(folder / "feed"), folder / "store", processes=1)


@pytest.fixture
def judge(snapshot: Snapshot, tmp_path: Path) -> Judge:
    """Judge letters like those of `write_feed`, from the ledger imported once."""

    def run(*letters: Row) -> tuple[Verdict, ...]:
        requests = []
        for no, stated in enumerate(letters, 1):
            fields: dict[str, Any] = {"reason": "duplicate", **stated}
            cents = Money.from_dollars(fields.pop("amount", "150.00")).cents
            for name in ("received_on", "service_from", "service_to"):
                if name in fields:
                    fields[name] = date.fromisoformat(fields[name])
            fields = {"payer_id": "LARK", "received_on": date(2026, 4, 20), **fields}
            requests.append(RefundRequest(request_id=f"Q-{no}", amount_cents=cents, **fields))
        return judge_all(snapshot, requests, Task(tmp_path, tmp_path, AS_OF, 1), tmp_path)

    return run


def told(verdicts: tuple[Verdict, ...]) -> list[tuple[str, str, str | None]]:
    return [(v.verdict, "|".join(v.reasons), v.account_id) for v in verdicts]


NAMED = {"patient_name": "OBRANDVOLD, OTTILIE", "service_from": "2026-01-12"}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"payer_claim_number": "26L1B"}, ("valid", "", "0001")),
        ({"payer_claim_number": "26-L1B"}, ("valid", "", "0001")),
        ({"payer_claim_number": "26L1B", "payer_id": "LARKHQ"}, ("valid", "", "0001")),
        ({"patient_control_number": "0001-1"}, ("valid", "", "0001")),
        ({"patient_control_number": "0001"}, ("valid", "", "0001")),
        ({"account_id": "0001"}, ("valid", "", "0001")),
        ({"account_id": "0001", "payer_claim_number": "26L1A"}, ("valid", "", "0001")),
        ({"member_id": "ML1"}, ("valid", "", "0001")),
        ({"member_id": "ml-1", "amount": "90.00"}, ("valid", "", "0001")),
        (NAMED, ("valid", "", "0001")),
        ({**NAMED, "patient_name": "Ottilie O'Brandvold"}, ("valid", "", "0001")),
        ({**NAMED, "patient_name": "Otilie O'Brandvold"}, ("valid", "", "0001")),  # near
        ({"payer_claim_number": "26L2A"}, ("invalid", "no_overpayment", "0002")),
        (
            {"payer_claim_number": "26L6", "amount": "90.00"},  # in the ledger alone
            ("invalid", "no_overpayment", "0006"),
        ),
        (
            {"member_id": "ML2", "service_from": "2026-05-01", "amount": "90.00"},
            ("invalid", "no_overpayment", "0006"),
        ),
        (
            {"patient_name": "FAIRCLOTH, WILLA", "service_from": "2026-01-12"},
            ("invalid", "no_overpayment", "0002"),
        ),
    ],
)
def test_a_letter_finds_its_account(judge: Judge, stated: Row, expected: object) -> None:
    assert told(judge(stated)) == [expected]


NOT_FOUND = ("needs_information", "claim_not_found", None)
AMBIGUOUS = ("needs_information", "ambiguous_claim", None)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"payer_claim_number": "26L9Z"}, NOT_FOUND),
        ({"payer_claim_number": "26L1B", "payer_id": "TAMA"}, NOT_FOUND),
        ({"member_id": "ML9"}, NOT_FOUND),
        ({"member_id": "ML1", "service_from": "2026-02-01"}, NOT_FOUND),
        ({}, NOT_FOUND),
        ({**NAMED, "service_from": "2026-02-01"}, NOT_FOUND),
        ({**NAMED, "patient_name": "Ottilie Fairchild"}, NOT_FOUND),
        ({**NAMED, "patient_name": "Otilie O'Brandvold", "amount": "149.00"}, NOT_FOUND),
        ({"patient_name": "OKONDA, PETRA", "service_from": "2026-01-12"}, AMBIGUOUS),
        ({"account_id": "0001", "payer_claim_number": "26L3B"}, AMBIGUOUS),
        ({"patient_control_number": "0001-1", "payer_claim_number": "26L3B"}, AMBIGUOUS),
        ({"member_id": "ML2", "amount": "1.00"}, ("needs_information", "", "0005")),
    ],
)
def test_a_letter_that_does_not_tell_its_account_goes_back(
    judge: Judge, stated: Row, expected: tuple[str, str, str | None]
) -> None:
    if stated.get("member_id") == "ML2":
        stated = {**stated, "service_from": "2026-03-01"}  # the account that is held out
    (verdict,) = judge(stated)
    assert (verdict.verdict, "|".join(verdict.reasons), verdict.account_id) == expected
    assert verdict.action == "ask_payer"


def test_a_number_that_contradicts_the_account_is_said(judge: Judge) -> None:
    (verdict,) = judge({"account_id": "0001", "payer_claim_number": "26L3B"})
    assert "contradict each other: account 0001 and account 0003" in verdict.explanation


def test_an_unknown_number_beside_a_known_account_is_said(judge: Judge) -> None:
    (verdict,) = judge({"account_id": "0001", "payer_claim_number": "26L9Z"})
    assert verdict.verdict == "valid"
    assert "our records do not know claim number 26L9Z" in verdict.explanation


def test_a_letter_to_another_provider_is_not_ours(judge: Judge) -> None:
    named = {"payer_claim_number": "26L1B"}
    other = {**named, "provider_npi": "1990000009"}
    verdicts = judge({**named, "provider_npi": "1990000001"}, other, {**other, "notice_no": 2})
    not_ours = ("invalid", "not_our_provider", None)
    assert told(verdicts) == [("valid", "", "0001"), not_ours, not_ours]


def test_an_account_held_out_at_the_gate_is_not_judged_by(judge: Judge) -> None:
    judged = judge({"account_id": "0005"}, {"account_id": "0005", "notice_no": 2})
    assert told(judged) == [
        ("needs_information", "", "0005"),
        ("invalid", "repeat_notice", "0005"),
    ]
    assert "held out" in judged[0].explanation


def test_what_came_after_the_day_is_not_judged_yet(tmp_path: Path) -> None:
    feed = write_feed(
        tmp_path / "feed", {"payer_claim_number": "26L1B"}, {"received_on": "2026-11-11"}
    )
    judged = judge_requests(Task(feed, tmp_path / "out", AS_OF, 1))
    assert [verdict.request_id for verdict in judged.verdicts] == ["Q-1"]
    assert judged.to_come == ("Q-2",)


def test_letters_on_one_account_share_its_overpayment(judge: Judge) -> None:
    judged = judge(
        {"payer_claim_number": "26L1A", "amount": "100.00", "received_on": "2026-04-01"},
        {"member_id": "ML1", "amount": "120.00"},
        {"payer_claim_number": "26L1B", "amount": "100.00", "received_on": "2026-05-01"},
    )
    assert [verdict.supported_cents for verdict in judged] == [10000, 5000, 0]


def test_the_verdicts_are_written_as_the_contract_has_them(tmp_path: Path) -> None:
    feed = write_feed(
        tmp_path / "feed",
        {"payer_claim_number": "26L1B", "received_on": "2026-04-01"},
        {"payer_claim_number": "26L1B", "received_on": "2026-04-21", "reply_by": "2026-05-09"},
    )
    judged = judge_requests(Task(feed, tmp_path / "out", AS_OF, 1))
    with (judged.out / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["request_id"] for row in rows] == ["Q-2", "Q-1"]  # the sooner due goes first
    assert rows[0] == {
        **rows[0],
        "verdict": "invalid",
        "supported_amount": "0.00",
        "reasons": "repeat_notice",
        "account_id": "0001",
        "overpayment_amount": "150.00",
        "respond_by": "2026-05-09",
        "rule_id": "letter",
        "action": "link_to_earlier",
        "evidence": "Q-1",
    }
    content = pq.read_table(judged.out / "verdicts.parquet")
    assert tuple(content.column_names) == COLUMNS
    assert [str(content.schema.field(name).type) for name in COLUMNS[2:7:4]] == [
        "decimal128(18, 2)",
        "date32[day]",
    ]


def test_a_feed_without_requests_gets_an_empty_list(tmp_path: Path) -> None:
    judged = judge_requests(Task(write_feed(tmp_path / "feed"), tmp_path / "out", AS_OF, 1))
    assert judged.verdicts == ()
    header = (judged.out / "verdicts.csv").read_text(encoding="utf-8").strip()
    assert tuple(header.split(",")) == COLUMNS
    assert sorted(path.name for path in judged.out.iterdir()) == [
        "import_problems.csv",  # an account of the feed does not add up
        "verdicts.csv",
        "verdicts.parquet",
    ]


def test_the_same_bytes_for_any_number_of_processes(tmp_path: Path) -> None:
    letters = [NAMED, {"member_id": "ML1"}, {"payer_claim_number": "26L3B"}, {}]
    feed = write_feed(tmp_path / "feed", *letters)
    one = judge_requests(Task(feed, tmp_path / "one", AS_OF, 1)).out
    two = judge_requests(Task(feed, tmp_path / "two", AS_OF, 2, tmp_path / "store")).out
    for name in ("verdicts.csv", "verdicts.parquet"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_a_crowd_of_accounts_is_no_match(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requite.engine.requests.MOST_FITS", 1)
    (verdict,) = judge({"patient_name": "OKONDA, PETRA"})
    assert verdict.reasons == ("ambiguous_claim",)
    assert "there are more" in verdict.explanation

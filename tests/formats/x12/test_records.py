"""What each element of an 835 becomes."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from requite.formats.x12.remittance import Remittances, read_remittances
from requite.formats.x12.tables import SCHEMAS

HEAD = (
    "ST*835*0001~BPR*I*{paid}*C*ACH*CCP*01*111900000*DA*4410098*1741234501**01*113000000*DA*700221"
    "*20260311~TRN*1*TM7099*1741234501~DTM*405*20260310~N1*PR*TAMARACK MUTUAL*XV*88001~"
    "REF*2U*60141~REF*2U*60142~REF*EO*9~N1*PE*ALDER CREEK*XX*1993999998~REF*TJ*741000999~LX*1~"
)
CLAIM = "CLP*A2215*1*150*120*30*12*TM26-44*11*7~"


def read(body: str, paid: str = "0") -> Remittances:
    text = HEAD.format(paid=paid) + body
    text += f"SE*{text.count('~') + 1}*0001~"
    return read_remittances(io.BytesIO(text.encode("latin-1")), "records.835")


def rows(found: Remittances, table: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = getattr(found.tables, table).to_pylist()
    return listed


def test_every_table_has_its_own_schema() -> None:
    assert [table.schema for table in read(CLAIM).tables] == list(SCHEMAS)


def test_the_head_tells_of_payer_payee_and_payment() -> None:
    (remit,) = rows(read(CLAIM, paid="120"), "remits")
    remit_id = remit.pop("remit_id")
    assert remit_id.startswith("TM7099-")
    assert remit == {
        "source_file": "records.835",
        "payer_id": None,
        "payer_name": "TAMARACK MUTUAL",
        "payer_identifier": "88001|60141|60142|1741234501",
        "payee_npi": "1993999998",
        "payee_tin": "741000999",
        "trace_number": "TM7099",
        "payment_method": "ACH",
        "payment_amount_cents": 12000,
        "payment_date": date(2026, 3, 11),
        "is_balanced": False,  # the claim's 150 less nothing is not 120
        "production_date": date(2026, 3, 10),
    }


def test_a_tax_number_may_stand_in_n1() -> None:
    body = "ST*835*2~BPR*I*0~TRN*1*5*6~N1*PE*ALDER*FI*741000999~SE*5*2~"
    (remit,) = rows(read_remittances(io.BytesIO(body.encode()), "fi.835"), "remits")
    assert (remit["payee_npi"], remit["payee_tin"]) == (None, "741000999")


def test_the_same_remittance_has_the_same_number_wherever_it_lies() -> None:
    ids = {
        rows(read(CLAIM, paid=paid), "remits")[0]["remit_id"] for paid in ("120", "120.00", "120.")
    }
    assert len(ids) == 1
    assert ids.isdisjoint({rows(read(CLAIM, paid="121"), "remits")[0]["remit_id"]})


def test_a_claim_in_full() -> None:
    body = CLAIM + (
        "NM1*QC*1*DRAY*ANNEKE****MI*00MTAMA101~NM1*IL*1*DRAY*JAN****MI*X9~NM1*74*1*DREY~"
        "DTM*232*20260112~DTM*233*20260114~DTM*050*20260120~"
    )
    (claim,) = rows(read(body), "remit_claims")
    remit_id = rows(read(body), "remits")[0]["remit_id"]
    assert claim == {
        "remit_claim_id": f"{remit_id}-1",
        "remit_id": remit_id,
        "place": 1,
        "patient_control_number": "A2215",
        "claim_status": "1",
        "charge_cents": 15000,
        "paid_cents": 12000,
        "patient_responsibility_cents": 3000,
        "filing_indicator": "12",
        "payer_claim_number": "TM26-44",
        "type_of_bill": "117",
        "frequency_code": "7",
        "member_id": "00MTAMA101",
        "patient_last_name": "DRAY",
        "patient_first_name": "ANNEKE",
        "service_from": date(2026, 1, 12),
        "service_to": date(2026, 1, 14),
        "received_on": date(2026, 1, 20),
        "account_id": None,
    }


@pytest.mark.parametrize(
    ("names", "member"),
    [
        ("NM1*QC*1*A*B****MI*M1~NM1*IL*1*C*D****MI*M2~", "M1"),
        ("NM1*QC*1*A*B~NM1*IL*1*C*D****MI*M2~", "M2"),
        ("NM1*QC*1*A*B****34*123456789~NM1*IL*1*C*D****MI*M2~", "M2"),
        ("NM1*QC*1*A*B****HN*666A~", "666A"),
        ("NM1*QC*1*A*B****MR*00001612~", "00001612"),
        ("NM1*QC*1*A*B****34*123456789~", None),
        ("", None),
    ],
)
def test_the_member_number_is_the_patients_else_the_insureds(
    names: str, member: str | None
) -> None:
    (claim,) = rows(read(CLAIM + names), "remit_claims")
    assert claim["member_id"] == member


@pytest.mark.parametrize(
    ("dates", "span"),
    [
        ("DTM*232*20260112~DTM*233*20260114~", ("2026-01-12", "2026-01-14")),
        ("DTM*232*20260112~", ("2026-01-12", "2026-01-12")),
        ("DTM*233*20260114~", ("2026-01-14", "2026-01-14")),
        ("SVC*HC:1*9*9~DTM*472*20260105~SVC*HC:2*9*9~DTM*472*20260103~",
         ("2026-01-03", "2026-01-05")),
        ("SVC*HC:1*9*9~DTM*150*20260101~DTM*151*20260107~", ("2026-01-01", "2026-01-07")),
        ("DTM*232*20260102~SVC*HC:1*9*9~DTM*472*20260105~", ("2026-01-02", "2026-01-05")),
        ("SVC*HC:1*9*9~", (None, None)),
        ("", (None, None)),
    ],
)  # fmt: skip
def test_service_dates_are_those_stated_else_those_of_the_lines(
    dates: str, span: tuple[str | None, str | None]
) -> None:
    (claim,) = rows(read(CLAIM + dates), "remit_claims")
    found = (claim["service_from"], claim["service_to"])
    assert tuple(day and day.isoformat() for day in found) == span


def test_a_line_in_full() -> None:
    body = CLAIM + (
        "SVC*HC:70450:26:59*150*120.5*0350*1.125*HC:70451*2~DTM*472*20260112~CAS*CO*45*29.5~"
        "REF*LU*1~REF*6R*0001~AMT*B6*120.50~AMT*KH*1~LQ*HE*N14~"
    )
    (line,) = rows(read(body), "remit_lines")
    line.pop("remit_claim_id")
    assert line == {
        "line_no": 1,
        "charge_cents": 15000,
        "paid_cents": 12050,
        "procedure_code": "70450",
        "modifiers": "26|59",
        "revenue_code": "0350",
        "units": Decimal("1.1250"),
        "service_date": date(2026, 1, 12),
        "line_control_number": "0001",
        "allowed_cents": 12050,
    }


@pytest.mark.parametrize(
    ("composite", "codes"),
    [
        ("HC:99213", ("99213", None, None)),
        ("HC:99213:25", ("99213", "25", None)),
        ("HC:99213:25:59:TC:26", ("99213", "25|59|TC|26", None)),
        ("HC:99213::59", ("99213", "59", None)),
        ("NU:0450", (None, None, "0450")),
        ("HC>99213>25", ("99213", "25", None)),
        ("NU>0450", (None, None, "0450")),
        ("99213", ("99213", None, None)),
        ("HC", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_procedure_modifiers_and_revenue_code(
    composite: str, codes: tuple[str | None, str | None, str | None]
) -> None:
    (line,) = rows(read(f"{CLAIM}SVC*{composite}*150*150~"), "remit_lines")
    assert (line["procedure_code"], line["modifiers"], line["revenue_code"]) == codes


def test_one_line_of_several_may_be_written_otherwise() -> None:
    found = rows(read(f"{CLAIM}SVC*HC:1:25*1*1~SVC*HC>2*1*1~SVC*NU:0450*1*1~"), "remit_lines")
    assert [line["procedure_code"] for line in found] == ["1", "2", None]


def test_adjustments_of_claim_and_lines() -> None:
    body = CLAIM + (
        "CAS*PR*1*10*2*2*5~CAS*CO*45*1*1*A2*2**B3*3**C4*4**D5*5**E6*6*6~"
        "SVC*HC:1*1*1~SVC*HC:2*1*1~CAS*OA*23*-7.5~"
    )
    found = [
        (row["line_no"], row["group_code"], row["carc"], row["amount_cents"], row["quantity"])
        for row in rows(read(body), "remit_adjustments")
    ]
    assert found == [
        (None, "PR", "1", 1000, Decimal(2)),
        (None, "PR", "2", 500, None),
        (None, "CO", "45", 100, Decimal(1)),
        (None, "CO", "A2", 200, None),
        (None, "CO", "B3", 300, None),
        (None, "CO", "C4", 400, None),
        (None, "CO", "D5", 500, None),
        (None, "CO", "E6", 600, Decimal(6)),
        (2, "OA", "23", -750, None),
    ]


@pytest.mark.parametrize(
    ("segment", "found"),
    [
        ("CAS*OA**5", [(None, 500)]),
        ("CAS*OA*45*1***5", [("45", 100), (None, 500)]),
        ("CAS*OA*45*1*2**5*7*23*6", [("45", 100), (None, 500), ("23", 600)]),
        ("CAS*OA*45", [("45", None)]),
        ("CAS*OA", []),
    ],
)
def test_an_adjustment_without_reason_code_is_kept(
    segment: str, found: list[tuple[str | None, int | None]]
) -> None:
    adjustments = rows(read(f"{CLAIM}{segment}~"), "remit_adjustments")
    assert [(row["carc"], row["amount_cents"]) for row in adjustments] == found


def test_provider_adjustments_up_to_six_in_a_segment() -> None:
    body = (
        "PLB*1993999998*20261231*WO:26LN3B*200*FB*-6*L6:A2215 26LN4*-.07*50>111*4*72:a:b*5*:zz*6~"
        "PLB*7**CS~PLB*8*20261231*WO**IR:1*8~"
    )
    found = [
        (row["provider_identifier"], row["reason_code"], row["reference"], row["amount_cents"])
        for row in rows(read(CLAIM + body), "provider_adjustments")
    ]
    assert found == [
        ("1993999998", "WO", "26LN3B", 20000),
        ("1993999998", "FB", None, -600),
        ("1993999998", "L6", "A2215 26LN4", -7),
        ("1993999998", "50", "111", 400),
        ("1993999998", "72", "a:b", 500),
        ("1993999998", None, "zz", 600),
        ("7", "CS", None, None),
        ("8", "WO", None, None),
        ("8", "IR", "1", 800),
    ]
    days = [row["fiscal_period"] for row in rows(read(CLAIM + body), "provider_adjustments")]
    assert days == [date(2026, 12, 31)] * 6 + [None] + [date(2026, 12, 31)] * 2


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0", 0), ("-0", 0), ("1", 100), ("1.", 100), (".5", 50), ("-.05", -5), ("00012.30", 1230),
     ("99999999999.99", 9_999_999_999_999), ("-99999999999.99", -9_999_999_999_999)],
)  # fmt: skip
def test_amounts_are_exact_cents(text: str, cents: int) -> None:
    (claim,) = rows(read(f"CLP*A*1*{text}*{text}~"), "remit_claims")
    assert (claim["charge_cents"], claim["paid_cents"]) == (cents, cents)


def test_text_that_is_no_utf8_is_read_all_the_same() -> None:
    (claim,) = rows(read(f"{CLAIM}NM1*QC*1*MU\xd1OZ*JOS\xc9~"), "remit_claims")
    assert (claim["patient_last_name"], claim["patient_first_name"]) == ("MU\xd1OZ", "JOS\xc9")


def test_claims_are_numbered_within_their_remittance() -> None:
    two = read(CLAIM * 2 + "SE*1*0001~ST*835*2~BPR*I*5~TRN*1*OTHER*1~" + CLAIM)
    claims = rows(two, "remit_claims")
    assert [claim["place"] for claim in claims] == [1, 2, 1]
    assert [claim["remit_claim_id"] for claim in claims] == [
        f"{claim['remit_id']}-{claim['place']}" for claim in claims
    ]


def test_a_name_behind_the_lines_is_still_the_claims() -> None:
    (claim,) = rows(read(CLAIM + "SVC*HC:1*1*1~NM1*QC*1*DRAY*ANNEKE****MI*M1~"), "remit_claims")
    assert claim["member_id"] == "M1"

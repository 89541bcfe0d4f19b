"""All 835s of a feed: in parallel, each remittance once, the same bytes however it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from requite.engine import remit
from requite.engine.remit import RemitReport, read_remittances
from requite.formats.x12.problem import Kind
from requite.formats.x12.tables import SCHEMAS, Tables


def era(*payments: tuple[str, Iterable[tuple[str, int]]], segment: str = "~") -> bytes:
    """An 835: for every payment its trace number, and the claims with what was paid."""
    text = ""
    for number, (trace, claims) in enumerate(payments, start=1):
        listed = list(claims)
        body = "".join(
            f"CLP*{account}*1*{paid + 5}*{paid}~CAS*CO*45*3~SVC*HC:99213*{paid + 2}*{paid}~"
            f"DTM*472*20260105~CAS*PR*1*2~"
            for account, paid in listed
        )
        head = (
            f"ST*835*{number}~BPR*I*{sum(paid for _, paid in listed)}*C*CHK************20260311~"
            f"TRN*1*{trace}*1741234501~PLB*1*20261231*WO:X*0~"
        )
        text += head + body + f"SE*{(head + body).count('~') + 1}*{number}~"
    return text.replace("~", segment).encode()


@dataclass
class Folder:
    """A feed's remits/, and where its tables go."""

    path: Path
    out: Path
    reports: list[RemitReport] = field(default_factory=list)

    def put(self, name: str, data: bytes) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_bytes(data)

    def read(self, processes: int = 1, out: str = "out") -> RemitReport:
        return read_remittances(self.path, self.out / out, processes=processes)

    def table(self, name: str, out: str = "out") -> pa.Table:
        parts = sorted((self.out / out / name).glob("*.parquet"))
        return pa.concat_tables(pq.read_table(part) for part in parts)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "remits").mkdir()
    return Folder(tmp_path / "remits", tmp_path)


@pytest.fixture
def small_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remit, "BUNDLE_BYTES", 400)


def content(path: Path) -> dict[str, bytes]:
    return {
        each.relative_to(path).as_posix(): each.read_bytes() for each in path.rglob("*.parquet")
    }


def test_every_table_is_written_with_its_schema(folder: Folder) -> None:
    folder.put("a.835", era(("T1", [("A1", 50)])))
    report = folder.read()
    for name, schema in zip(Tables._fields, SCHEMAS, strict=True):
        assert folder.table(name).schema == schema
        assert len(folder.table(name)) == report.rows[name]
    assert report.rows == {
        "remits": 1, "remit_claims": 1, "remit_lines": 1, "remit_adjustments": 2,
        "provider_adjustments": 1,
    }  # fmt: skip
    assert (report.files, report.counts.claims, report.counts.paid_cents) == (1, 1, 5000)


def test_any_name_is_read_save_parts_of_the_table_remits(folder: Folder) -> None:
    for name in ("a.835", "b.txt", "c", "deep/d.edi"):
        folder.put(name, era((f"T{name}", [("A1", 50)])))
    for name in ("e.csv", "f.parquet", ".hidden"):
        folder.put(name, b"no 835")
    report = folder.read()
    assert (report.files, report.problems) == (4, [])
    assert folder.table("remits")["source_file"].to_pylist() == [
        "a.835",
        "b.txt",
        "c",
        "deep/d.edi",
    ]


def test_an_empty_folder_gives_no_rows(folder: Folder) -> None:
    report = folder.read()
    assert (report.files, sum(report.rows.values())) == (0, 0)


@pytest.mark.usefixtures("small_bundles")
def test_the_number_of_processes_changes_no_byte(folder: Folder) -> None:
    for number in range(6):
        folder.put(f"{number}.835", era((f"T{number % 4}", [(f"A{number % 4}", 50)]), ("S", [])))
    alone, together = folder.read(1, "alone"), folder.read(2, "together")
    assert alone == together
    assert content(folder.out / "alone") == content(folder.out / "together")
    assert len(content(folder.out / "alone")) > len(Tables._fields)


@pytest.mark.parametrize("bundle_bytes", [1, 32 << 20], ids=["in two bundles", "in one bundle"])
def test_a_remittance_given_twice_counts_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, bundle_bytes: int
) -> None:
    monkeypatch.setattr(remit, "BUNDLE_BYTES", bundle_bytes)
    folder.put("march.835", era(("T1", [("A1", 50), ("A2", 60)]), ("T2", [("A3", 70)])))
    folder.put("copy of march.835", era(("T1", [("A1", 50), ("A2", 60)]), segment="!"))
    report = folder.read()
    remits = folder.table("remits").select(["trace_number", "source_file"]).to_pylist()
    assert sorted((row["trace_number"], row["source_file"]) for row in remits) == [
        ("T1", "copy of march.835"),
        ("T2", "march.835"),
    ]
    claims = folder.table("remit_claims")
    assert sorted(claims["patient_control_number"].to_pylist()) == ["A1", "A2", "A3"]
    assert len(folder.table("remit_lines")) == 3
    assert len(folder.table("remit_adjustments")) == 6
    assert len(folder.table("provider_adjustments")) == 2
    assert (report.repeated, report.conflicting, report.counts.claims) == (1, 0, 5)
    assert [(each.kind, each.source_file) for each in report.problems] == [
        (Kind.REPEATED_REMITTANCE, "march.835")
    ]
    assert "copy of march.835" in report.problems[0].detail


@pytest.mark.parametrize("bundle_bytes", [1, 32 << 20], ids=["in bundles", "in one bundle"])
def test_two_remittances_of_one_number_are_both_kept(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, bundle_bytes: int
) -> None:
    monkeypatch.setattr(remit, "BUNDLE_BYTES", bundle_bytes)
    folder.put("a.835", era(("T1", [("A1", 50)])))
    folder.put("b.835", era(("T1", [("A2", 50)])))
    folder.put("c.835", era(("T1", [("A1", 50)])))
    folder.put("d.835", era(("T1", [("A2", 50)])))
    report = folder.read()
    first, second = sorted(folder.table("remits")["remit_id"].to_pylist())
    assert second == f"{first}.2"
    claims = folder.table("remit_claims").to_pylist()
    assert {(row["remit_claim_id"], row["patient_control_number"]) for row in claims} == {
        (f"{first}-1", "A1"),
        (f"{second}-1", "A2"),
    }
    lines = folder.table("remit_lines")["remit_claim_id"].to_pylist()
    assert sorted(lines) == [f"{first}-1", f"{second}-1"]
    assert sorted(folder.table("provider_adjustments")["remit_id"].to_pylist()) == [first, second]
    assert (report.repeated, report.conflicting) == (2, 1)
    assert [(each.source_file, each.kind) for each in report.problems] == [
        ("b.835", Kind.CONFLICTING_REMITTANCE),
        ("c.835", Kind.REPEATED_REMITTANCE),
        ("d.835", Kind.REPEATED_REMITTANCE),
    ]


def test_a_remittance_twice_in_one_file_counts_once(folder: Folder) -> None:
    folder.put("a.835", era(("T1", [("A1", 50)]), ("T1", [("A1", 50)])))
    report = folder.read()
    assert (report.rows["remits"], report.rows["remit_claims"], report.repeated) == (1, 1, 1)
    assert "this file" in report.problems[0].detail


def test_what_differs_only_in_a_provider_adjustment_is_no_repeat(folder: Folder) -> None:
    folder.put("a.835", era(("T1", [("A1", 50)])))
    folder.put("b.835", era(("T1", [("A1", 50)])).replace(b"WO:X*0", b"WO:Y*0"))
    assert folder.read().conflicting == 1


def test_a_broken_file_does_not_hinder_the_others(folder: Folder) -> None:
    folder.put("a.835", era(("T1", [("A1", 50)])))
    folder.put("b.835", bytes(range(256)) * 40)
    folder.put("c.835", era(("T2", [("A2", 50)]))[:-40])
    report = folder.read()
    assert report.rows["remit_claims"] == 2
    assert {each.source_file for each in report.problems} == {"b.835", "c.835"}


def test_rows_are_written_together(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remit, "ROWS_TOGETHER", 4)
    for number in range(10):
        folder.put(f"{number}.835", era((f"T{number}", [(f"A{number}", 50)])))
    folder.read()
    metadata = pq.read_metadata(folder.out / "out" / "remit_claims" / "part-00000.parquet")
    assert [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)] == [4, 4, 2]

"""Measure the 835 reader against others on the same generated files: processor time and memory.

`python tools/bench_835.py` takes two minutes; `--full` also gives the slow readers the large files,
and reads a gigabyte. The others are installed into an environment that is thrown away.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
BLOCK_CLAIMS = 1_000
OTHERS = ("pyx12==4.0.0", "edi-835-parser==1.8.0", "openx12==0.2.1")

ENVELOPE = (
    "ISA*00*          *00*          *ZZ*CLEARINGPOST   *ZZ*PROVIDERAR     *260311*0805*^*00501"
    "*000000302*0*P*:~GS*HP*CLEARINGPOST*PROVIDERAR*20260311*0805*302*X*005010X221A1~{body}"
    "GE*1*302~IEA*1*000000302~"
)
HEAD = (
    "ST*835*0001~BPR*I*{paid}*C*ACH*CCP*01*111900000*DA*4410098*1741234501**01*113000000*DA*700221"
    "*20260311~TRN*1*TM7099*1741234501~DTM*405*20260311~N1*PR*TAMARACK MUTUAL*XV*88001~"
    "N3*PO BOX 4400~N4*RIVERTON*TX*750010000~REF*2U*60141~PER*BL*EDI SUPPORT*TE*8005550100~"
    "N1*PE*ALDER CREEK MEDICAL CENTER*XX*1993999998~REF*TJ*741000999~LX*1~"
)

# Each program imports what it needs, then reads; only the reading is timed.
REQUITE = """
from requite.formats.x12.remittance import Reading
def read(path):
    reading = Reading("bench.835")
    with open(path, "rb") as stream:
        claims = sum(len(tables.remit_claims) for tables in reading.tables(stream))
    assert reading.problems.all() == [], reading.problems.all()[0]
    return claims
"""
REQUITE_TO_PARQUET = """
import tempfile
from pathlib import Path
from requite.engine.remit import read_remittances
def read(path):
    with tempfile.TemporaryDirectory() as out:
        report = read_remittances(Path(path).parent, Path(out), processes=1)
    return report.rows["remit_claims"]
"""
PYX12 = """
from pyx12 import error_handler, params, x12context
def read(path):
    with open(path) as stream:
        reader = x12context.X12ContextReader(params.params(), error_handler.errh_null(), stream)
        return sum(tree.id == "2100" for tree in reader.iter_segments("2100"))
"""
EDI_835_PARSER = """
from edi_835_parser import parse
def read(path):
    return parse(path, debug=True).count_claims()
"""
OPENX12 = """
from openx12 import x835
def read(path):
    with open(path) as stream:
        return len(x835.parse(stream.read()).claims)
"""
TIMED = """
import json, sys, time
if __name__ == "__main__":
    started = time.process_time()
    claims = read(sys.argv[1])
    print(json.dumps({"claims": claims, "cpu_seconds": time.process_time() - started}))
"""


@dataclass(frozen=True)
class Reader:
    """A reader, the program that runs it, and the files it is given, in megabytes."""

    name: str
    program: str
    usual: tuple[int, ...]
    full: tuple[int, ...]
    is_ours: bool = False


READERS = (
    Reader("Requite", REQUITE, (10, 100), (10, 100, 1000), is_ours=True),
    Reader("Requite, to Parquet", REQUITE_TO_PARQUET, (10, 100), (10, 100, 1000), is_ours=True),
    Reader("pyx12, loop reader", PYX12, (1,), (1, 10)),
    Reader("edi-835-parser", EDI_835_PARSER, (10,), (10, 100)),
    Reader("openx12", OPENX12, (10,), (10, 100)),
)


@dataclass(frozen=True)
class Run:
    """What one reader took for one file."""

    reader: str
    megabytes: float
    claims: int
    cpu_seconds: float
    peak_megabytes: float

    @property
    def seconds_a_megabyte(self) -> float:
        """Processor time by size, to compare runs over files of different sizes."""
        return self.cpu_seconds / self.megabytes


def claims(seed: int) -> "Claims":
    """Invented claims without end, each as its segments and what it paid."""
    return Claims(random.Random(seed))  # noqa: S311 - invented claims need no secret randomness


class Claims:
    """An iterator over claims of one to four lines, every one of which balances."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0

    def __iter__(self) -> "Claims":
        return self

    def __next__(self) -> tuple[str, int]:
        self.number += 1
        lines, total = [], [0, 0, 0]
        for place in range(1, self.chance.randint(1, 4) + 1):
            charge = self.chance.randint(5_000, 90_000)
            paid, contractual = charge * 60 // 100, charge * 30 // 100
            owed = charge - paid - contractual
            total = [total[0] + charge, total[1] + paid, total[2] + owed]
            lines.append(
                f"SVC*HC:{self.chance.randint(10_000, 99_999)}:25*{dollars(charge)}*{dollars(paid)}"
                f"**1~DTM*472*20260112~CAS*CO*45*{dollars(contractual)}~CAS*PR*1*{dollars(owed)}~"
                f"REF*6R*{place}~AMT*B6*{dollars(paid + owed)}~"
            )
        head = (
            f"CLP*A{self.number:08}*1*{'*'.join(map(dollars, total))}*12*TM26{self.number:07}*11*1~"
            f"NM1*QC*1*DRAY*ANNEKE****MI*MTAMA{self.number}~NM1*82*2*ALDER*****XX*1993999998~"
            "REF*EA*MRPT01~DTM*232*20260112~DTM*233*20260112~DTM*050*20260120~"
        )
        return head + "".join(lines), total[1]


def dollars(cents: int) -> str:
    """An amount as an 835 writes it."""
    return f"{cents // 100}.{cents % 100:02}"


def generate(path: Path, size: int) -> None:
    """Write an 835 of about `size` bytes: one transaction set, the same claims again and again."""
    block = list(islice(claims(seed=835), BLOCK_CLAIMS))
    bytes_of_block = sum(len(text) for text, _ in block)
    times, rest = divmod(size, bytes_of_block)
    last = block[: max(1, rest * BLOCK_CLAIMS // bytes_of_block)]
    paid = times * sum(cents for _, cents in block) + sum(cents for _, cents in last)
    text, tail = "".join(text for text, _ in block), "".join(text for text, _ in last)
    head = HEAD.format(paid=dollars(paid))
    segments = head.count("~") + times * text.count("~") + tail.count("~") + 1
    before, after = ENVELOPE.format(body="\n").split("\n")
    with path.open("w", encoding="ascii") as file:
        file.write(before + head)
        for _ in range(times):
            file.write(text)
        file.write(f"{tail}SE*{segments}*0001~{after}")


def run(python: Path, reader: Reader, path: Path) -> Run:
    """Let a reader read a file in a process of its own."""
    program = reader.program + TIMED
    with subprocess.Popen([python, "-c", program, path], stdout=subprocess.PIPE) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, reader.name)
    figures = json.loads(said)
    return Run(
        reader.name,
        path.stat().st_size / MEGABYTE,
        figures["claims"],
        figures["cpu_seconds"],
        usage.ru_maxrss * 1024 / MEGABYTE,
    )


def environment(folder: Path) -> Path:
    """A Python of its own with the other readers in it."""
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *OTHERS],
        check=True, stdout=sys.stderr,
    )  # fmt: skip
    return python


def measure(work: Path, *, is_full: bool) -> list[Run]:
    """Every reader on every file that it is given."""
    python, runs = environment(work / "others"), []
    sizes = {reader.name: reader.full if is_full else reader.usual for reader in READERS}
    for size in sorted({size for each in sizes.values() for size in each}):
        folder = work / str(size)
        folder.mkdir()
        generate(folder / "bench.835", size * MEGABYTE)
        for reader in READERS:
            if size in sizes[reader.name]:
                own = Path(sys.executable) if reader.is_ours else python
                runs.append(run(own, reader, folder / "bench.835"))
                print(runs[-1], file=sys.stderr)
    return runs


def ratio(each: Run, runs: list[Run]) -> float:
    """How many times Requite's processor time a reader takes for the same bytes.

    Against the same file; where Requite did not read that, scaled to its smallest.
    """
    ours = {one.megabytes: one for one in runs if one.reader == READERS[0].name}
    compared = ours.get(each.megabytes, ours[min(ours)])
    return each.seconds_a_megabyte / compared.seconds_a_megabyte


def markdown(runs: list[Run]) -> str:
    """The runs as a table."""
    lines = [
        "| reader | file, MB | CPU, s | MB a second | times Requite's CPU | peak memory, MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {each.reader} | {each.megabytes:,.0f} | {each.cpu_seconds:,.2f} "
        f"| {1 / each.seconds_a_megabyte:,.1f} | {ratio(each, runs):,.1f} "
        f"| {each.peak_megabytes:,.0f} |"
        for each in runs
    ]
    return "\n".join(lines)


def rows(runs: list[Run]) -> list[dict[str, str]]:
    """The runs as the page of all measurements wants them."""
    return [
        {
            "what": f"{each.reader}, {each.megabytes:,.0f} MB",
            "measured": f"{each.cpu_seconds:,.2f} s of CPU, {ratio(each, runs):,.1f} times "
            f"Requite's by size, {each.peak_megabytes:,.0f} MB at most",
        }
        for each in runs
    ]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--full", action="store_true", help="large files for all; half an hour")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-835-") as work:
        runs = measure(Path(work), is_full=chosen.full)
    print(json.dumps(rows(runs)) if chosen.json else markdown(runs))


if __name__ == "__main__":
    main()

"""Measure speed and memory, and write docs/benchmarks.md: what `make bench` runs.

`python bench/run.py` measures 1 million accounts, with `--full` 10 million (hours, and tens of
gigabytes of disk); `--accounts 50000 --only domain screen` is a quick look.
"""

import argparse
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from measure import Failed
from provider import PURE, ROOT, Package, compiled_copy
from report import other_work, page, write
from sections import SECTIONS, Plan

USUAL, FULL = 1_000_000, 10_000_000
RIVALS = 20_000
DOMAIN = 50_000
PAGE = ROOT / "docs" / "benchmarks.md"


def count(text: str) -> int:
    """A number of accounts."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return int(text)


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--accounts", type=count, help=f"in the large runs [{USUAL:,}]")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} accounts")
    parser.add_argument("--rival-accounts", type=count, default=RIVALS, help=f"[{RIVALS:,}]")
    parser.add_argument("--domain-accounts", type=count, default=DOMAIN, help=f"[{DOMAIN:,}]")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--pure", action="store_true", help="do not compile the domain")
    parser.add_argument("--compiled", type=Path, help="a compiled copy made before")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="for what is made here")
    parser.add_argument("--out", type=Path, default=PAGE, help="where the page goes")
    parser.add_argument("--keep", action="store_true", help="leave the samples in place")
    return parser.parse_args(arguments)


def package_of(chosen: argparse.Namespace, work: Path) -> Package:
    """The package to measure."""
    if chosen.pure:
        return PURE
    return Package(chosen.compiled) if chosen.compiled else compiled_copy(work / "compiled")


def main(arguments: Sequence[str]) -> int:
    """Measure, and write the page."""
    chosen = asked(arguments)
    chosen.work.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="bench-", dir=chosen.work.resolve()))
    accounts = chosen.accounts or (FULL if chosen.full else USUAL)
    sections, load, on = [], other_work(), datetime.now(UTC).date()
    command = shlex.join(["python", "bench/run.py", *arguments])
    try:
        plan = Plan(
            work, accounts, min(chosen.rival_accounts, accounts),
            min(chosen.domain_accounts, accounts), chosen.full, package_of(chosen, work),
        )  # fmt: skip
        for name in chosen.only:
            started = time.perf_counter()
            sections.append(SECTIONS[name](plan))
            print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
            write(chosen.out, page(command, sections, on, load))  # hours need not be lost
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        if not chosen.keep:
            shutil.rmtree(work, ignore_errors=True)
    print(f"Written to {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

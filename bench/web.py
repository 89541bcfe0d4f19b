"""Measure the office with many cases and twenty users at once; what `make bench-web` runs.

Fills a throw-away PostgreSQL, and a SQLite, with invented cases, serves it, and lets users open
queues, search, read cases and write notes, each pausing in between; writes the table to
docs/benchmarks.md.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "tools"), str(HERE.parent / "tests")]

from memory import Memory, bytes_of, watched  # noqa: E402
from report import OFFICE, keep_office, machine  # noqa: E402

from cluster import USER, running  # noqa: E402 - it lies among the tools
from own_office import MAIN, Visitor, free_port  # noqa: E402 - it lies among the tests

PASSWORD = "a long enough sentence"  # noqa: S105 - of invented people
USERS, SECONDS, PAUSE = 20, 120, (1.0, 3.0)
IDLE_SECONDS = 10.0  # after which nothing of the start is under way any more
EMPTY = "empty page"
COLUMNS = (
    "What", "Answers", "Server, median", "Server, 95th percentile", "User, 95th percentile",
    "Against an empty page", "Target", "Met",
)  # fmt: skip
MEMORY = (
    "Memory of the server's processes and the worker: {}; most of that while all sign in at once."
)
LIMITS = {"PostgreSQL": 100, "SQLite": 150}  # milliseconds of the server, at the 95th percentile


@dataclass
class Times:
    """Milliseconds of each kind of answer: at the server, and until the user had it."""

    server: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: Memory = field(default_factory=Memory)


def work(visitor: Visitor, number: int, cases: int, times: Times, start: threading.Barrier) -> None:
    """One user at work: every kind of page and action in turn, pausing as people do."""
    chance = random.Random(number)  # noqa: S311 - which case to open needs no secret
    visitor.sign_in(f"user{number}", PASSWORD)
    start.wait()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for kind, act in acts(visitor, 1 + chance.randrange(cases), chance).items():
            time.sleep(chance.uniform(*PAUSE))
            started = time.perf_counter()
            try:
                act()
            except urllib.error.HTTPError as refused:
                visitor.note_time(refused)  # somebody else was quicker: that is an answer too
                refused.close()
            times.whole[kind].append((time.perf_counter() - started) * 1000)
            times.server[kind].append(visitor.server_ms)
            if time.monotonic() > until:
                return


def acts(visitor: Visitor, case: int, chance: random.Random) -> dict[str, Callable[[], object]]:
    """What a user does, by its name in the table."""
    account, page, pages = f"A{case - 1:07}", chance.randrange(1, 20), [""]
    part = {"HX-Request": "true"}

    def read() -> None:
        pages[0] = visitor.get(f"/alder/cases/{case}/")

    def approve() -> None:
        waiting = re.search(r'name="version-(\d+)" value="(\d+)"', pages[0])
        number, version = waiting.groups() if waiting else ("1", "1")
        form = [("version", version), ("action", "approve")]
        visitor.send(f"/alder/cases/{number}/move?queue=approval", pages[0], form, part)

    def approvals() -> None:
        pages[0] = visitor.get("/alder/cases/?queue=approval&mine=1")

    def act(path: str, *form: tuple[str, str]) -> Callable[[], object]:
        def send() -> None:
            version = re.search(r'name="version" value="(\d+)"', pages[0])
            sent = [("version", version[1] if version else "1"), *form]
            answer = visitor.send(f"/alder/cases/{case}/{path}?queue=work", pages[0], sent, part)
            pages[0] = answer or _a_version_later(pages[0])  # a step answers with where to go next

        return send

    return {
        EMPTY: lambda: visitor.get("/health"),
        "queue": lambda: visitor.get("/alder/cases/?queue=work"),
        "queue, a later page": lambda: visitor.get(f"/alder/cases/?queue=work&page={page}"),
        "queue, one cause": lambda: visitor.get("/alder/cases/?cause=dual_primary"),
        "queue, due within a month": lambda: visitor.get("/alder/cases/?due=soon"),
        "search by account": lambda: visitor.get(f"/alder/cases/?search={account}"),
        "search by claim": lambda: visitor.get(f"/alder/cases/?search=26L{case - 1}"),
        "search by patient": lambda: visitor.get(f"/alder/cases/?search=Patient{case - 1}"),
        "case page": read,
        "write a note": act("note", ("text", "Called the payer.")),
        "take up": act("move", ("action", "take_up")),
        "propose a refund": act("move", ("action", "propose_refund")),
        "queue, for my approval": approvals,
        "approve": approve,
        "dashboard": lambda: visitor.get("/alder/dashboard/"),
    }


def _a_version_later(page: str) -> str:
    """The page of a case as it is after one step: its forms hold the next version."""
    return re.sub(
        r'(name="version" value=")(\d+)', lambda found: f"{found[1]}{int(found[2]) + 1}", page
    )


def measure(cases: int, findings: int, environ: dict[str, str]) -> Times:
    """Fill an office, serve it, and let everybody work once all are signed in."""
    subprocess.run([*MAIN, "migrate"], env=environ, check=True)
    load = [sys.executable, HERE / "web_load.py", str(cases), str(findings)]
    subprocess.run(load, env=environ, check=True)
    port, times, start = free_port(), Times(), threading.Barrier(USERS)
    serve = [*MAIN, "serve", "--port", str(port)]
    with subprocess.Popen(serve, env=environ, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            Visitor(address).wait()
            time.sleep(IDLE_SECONDS)
            times.memory.idle = bytes_of(server.pid)
            with watched(server.pid, times.memory), ThreadPoolExecutor(USERS) as pool:
                users = [
                    pool.submit(work, Visitor(address), n, cases, times, start)
                    for n in range(USERS)
                ]
                for user in users:
                    user.result()  # a user who could not work on fails the measurement
        finally:
            server.terminate()
    return times


def high(taken: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


def table(name: str, cases: int, findings: int, times: Times) -> str:
    """The answers of one database as a table."""
    empty, limit = statistics.median(times.server[EMPTY]), LIMITS[name]
    lines = [
        f"### {name}, {cases:,} open cases, {cases * findings:,} findings, {USERS} users", "",
        f"| {' | '.join(COLUMNS)} |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]  # fmt: skip
    for kind, taken in times.server.items():
        middle = statistics.median(taken)
        judged = "" if kind == EMPTY else "yes" if high(taken) <= limit else "**no**"
        target = "" if kind == EMPTY else f"{limit} ms"
        lines.append(
            f"| {kind} | {len(taken)} | {middle:.0f} ms | {high(taken):.0f} ms "
            f"| {high(times.whole[kind]):.0f} ms "
            f"| {middle / empty:.0f} times | {target} | {judged} |"
        )
    lines += ["", MEMORY.format(times.memory)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure on both databases, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--sqlite-cases", type=int, default=20_000)
    parser.add_argument("--findings", type=int, default=20, help="of each case")
    asked = parser.parse_args()
    day = datetime.now(UTC).date()
    parts = [OFFICE.format(day=day, machine=machine(), seconds=SECONDS, pause=PAUSE)]
    for name, cases in (("PostgreSQL", asked.cases), ("SQLite", asked.sqlite_cases)):
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            environ = os.environ | {
                "REQUITE_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "requite.web.settings",
            }  # fmt: skip
            if name == "PostgreSQL":
                cluster = stack.enter_context(running())
                environ["DATABASE_URL"] = f"postgresql://{USER}@/postgres?host={cluster.folder}"
            times = measure(cases, asked.findings, environ)
        parts.append(table(name, cases, asked.findings, times))
    keep_office(HERE.parent / "docs" / "benchmarks.md", "\n".join(parts))


if __name__ == "__main__":
    main()

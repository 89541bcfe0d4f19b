"""A PostgreSQL cluster that lives in a folder for one measurement, and is then thrown away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OWNER = "postgres"  # whom Debian's package runs it as; PostgreSQL refuses to run as root
USER = "bench"
# Nothing is kept, so nothing is made safe; plenty of memory; one process, so that seconds compare.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "1GB",
    "work_mem": "512MB",
    "max_parallel_workers_per_gather": "0",
}
READY_SECONDS = 30


class NoPostgres(Exception):
    """PostgreSQL is not on this machine, or not usable by this user."""


@dataclass
class Cluster:
    """A running cluster; `cpu_seconds` is known once it has stopped."""

    folder: Path
    cpu_seconds: float = 0.0

    def run(self, script: str) -> str:
        """Run SQL, and give what it prints."""
        done = subprocess.run(
            [_program("psql"), "--quiet", "--tuples-only", "--no-align", "--csv",
             "--set", "ON_ERROR_STOP=1", "--host", self.folder, "--username", USER, "postgres"],
            input=script, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(versions[-1]) if versions else None
    if found is None:
        raise NoPostgres(f"PostgreSQL's {name} is not on this machine (package postgresql).")
    return found


def _as_owner() -> list[str]:
    """What to put before a program so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    try:
        owner = pwd.getpwnam(OWNER)
    except KeyError:
        raise NoPostgres(f"There is no user {OWNER} to run PostgreSQL as.") from None
    ids = [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}"]
    return [shutil.which("setpriv") or "setpriv", *ids, "--clear-groups"]


@contextmanager
def running() -> Iterator[Cluster]:
    """A fresh cluster; afterwards its processor seconds are in `cpu_seconds`.

    Raises
    ------
    NoPostgres
        Where there is none to be run.
    """
    before = _as_owner()
    programs = {name: _program(name) for name in ("initdb", "postgres", "psql")}
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        folder = Path(name)
        if before:
            shutil.chown(folder, OWNER, OWNER)
        data = folder / "data"
        subprocess.run(
            [*before, programs["initdb"], "--pgdata", data, "--auth=trust", "--no-sync",
             "--username", USER, "--encoding=UTF8", "--locale=C"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        settings = SETTINGS | {"unix_socket_directories": str(folder)}
        words = [word for item in settings.items() for word in ("-c", "=".join(item))]
        with subprocess.Popen(
            [*before, programs["postgres"], "-D", data, *words],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as server:  # fmt: skip
            cluster = Cluster(folder)
            try:
                _wait_for(cluster)
                yield cluster
            finally:
                server.send_signal(signal.SIGINT)  # let no client wait, but close orderly
                _, status, usage = os.wait4(server.pid, 0)
                server.returncode = os.waitstatus_to_exitcode(status)
                cluster.cpu_seconds = usage.ru_utime + usage.ru_stime


def _wait_for(cluster: Cluster) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            cluster.run("SELECT 1;")
        except RuntimeError:
            if time.monotonic() > until:
                raise NoPostgres("PostgreSQL does not start here.") from None
            time.sleep(0.2)
        else:
            return

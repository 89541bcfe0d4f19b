"""An office of its own for a test that kills its processes: its own folder, its own database."""

import hashlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

MAIN = (sys.executable, "-c", "from requite.cli.main import main; main()")
READY_SECONDS = 60


def own_database(folder: Path) -> dict[str, str]:
    """The environment of a fresh database beside that of the tests, if they have a server."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {}
    name = f"own_{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return {"DATABASE_URL": url.replace("/postgres?", f"/{name}?")}


@dataclass
class OwnOffice:
    """Environment of the office's processes, and what they are asked."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environ = os.environ | {
            "REQUITE_DATA_DIR": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": "requite.web.settings",
        }
        self.environ |= own_database(self.folder)
        self.run("migrate")

    def run(self, *words: str) -> str:
        """Run a command of the office to its end, and give what it says."""
        done = subprocess.run(
            [*MAIN, *words], env=self.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def add_specialist(self, name: str) -> str:
        """Add somebody who has chosen a password already; the password."""
        password = self.run(
            "people", "add-user", name, "--provider", "alder", "--role", "specialist"
        )
        self.ask(
            "from django.utils import timezone\n"
            "from requite.office.people.queries import user_of\n"
            "from requite.office.people.services import choose_password\n"
            f"choose_password(user_of({name!r}), {password!r}, at=timezone.now())"
        )
        return password

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command in a group of its own, so that all of it can be killed."""
        return subprocess.Popen(
            [*MAIN, *words], env=self.environ, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def ask(self, code: str) -> str:
        """What a few lines over the office's tables print."""
        script = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=self.environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, with no chance to end orderly."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Visitor:
    """A browser without a screen: keeps cookies, sends forms."""

    def __init__(self, address: str) -> None:
        self.address, self.server_ms = address, 0.0
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def wait(self) -> None:
        """Wait until the office answers."""
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                self.get("/health")
            except OSError:  # not there yet, or slow to answer
                assert time.monotonic() < until, "The office does not answer."
                time.sleep(0.2)
            else:
                return

    def cookies(self) -> str:
        """What the browser sends along, for one that is made by hand."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def get(self, path: str) -> str:
        """The page."""
        with self.opener.open(self.address + path, timeout=30) as answer:
            self.note_time(answer)
            return answer.read().decode()

    def note_time(self, answer: Any) -> None:
        """Keep how long the server says that it took, in milliseconds."""
        told = re.search(r"dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
        self.server_ms = float(told[1]) if told else 0.0

    def send(
        self, path: str, page: str, form: list[tuple[str, str]],
        headers: dict[str, str] | None = None,
    ) -> str:  # fmt: skip
        """Send a form of the page, and give the page after it."""
        match = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert match is not None
        body = urllib.parse.urlencode([("csrfmiddlewaretoken", match[1]), *form]).encode()
        asked = urllib.request.Request(self.address + path, body, headers or {})
        with self.opener.open(asked, timeout=60) as answer:
            self.note_time(answer)
            return answer.read().decode()

    def sign_in(self, name: str, password: str) -> None:
        """Sign somebody in."""
        form = [("login", name), ("password", password)]
        page = self.send("/account/login/", self.get("/account/login/"), form)
        assert "Sign out" in page

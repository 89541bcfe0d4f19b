"""`requite serve`: a port that is taken, processes that die, and an end that is told."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from own_office import MAIN, OwnOffice, Visitor, free_port
from requite.cli import demo, serve
from requite.cli.answering import MOST_RESTARTS, Answering, connections_of_each
from requite.cli.main import main


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_named_with_the_next(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not serve.is_free("127.0.0.1", port)
        told = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert (told.exit_code, f"--port {port + 1}" in told.output) == (1, True)
    assert serve.is_free("127.0.0.1", port)


def test_a_demo_that_is_slow_to_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [TimeoutError("timed out"), io.BytesIO(b'{"ok": true}')]

    def answer(*_: object, **__: object) -> io.BytesIO:
        given = answers.pop(0)
        if isinstance(given, OSError):
            raise given
        return given

    monkeypatch.setattr("urllib.request.urlopen", answer)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        demo._wait_for("http://127.0.0.1:1/health", server)
        server.kill()
    assert not answers


@pytest.mark.enable_socket
def test_an_address_that_is_not_of_this_machine_is_told() -> None:
    told = CliRunner().invoke(main, ["serve", "--address", "203.0.113.7", "--port", "8000"])
    assert (told.exit_code, "203.0.113.7" in told.output) == (1, True)


def test_a_worker_that_dies_is_started_again_and_ends_with_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = tmp_path / "signs"
    signs.mkdir()
    monkeypatch.setattr(serve, "RESTART_SECONDS", 0.05)
    dies = f"import os, pathlib; pathlib.Path({str(signs)!r}, str(os.getpid())).touch()"
    with serve.worker_beside((sys.executable, "-c", dies)):
        until = time.monotonic() + 20
        while len(list(signs.iterdir())) < 3:
            assert time.monotonic() < until
            time.sleep(0.05)
    lasts = f"{dies}; import time; time.sleep(60)"
    started = time.monotonic()
    count = len(list(signs.iterdir()))
    with serve.worker_beside((sys.executable, "-c", lasts)):
        while len(list(signs.iterdir())) == count:
            time.sleep(0.05)
    assert time.monotonic() - started < 30


def test_a_process_that_keeps_dying_ends_the_server_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = Answering("127.0.0.1", 8000, 2)
    monkeypatch.setattr(server, "shutdown", lambda: None)

    def die_again_and_again() -> None:
        for _ in range(MOST_RESTARTS + 1):
            server._tell([3])

    monkeypatch.setattr(server, "serve", die_again_and_again)
    with pytest.raises(click.ClickException, match=r"end as soon as they are started \(status 3\)"):
        server.serve_until_stopped()
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["A server process ended (status 3); another is started."] * MOST_RESTARTS


def test_processes_that_die_now_and_then_do_not_end_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server, now = Answering("127.0.0.1", 8000, 2), iter(range(0, 10_000, 30))
    monkeypatch.setattr("requite.cli.answering.time.monotonic", lambda: next(now))
    for _ in range(50):
        server._tell([-9, None])


def test_a_server_that_cannot_begin_or_stops_by_itself_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Answering("127.0.0.1", 8000, 2)

    def taken() -> None:
        raise RuntimeError("Address already in use")

    monkeypatch.setattr(server, "serve", taken)
    with pytest.raises(click.ClickException, match="cannot be started: Address already in use"):
        server.serve_until_stopped()
    monkeypatch.setattr(server, "serve", lambda: None)
    with pytest.raises(click.ClickException, match="nobody had told it to"):
        server.serve_until_stopped()


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "connections"),
    [
        (1024, 524_288, 4352, 4096), (1024, 2048, 2048, 1792), (256, 256, 256, 128),
        (20_000, 20_000, None, 4096), (-1, -1, None, 4096), (1024, -1, 4352, 4096),
    ],
)  # fmt: skip
def test_a_process_holds_as_many_connections_as_it_may_open_files(
    soft: int, hard: int, raised: int | None, connections: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr("resource.getrlimit", lambda _what: (soft, hard))
    monkeypatch.setattr("resource.setrlimit", lambda _what, limits: told.append(limits[0]))
    assert connections_of_each() == connections
    assert told == ([] if raised is None else [raised])


def children_of(process: int) -> list[int]:
    told = subprocess.run(
        ["pgrep", "-P", str(process)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in told.stdout.split()]


def is_there(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rsplit(") ", 1)[1][0] != "Z"


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.machine
@pytest.mark.enable_socket
@pytest.mark.xdist_group("killed")
def test_an_office_of_which_processes_are_killed_goes_on_and_ends_when_it_is_told_to(
    tmp_path: Path,
) -> None:
    office, port, log = OwnOffice(tmp_path), free_port(), tmp_path / "log"
    visitor = Visitor(f"http://127.0.0.1:{port}")

    def begin() -> "subprocess.Popen[bytes]":
        with log.open("w") as said:
            line = [*MAIN, "serve", "--port", str(port), "--workers", "1"]
            started = subprocess.Popen(line, env=office.environ, stderr=said)
        visitor.wait()
        wait_until(lambda: len(children_of(started.pid)) == 2)
        return started

    server = begin()
    for child in children_of(server.pid):
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: log.read_text().count("another is started.") == 2)
    wait_until(lambda: len(children_of(server.pid)) == 2)
    visitor.wait()
    assert "A server process ended (killed by signal 9" in log.read_text()
    assert "The worker ended (killed by signal 9" in log.read_text()
    children = children_of(server.pid)
    server.terminate()
    assert server.wait(timeout=60) == 0
    assert not any(map(is_there, children))

    server = begin()  # killed itself, it leaves nobody at its port
    children = children_of(server.pid)
    server.kill()
    server.wait()
    wait_until(lambda: not any(map(is_there, children)))

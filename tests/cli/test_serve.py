"""`requite serve`: a port that is taken, and a worker that dies."""

import socket
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from requite.cli import serve
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

"""What a process takes from its listening sockets ends where nobody reads."""

import os
import socket
from pathlib import Path

import pytest

from requite.web import listening

pytestmark = pytest.mark.one_database


@pytest.mark.enable_socket
def test_a_connection_that_is_not_read_is_ended_by_the_system(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    listening.end_unread_connections.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as listener, plain.open(), socket.socket() as other:
        before = len(os.listdir(listening.FILES))  # noqa: PTH208
        assert listening.end_unread_connections() >= 1
        assert len(os.listdir(listening.FILES)) == before, "no file stays open"  # noqa: PTH208
        other.connect(listener.getsockname())
        with listener.accept()[0] as taken:
            told = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
        assert told == listening.UNREAD_SECONDS * 1000
        assert other.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 0
    listening.end_unread_connections.cache_clear()


def test_a_system_without_such_a_limit_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    listening.end_unread_connections.cache_clear()
    monkeypatch.delattr(socket, "TCP_USER_TIMEOUT")
    assert listening.end_unread_connections() == 0
    listening.end_unread_connections.cache_clear()

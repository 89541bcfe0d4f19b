"""Whoever sends slowly, reads slowly or says nothing keeps nobody else from an answer."""

import http.client
import random
import re
import resource
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass

import pytest

from own_office import MAIN, OwnOffice, Visitor, free_port
from requite.web.listening import UNREAD_SECONDS

pytestmark = [
    pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("slow visitors"),
]  # fmt: skip
ANSWER_SECONDS = 5.0
SILENT = 1_500
DOCUMENT_BYTES = 8_000_000
FORM = "application/x-www-form-urlencoded"
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'
PARTS = "multipart/form-data; boundary=b"
CASE = f"""
import io, sys
sys.path.insert(0, "tests")
from django.utils import timezone
from office_builders import a_case
from requite.office.cases.attachments import attach
from requite.office.people.queries import provider_of, user_of
case = a_case(provider_of("alder"))
letter = io.BytesIO(b"%PDF-1.7".ljust({DOCUMENT_BYTES}, b"x"))
made = attach(case, "letter.pdf", letter, actor=user_of("mira"), at=timezone.now())
folder = f"/alder/cases/{{case.number}}"
print(f"{{folder}}/attach", f"{{folder}}/attachments/{{made.pk}}")
"""


@dataclass(frozen=True)
class Opened:
    """A running office, the cookie of somebody at work, and where her documents are."""

    port: int
    password: str
    cookie: str
    attach: str
    document: str

    @property
    def case(self) -> str:
        """The address of the case."""
        return self.attach.removesuffix("attach")

    def connect(self, lines: ExitStack, *, room_bytes: int = 0) -> socket.socket:
        """A connection that stays open, with so much room for what is not read of it."""
        line = lines.enter_context(socket.socket())
        if room_bytes:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room_bytes)
        line.settimeout(60)
        line.connect(("127.0.0.1", self.port))
        return line

    def head(self, path: str, *told: str) -> bytes:
        """The head of a request by who is signed in."""
        lines = [f"Host: 127.0.0.1:{self.port}", f"Cookie: {self.cookie}", *told]
        return "\r\n".join([f"{path} HTTP/1.1", *lines, "", ""]).encode()

    def answers(self) -> None:
        """See that the sign-in page, and a page of who is signed in, come at once."""
        for path, words in (("/account/login/", b"Password"), ("/alder/cases/", b"Sign out")):
            cookie = {"Cookie": self.cookie} if b"out" in words else {}
            started = time.monotonic()
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
            with closing(line):
                line.request("GET", path, headers=cookie)
                answer = line.getresponse()
                assert (answer.status, words in answer.read()) == (200, True), path
            assert time.monotonic() - started < ANSWER_SECONDS, path


@pytest.fixture(name="opened", scope="module")
def _opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    office, port = OwnOffice(tmp_path_factory.mktemp("slow")), free_port()
    office.run("people", "add-provider", "alder", "Alder Creek")
    password = office.add_specialist("mira")
    attach, document = office.ask(CASE).split()
    line = [*MAIN, "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(line, env=office.environ)
    visitor = Visitor(f"http://127.0.0.1:{port}")
    try:
        visitor.wait()
        visitor.sign_in("mira", password)
        yield Opened(port, password, visitor.cookies(), attach, document)
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(name="lines")
def _lines() -> Iterator[ExitStack]:
    with ExitStack() as lines:
        yield lines


def test_visitors_who_send_slowly_keep_nobody_waiting(opened: Opened, lines: ExitStack) -> None:
    for how in ("Content-Length: 60000", "Transfer-Encoding: chunked"):
        for _ in range(60):
            head = opened.head("POST /account/login/", how, f"Content-Type: {FORM}")
            opened.connect(lines).sendall(head + (b"1\r\nl" if "chunked" in how else b"l"))
    opened.answers()
    Visitor(f"http://127.0.0.1:{opened.port}").sign_in("mira", opened.password)


def test_one_user_s_slow_uploads_keep_nobody_waiting(opened: Opened, lines: ExitStack) -> None:
    head = opened.head(f"POST {opened.attach}", "Content-Length: 9000000", f"Content-Type: {PARTS}")
    for _ in range(60):
        opened.connect(lines).sendall(head + PART + b"x" * 100_000)
    opened.answers()


def test_who_reads_slowly_keeps_nobody_waiting(opened: Opened, lines: ExitStack) -> None:
    asked = [opened.connect(lines, room_bytes=4096) for _ in range(40)]
    for line in asked:
        line.sendall(opened.head(f"GET {opened.document}"))
    opened.answers()
    assert asked[-1].recv(12) == b"HTTP/1.1 200"
    opened.answers()


def test_who_does_not_read_at_all_loses_the_connection(opened: Opened, lines: ExitStack) -> None:
    line = opened.connect(lines, room_bytes=4096)
    line.sendall(opened.head(f"GET {opened.document}") * 10)
    time.sleep(UNREAD_SECONDS + 15)
    came = 0
    with suppress(ConnectionResetError):
        while piece := line.recv(1 << 20):
            came += len(piece)
    assert 0 < came < DOCUMENT_BYTES


def test_connections_that_say_nothing_keep_nobody_waiting(opened: Opened, lines: ExitStack) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * SILENT + 500)), hard))
    lines.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
    for _ in range(SILENT):
        opened.connect(lines)
    opened.answers()
    for _ in range(SILENT):
        opened.connect(lines).sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half")
    opened.answers()


@pytest.mark.parametrize("is_chunked", [False, True], ids=["declared", "chunked"])
def test_a_document_is_taken_in_and_handed_out_whole(opened: Opened, is_chunked: bool) -> None:
    letter = b"%PDF-1.7" + random.Random(7).randbytes(DOCUMENT_BYTES)  # noqa: S311 - any bytes
    line = http.client.HTTPConnection("127.0.0.1", opened.port, timeout=60)
    told = {"Cookie": opened.cookie, "Content-Type": PARTS}
    told["X-CSRFToken"] = opened.cookie.partition("csrftoken=")[2].partition(";")[0]
    with closing(line):
        body = PART + letter + b"\r\n--b--\r\n"
        pieces = (body[at : at + 100_000] for at in range(0, len(body), 100_000))
        line.request("POST", opened.attach, pieces if is_chunked else body, told)
        answer = line.getresponse()
        assert (answer.read(), answer.status) == (b"", 302)
        line.request("GET", opened.case, headers=told)
        documents = re.findall(rf"{opened.case}attachments/\d+", line.getresponse().read().decode())
        line.request("GET", max(documents), headers=told)
        assert line.getresponse().read() == letter
        line.request("HEAD", "/account/login/")
        answer = line.getresponse()
        assert (answer.read(), int(answer.headers["Content-Length"]) > 1000) == (b"", True)

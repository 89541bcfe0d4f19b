"""An office in full, as `requite demo` opens it, and a real browser in front of it."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from browsing import Office, Open
from own_office import free_port, own_database

CHROMIUM = "/usr/bin/chromium"  # of Debian's package
READY_SECONDS = 120
SCREEN = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demo, served by the real server."""
    pytest_socket.enable_socket()
    folder, port = tmp_path_factory.mktemp("office"), free_port()
    call = [sys.executable, "-c", "from requite.cli.main import main; main()"]
    call += ["demo", "--dir", str(folder), "--port", str(port)]
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "requite.web.settings"}
    environ |= own_database(folder)
    address = f"http://127.0.0.1:{port}"
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(call, env=environ, stdout=log, stderr=log) as server,
    ):
        try:
            _wait_for(f"{address}/health", server, folder / "log")
            people = folder / "office" / "people.json"
            passwords = json.loads(people.read_text(encoding="utf-8"))
            # Somebody beside the demo's people: whose sign-in a test may change for good.
            words = [
                "people",
                "add-user",
                "kay",
                "--provider",
                "alder-creek",
                "--role",
                "specialist",
            ]
            environ["REQUITE_DATA_DIR"] = str(folder / "office")
            added = subprocess.run(
                [*call[:3], *words], env=environ, capture_output=True, text=True, check=True
            )
            yield Office(address, passwords | {"kay": added.stdout.strip()}, folder / "log")
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:  # not there yet, or slow to answer
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"The office does not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser(office: Office) -> Iterator[Browser]:
    """Debian's Chromium; the run fails where it is missing."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The browsers' memory of who has signed in already, by name."""
    return {}


@pytest.fixture
def sign_in(browser: Browser, office: Office, signed_in: dict[str, StorageState]) -> Iterator[Open]:
    """Signs somebody in, by keyboard, and opens a page of Alder Creek; no error may be left.

    Who has signed in before goes on with that session, in a window of its own.
    """
    contexts, problems = [], []

    def opened(name: str, path: str = "cases/", **options: object) -> Page:
        context = browser.new_context(
            base_url=office.address, viewport=SCREEN, storage_state=signed_in.get(name), **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else 0)
        page.goto(f"/alder-creek/{path}")
        if name not in signed_in:
            page.locator("#id_login").focus()
            page.keyboard.type(name)
            page.keyboard.press("Tab")
            page.keyboard.type(office.passwords[name])
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/account/" not in url)
            page.wait_for_load_state("load")
            signed_in[name] = context.storage_state()
        if options.get("java_script_enabled", True):  # what a page brings in after itself
            expect(page.locator("[hx-trigger=load], .htmx-request")).to_have_count(0)
        return page

    yield opened
    for context in contexts:
        context.close()
    # What tests of refusals, and of an office that does not answer, bring about.
    expected = (
        "409",
        "401",
        "403",
        "404",
        "ERR_INTERNET_DISCONNECTED",
        "htmx:afterRequest",
        "htmx:sendError",
    )
    left = [told for told in problems if not any(sign in told for sign in expected)]
    assert left == [], f"The office's log ends so: {office.log.read_text()[-6000:]}"

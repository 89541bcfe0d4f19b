"""Take the pictures of the docs from the office of the demo.

    python tools/make_screenshots.py

Needs Chromium; writes docs/pictures/.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
MAIN = (sys.executable, "-c", "from requite.cli.main import main; main()")
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
READY_SECONDS = 120
FIRST = "first-look"  # taken before anybody has ended the first look around
# Picture: who looks, at what, in which light, how large.
SHOTS = {
    FIRST: ("mira", "cases/", "light", (1366, 768)),
    "queue": ("mira", "cases/?party=payer", "light", (1366, 768)),
    "queue-dark": ("mira", "cases/?party=payer", "dark", (1366, 768)),
    "queue-200": ("mira", "cases/?party=payer", "light", (683, 768)),
    "approval": ("sam", "cases/?queue=approval", "light", (1366, 768)),
    "approvals": ("sam", "cases/approvals", "light", (1366, 768)),
    "approvals-200": ("sam", "cases/approvals", "light", (683, 768)),
    "help": ("mira", "help/case", "light", (1366, 768)),
    "me": ("sam", "people/me", "light", (1366, 768)),
    "dashboard-200": ("lena", "dashboard/", "light", (683, 768)),
    "dashboard-dark": ("lena", "dashboard/", "dark", (1366, 768)),
    "corrections": ("sam", "corrections/", "light", (1366, 768)),
    "mapping": ("sam", "imports/mapping?from=athenaone", "light", (1366, 768)),
    "extract": ("ada", "imports/extract", "light", (1366, 900)),
    "imports": ("sam", "imports/1/", "light", (1366, 768)),
    "dashboard": ("lena", "dashboard/", "light", (1366, 768)),
    "people": ("ada", "people/", "light", (1366, 768)),
    "audit": ("otto", "audit/", "light", (1366, 768)),
}
# Pictures of what is made of a practice's files: they are brought first.
BROUGHT = {"extract": ROOT / "tests" / "engine" / "mapping" / "practices" / "signed"}


def wait() -> None:
    """Wait until the office answers."""
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{ADDRESS}/health", timeout=5).close()
        except OSError:  # not there yet, or slow to answer
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
        else:
            return


def sign_in(page: Page, name: str, password: str, path: str) -> None:
    """Sign somebody in on the way to a page of the first provider."""
    page.goto(f"{ADDRESS}/alder-creek/{path}")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.click("button.main")
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        call = [*MAIN, "demo", "--dir", folder, "--port", str(PORT)]
        with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                wait()
                text = (Path(folder) / "office" / "people.json").read_text(encoding="utf-8")
                take(json.loads(text))
            finally:
                server.terminate()


def take(passwords: dict[str, str]) -> None:
    """One picture after the other, each in a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (who, path, scheme, size) in SHOTS.items():
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
            )
            page = context.new_page()
            sign_in(page, who, passwords[who], path)
            if name != FIRST and page.locator(".tour").count():
                page.locator(".tour button").click()
                page.goto(f"{ADDRESS}/alder-creek/{path}")
                page.wait_for_load_state("networkidle")
            if name in BROUGHT:
                page.set_input_files("#extract", sorted(BROUGHT[name].iterdir()))
                page.click("button[value=read]")
                page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()

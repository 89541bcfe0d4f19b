"""A database that goes away for a while, and a disk without room, under an office that runs."""

import re
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster import Cluster, running
from own_office import OwnOffice, Visitor, free_port, kill

pytestmark = [pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("killed")]
STORY = Path(__file__).resolve().parents[1] / "golden" / "four-causes-on-one-account"
PATIENCE_SECONDS = 60
ONE_CASE = (
    "import sys; sys.path.insert(0, 'tests')\n"
    "from office_builders import a_finding, determined\n"
    "from requite.office.people.queries import provider_of\n"
    "determined(provider_of('alder'), a_finding('A1'))"
)
LOOK = (
    "from requite.office.intake.models import Import\n"
    "item = Import.objects.order_by('-number').first()\n"
    "print(item.status, item.problem)"
)


def told(visitor: Visitor, path: str) -> tuple[int, str]:
    """Status and text of a page that is not the usual one."""
    try:
        return 200, visitor.get(path)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_a_database_away_for_a_while_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as cluster:
        url = f"postgresql://bench@/postgres?host={cluster.folder}"
        monkeypatch.setenv("DATABASE_URL", url)
        office = OwnOffice(tmp_path)
        name = re.search(r"/(own_\w+)\?", office.environ["DATABASE_URL"])
        assert name is not None
        office.run("people", "add-provider", "alder", "Alder Creek")
        password = office.add_specialist("mira")
        office.ask(ONE_CASE)
        port = free_port()
        server, visitor = (
            office.start("serve", "--port", str(port)),
            Visitor(f"http://127.0.0.1:{port}"),
        )
        try:
            visitor.wait()
            visitor.sign_in("mira", password)
            page = visitor.get("/alder/cases/")
            take_away(cluster, name[1])
            status, text = told(visitor, "/alder/cases/")
            assert (status, "The database does not answer" in text) == (503, True)
            with pytest.raises(urllib.error.HTTPError) as refused:
                visitor.send("/alder/cases/1/note", page, [("text", "Words that I typed")])
            assert refused.value.code == 503
            assert "Words that I typed" in refused.value.read().decode()
            cluster.run(f"ALTER DATABASE {name[1]} WITH ALLOW_CONNECTIONS true;")
            assert "Words that I typed" in visitor.send(
                "/alder/cases/1/note", page, [("text", "Words that I typed")]
            )
            feed = str(STORY / "feed")
            office.run("import", feed, "--provider", "alder", "--as-of", "2026-06-01", "--no-wait")
            wait_for(office, "done")
        finally:
            kill(server)


def take_away(cluster: Cluster, name: str) -> None:
    cluster.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false;")
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
    cluster.run(f"{ends} '{name}';")


def wait_for(office: OwnOffice, status: str) -> None:
    """Wait until the last import has a status."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := office.ask(LOOK)).startswith(status):
        assert time.monotonic() < until, found
        time.sleep(0.5)


@pytest.fixture
def little_room(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, of two megabytes."""
    folder = tmp_path / "providers"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be made here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_an_import_without_room_says_so_and_the_next_one_is_whole(
    tmp_path: Path, little_room: Path
) -> None:
    office = OwnOffice(tmp_path)
    data = Path(office.environ["REQUITE_DATA_DIR"])
    (data / "providers").symlink_to(little_room)
    office.run("people", "add-provider", "alder", "Alder Creek")
    filler = little_room / "filler"
    filler.write_bytes(b"x" * (2 << 20))
    feed = str(STORY / "feed")
    ask = ("import", feed, "--provider", "alder", "--as-of", "2026-06-01")
    office.run(*ask, "--no-wait")
    office.run("worker", "--once")
    told = office.ask(LOOK)
    assert told.startswith("refused")
    assert "No space left on device" in told
    assert "Free space on the disk" in told
    filler.unlink()
    office.run(*ask)
    assert office.ask(LOOK).startswith("done")
    assert "unchanged" in office.run("audit", "verify")

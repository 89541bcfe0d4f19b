"""Files that somebody brings in: a scene, wrong names, and what lies in a file's place."""

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office_builders import a_member, a_provider
from requite.office.people.models import Provider
from requite.office.people.role import Role

STORY = Path(__file__).resolve().parent / "golden" / "duplicate-payment-two-traces"
SECRET = "no-eyes-but-ours"  # noqa: S105 - what must not be seen
PLAIN = "ID,ACCT,DAY,AMT\n1,007,2026-01-05,40.00\n"
TOML = """name = "Ours"
[[tables]]
table = "transactions"
file = '{file}'
columns = {{ transaction_id = "ID", account_id = "ACCT", posted_on = "DAY" }}
constants = {{ type = "payment", bucket = "self" }}
[tables.amounts.amount]
rule = "minus"
column = "AMT"
"""


@dataclass
class Scene:
    """A provider, somebody who brings things in, a folder of hers, and what is none of hers."""

    provider: Provider
    folder: Path
    secret: Path
    name: str = ""  # the name that somebody gives, where a caller is given names
    lay: Callable[[Path], None] = Path.touch  # how what is no plain file comes to a place

    @property
    def boss(self) -> Any:
        return a_member(self.provider, Role.SUPERVISOR)

    @property
    def mapping(self) -> str:
        return TOML.format(file=self.name)

    @property
    def packed(self) -> SimpleUploadedFile:
        """A ZIP that holds a file of the name."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("tx.csv", PLAIN)
            if self.name:
                archive.writestr(self.name, PLAIN)
        return SimpleUploadedFile("feed.zip", content.getvalue())

    def feed(self, spoilt: str = "") -> Path:
        """A feed, one file of it replaced by what is no plain file."""
        target = self.folder / "feed"
        if not target.exists():
            shutil.copytree(STORY / "feed", target)
        if spoilt:
            (target / spoilt).unlink(missing_ok=True)
            self.lay(target / spoilt)
        return target

    def client(self) -> Client:
        client = Client()
        client.force_login(self.boss)
        return client


def a_scene(folder: Path) -> Scene:
    """The scene in a fresh folder; its `data` is the office's."""
    secret, given = folder / "data" / "secret_key", folder / "given"
    secret.parent.mkdir()
    secret.write_text(f"ID,ACCT,DAY,AMT\n{SECRET},{SECRET},2026-01-05,1.00\n")
    given.mkdir()
    (given / "tx.csv").write_text(PLAIN)
    return Scene(a_provider(), given, secret)


# How something is called that is none of the caller's.
NAMES = {
    "absolute": lambda scene: str(scene.secret),
    "above": lambda scene: os.path.relpath(scene.secret, scene.folder),
    "above from inside": lambda scene: f"sub/../../{scene.secret.parent.name}/secret_key",
    "by backslashes": lambda _: r"..\data\secret_key",
    "by its drive": lambda _: "C:/data/secret_key",
}
WRONG_NAME = ("absolute", "out of the folder", "backslash")

# What lies there instead of a plain file.
LURES: dict[str, Callable[[Scene], Callable[[Path], None]]] = {
    "link": lambda scene: lambda place: place.symlink_to(scene.secret),
    "link to nothing": lambda scene: lambda place: place.symlink_to(scene.folder / "nothing"),
    "hard link": lambda scene: lambda place: place.hardlink_to(scene.secret),
    "pipe": lambda _: os.mkfifo,
    "folder": lambda _: Path.mkdir,
}
WRONG_KIND = ("link", "pipe", "folder")

"""An invented provider on disk, and the steps of Requite run over it, each measured."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from change import change
from measure import Cost, Failed, cheapest, cost_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SEED = 7
LONG_SECONDS = 30  # a run of that length is not repeated: noise has evened out


@dataclass(frozen=True)
class Package:
    """Requite as it is measured: pure Python from the tree, or the compiled copy of it."""

    path: Path

    def step(self, *words: str | Path) -> Cost:
        """Run one of the programs of steps.py."""
        return cost_of([sys.executable, HERE / "steps.py", *words], self.environment)

    def command(self, *words: str | Path) -> Cost:
        """Run the `requite` command."""
        main = "from requite.cli.main import main; main()"
        return cost_of([sys.executable, "-c", main, *words], self.environment)

    @property
    def environment(self) -> dict[str, str]:
        """What lets Python find this package before any other."""
        return {"PYTHONPATH": str(self.path)}


PURE = Package(ROOT / "src")


def compiled_copy(folder: Path) -> Package:
    """The package with its domain compiled, in `folder`."""
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / "compile_domain.py", folder],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if made.returncode:
        faults = [line for line in made.stdout.splitlines() if ": error: " in line]
        raise Failed("\n".join(["The domain cannot be compiled.", *faults, made.stderr[-2_000:]]))
    return Package(folder)


@dataclass(frozen=True)
class Provider:
    """A sample of some accounts, and where its store and its findings lie."""

    folder: Path
    accounts: int

    @property
    def feed(self) -> Path:
        """The feed as it came first."""
        return self.folder / "feed"

    @property
    def changes(self) -> Path:
        """What has changed some days later: one account in a hundred."""
        return self.folder / "changes"

    @property
    def store(self) -> Path:
        """The store that the feed is brought into."""
        return self.folder / "store"

    @property
    def as_of(self) -> str:
        """The day from which to look."""
        return (self.folder / "as_of.txt").read_text(encoding="ascii").strip()

    def bring(self, package: Package, processes: int) -> Cost:
        """Import its feed."""
        return package.step("import", self.feed, self.store, str(processes), "whole")

    def bring_changes(self, package: Package, processes: int) -> Cost:
        """Lay its changes over what was imported."""
        return package.step("import", self.changes, self.store, str(processes), "changes")

    def determine(self, package: Package, processes: int) -> Cost:
        """Determine what the store holds, from nothing; of two short runs the cheaper."""
        first = self._determine(package, processes)
        if first.cpu_seconds > LONG_SECONDS:
            return first
        return cheapest([first, self._determine(package, processes)])

    def _determine(self, package: Package, processes: int) -> Cost:
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return package.step("determine", self.store, out, self.as_of, str(processes))


def invent(folder: Path, accounts: int, form: str = "parquet") -> Provider:
    """Make a sample; its remittances are tables."""
    PURE.command(
        "sample", "--accounts", str(accounts), "--seed", str(SEED), "--out", folder,
        "--format", form, "--remits", "parquet",
    )  # fmt: skip
    return Provider(folder, accounts)


def change_some(provider: Provider) -> None:
    """Write the feed of what has changed with the provider."""
    change(provider.feed, provider.changes)

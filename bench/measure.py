"""What a program costs: processor seconds and memory of it and all processes that it starts."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY_SECONDS = 0.05


class Failed(Exception):
    """A measured program ended with an error."""


@dataclass(frozen=True)
class Cost:
    """What one run of a program took, and the figures it printed."""

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    said: dict[str, Any] = field(default_factory=dict)


def cost_of(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end.

    Parameters
    ----------
    command : sequence
        The program and its arguments. Where the last line that it prints is a JSON object, its
        figures come along.
    env : mapping, optional
        Variables to set beside those of this process.

    Returns
    -------
    Cost
        Processor seconds of the program and of every process that it waited for; the largest
        resident memory of all of them together, looked at twenty times a second. Pages that
        processes share count in each.

    Raises
    ------
    Failed
        With the end of what it wrote to standard error, where it does not end well.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        errors: list[str] = []
        reader = threading.Thread(target=lambda: errors.append(_all(process.stderr)))
        reader.start()
        printed = _all(process.stdout)
        reader.join()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    if process.returncode != 0:
        raise Failed(f"{command[0]} ended with {process.returncode}: {errors[0][-2000:]}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_bytes=watch.peak_bytes,
        said=_figures(printed),
    )


def _all(stream: IO[str] | None) -> str:
    return stream.read() if stream else ""


def _figures(printed: str) -> dict[str, Any]:
    last = printed.strip().rpartition("\n")[2]
    return json.loads(last) if last.startswith("{") else {}


class Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak_bytes = 0

    def run(self) -> None:
        """Look, keep the largest, wait."""
        while not self._over.wait(EVERY_SECONDS):
            self.peak_bytes = max(self.peak_bytes, resident_bytes(self._pid))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def resident_bytes(root: int) -> int:
    """Resident memory of a process and of all that descend from it, now; 0 once it is gone."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        parent = _parent(folder)
        if parent is not None:
            children.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, ())
        total += _resident(pid)
    return total


def _parent(folder: Path) -> int | None:
    try:
        # The name of the program, in parentheses, may hold blanks.
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None  # it ended meanwhile


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def cheapest(costs: Sequence[Cost]) -> Cost:
    """Of several runs of the same, the one that other work on the machine disturbed least."""
    return min(costs, key=lambda cost: cost.cpu_seconds)

"""How much memory a program and the processes it started take, shared pages counted once."""

import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

EVERY_SECONDS = 1.0


@dataclass
class Memory:
    """Bytes of a program: at rest, and at each look while it was used."""

    idle: int = 0
    looks: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        told = (self.idle, statistics.median(self.looks), max(self.looks))
        rest, usual, most = (f"{each / 1e6:.0f} MB" for each in told)
        return f"{rest} at rest, {usual} usually, {most} at most"


def tree(pid: int) -> list[int]:
    """A process and all that it started, down to the last."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(word) for word in task.read_text(encoding="ascii").split()]
    return found


def bytes_of(pid: int) -> int:
    """Bytes that a program and its processes take: their proportional set sizes added up."""
    kilobytes = 0
    for each in tree(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes << 10


@contextmanager
def watched(pid: int, memory: Memory) -> Iterator[None]:
    """Look again and again at what a program takes while something is done with it."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(EVERY_SECONDS):
            memory.looks.append(bytes_of(pid))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()

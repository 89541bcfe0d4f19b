"""The memory of a program is that of all its processes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
HOLDS = "import sys; held = bytearray(60_000_000); print(1, flush=True); sys.stdin.read()"


def test_what_a_program_started_counts_while_it_runs() -> None:
    from memory import Memory, bytes_of, tree, watched

    memory = Memory(idle=bytes_of(os.getpid()))
    line = [sys.executable, "-c", HOLDS]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert other.pid in tree(os.getpid())
        with watched(os.getpid(), memory):
            time.sleep(1.3)
        assert other.stdin is not None
        other.stdin.close()
    assert max(memory.looks) > memory.idle + 50_000_000
    assert str(memory).endswith("MB at most")
    assert other.pid not in tree(os.getpid())

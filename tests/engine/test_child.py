"""Processes that work for another end with it, even where it is killed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from requite.engine.child import end_with_parent

KILLED = """
import os, signal
from requite.engine.child import children
pool = children(1)
print(pool.submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="sees processes in /proc")
def test_a_process_of_a_pool_ends_where_what_it_works_for_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, check=False
    )
    status, until = Path(f"/proc/{int(done.stdout)}/stat"), time.monotonic() + 20
    while status.exists() and status.read_text().rsplit(") ", 1)[1][0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_process_that_nobody_started_so_goes_on() -> None:
    end_with_parent()

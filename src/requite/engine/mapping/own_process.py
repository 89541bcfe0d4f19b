"""A process of its own for the SQL that people write: it may crash, run on or fill up, alone."""

import json
import os
import subprocess
import sys

from requite.engine.mapping import asked

Answers = list[dict[str, str]]


def run_alone(question: dict[str, object], seconds: int) -> tuple[Answers, int | None]:
    """Ask the process of `asked.py`; its answers, one a SELECT as far as it came, and its status.

    Parameters
    ----------
    question : dict
        What `asked.py` takes.
    seconds : int
        How long it may live; the status is None where that was too short.
    """
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1",
    }  # fmt: skip
    with subprocess.Popen(  # noqa: S603 - this Python, and a file of ours
        [sys.executable, asked.__file__], env=environment, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            answer, _ = process.communicate(json.dumps({**question, "seconds": seconds}), seconds)
            status: int | None = process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            answer, _ = process.communicate()
            status = None
    whole = answer.rpartition("\n")[0]
    return [json.loads(line) for line in whole.splitlines()], status

import sys
import time

import pytest

BUSY = "import time\nwhile time.process_time() < 0.3: pass\n"
HOLD = "import time; held = bytearray(60_000_000); time.sleep(0.5)"


def program(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_processor_seconds_of_the_processes_it_starts_count() -> None:
    from measure import cost_of

    two = (
        "import subprocess, sys\n"
        f"both = [subprocess.Popen([sys.executable, '-c', {BUSY!r}]) for _ in range(2)]\n"
        "[one.wait() for one in both]\n"
    )
    assert cost_of(program(two)).cpu_seconds >= 0.6


def test_memory_is_that_of_all_processes_together() -> None:
    from measure import cost_of

    two = (
        "import subprocess, sys\n"
        f"both = [subprocess.Popen([sys.executable, '-c', {HOLD!r}]) for _ in range(2)]\n"
        "[one.wait() for one in both]\n"
    )
    assert 120_000_000 < cost_of(program(two)).peak_bytes < 400_000_000


def test_the_figures_of_the_last_line_come_along() -> None:
    from measure import cost_of

    cost = cost_of(program('print("working"); print(\'{"accounts": 7}\')'))
    assert cost.said == {"accounts": 7}
    assert cost_of(program('print("done")')).said == {}


def test_a_program_that_fails_is_no_measurement() -> None:
    from measure import Failed, cost_of

    with pytest.raises(Failed, match="no such feed"):
        cost_of(program('raise SystemExit("no such feed")'))


def test_wall_time_and_the_variables_it_is_given() -> None:
    from measure import cost_of

    started = time.perf_counter()
    says = "import json, os, time; time.sleep(0.1); print(json.dumps({'word': os.environ['W']}))"
    cost = cost_of(program(says), {"W": "given"})
    assert cost.said == {"word": "given"}
    assert 0.1 <= cost.wall_seconds <= time.perf_counter() - started


def test_a_process_that_is_gone_holds_nothing() -> None:
    from measure import resident_bytes

    assert resident_bytes(2**30) == 0


def test_the_cheapest_of_several_runs_counts() -> None:
    from measure import Cost, cheapest

    assert cheapest([Cost(2.0, 1.0, 5), Cost(1.0, 3.0, 6)]).cpu_seconds == 1.0

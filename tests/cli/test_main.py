import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from requite import __version__
from requite.cli.main import COMMANDS, LazyGroup, main
from requite.domain.errors import RequiteError

POOL = "concurrent.futures.process"
HEAVY = ("duckdb", "pyarrow", "numpy", "rich", "xlsxwriter", "django", POOL)
FEED = Path(__file__).resolve().parents[1] / "golden" / "bad-debt-then-paid" / "feed"


class Doubtful(RequiteError):
    """Data that a command refuses."""

    def __init__(self) -> None:
        super().__init__("Row 7 of charges.csv has no amount.", remedy="Fill the column amount.")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> click.Group:
    @click.command()
    def detect() -> None:
        raise Doubtful

    monkeypatch.setattr(LazyGroup, "get_command", lambda *_: detect)
    return main


def wanted(parameter: click.Parameter) -> list[str]:
    """What a parameter that may not be left out is given."""
    choice = parameter.type
    value = choice.choices[0] if isinstance(choice, click.Choice) else "x"
    return [parameter.opts[0], value] if isinstance(parameter, click.Option) else [value]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_table_is_there_and_explains_itself(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert re.search(rf"^  requite {command}( |$)", result.output, re.MULTILINE), (
        "the help shows a worked example"
    )


@pytest.mark.parametrize("group", ["people", "audit"])
def test_commands_of_the_office_explain_themselves_where_there_is_none(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise click.ClickException("There is no office.")

    monkeypatch.setattr("requite.cli.office.open_prepared_office", none)
    commands = getattr(import_module(f"requite.cli.{group}"), group).commands
    for name, command in commands.items():
        helped = CliRunner().invoke(main, [group, name, "--help"])
        assert helped.exit_code == 0, helped.output
        assert "Usage:" in helped.output
        needed = [value for each in command.params if each.required for value in wanted(each)]
        refused = CliRunner().invoke(main, [group, name, *needed])
        assert "There is no office." in refused.stderr, refused.output


def test_help_lists_every_command_with_its_line() -> None:
    output = CliRunner().invoke(main, ["--help"], terminal_width=200).output
    for command, line in COMMANDS.items():
        assert command in output
        assert line in output


def loaded(*words: str) -> set[str]:
    """What of `HEAVY` a command loads, in a process of its own."""
    script = (
        "import sys; from requite.cli.main import main; "
        f"main({list(words)!r}, standalone_mode=False); "
        f"print(*set({HEAVY!r}) & set(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stderr.splitlines()[-1].split())


def test_help_opens_without_loading_what_only_the_commands_need() -> None:
    assert loaded("--help") == set()


def test_commands_load_only_what_they_use(tmp_path: Path) -> None:
    out = str(tmp_path / "findings")
    tables = {"duckdb", "pyarrow", "numpy"}
    assert loaded("detect", str(FEED), "--out", out) == {*tables, "rich", "xlsxwriter"}
    assert loaded("explain", str(FEED), "A3600") == {*tables, "rich"}
    assert loaded("explain", str(FEED), "A3600", "--format", "json") == tables
    assert loaded("worklist", out) == {"duckdb", "rich"}
    assert loaded("worklist", out, "--format", "json") == {"duckdb"}


def test_the_version_is_the_package_s() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.strip().endswith(__version__)


def test_refused_data_ends_in_one_sentence_and_status_1(refusing: click.Group) -> None:
    result = CliRunner().invoke(refusing, ["detect"])
    assert result.exit_code == 1
    assert result.stderr == "Error: Row 7 of charges.csv has no amount. Fill the column amount.\n"


def test_a_wrong_call_ends_in_status_2() -> None:
    result = CliRunner().invoke(main, ["no-such-command"])
    assert result.exit_code == 2
    assert "No such command" in result.stderr


def test_a_command_that_is_none_is_a_bug_that_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "main", "The table names a module that holds no such command.")
    monkeypatch.setattr("requite.cli.main.main", None)
    with pytest.raises(TypeError, match="is not a command"):
        main.get_command(click.Context(main), "main")

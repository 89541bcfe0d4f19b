"""The `requite` command: one subcommand a file, loaded only when it is called."""

import os
from importlib import import_module

import click

from requite import __version__
from requite.cli.office import FULL
from requite.domain.errors import RequiteError
from requite.engine.full_disk import is_full

# Command: its one line in `requite --help`. The command itself is the function of the same name
# in `requite.cli.<command>`; the line stands here so that help opens without loading DuckDB.
COMMANDS = {
    "map": "Make a feed of a source system's extract.",
    "sample": "Make an invented feed with its 835s, and the truth about it.",
    "detect": "Find every credit balance in a feed, and say whose money it is.",
    "worklist": "Show the findings in the order in which to work them.",
    "explain": "Show how one account's findings come about.",
    "requests": "Judge payers' refund requests against the determination.",
    "rules": "List the rules of law that set dates, with their sources.",
    "demo": "Open an office of invented providers, people and cases.",
    "serve": "Open the office in the browser, with its worker beside it.",
    "migrate": "Bring the office's database to its present shape.",
    "import": "Bring a feed into the office, for one of its providers.",
    "people": "Add providers and users, and give roles.",
    "worker": "Take up imports one after another.",
    "digest": "Send each user who wants it an e-mail of what waits.",
    "audit": "Prove that nobody changed the audit trail.",
    "doctor": "Check an installation of the office.",
    "backup": "Copy the office into a folder, while it runs.",
    "restore": "Put a backup into an empty office.",
}
# Commands whose words Python keeps for itself, or that share a file.
ELSEWHERE = {
    "map": ("map", "map_feed"),
    "import": ("intake", "bring"),
    "worker": ("intake", "worker"),
    "migrate": ("serve", "migrate"),
}


# What is written may hold patients' data: it is for its owner alone.
OWNER_ALONE = 0o077


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is called, and reports refusals plainly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command called `cmd_name`."""
        if cmd_name not in COMMANDS:
            return None
        module, name = ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command = getattr(import_module(f"requite.cli.{module}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"requite.cli.{cmd_name}.{cmd_name} is not a command.")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; data that is refused ends in one sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except RequiteError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except click.ClickException:
            raise
        except Exception as error:
            if not is_full(error):
                raise
            raise click.ClickException(FULL) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="requite")
def main() -> None:
    """Find every credit balance, prove whose money it is, and see it returned.

    \b
    requite sample --accounts 5000 --seed 7 --out demo
    requite detect demo/feed --out demo/findings --as-of 2026-11-23
    requite worklist demo/findings --first 10

    Exit status: 0 done, 1 the data was refused, 2 the call was wrong.
    """
    os.umask(os.umask(OWNER_ALONE) | OWNER_ALONE)

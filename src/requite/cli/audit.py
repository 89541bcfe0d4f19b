"""`requite audit`: whether the audit trail is whole."""

import click

from requite.cli.office import open_prepared_office


@click.group()
def audit() -> None:
    """Prove that nobody changed the audit trail.

    \b
    requite audit verify
    """
    open_prepared_office()


@audit.command()
def verify() -> None:
    """Follow every chain from its first event to its last; name the first that does not hold.

    \b
    requite audit verify
    """
    from requite.office.audit.queries import events_in_all, tampering

    found = list(tampering())
    for each in found:
        click.echo(str(each))
    if found:
        raise click.ClickException("The audit trail was changed. Keep this database as evidence.")
    click.echo(f"{events_in_all():,} events, each in its place and unchanged.")

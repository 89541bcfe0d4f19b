"""`requite people`: providers, users and roles from the command line."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from requite.cli.office import OfficeGroup

if TYPE_CHECKING:
    from requite.office.people.models import Provider, User

ROLES = (
    "specialist", "supervisor", "controller", "compliance", "provider_contact", "auditor",
    "administrator",
)  # fmt: skip


@click.group(cls=OfficeGroup)
def people() -> None:
    """Add providers and users, and give roles.

    \b
    requite people add-provider alder-creek "Alder Creek Medical Center" --state TX
    requite people add-user mira --provider alder-creek --role specialist
    requite people give-role mira --provider birch-lake --role supervisor
    requite people confirm lena --provider alder-creek
    requite people unlock mira
    """


@people.command("add-provider")
@click.argument("slug")
@click.argument("name")
@click.option("--state", default="", help="Where it is, as two letters.")
def add_provider(slug: str, name: str, state: str) -> None:
    """Take up a provider, under a short name that stands in addresses."""
    from django.utils import timezone

    from requite.office.people import services

    services.add_provider(slug, name, state=state, actor=None, at=timezone.now())
    click.echo(f"{name} is a provider now.", err=True)


@people.command("add-user")
@click.argument("username")
@click.option("--provider", required=True)
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--email", default="")
def add_user(username: str, provider: str, role: str, email: str) -> None:
    """Add a user to a provider, and tell the password for the first sign-in."""
    from django.utils import timezone

    from requite.office.people import services
    from requite.office.people.role import Role

    found = _provider(provider)
    password = services.one_time_password()
    new = services.NewMember(username, password, Role(role), email, must_change=True)
    services.add_member(found, new, actor=None, at=timezone.now())
    click.echo(password)
    click.echo(f"{username} signs in with this password, and then chooses another.", err=True)


@people.command("give-role")
@click.argument("username")
@click.option("--provider", required=True)
@click.option("--role", type=click.Choice(ROLES), required=True)
def give_role(username: str, provider: str, role: str) -> None:
    """Make somebody who can sign in already something to a provider."""
    from django.utils import timezone

    from requite.office.people import services
    from requite.office.people.role import Role

    user, found = _user(username), _provider(provider)
    services.give_role(user, found, Role(role), actor=None, at=timezone.now())
    click.echo(f"{username} is {role.replace('_', ' ')} of {found.name} now.", err=True)


@people.command()
@click.argument("username")
@click.option("--provider", required=True)
def confirm(username: str, provider: str) -> None:
    """Confirm a role that moves money, where its provider has nobody else who could."""
    from django.utils import timezone

    from requite.office.people import services

    user, found = _user(username), _provider(provider)
    made = services.confirm_role(user, found, actor=None, at=timezone.now())
    click.echo(f"{username} is {made.role.replace('_', ' ')} of {found.name} now.", err=True)


@people.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """Give a user a new password, told once; second factors and tokens end."""
    from django.utils import timezone

    from requite.office.people import services

    user = _user(username)
    click.echo(services.reset_password(user, actor=None, at=timezone.now()))
    click.echo(f"{username} signs in with this password, and then chooses another.", err=True)


@people.command()
@click.argument("username")
def unlock(username: str) -> None:
    """Let a user who was wrong too often try again at once."""
    from django.utils import timezone

    from requite.office.people.attempts import unlock as unlock_user

    unlock_user(_user(username), actor=None, at=timezone.now())
    click.echo(f"{username} may try again.", err=True)


@people.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Let somebody sign in no more, at no provider; tokens end too."""
    from django.utils import timezone

    from requite.office.people import services

    services.deactivate_user(_user(username), actor=None, at=timezone.now())
    click.echo(f"{username} can no longer sign in.", err=True)


@people.command()
@click.argument("username")
def activate(username: str) -> None:
    """Let somebody sign in again who was deactivated."""
    from django.utils import timezone

    from requite.office.people import services

    services.activate_user(_user(username), actor=None, at=timezone.now())
    click.echo(f"{username} can sign in again.", err=True)


@people.command("add-token")
@click.argument("username")
@click.option("--provider", required=True)
@click.option("--name", required=True, help="What the token is for.")
@click.option("--write", is_flag=True, help="It may change cases, as its user may.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it holds.")
def add_token(
    username: str, provider: str, name: str, until: datetime | None, *, write: bool
) -> None:
    """Make a token by which a program acts for a user, and tell it once."""
    from django.utils import timezone

    from requite.office.people.tokens import NewToken, make_token

    new = NewToken(name, write, until.date() if until else None)
    made, text = make_token(_user(username), _provider(provider), new, at=timezone.now())
    click.echo(text)
    click.echo(f"It is good until {made.ends_on:%Y-%m-%d}.", err=True)


def _user(username: str) -> "User":
    from requite.office.people.queries import user_of

    found = user_of(username)
    if found is None:
        raise click.ClickException(f"There is no user {username!r}.")
    return found


def _provider(slug: str) -> "Provider":
    from requite.office.people.queries import provider_of

    found = provider_of(slug)
    if found is None:
        raise click.ClickException(f"There is no provider {slug!r}.")
    return found

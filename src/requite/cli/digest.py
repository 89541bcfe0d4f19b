"""`requite digest`: the e-mail of the day, for everybody who wants it."""

from functools import partial
from smtplib import SMTPException
from typing import TYPE_CHECKING

import click

from requite.cli.office import open_prepared_office

if TYPE_CHECKING:
    from requite.office.cases.digest import ProviderDigest

LINES = (
    ("mine", "assigned to you"), ("past_due", "past due"), ("due_week", "due within a week"),
    ("for_approval", "waiting for your approval"), ("questions", "questions to answer"),
    ("to_pay", "approved and to be paid"),
)  # fmt: skip


@click.command()
@click.option("--dry-run", is_flag=True, help="Show the e-mails instead of sending them.")
def digest(*, dry_run: bool) -> None:
    """Send each user who wants it one e-mail of what waits; run it once each working day.

    Nobody gets two on one day, and nobody gets one that says nothing. It holds numbers only.

    \b
    requite digest --dry-run
    """
    open_prepared_office()
    from django.conf import settings
    from django.utils import timezone

    from requite.office.cases.digest import digest_of
    from requite.office.people.own import send_once
    from requite.office.people.queries import digest_readers

    if not dry_run and not settings.MAIL_IS_SET:
        raise click.ClickException("No mail server is set. Set [mail] in requite.toml.")
    on, sent, told = timezone.localdate(), 0, 0
    failed: list[str] = []
    for user in digest_readers():
        found = digest_of(user, on=on)
        if not found:
            continue
        text, told = text_of(user.username, found), told + 1
        if dry_run:
            click.echo(f"To {user.email}\n\n{text}\n")
        else:
            send = partial(_send, user.email, text)
            try:
                sent += send_once(user, send, on=on, at=timezone.now())
            except (SMTPException, OSError) as problem:
                failed.append(f"{user.username}: {type(problem).__name__}")
    _say_how_many(None if dry_run else sent, told)
    if failed:
        raise click.ClickException(
            f"{len(failed)} e-mails were not sent ({', '.join(failed)}). Look at the addresses and "
            "the mail server, then run it again: nobody gets two."
        )


def _say_how_many(sent: int | None, told: int) -> None:
    """How many e-mails went out; of a dry run, that there are none."""
    if sent is not None:
        click.echo(f"{sent} e-mails were sent.", err=True)
    elif not told:
        click.echo("Nobody would get an e-mail: nobody chose one, or nothing waits for who did.")


def text_of(username: str, found: "list[ProviderDigest]") -> str:
    """The text of an e-mail."""
    parts = [f"Good morning {username}, this waits for you:"]
    for each in found:
        told = [
            f"  {getattr(each, name):>5} {words}" for name, words in LINES if getattr(each, name)
        ]
        if each.mentions:
            told.append(f"  notes that mention you: {', '.join(dict.fromkeys(each.mentions))}")
        parts.append("\n".join([each.provider.name, *told]))
    parts.append("You get this because you chose it on your page in the office; there it ends too.")
    return "\n\n".join(parts)


def _send(address: str, text: str) -> None:
    from django.conf import settings
    from django.core.mail import send_mail

    send_mail("Requite: what waits for you", text, settings.DEFAULT_FROM_EMAIL, [address])

"""`requite audit`: whether the trail is whole, and its heads kept where nobody rewrites them."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.office import OfficeGroup

if TYPE_CHECKING:
    from requite.office.audit.anchors import Anchor

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=OfficeGroup)
def audit() -> None:
    """Prove that nobody changed the audit trail, and keep its heads where nobody can.

    \b
    requite audit anchor --print
    requite audit verify
    """


@audit.command()
@click.option(
    "--since",
    "heads",
    multiple=True,
    metavar="HEAD",
    help="A head as it was printed: its chain is followed from there. May be given several times.",
)
@click.option("--anchors", type=A_FILE, help="Another file of anchors than the office's own.")
@click.option("--public-key", type=A_FILE, help="The public key of the anchors, kept elsewhere.")
def verify(heads: tuple[str, ...], anchors: Path | None, public_key: Path | None) -> None:
    """Follow every chain, and set triggers, anchors, cases, payments, notes and roles beside it.

    Names what was changed, left out or put in: of each chain the first place.

    \b
    requite audit verify
    requite audit verify --since alder-creek:1234:9f3c...
    requite audit verify --anchors /mnt/kept/anchors.jsonl --public-key /mnt/kept/anchor.pub
    """
    from requite.office.audit.anchors import Head, last_anchor
    from requite.office.audit.queries import Kept, events_in_all, tampering

    since = {head.chain: head for head in map(Head.parse, heads)}
    found = list(tampering(Kept(since, anchors, public_key)))
    for each in found:
        click.echo(str(each))
    if found:
        raise click.ClickException("The audit trail was changed. Keep this database as evidence.")
    click.echo(f"{events_in_all():,} events, each in its place and unchanged.")
    last = last_anchor()
    click.echo(
        f"The last anchor is number {last.number:,}, of {last.at:%Y-%m-%d %H:%M} UTC." if last
        else "No head was anchored yet: run `requite audit anchor` every day.", err=True,
    )  # fmt: skip


@audit.command()
@click.option("--print", "prints", is_flag=True, help="Print the heads, to be kept on paper.")
@click.option("--mail", "mails", is_flag=True, help="Mail them to those of audit_mail_to.")
def anchor(*, prints: bool, mails: bool) -> None:
    """Sign how every chain ends now, and put it into the file of anchors; run it every day.

    \b
    requite audit anchor --print
    """
    from django.utils import timezone

    from requite.office.audit.anchors import anchor_heads, anchor_text

    if mails:
        _may_mail()
    made = anchor_heads(at=timezone.now())
    click.echo(f"Anchor {made.number}: {len(made.heads)} heads.", err=True)
    if prints:
        click.echo(anchor_text(made))
    if mails:
        _mail(made)


def anchor_today(*, at: datetime, on: date) -> "Anchor | None":
    """Anchor the heads once a day, and mail them where that is set up; None where it was done."""
    from django.conf import settings

    from requite.office.audit.anchors import anchor_daily

    made = anchor_daily(at=at, on=on)
    if made is not None and settings.MAIL_IS_SET and settings.AUDIT_MAIL_TO:
        _mail(made)
    return made


def _may_mail() -> None:
    from django.conf import settings

    if not settings.MAIL_IS_SET:
        raise click.ClickException("No mail server is set. Set [mail] in requite.toml.")
    if not settings.AUDIT_MAIL_TO:
        raise click.ClickException("Nobody is to get the heads. Set audit_mail_to.")


def _mail(made: "Anchor") -> None:
    from smtplib import SMTPException

    from django.conf import settings
    from django.core.mail import send_mail

    from requite.office.audit.anchors import anchor_text

    try:
        send_mail(
            f"Requite: anchor {made.number} of the audit trail", anchor_text(made),
            settings.DEFAULT_FROM_EMAIL, settings.AUDIT_MAIL_TO,
        )  # fmt: skip
    except (SMTPException, OSError) as problem:
        raise click.ClickException(
            f"The heads were anchored, and not mailed: {type(problem).__name__}. Look at the mail "
            "server; `requite audit anchor --mail` sends the next."
        ) from None

"""`requite demo`: an office of invented providers, people and cases, ready to look at."""

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from requite.cli.detect import today

if TYPE_CHECKING:
    from requite.office.people.models import Provider, User

# Short name: full name, state, accounts, seed.
PROVIDERS = {
    "alder-creek": ("Alder Creek Medical Center", "TX", 3000, 7),
    "birch-bay": ("Birch Bay Physicians", "FL", 1500, 8),
    "cedar-falls": ("Cedar Falls Hospital", "CA", 500, 9),
}
# User: the role at each provider.
USERS = {
    "mira": "specialist", "noor": "specialist", "sam": "supervisor", "cora": "controller",
    "lena": "compliance", "paul": "provider_contact", "otto": "auditor", "ada": "administrator",
}  # fmt: skip
MAIN = (sys.executable, "-c", "from requite.cli.main import main; main()")
READY_SECONDS = 60
LIMIT_CENTS = 250_000  # that the demo's supervisor may approve
PORTS = 20  # that are tried from the one asked for


@click.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--exit", "ends", is_flag=True, help="Prepare, see that the office answers, and end.")
def demo(folder: Path, port: int, *, ends: bool) -> None:
    """Open an office with three invented providers, people of every role, cases in every state.

    It lies in the folder named, and in the database of DATABASE_URL where that is set and empty.

    \b
    requite demo --port 8000
    """
    office = folder.absolute() / "office"
    os.environ["REQUITE_DATA_DIR"] = str(office)
    people = office / "people.json"
    if not people.is_file():
        _furnish(folder.absolute(), office, people)
    port = _free_port(port)
    _welcome(json.loads(people.read_text(encoding="utf-8")), port)
    _open(port, ends=ends)


def _free_port(asked: int) -> int:
    """The port asked for, or the next one that nobody listens at."""
    from requite.cli.serve import is_free

    for port in range(asked, min(asked + PORTS, 65536)):
        if is_free("127.0.0.1", port):
            return port
    raise click.ClickException(f"Ports from {asked} on are taken. Choose another: --port")


def _open(port: int, *, ends: bool) -> None:
    """Serve until stopped, or just until the office answers."""
    serve = (*MAIN, "serve", "--port", str(port))
    if not ends:
        os.execve(sys.executable, serve, dict(os.environ))  # noqa: S606 - this program itself
    with subprocess.Popen(serve) as server:  # noqa: S603 - this program itself
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server)
            click.echo("The office answers.", err=True)
        finally:
            server.terminate()


def _furnish(folder: Path, office: Path, people: Path) -> None:
    """Everything that the first start needs."""
    from requite.cli.office import open_office, prepare

    office.mkdir(parents=True, exist_ok=True)
    open_office()
    prepare()
    from requite.office.people.queries import first_provider

    if first_provider() is not None:
        raise click.ClickException(
            "The database that DATABASE_URL names holds providers: the demo would mix with them."
        )
    passwords = {name: secrets.token_urlsafe(9) for name in USERS}
    for slug in PROVIDERS:
        _add_provider(slug, passwords)
        _import(slug, folder / slug)
    _set_limits()
    _work_some()
    fresh = people.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(passwords), encoding="utf-8")
    fresh.replace(people)


def _add_provider(slug: str, passwords: dict[str, str]) -> None:
    from django.utils import timezone

    from requite.office.people import services
    from requite.office.people.queries import user_of
    from requite.office.people.role import Role

    name, state, _, _ = PROVIDERS[slug]
    at = timezone.now()
    provider = services.add_provider(slug, name, state=state, actor=None, at=at)
    for username, role in USERS.items():
        user = user_of(username)
        if user is None:
            new = services.NewMember(username, passwords[username], Role(role))
            services.add_member(provider, new, actor=None, at=at)
        else:
            services.give_role(user, provider, Role(role), actor=None, at=at)


def _import(slug: str, sample: Path) -> None:
    """An invented feed of the provider, brought in as the worker does it."""
    from django.utils import timezone

    from requite.cli.intake import working
    from requite.office.intake.services import Ask, ask_import
    from requite.office.people.queries import provider_of

    _, _, accounts, seed = PROVIDERS[slug]
    call = ("sample", "--accounts", str(accounts), "--seed", str(seed), "--out", str(sample))
    if not sample.is_dir():
        click.echo(f"Inventing {accounts:,} accounts of {slug} …", err=True)
        subprocess.run((*MAIN, *call), check=True, capture_output=True)  # noqa: S603
    provider = provider_of(slug)
    if provider is None:
        raise click.ClickException(f"There is no provider {slug!r}.")
    as_of = date.fromisoformat((sample / "as_of.txt").read_text(encoding="ascii").strip())
    ask_import(provider, Ask(sample / "feed", as_of), actor=None, at=timezone.now())
    with working() as worker:
        worker.work_once()


def _set_limits() -> None:
    """A limit for supervisors, and one rule that approves small proved refunds."""
    from django.utils import timezone

    from requite.office.cases.approval import Caps, set_limit, turn_on
    from requite.office.people.queries import provider_of, user_of
    from requite.office.people.role import Role

    cora, sam, provider = user_of("cora"), user_of("sam"), provider_of("alder-creek")
    if cora is None or sam is None or provider is None:
        raise click.ClickException("The people of the demo are gone: remove its folder.")
    at = timezone.now()
    set_limit(provider, Role.SUPERVISOR, LIMIT_CENTS, actor=cora, at=at)
    turn_on(provider, "paid_above_contract", Caps(5_000, 50_000, 500_000), actor=sam, at=at)


def _work_some() -> None:
    """Cases in every state, moved there by the people whose work that is."""
    from requite.office.people.queries import provider_of

    for slug in PROVIDERS:
        provider = provider_of(slug)
        if provider is not None:
            _work(provider)


def _work(provider: "Provider") -> None:
    from django.utils import timezone

    from requite.domain.case import Action
    from requite.office.cases.holding import Seen
    from requite.office.cases.queries import Filters, queue_cases
    from requite.office.cases.services import move_case
    from requite.office.people.queries import user_of

    mira, sam, cora = (user_of(name) for name in ("mira", "sam", "cora"))
    if mira is None or sam is None or cora is None:
        raise click.ClickException("The people of the demo are gone: remove its folder.")
    refund = ((Action.PROPOSE_REFUND, mira, ""), (Action.APPROVE, sam, ""))
    ways = {
        "payer": (
            ((Action.TAKE_UP, mira, ""),),
            ((Action.WAIT_FOR_PAYER, mira, ""),),
            refund[:1],
            refund[:1],
            refund,
            (*refund, (Action.PAY, cora, "")),
            (*refund, (Action.PAY, cora, ""), (Action.RECONCILE, cora, "balance is zero")),
            ((Action.DISMISS, mira, "the payer settled this in writing, letter on file"),),
            ((Action.DISMISS, mira, "the payer withdrew its claim in writing"),
             (Action.AGREE, sam, ""), (Action.REOPEN, sam, "its letter speaks of another account")),
        ),
        "none": (((Action.CORRECT, mira, ""),),) * 6,
        "undetermined": (
            ((Action.ASK_PROVIDER, mira, "Which plan was primary on the day of service?"),),
        ),
    }  # fmt: skip
    for party, roads in ways.items():
        filters = Filters(party=party)
        cases = queue_cases(provider, filters, user=mira, on=today())[:200]
        small = [
            case for case in cases
            if case.amount_cents <= LIMIT_CENTS and case.disposition != "corrected_claim"
        ]  # fmt: skip
        for case, road in zip(small[3 : 3 + len(roads)], roads, strict=False):
            version = case.version
            for action, actor, reason in road:
                seen = Seen(provider, case.number, version)
                version = move_case(
                    seen, action, reason, actor=actor, at=timezone.now()
                ).version  # fmt: skip
    _put_aside(provider, mira)


def _put_aside(provider: "Provider", mira: "User") -> None:
    """A note that mentions somebody, and cases that come back in some days."""
    from django.utils import timezone

    from requite.office.cases.holding import Seen
    from requite.office.cases.queries import Filters, queue_cases
    from requite.office.cases.services import add_note
    from requite.office.cases.snooze import last_snooze, snooze_case

    for case in queue_cases(provider, Filters(party="patient"), user=mira, on=today())[:2]:
        add_note(provider, case.number, "Card on file? @sam", actor=mira, at=timezone.now())
        until = min(today() + timedelta(days=3), last_snooze(case, today()) or today())
        if until <= today():
            continue
        seen = Seen(provider, case.number, case.version)
        snooze_case(seen, until, "the patient calls back", actor=mira, at=timezone.now())


def _welcome(passwords: dict[str, str], port: int) -> None:
    click.echo("\nThree invented providers. Sign in as any of these:\n")
    for name, role in USERS.items():
        click.echo(f"  {name:<6} {passwords[name]:<14} {role.replace('_', ' ')}")
    click.echo(f"\nOpen http://127.0.0.1:{port}\n")


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                if json.load(answer) == {"ok": True}:
                    return
        except OSError:  # not there yet, or slow to answer
            pass
        if time.monotonic() > until or server.poll() is not None:
            raise click.ClickException("The office does not answer.")
        time.sleep(0.3)

"""What the audit trail tells of sessions and second factors: who came, went, and by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from requite.office.audit.services import Happening, record, record_all
from requite.office.people.attempts import Attempt, begin, forget
from requite.office.people.limits import Kind
from requite.office.people.models import User
from requite.office.people.queries import only_provider

RECOVERY = str(Authenticator.Type.RECOVERY_CODES)
WORDS = {"totp": "authenticator app", "webauthn": "security key"}


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor that a user has: its row, what it is, and what its codes are made of."""

    pk: int
    kind: str


@transaction.atomic
def note_sign_in(user: User, *, by: Iterable[str], address: str, at: datetime) -> None:
    """Somebody is in: what was wrong before is over, and told."""
    wrong = forget(user, Kind.NAME, Kind.FACTOR)
    record(
        "sign_in.done", user.username, provider=only_provider(user), actor=user, at=at,
        by=list(by), address=address, wrong_before=wrong,
    )  # fmt: skip


@transaction.atomic
def note_sign_out(user: User, *, why: str, at: datetime) -> None:
    """Somebody went, was away for too long, or ended a session from elsewhere."""
    record("sign_in.ended", user.username, provider=only_provider(user), actor=user, at=at, why=why)


def factors_of(user: User) -> frozenset[Factor]:
    """The second factors of a user, recovery codes among them."""
    rows = Authenticator.objects.filter(user=user).values_list("pk", "type")
    return frozenset(Factor(pk, kind) for pk, kind in rows)


@transaction.atomic
def note_factors(user: User, before: frozenset[Factor], *, at: datetime) -> None:
    """Tell which second factors were set and removed, and that recovery codes were made."""
    now = factors_of(user)
    made_anew = {RECOVERY} & {factor.kind for factor in now}
    gone = frozenset(factor for factor in before - now if factor.kind not in made_anew)
    happenings = [_set(user, factor) for factor in _sorted(now - before)]
    happenings += [_removed(user, factor) for factor in _sorted(gone)]
    if happenings:
        record_all(happenings, provider=only_provider(user), actor=user, at=at)


def _sorted(factors: frozenset[Factor]) -> list[Factor]:
    return sorted(factors, key=lambda factor: factor.pk)


def _set(user: User, factor: Factor) -> Happening:
    if factor.kind == RECOVERY:
        return Happening("recovery_codes.made", user.username)
    facts = {"kind": WORDS[factor.kind]}
    return Happening("second_factor.set", user.username, facts=facts)


def _removed(user: User, factor: Factor) -> Happening:
    if factor.kind == RECOVERY:
        return Happening("recovery_codes.removed", user.username)
    facts = {"kind": WORDS[factor.kind]}
    return Happening("second_factor.removed", user.username, facts=facts)


@transaction.atomic
def note_recovery_code(user: User, *, at: datetime) -> None:
    """A recovery code was used: it is good for once."""
    record("recovery_code.used", user.username, provider=only_provider(user), actor=user, at=at)


def use_code_once(user: User, code: str, *, at: datetime) -> None:
    """Let a code of an app count once, whichever process of the office it is shown to.

    Raises
    ------
    TooManyAttempts
        It was used a moment ago.
    """
    digits = "".join(filter(str.isalnum, code))
    begin(Attempt("second factor", {Kind.CODE: f"{user.pk}/{digits}"}, user), at=at)

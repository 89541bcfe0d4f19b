"""How a case is held while somebody changes it: as it was seen, by who may, or not at all."""

from dataclasses import dataclass

from requite.domain.case import label_of
from requite.domain.errors import RequiteError
from requite.office.cases.models import Case
from requite.office.people.models import Provider, User
from requite.office.people.permission import allows
from requite.office.people.queries import role_at

LONGEST_REASON = 300


class NoSuchCase(RequiteError):
    """A case was named that this provider does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"{label_of(number)} is no case of this provider.", remedy="Look for it again."
        )


class StaleCase(RequiteError):
    """Somebody else changed the case in the meantime."""

    def __init__(self, case: Case, seen: int) -> None:
        super().__init__(
            f"{case.label} has changed since you opened it (version {seen}, now {case.version}).",
            remedy="Look at it as it is now, then decide again. What you typed is kept below.",
        )
        self.case, self.seen = case, seen


class NotYours(RequiteError):
    """A role may not do what was asked."""

    def __init__(self, action: str) -> None:
        super().__init__(
            f"Your role may not do that ({action}).", remedy="Ask somebody whose role may."
        )


class SelfApproval(RequiteError):
    """A proposal was to be decided by the person who made it."""

    def __init__(self, case: Case, proposer: str) -> None:
        super().__init__(
            f"What is to become of {case.label} was proposed by {proposer}, who cannot also "
            "decide it.",
            remedy="Ask another user who may approve; one's own proposal can be taken back.",
        )


class OtherProposal(RequiteError):
    """A proposal was to be decided as if it were another, or taken back by somebody else."""

    def __init__(self, case: Case, why: str) -> None:
        super().__init__(
            f"{case.label} cannot be decided like this: {why[0].lower()}{why[1:]}.",
            remedy="Open the case and choose from what it offers.",
        )


class ReasonMissing(RequiteError):
    """Something was to be done that others must be able to follow."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs a reason.", remedy="Write one sentence that says why.")


class NoRefund(RequiteError):
    """A refund was proposed where nothing is to be refunded."""

    def __init__(self, case: Case, why: str) -> None:
        super().__init__(
            f"No refund can be proposed for {case.label}: {why[0].lower()}{why[1:]}.",
            remedy="Choose another step.",
        )


class SettledAlready(RequiteError):
    """Something was to be decided on a credit that is gone or paid."""

    def __init__(self, case: Case, why: str) -> None:
        super().__init__(
            f"{case.label} cannot be decided like this: {why[0].lower()}{why[1:]}.",
            remedy="Look at the account. If the money came back, say so on the case first.",
        )


class ChangedSince(RequiteError):
    """Money would go out on evidence that has moved."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"The evidence of {case.label} has changed since it was decided.",
            remedy="Send it back, look at it again, and decide anew.",
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as somebody saw it: what is done to it is refused where it has changed since."""

    provider: Provider
    number: int
    version: int


def locked(provider: Provider, number: int) -> Case:
    """The case, held until the transaction ends."""
    case = Case.objects.select_for_update(of=("self",)).filter(provider=provider, number=number)
    found = case.select_related("decided_by", "assigned_to").first()
    if found is None:
        raise NoSuchCase(number)
    return found


def current(seen: Seen) -> Case:
    """The case, held; refused where it has changed since it was seen."""
    case = locked(seen.provider, seen.number)
    if case.version != seen.version:
        raise StaleCase(case, seen.version)
    return case


def keep(case: Case, *fields: str) -> None:
    """Write the fields, if nobody wrote since: also where locks are not kept."""
    values = {name: getattr(case, name) for name in fields}
    written = Case.objects.filter(pk=case.pk, version=case.version).update(
        **values, version=case.version + 1
    )
    if not written:
        raise StaleCase(Case.objects.get(pk=case.pk), case.version)
    case.version += 1


def allows_actor(actor: User, provider: Provider, permission: str) -> bool:
    """Whether the actor may do this for the provider."""
    role = role_at(actor, provider)
    return bool(role) and allows(role, permission)

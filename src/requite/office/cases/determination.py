"""What a new determination does to the cases of a provider, all of it or nothing.

Cases keep their identity from one run to the next. A new one is opened; one whose findings differ
is brought up to date, and marked where a decision rested on what it said before; one whose credit
is gone is closed, saying what removed it; one that comes back is reopened: to be worked again, or,
where money went out for it, to be reconciled.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max

from requite.domain.case import Action, State, after
from requite.engine.case_feed import CaseAccount, PartyFindings
from requite.office.audit.services import Happening, record_all
from requite.office.cases.closing import close, restore, take_back_proofs
from requite.office.cases.corrections import withdraw
from requite.office.cases.identity import (
    Key,
    Said,
    check_fits,
    clean,
    earlier_clock,
    name_words,
    numbers_of,
    rows_of,
    said,
)
from requite.office.cases.models import Case, CaseFinding, Correction, Reference
from requite.office.cases.paid import pays_still
from requite.office.cases.stands import in_short, paid_by_case, stands
from requite.office.cases.status import CorrectionStatus
from requite.office.people.models import Provider, User

BATCH = 1_000
# What a later determination may write on a case.
GOES_ON = [
    "state", "version", "party_name", "payer_class", "patient_name", "cause", "disposition",
    "certainty", "amount_cents", "verdict", "rank", "due_on", "due_key", "rule_id", "digest",
    "decision", "decision_reason", "decided_by", "decided_at", "approved_by", "approved_at",
    "changed_since_decided", "resolution", "determined_on", "resolved_at", "refund_cents",
    "details", "credit_on", "closed_from",
    "closed_by", "is_gone", "snoozed_until", "snooze_reason",
]  # fmt: skip
CLOCK = ("due_on", "rule_id", "payer_class")
# Where a decision has been taken that new evidence may put in doubt.
DECIDED = frozenset({State.WAITING_APPROVAL, State.TO_PAY, State.WAITING_PAYER, State.TO_RECONCILE})
KEPT_BY_PEOPLE = "dismissed"  # how the resolution of a case begins that people closed as settled


@dataclass(frozen=True, slots=True)
class Determined:
    """What one determination found, and which accounts it could not look at."""

    as_of: date
    groups: Iterable[PartyFindings]
    accounts: Iterable[CaseAccount]
    held_accounts: frozenset[str] = frozenset()
    removed_by: Callable[[Case], str] = lambda _: "the ledger no longer shows it"
    ledger: str = ""  # the snapshot that was looked at
    undone: str = ""  # the one that it takes the place of, where an import is undone
    may_close: bool = False  # most of the cases, although nothing came onto their accounts


@dataclass(slots=True)
class Run:
    """A determination on its way into the cases."""

    provider: Provider
    actor: User | None
    at: datetime
    as_of: date
    next_number: int
    unheeded: frozenset[int]  # cases whose corrections were sent before the day, in vain
    ledger: str
    undone: str
    counts: Counter[str] = field(default_factory=Counter)
    events: list[Happening] = field(default_factory=list)


@transaction.atomic
def apply_determination(
    provider: Provider, determined: Determined, *, actor: User | None, at: datetime
) -> dict[str, int]:
    """Open, update, reopen and close the cases of a provider.

    Returns
    -------
    dict
        How many cases were opened, changed, reopened, returned to work because a correction was
        not made, closed, and left as they are.
    """
    mine = Case.objects.select_for_update().filter(provider=provider).order_by("pk")
    known = {_key(case): case for case in mine}
    before = {label: in_short(told) for label, told in _standing(provider, known.values())}
    last = Case.objects.filter(provider=provider).aggregate(last=Max("number"))["last"] or 0
    run = Run(
        provider, actor, at, determined.as_of, last + 1, _unheeded(provider, determined.as_of),
        determined.ledger, determined.undone if determined.undone != determined.ledger else "",
    )  # fmt: skip
    if run.undone:
        take_back_proofs(run)
    accounts = _keep_references(provider, determined.accounts)
    seen: set[Key] = set()
    for some in _batches(determined.groups):
        fresh = [said(group, accounts.get(group.account_id)) for group in some]
        seen.update(new.key for new in fresh)
        _open(run, [new for new in fresh if new.key not in known])
        _go_on(run, [(known[new.key], new) for new in fresh if new.key in known])
    looked_at = [
        (key, case)
        for key, case in known.items()
        if case.state != State.RESOLVED and case.account_id not in determined.held_accounts
    ]
    gone = [case for key, case in looked_at if key not in seen]
    may = determined.may_close or run.undone
    close(run, gone, determined.removed_by, None if may else len(looked_at))
    if run.undone:
        _restore_held_out(run, known.values(), determined.held_accounts)
    _tell(run, before, known.values())
    record_all(run.events, provider=provider, actor=actor, at=at)
    outcomes = ("opened", "changed", "reopened", "returned", "closed", "same")
    return {name: run.counts[name] for name in outcomes}


def _restore_held_out(run: Run, cases: Iterable[Case], held_accounts: frozenset[str]) -> None:
    """Let go on what the undone import closed on accounts that this ledger does not look at."""
    closed = [
        case for case in cases
        if case.state == State.RESOLVED and case.closed_by == run.undone
        and case.account_id in held_accounts
    ]  # fmt: skip
    for case in closed:
        restore(run, case)
    Case.objects.bulk_update(closed, GOES_ON, batch_size=200)


def _standing(provider: Provider, cases: Iterable[Case]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each case stands at, by how people write it."""
    paid = paid_by_case(case__provider=provider)
    for case in cases:
        yield case.label, stands(case, paid.get(case.pk, ()))


def _tell(run: Run, before: dict[str, str], cases: Iterable[Case]) -> None:
    """Say in the last event of each case what it stands at now; a change without one gets one."""
    last = {event.subject: place for place, event in enumerate(run.events)}
    for label, told in _standing(run.provider, cases):
        place = last.get(label)
        if place is not None:
            event = run.events[place]
            run.events[place] = replace(event, facts={**event.facts, "stands": told})
        elif in_short(told) != before[label]:
            run.events.append(Happening("case.updated", label, facts={"stands": told}))


def _unheeded(provider: Provider, as_of: date) -> frozenset[int]:
    """The cases whose corrections were sent before the day: the ledger should show them."""
    sent = Correction.objects.filter(
        case__provider=provider, case__state=State.WAITING_POSTING,
        status=CorrectionStatus.SENT, sent_at__date__lt=as_of,
    )  # fmt: skip
    return frozenset(sent.values_list("case_id", flat=True))


def _key(case: Case) -> Key:
    return case.account_id, case.party, case.party_id


def _batches(groups: Iterable[PartyFindings]) -> Iterator[list[PartyFindings]]:
    waiting = iter(groups)
    while some := list(islice(waiting, BATCH)):
        yield some


def _keep_references(provider: Provider, accounts: Iterable[CaseAccount]) -> dict[str, CaseAccount]:
    """Keep the numbers by which accounts are found; the accounts by their ids."""
    found: dict[str, CaseAccount] = {}
    rows: list[Reference] = []
    for account in accounts:
        check_fits(account.account_id)
        found[account.account_id] = account._replace(numbers=())  # these are kept in the rows
        rows += [
            Reference(provider=provider, account_id=account.account_id, value=value)
            for value in {
                *numbers_of(account.account_id, account.numbers),
                *name_words(clean(account.patient_name)),
            }
        ]
    Reference.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return found


def _open(run: Run, fresh: list[Said]) -> None:
    """New cases."""
    cases = [
        Case(
            provider=run.provider,
            number=run.next_number + place,
            account_id=new.key[0],
            party=new.key[1],
            party_id=new.key[2],
            digest=new.digest,
            details=new.details,
            identified_on=run.as_of,
            determined_on=run.as_of,
            opened_at=run.at,
            **new.columns,
        )
        for place, new in enumerate(fresh)
    ]
    run.next_number += len(cases)
    Case.objects.bulk_create(cases, batch_size=BATCH)
    rows = [
        row for case, new in zip(cases, fresh, strict=True) for row in rows_of(case, new.findings)
    ]
    CaseFinding.objects.bulk_create(rows, batch_size=BATCH)
    run.counts["opened"] += len(cases)
    run.events += [
        Happening(
            "case.opened", case.label, after=_figures(case), facts={"stands": stands(case, ())}
        )
        for case in cases
    ]


def _go_on(run: Run, pairs: list[tuple[Case, Said]]) -> None:
    """Cases that were there before."""
    afresh: list[tuple[Case, Said]] = []
    for case, new in pairs:
        if _takes_up(run, case, new) or case.details != new.details:
            afresh.append((case, new))
        case.determined_on, case.is_gone = run.as_of, False
    for case, new in afresh:
        _set(run, case, new)
    Case.objects.bulk_update([case for case, _ in pairs], GOES_ON, batch_size=200)
    CaseFinding.objects.filter(case__in=[case for case, _ in afresh]).delete()
    CaseFinding.objects.bulk_create(
        [row for case, new in afresh for row in rows_of(case, new.findings)], batch_size=BATCH
    )


def _takes_up(run: Run, case: Case, new: Said) -> bool:
    """Move a case on as its findings ask for; whether they are others than before."""
    if case.state == State.RESOLVED:
        if run.undone and case.closed_by == run.undone:
            restore(run, case)
            case.changed_since_decided |= case.state in DECIDED and case.digest != new.digest
            return True
        if not _comes_back(case, new):
            run.counts["same"] += 1
            return False
        _reopen(run, case, new)
        return True
    if case.digest != new.digest:
        _take_change(run, case, new)
        return True
    if case.pk in run.unheeded:
        run.counts["returned"] += 1
        _return_to_work(run, case, "its correction is not in the ledger")
    else:
        run.counts["same"] += 1
    return False


def _comes_back(case: Case, new: Said) -> bool:
    """Whether a resolved case is open again: not where people settled just this."""
    return case.digest != new.digest or not case.resolution.startswith(KEPT_BY_PEOPLE)


def _reopen(run: Run, case: Case, new: Said) -> None:
    """A resolved case that comes back; where its money is under way, for that to be seen."""
    run.counts["reopened"] += 1
    case.version += 1
    facts = {"resolution": case.resolution, "version": case.version}
    case.resolution, case.resolved_at = "", None
    case.snoozed_until, case.snooze_reason = None, ""
    if pays_still(case, new.digest):
        case.state = State.TO_RECONCILE
        case.changed_since_decided = case.digest != new.digest
        facts["reason"] = "it was paid, and the ledger does not show that"
    else:
        case.state = after(State.RESOLVED, Action.REOPEN)
        _undecide(case)
    run.events.append(
        Happening("case.reopened", case.label, after={"state": case.state}, facts=facts)
    )


def _undecide(case: Case) -> None:
    case.decision, case.decision_reason = "", ""
    case.refund_cents, case.changed_since_decided = None, False
    case.decided_by = case.decided_at = case.approved_by = case.approved_at = None


def _take_change(run: Run, case: Case, new: Said) -> None:
    run.counts["changed"] += 1
    if case.state in DECIDED:
        case.changed_since_decided = True
    case.version += 1
    case.snoozed_until, case.snooze_reason = None, ""
    run.events.append(
        Happening(
            "case.changed", case.label, before=_figures(case),
            after={name: new.columns[name] for name in ("amount_cents", "cause", "disposition")},
            facts={"version": case.version},
        )
    )  # fmt: skip
    if case.state == State.WAITING_POSTING:
        _return_to_work(run, case, "its correction rests on what is no longer so")


def _return_to_work(run: Run, case: Case, why: str) -> None:
    """What was to be corrected is to be decided anew; its entries are void."""
    case.version += 1
    run.events.append(
        Happening("case.returned", case.label, facts={"reason": why, "version": case.version})
    )
    case.state = after(State(case.state), Action.TAKE_UP)
    case.snoozed_until, case.snooze_reason = None, ""
    _undecide(case)
    withdraw(case)


def _set(run: Run, case: Case, new: Said) -> None:
    """What the case says from now on."""
    columns = {**new.columns, **earlier_clock(case, new)}
    before = {name: _plain(getattr(case, name)) for name in CLOCK}
    after_ = {name: _plain(columns[name]) for name in CLOCK}
    if before != after_ and case.digest == new.digest:
        run.events.append(Happening("case.updated", case.label, before=before, after=after_))
    for name, value in columns.items():
        setattr(case, name, value)
    case.digest, case.details = new.digest, new.details


def _plain(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _figures(case: Case) -> dict[str, object]:
    return {
        "amount_cents": case.amount_cents,
        "cause": case.cause,
        "disposition": case.disposition,
    }

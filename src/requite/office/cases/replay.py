"""Whether cases, payments, notes and approvals follow from the events of a provider's chain."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from requite.office.audit.models import Event
from requite.office.cases.identity import DIGESTED, digest_of
from requite.office.cases.models import Case, CaseFinding
from requite.office.cases.replay_approval import ApprovalReplay
from requite.office.cases.replay_writing import WritingReplay
from requite.office.cases.stands import in_short, paid_by_case, short, stands

if TYPE_CHECKING:
    from requite.office.people.models import Provider

SEALED = "case.sealed"
Deviations = Iterator[tuple[int, str]]


class Replay:
    """The rows of a provider's cases beside the events that made them."""

    def __init__(self, provider: "Provider | None") -> None:
        self.provider = provider
        self.last: dict[str, tuple[int, str]] = {}  # of each case: its last event, what it held
        self.opened: set[str] = set()
        self.anew: list[tuple[int, str]] = []  # cases that were sealed though they stood elsewhere
        self.others = (WritingReplay(provider), ApprovalReplay(provider))

    def take(self, event: Event) -> None:
        """The next event of the chain."""
        held = event.facts.get("stands")
        if event.name == "case.opened":
            self.opened.add(event.subject)
        if held is not None:
            told = in_short(held)
            if event.name == SEALED:
                self._take_sealed(event, told)
            self.last[event.subject] = event.number, told
        for each in self.others:
            each.take(event)

    def _take_sealed(self, event: Event, told: str) -> None:
        """An upgrade takes a case as it stands: once, and only what was opened."""
        _, before = self.last.get(event.subject, (0, told))
        if event.subject not in self.opened or before != told:
            self.anew.append(
                (event.number, f"{event.subject} was sealed as its events do not say.")
            )

    def deviations(self) -> Deviations:
        """Rows that do not follow from the events."""
        if self.provider is None:
            return
        yield from self.anew
        yield from self._of_cases(self.provider)
        for each in self.others:
            yield from each.deviations()

    def _of_cases(self, provider: "Provider") -> Deviations:
        paid, digests = paid_by_case(case__provider=provider), _digests(provider)
        waiting = dict(self.last)
        for case in _rows(provider).iterator(chunk_size=2000):
            number, held = waiting.pop(case.label, (0, ""))
            told = stands(case, paid.get(case.pk, ()))
            if not number:
                yield 0, f"{case.label} is in no event."
            elif in_short(told) != held:
                yield number, _difference(provider, case.label, number, told)
            if digests.get(case.pk, "") != short(case.digest):
                yield number, f"{case.label}: its findings are not those that it was decided on."
        for label, (number, _) in waiting.items():
            yield number, f"{label} is gone."


def _rows(provider: "Provider") -> QuerySet[Case]:
    return Case.objects.filter(provider=provider).order_by("pk")


def _digests(provider: "Provider") -> dict[int, str]:
    """What the findings of each case say, as its digest has it."""
    found: dict[int, str] = {}
    rows = CaseFinding.objects.filter(case__provider=provider).order_by("case_id")
    same: list[Mapping[str, Any]] = []
    of = None
    for row in rows.values("case_id", *DIGESTED).iterator(chunk_size=2000):
        if row["case_id"] != of:
            if of is not None:
                found[of] = short(digest_of(same))
            of, same = row["case_id"], []
        same.append(row)
    if of is not None:
        found[of] = short(digest_of(same))
    return found


def _difference(provider: "Provider", label: str, number: int, told: Mapping[str, Any]) -> str:
    """In what a case differs from its last event: each field, as it is and as it should be."""
    event = Event.objects.filter(chain__provider=provider, number=number).first()
    held = event.facts.get("stands", {}) if event else {}
    differing = [name for name in {**held, **told} if held.get(name) != told.get(name)]
    parts = [
        f"{name} is {_plain(told.get(name))}, its last event says {_plain(held.get(name))}"
        for name in differing
    ]
    return f"{label}: {'; '.join(parts)}."


def _plain(value: object) -> str:
    return "nothing" if value is None else str(value)

"""Whether limits of approval, rules, and what rules let through follow from their events."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from requite.domain.case import label_of
from requite.office.cases.models import ApprovalLimit, AutomaticApproval, AutomaticUse

if TYPE_CHECKING:
    from requite.office.audit.models import Event
    from requite.office.people.models import Provider

CAPS = ("most_cents", "day_cents", "month_cents")
Use = tuple[str, str, int, date]  # case, cause, cents, day


class ApprovalReplay:
    """How far approvals go at a provider, beside the events that set it."""

    def __init__(self, provider: "Provider | None") -> None:
        self.provider = provider
        self.limits: dict[str, tuple[int, object]] = {}
        self.rules: dict[str, tuple[int, object]] = {}
        self.uses: dict[Use, list[int]] = {}

    def take(self, event: "Event") -> None:
        """The next event of the chain."""
        after = event.after or {}
        if event.name == "limit.set":
            self.limits[event.subject] = event.number, after.get("most_cents")
        elif event.name == "automatic.on":
            caps = tuple(after.get(name) for name in CAPS)
            self.rules[event.subject] = event.number, (*caps, event.actor_id, event.at)
        elif event.name == "automatic.off":
            self.rules.pop(event.subject, None)
        elif event.name == "case.approve" and "by_rule" in event.facts:
            self._take_use(event)

    def _take_use(self, event: "Event") -> None:
        facts = event.facts
        told = facts.get("counted_on")
        on = date.fromisoformat(told) if told else localdate(event.at)
        use = event.subject, facts["by_rule"], facts.get("amount_cents", 0), on
        self.uses.setdefault(use, []).append(event.number)

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Rows that do not follow from the events, and events without their row."""
        if self.provider is None:
            return
        limits = ApprovalLimit.objects.filter(provider=self.provider)
        yield from _set_beside(
            self.limits, dict(limits.values_list("role", "most_cents")), "limit of approval"
        )
        rules = AutomaticApproval.objects.filter(provider=self.provider)
        rows = rules.values_list("cause", *CAPS, "turned_on_by_id", "turned_on_at")
        yield from _set_beside(self.rules, {row[0]: row[1:] for row in rows}, "rule of approval")
        yield from self._of_uses()

    def _of_uses(self) -> Iterator[tuple[int, str]]:
        uses = AutomaticUse.objects.filter(provider=self.provider).order_by("pk")
        for case, cause, cents, on in uses.values_list("case__number", "cause", "cents", "on"):
            those = self.uses.get((label_of(case), cause, cents, on), [])
            if those:
                those.pop()
            else:
                yield 0, f"{label_of(case)}: an approval by rule is in no event like that."
        for (label, *_), numbers in self.uses.items():
            for number in numbers:
                yield number, f"{label}: an approval by rule is not counted."


def _set_beside(
    events: dict[str, tuple[int, object]], rows: dict[str, object], what: str
) -> Iterator[tuple[int, str]]:
    for name in {**events, **rows}:
        number, told = events.get(name, (0, None))
        if rows.get(name) != told:
            yield number, f"the {what} of {name} does not follow from its events."

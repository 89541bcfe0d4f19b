"""What a case stands at, as the events of the case hold it, so that its row can be set beside it.

Held is all that decides whose money goes where and who said so. Names of patients are held as a
digest; what a determination may say anew of the same findings, as their sentence, is not held.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Final

from requite.office.cases.models import Case, PaidRefund

SHORT: Final = 20  # signs of a digest: enough that nobody makes another that is the same
NEVER: Final = "9999-12-31"  # by which a case without a day is put in order
PLAIN: Final = (
    "state", "version", "account_id", "party", "party_id", "amount_cents", "refund_cents", "cause",
    "disposition", "certainty", "rank", "rule_id", "decision", "decided_by_id", "approved_by_id",
    "assigned_to_id", "changed_since_decided", "is_gone", "closed_from", "closed_by",
)  # fmt: skip
WORDS: Final = ("party_name", "resolution", "decision_reason", "snooze_reason")
MOMENTS: Final = ("decided_at", "approved_at", "resolved_at", "snoozed_until")


def stands(case: Any, paid: Iterable[Any]) -> dict[str, Any]:  # noqa: ANN401 - also of a migration
    """What a case stands at, and what was paid for it; what stands for nothing is left out."""
    held = {name: getattr(case, name) for name in PLAIN}
    held |= {name: _when(getattr(case, name)) for name in MOMENTS}
    held |= {name: short(getattr(case, name)) for name in WORDS}
    held["findings"] = short(case.digest)
    held["due"] = _due(case)
    held["paid"] = [_paid(row) for row in paid]
    return {name: value for name, value in held.items() if value not in (None, "", False, [], 0)}


def short(text: str) -> str:
    """A digest of a text; nothing for nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT] if text else ""


def in_short(told: dict[str, Any]) -> str:
    """A digest of what a case stands at."""
    return short(json.dumps(told, sort_keys=True))


def _due(case: Any) -> str:  # noqa: ANN401
    """The day a case is due; what it is put in order by where that is another."""
    due = case.due_on.isoformat() if case.due_on else ""
    order = str(case.due_key)
    return due if order == (due or NEVER) else f"{due or 'no day'}, in order by {order}"


def _paid(row: Any) -> list[Any]:  # noqa: ANN401
    return [
        row.cents, short(row.digest), row.by_id, _when(row.at), _when(row.settled_at),
        row.settled_by, _when(row.came_back_at),
    ]  # fmt: skip


def _when(value: datetime | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat()


def paid_by_case(**which: object) -> dict[int, list[PaidRefund]]:
    """What was ever paid for some cases, in order, by the key of the case."""
    found: dict[int, list[PaidRefund]] = defaultdict(list)
    for row in PaidRefund.objects.filter(**which).order_by("at", "pk"):
        found[row.case_id].append(row)
    return found


def stands_now(case: Case) -> dict[str, Any]:
    """What a case stands at, its payments read now."""
    return stands(case, PaidRefund.objects.filter(case=case).order_by("at", "pk"))

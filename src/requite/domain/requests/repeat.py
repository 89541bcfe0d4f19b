"""A notice that asks again for what an earlier one asked for."""

from requite.domain.request import RefundRequest, plain
from requite.domain.requests.scope import Scope

Heard = tuple[RefundRequest, Scope]


def earlier_of(request: RefundRequest, scope: Scope, heard: list[Heard]) -> str | None:
    """The first request of the same payer, claim and amount; "" where only the letter says so.

    None where the request is the first. Both are on the same account; a letter without a claim
    number means the same claim where it means the same lines.
    """
    alike = [
        other
        for other, other_scope in heard
        if _same(scope, other_scope) and _same_claim(request, scope, other, other_scope)
    ]
    for other in alike:
        if other.amount_cents == request.amount_cents:
            return other.request_id
    if not request.is_further_notice:
        return None
    return alike[0].request_id if alike else ""


def _same(scope: Scope, other: Scope) -> bool:
    """Whether both are of the same payer, as the account knows it."""
    return [place.payer_id for place in scope.places] == [p.payer_id for p in other.places]


def _same_claim(
    request: RefundRequest, scope: Scope, other: RefundRequest, other_scope: Scope
) -> bool:
    number, other_number = plain(request.payer_claim_number), plain(other.payer_claim_number)
    if number and other_number:
        return number == other_number
    controls = plain(request.patient_control_number), plain(other.patient_control_number)
    if all(controls) and controls[0] != controls[1]:
        return False
    if scope.lines is None or other_scope.lines is None:
        return True
    return not scope.lines.isdisjoint(other_scope.lines)


def earlier_unmatched(request: RefundRequest, heard: list[RefundRequest]) -> str | None:
    """The same for letters that lead to no account.

    Only a claim's number tells that two mean the same claim: a patient may have been seen twice
    on one day for one amount.
    """
    numbers = _numbers(request)
    for other in heard:
        same = other.payer_id == request.payer_id and other.amount_cents == request.amount_cents
        if same and any(numbers) and _numbers(other) == numbers:
            return other.request_id
    return "" if request.is_further_notice else None


def _numbers(request: RefundRequest) -> tuple[str, str]:
    return plain(request.payer_claim_number), plain(request.patient_control_number)

"""Whether a letter is meant for this provider at all: by the NPI or tax number that it names."""

from collections.abc import Iterable
from typing import NamedTuple

from requite.domain.request import RefundRequest, plain


class Numbers(NamedTuple):
    """The NPIs and tax numbers of a provider's facilities, as `plain` writes them."""

    npis: frozenset[str] = frozenset()
    tins: frozenset[str] = frozenset()


def numbers_of(facilities: Iterable[tuple[str | None, str | None]]) -> Numbers:
    """The numbers of facilities, each told by its NPI and tax number.

    >>> sorted(numbers_of([("1990000001", "94-1000001"), (None, None)]).tins)
    ['941000001']
    """
    pairs = [(plain(npi), plain(tin)) for npi, tin in facilities]
    npis = frozenset(npi for npi, _ in pairs)
    tins = frozenset(tin for _, tin in pairs)
    return Numbers(npis - {""}, tins - {""})


def named_other(request: RefundRequest, ours: Numbers) -> str:
    """The number of another provider that `request` names, in words; "" where it may be ours.

    A letter that names one of our numbers is ours, whatever else it names; where no facility has
    a number of that kind on file, nothing can be said by it.
    """
    other = []
    for kind, number, known in (
        ("NPI", plain(request.provider_npi), ours.npis),
        ("tax number", plain(request.provider_tin), ours.tins),
    ):
        if number and number in known:
            return ""
        if number and known:
            other.append(f"{kind} {number}")
    return " and ".join(other)

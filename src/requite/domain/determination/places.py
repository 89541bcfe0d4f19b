"""The places of an account in the COB order, and which of them a payer or a bucket means."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from requite.domain.determination.account import Coverage
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.line import Place, covers
from requite.domain.determination.worksheet import Worksheet

BUCKET_PLACE: Final = {"primary": 0, "secondary": 1, "tertiary": 2}
UNKNOWN: Final = "?"  # a payer whom no record names


def add_places(sheet: Worksheet) -> None:
    """The payers on file, in COB order, and whether the patient may be billed.

    A coverage that covers no service of the account has no place beside one that does; one that
    was renewed (the same payer at the same place of the order) has one place in all.
    """
    days = {line.service_date or sheet.account.service_from for line in sheet.lines.values()}
    days = days or {sheet.account.service_from}
    coverages = sorted(sheet.account.coverages, key=coverage_key)
    serving = [coverage for coverage in coverages if serves(coverage, days)]
    known: dict[tuple[str, int, bool], Place] = {}
    for coverage in serving or coverages:
        key = (coverage.payer_id, coverage.cob_order, coverage.capitated)
        place = known.get(key)
        if place is None:
            place = known[key] = add_place(sheet, coverage.payer_id, coverage.cob_order)
            place.member_id = coverage.member_id
            place.plan_id = coverage.plan_id
            place.capitated = coverage.capitated
        place.periods.append((coverage.effective_from, coverage.effective_to))
    if not all(coverage.responsibility_collectable for coverage in serving):
        sheet.collectable = False


def serves(coverage: Coverage, days: Iterable[date | None]) -> bool:
    """Whether a coverage's dates cover a service of one of the days."""
    return any(covers(coverage.effective_from, coverage.effective_to, day) for day in days)


def coverage_key(coverage: Coverage) -> tuple[int, str, str, date]:
    """COB order first; ties by payer, member and day so that the row order never matters."""
    since = coverage.effective_from or date.min
    return (coverage.cob_order, coverage.payer_id, coverage.member_id or "", since)


def add_place(sheet: Worksheet, payer_id: str, order: int) -> Place:
    """Append a place for a payer."""
    payer = sheet.book.payers.get(payer_id)
    payer_class = "other" if payer is None else payer.payer_class
    place = Place(len(sheet.places), order, payer_id, payer_class)
    sheet.places.append(place)
    sheet.places_of_payers.clear()
    return place


def places_of(sheet: Worksheet, payer_id: str) -> list[Place]:
    """The places where a payer stands; a payer not on file gets one after all others.

    A payer that is not on the account but shares a parent or an ERA identifier with exactly one
    payer on it is that payer.
    """
    known = sheet.places_of_payers.get(payer_id)
    if known is None:
        known = find_places(sheet, payer_id)
        sheet.places_of_payers[payer_id] = known
    return known


def find_places(sheet: Worksheet, payer_id: str) -> list[Place]:
    """The places of a payer, or of its only relative; else a new one."""
    places = sheet.places
    found = [place for place in places if place.payer_id == payer_id]
    if found:
        return found
    relatives = [place for place in places if place.on_file and related(sheet, payer_id, place)]
    if relatives and len({place.payer_id for place in relatives}) == 1:
        return relatives
    place = add_place(sheet, payer_id, 1000 + len(places))
    place.on_file = False
    return [place]


def related(sheet: Worksheet, payer_id: str, place: Place) -> bool:
    """Whether a payer shares a parent or an ERA identifier with the payer of a place."""
    payers = sheet.book.payers
    one, other = payers.get(payer_id), payers.get(place.payer_id)
    if one is None or other is None:
        return False
    if one.parent_id is not None and one.parent_id in (other.parent_id, other.payer_id):
        return True
    if other.parent_id is not None and other.parent_id == one.payer_id:
        return True
    return not one.era_ids.isdisjoint(other.era_ids)


def place_of_bucket(sheet: Worksheet, bucket: str | None) -> int:
    """The place that a bucket names, NO_PLACE for the patient's."""
    index = BUCKET_PLACE.get(bucket or "", NO_PLACE)
    known = 0 <= index < len(sheet.places) and sheet.places[index].on_file
    return index if known else NO_PLACE

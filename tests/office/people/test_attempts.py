"""Attempts to get in: how many may be wrong, what is locked then, and what the trail says of it."""

from collections import Counter
from datetime import timedelta

import pytest

from office_builders import NOW, PASSWORD, a_member, a_provider
from requite.office.audit.models import Event
from requite.office.people.attempts import Attempt, begin, give_back, note_failure, unlock
from requite.office.people.limits import LIMITS, Kind, TooManyAttempts
from requite.office.people.models import AttemptCount, User
from requite.office.people.queries import spelled, user_spelled
from requite.office.people.services import reset_password

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOME = "203.0.113.9"


@pytest.fixture(name="mira")
def _mira() -> User:
    return a_member(a_provider(), name="mira")


def at_password(name: str = "mira", address: str = HOME) -> Attempt:
    keys = {Kind.NAME: spelled(name), Kind.ADDRESS: address}
    return Attempt("password", keys, user_spelled(name), address)


def at_factor(user: User, pending: str = "s1") -> Attempt:
    return Attempt("second factor", {Kind.FACTOR: str(user.pk), Kind.PENDING: pending}, user, HOME)


def wrong(attempt: Attempt, times: int = 1, at: object = NOW) -> TooManyAttempts | None:
    locked = None
    for _ in range(times):
        begin(attempt, at=at)
        locked = note_failure(attempt, at=at)
    return locked


def right(attempt: Attempt, at: object = NOW) -> None:
    begin(attempt, at=at)
    give_back(attempt, at=at)


def told(*names: str) -> Counter[str]:
    """How many events there are of each name that begins so."""
    every = Event.objects.values_list("name", flat=True)
    return Counter(name for name in every if name.startswith(("sign_in.", "address.", *names)))


def test_five_wrong_lock_a_name_for_a_quarter_of_an_hour(mira: User) -> None:
    assert wrong(at_password(), 4) is None
    locked = wrong(at_password())
    assert locked is not None
    assert str(locked) == (
        "Signing in under this name is locked after 5 wrong tries. "
        "Try again in 15 minutes, or ask who runs this office."
    )
    with pytest.raises(TooManyAttempts, match="in 1 minute,"):
        begin(at_password(address="198.51.100.1"), at=NOW + 14 * MINUTE)
    right(at_password(), at=NOW + 15 * MINUTE)


def test_a_right_one_takes_no_wrong_one_back(mira: User) -> None:
    for _ in range(4):
        wrong(at_password())
        right(at_password())
    assert wrong(at_password()) is not None


def test_what_is_refused_does_not_make_a_lock_longer(mira: User) -> None:
    wrong(at_password(), 5)
    for minute in range(15):
        with pytest.raises(TooManyAttempts):
            begin(at_password(), at=NOW + minute * MINUTE)
    right(at_password(), at=NOW + 15 * MINUTE)


def test_of_many_at_the_same_moment_no_more_are_judged_than_the_limit_allows(mira: User) -> None:
    for _ in range(5):
        begin(at_password(), at=NOW)  # and not one of them has an answer yet
    with pytest.raises(TooManyAttempts):
        begin(at_password(), at=NOW)


def test_a_house_of_people_may_sign_in_at_the_same_moment(mira: User) -> None:
    attempts = [at_password(f"name-{number}") for number in range(60)]
    for attempt in attempts:
        begin(attempt, at=NOW)
    assert note_failure(attempts[0], at=NOW) is None
    for attempt in attempts[1:]:
        give_back(attempt, at=NOW)
    right(at_password())


def test_one_address_that_tries_many_names_is_locked(mira: User) -> None:
    for number in range(29):
        assert wrong(at_password(f"name-{number}")) is None
    right(at_password())  # an account of one's own does not help
    locked = wrong(at_password("name-29"))
    assert locked is not None
    assert "where you are" in str(locked)
    with pytest.raises(TooManyAttempts):
        begin(at_password(), at=NOW)
    begin(at_password(address="198.51.100.1"), at=NOW)


def test_a_second_factor_is_locked_for_longer_each_time(mira: User) -> None:
    at = NOW
    for number in range(10):
        for pending in ("a", "b"):
            wrong(at_factor(mira, f"{pending}{number}"), 5, at=at)
        with pytest.raises(TooManyAttempts) as refused:
            begin(at_factor(mira, "c"), at=at)
        assert refused.value.kind == Kind.FACTOR
        assert refused.value.seconds == min(15 * 60 * 2**number, 24 * 3600)
        at += timedelta(seconds=refused.value.seconds)
    begin(at_factor(mira, "d"), at=at)


def test_one_sign_in_takes_five_wrong_codes(mira: User) -> None:
    locked = wrong(at_factor(mira), 5)
    assert locked is not None
    assert str(locked) == (
        "This sign-in has ended after 5 wrong codes. Sign in again with your password."
    )
    begin(at_factor(mira, "another"), at=NOW)


def test_a_lock_out_is_told_once_and_its_failures_are_counted(mira: User) -> None:
    wrong(at_password(), 5)
    for _ in range(50):
        with pytest.raises(TooManyAttempts):
            begin(at_password(), at=NOW)
    assert told() == {"sign_in.failed": 1, "sign_in.locked": 1}
    event = Event.objects.get(name="sign_in.locked")
    assert (event.subject, event.facts["wrong"], event.facts["address"]) == ("mira", 5, HOME)
    assert event.chain.name == "alder"
    wrong(at_password(), 3, at=NOW + 20 * MINUTE)
    assert told() == {"sign_in.failed": 2, "sign_in.locked": 1}


def test_names_that_nobody_has_are_told_together_without_what_was_typed(mira: User) -> None:
    for number in range(25):
        wrong(at_password(f"secret-{number}", address=f"198.51.100.{number}"))
    wrong(at_password("again", address="198.51.100.99"), at=NOW + 20 * MINUTE)
    events = list(Event.objects.filter(name="sign_in.failed").order_by("number"))
    assert [event.facts["earlier"] for event in events] == [0, 25]
    assert {event.subject for event in events} == {"a name that nobody has"}
    kept = f"{list(Event.objects.values())} {list(AttemptCount.objects.values())}"
    assert "secret-" not in kept


def test_whoever_has_many_addresses_does_not_flood_the_trail(mira: User) -> None:
    for number in range(40):
        for _ in range(30):
            attempt = Attempt("password", {Kind.ADDRESS: f"a{number}"}, None, f"a{number}")
            wrong(attempt)
    assert told() == {"sign_in.failed": 1, "address.locked": LIMITS[Kind.TOLD].most}


def test_counts_that_say_nothing_any_more_are_dropped(mira: User) -> None:
    for number in range(20):
        wrong(at_password(f"name-{number}", address=f"198.51.100.{number}"))
    wrong(at_password(), 5)
    assert AttemptCount.objects.count() > 40
    wrong(at_password("last", address="198.51.100.98"), at=NOW + timedelta(days=2))
    assert AttemptCount.objects.count() == 3  # a name, an address, and all strangers


@pytest.mark.parametrize("by", ["unlock", "reset"])
def test_who_runs_the_office_opens_a_lock(mira: User, by: str) -> None:
    wrong(at_password(), 5)
    if by == "unlock":
        unlock(mira, actor=None, at=NOW)
        assert Event.objects.get(name="sign_in.unlocked").facts == {"wrong": 5}
    else:
        assert reset_password(mira, actor=None, at=NOW) != PASSWORD
    right(at_password())

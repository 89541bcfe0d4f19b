"""The rules in force for a part: found by payer class, plan funding and state, without a search.

A book holds every rule and knows which of them act: the enabled ones, and those recalled rules
that a compliance officer has switched on.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from requite.domain.errors import RequiteError
from requite.domain.regulations.reading import all_rules
from requite.domain.regulations.rule import Confidence, Duration, Rule, Trigger, Use

# Where the law speaks of a class that the feed splits or names otherwise; else the names agree.
FEED_CLASSES: dict[str, tuple[str, ...]] = {
    "commercial_insured": ("commercial",),
    "erisa_self_funded": ("commercial",),
    "unclaimed": (),
}
# State law reaches only insured plans: unknown funding is not insured.
FUNDING = {"commercial_insured": "insured", "erisa_self_funded": "self_funded"}
FEDERAL = "US"


class Clock(NamedTuple):
    """A rule with the event it counts from and the span it counts."""

    rule: Rule
    starts: Trigger
    duration: Duration


class UnknownRule(RequiteError):
    """Someone named a rule that the book does not hold."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(
            f"There is no rule {rule_id}.", remedy="`requite rules --all` lists every rule."
        )


def feed_classes(rule: Rule) -> tuple[str, ...]:
    """The payer classes of the feed (or `patient`) that `rule` is about."""
    return rule.feed_classes or FEED_CLASSES.get(rule.payer_class, (rule.payer_class,))


def applies(rule: Rule, feed_class: str, funding: str, state: str) -> bool:
    """Whether `rule` speaks of such a payer (or patient), plan and state."""
    if rule.jurisdiction not in (FEDERAL, state) or feed_class not in feed_classes(rule):
        return False
    if feed_class != "commercial":
        return True
    return FUNDING.get(rule.payer_class, funding) == funding


def speaks_of(rule: Rule, cause: str, patient_class: str) -> bool:
    """Whether `rule` covers a part of that cause, on an account of that patient class."""
    if rule.causes and cause not in rule.causes:
        return False
    return not rule.patient_classes or patient_class in rule.patient_classes


def clocks_of(rule: Rule, *uses: Use) -> Iterator[Clock]:
    """The clocks that `rule` runs for the provider, where it is for one of `uses`.

    A rule that needs a fact which no feed holds runs none: a person applies it. An answer that a
    verified rule only recalls does not act with it.
    """
    if rule.needs is not None or rule.use not in uses:
        return
    answer = rule.provider_response
    if rule.use is not Use.RECOVERY and rule.duration is not None:
        yield Clock(rule, rule.starts or rule.trigger, rule.duration)
    elif answer is not None and answer.confidence in (rule.confidence, Confidence.VERIFIED):
        yield Clock(rule, answer.from_date, answer.duration)


def _most_specific_first(rule: Rule) -> tuple[bool, int, str]:
    since = rule.in_force_from or date.min
    return rule.jurisdiction == FEDERAL, -since.toordinal(), rule.id


class RuleBook:
    """Every rule, those that act, and an index of them."""

    def __init__(self, rules: tuple[Rule, ...], switched_on: frozenset[str] = frozenset()) -> None:
        self.rules = rules
        self._by_id = {rule.id: rule for rule in rules}
        for rule_id in sorted(switched_on):
            self.rule(rule_id)
        self._acting = tuple(r for r in rules if r.enabled or r.id in switched_on)
        self._acting_ids = frozenset(rule.id for rule in self._acting)
        self._clocks: dict[tuple[str, str, str, str, str], tuple[Clock, ...]] = {}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id, acting or not.

        Raises
        ------
        UnknownRule
            Where there is none.
        """
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise UnknownRule(rule_id) from None

    def edition(self, rule_id: str) -> str:
        """Which version of a rule this book holds, in words; nothing where it holds none."""
        found = self._by_id.get(rule_id)
        return found.edition if found else ""

    def acts(self, rule: Rule) -> bool:
        """Whether `rule` may set a date: it is verified, or was switched on."""
        return rule.id in self._acting_ids

    def acting(
        self, feed_class: str, funding: str = "unknown", state: str = ""
    ) -> tuple[Rule, ...]:
        """The acting rules that speak of such a part, the most specific first.

        Parameters
        ----------
        feed_class : str
            A payer class of the feed, or `patient`.
        funding : str
            The plan's funding; it matters for commercial payers alone.
        state : str
            The account's state (two letters), "" where it is not known.
        """
        found = [rule for rule in self._acting if applies(rule, feed_class, funding, state)]
        return tuple(sorted(found, key=_most_specific_first))

    def clocks(
        self, feed_class: str, funding: str, state: str, cause: str, patient_class: str
    ) -> tuple[Clock, ...]:
        """The clocks by which such money is returned or a letter answered; looked up, not sought.

        The first three are those of `acting`, the last two the part's cause and its account's
        patient class; the most specific rule comes first.
        """
        key = (feed_class, funding, state, cause, patient_class)
        found = self._clocks.get(key)
        if found is None:
            found = self._clocks[key] = tuple(
                clock
                for rule in self.acting(feed_class, funding, state)
                if speaks_of(rule, cause, patient_class)
                for clock in clocks_of(rule, Use.RETURN, Use.LETTER, Use.RECOVERY)
            )
        return found

    def for_use(self, use: Use) -> tuple[Rule, ...]:
        """Every rule for one use, acting or not."""
        return tuple(rule for rule in self.rules if rule.use is use)


@cache
def rule_book(switched_on: frozenset[str] = frozenset()) -> RuleBook:
    """The rules as shipped, with the recalled ones of `switched_on` acting too.

    Raises
    ------
    UnknownRule
        Where `switched_on` names a rule that is not there.
    """
    return RuleBook(all_rules(), switched_on)

"""`requite rules`: the rules of law, with what they count from, how long, and who says so."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from requite.domain.regulations.book import RuleBook, feed_classes, rule_book
from requite.domain.regulations.rule import Confidence, Rule, Use
from requite.domain.spreadsheet import csv_text

EVENTS = {
    "check_issue": "the issue of the check",
    "demand_letter": "the date of the payer's letter",
    "identified": "identification",
    "last_contact": "the owner's last contact",
    "payment_date": "the payment",
    "quantified": "the day the amount is known",
    "quarter_end": "the end of the quarter",
    "request_received": "receipt of the request",
    "service_date": "the service",
    "second_payment": "the second payer's payment",
}
COLUMNS = (
    "id",
    "title",
    "payer_class",
    "jurisdiction",
    "use",
    "clock",
    "answer",
    "in_force",
    "citation",
    "source",
    "confidence",
    "acts",
    "checked_on",
)


@click.command()
@click.option("--payer-class", metavar="CLASS", help="Only rules about this class of payer.")
@click.option("--state", metavar="STATE", help="Only this state's rules and the federal ones.")
@click.option("--all", "everything", is_flag=True, help="Also rules that are switched off.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="csv and json carry every rule's source; json every field of it.",
)
def rules(payer_class: str | None, state: str | None, everything: bool, form: str) -> None:
    """List the rules of law that set dates, with their sources.

    CLASS is a payer class of the feed (medicare_ffs, commercial, ...), `patient`, `unclaimed`,
    or the law's own (commercial_insured, erisa_self_funded). Rules recalled from memory are
    switched off and set no date; --all shows them too.

    \b
    requite rules --payer-class medicare_ffs
    requite rules --payer-class commercial --state TX --format csv
    """
    book = rule_book()
    _refuse_unknown(book, payer_class, state)
    chosen = [
        rule
        for rule in book.rules
        if (everything or book.acts(rule)) and _asked_for(rule, payer_class, state)
    ]
    if form == "json":
        click.echo(json.dumps([_whole(rule, book) for rule in chosen], indent=2, default=str))
    elif form == "csv":
        click.echo(_csv(chosen, book), nl=False)
    else:
        click.echo(_table(chosen, book))


def _refuse_unknown(book: RuleBook, payer_class: str | None, state: str | None) -> None:
    """Refuse a class or a state that no rule speaks of: an empty list would read as no law."""
    classes = {name for rule in book.rules for name in (rule.payer_class, *feed_classes(rule))}
    if payer_class is not None and payer_class.lower() not in classes:
        raise click.BadParameter(
            f"no rule speaks of {payer_class!r}; there are {', '.join(sorted(classes))}.",
            param_hint="--payer-class",
        )
    if state is not None and state.upper() not in {rule.jurisdiction for rule in book.rules}:
        raise click.BadParameter(
            f"no rule speaks of {state!r}; give two letters, such as TX.", param_hint="--state"
        )


def _asked_for(rule: Rule, payer_class: str | None, state: str | None) -> bool:
    classes = {rule.payer_class, *feed_classes(rule)}
    if payer_class is not None and payer_class.lower() not in classes:
        return False
    return state is None or rule.jurisdiction in ("US", state.upper())


def standing(rule: Rule) -> str:
    """Whether the rule's source was read, and the day, in words."""
    if rule.confidence is Confidence.VERIFIED:
        return f"checked {rule.checked_on}"
    read = "not verified, read" if rule.source else "from memory"
    return f"{read} {rule.checked_on}"


def role(rule: Rule) -> str:
    """What the rule is for, in a word; a fact that binds another says whom."""
    if rule.use is Use.FACT and rule.binds != "provider":
        return f"binds the {rule.binds}"
    return rule.use.value


def clock(rule: Rule) -> str:
    """What the rule counts, in words: `60 days from identification`."""
    event = EVENTS[rule.starts or rule.trigger]
    if rule.lookback is not None and rule.lookback.value is None:
        return f"no fixed span from {event}"
    return f"{rule.duration} from {event}" if rule.duration is not None else "sets no date"


def answer(rule: Rule) -> str:
    """By when the provider answers a recovery, in words; "" where the rule says nothing."""
    response = rule.provider_response
    if response is None:
        return ""
    recalled = "" if response.confidence == "verified" else ", recalled"
    return f"{response.duration} from {EVENTS[response.from_date]}{recalled}"


def in_force(rule: Rule) -> str:
    """The days in which the rule is the law, in words; "" where no day is known."""
    since = f"since {rule.in_force_from}" if rule.in_force_from is not None else ""
    until = f"until {rule.in_force_to}" if rule.in_force_to is not None else ""
    return " ".join(part for part in (since, until) if part)


def _row(rule: Rule, book: RuleBook) -> dict[str, str]:
    row = {
        "clock": clock(rule),
        "answer": answer(rule),
        "in_force": in_force(rule),
        "acts": "true" if book.acts(rule) else "false",
    }
    for column in COLUMNS:
        if column not in row:
            value = getattr(rule, column)
            row[column] = "" if value is None else str(value)
    return row


def _whole(rule: Rule, book: RuleBook) -> dict[str, object]:
    return {**asdict(rule), "acts": book.acts(rule)}


def _csv(chosen: Sequence[Rule], book: RuleBook) -> str:
    rows = (_row(rule, book) for rule in chosen)
    return csv_text(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def _table(chosen: Sequence[Rule], book: RuleBook) -> str:
    """The rules for reading aloud: a heading for each class of payer, three lines for each rule."""
    lines: list[str] = []
    heading = None
    for rule in chosen:
        if rule.payer_class != heading:
            heading = rule.payer_class
            lines += [heading.replace("_", " "), "=" * len(heading)]
        lines += _spoken(rule, book)
    acting = sum(map(book.acts, chosen))
    off = len(chosen) - acting
    lines.append(f"{len(chosen)} rules: {acting} act, {off} recalled and switched off.")
    return "\n".join(lines)


def _spoken(rule: Rule, book: RuleBook) -> list[str]:
    off = "" if book.acts(rule) else "  [recalled: switched off]"
    reckoning = [f"{role(rule)}: {clock(rule)}", in_force(rule)]
    if rule.provider_response is not None:
        reckoning.insert(1, f"answer within {answer(rule)}")
    if rule.needs is not None:
        reckoning.append(f"a person applies it: needs {rule.needs}")
    return [
        f"{rule.id}  {rule.title} ({rule.jurisdiction}){off}",
        f"    {'; '.join(part for part in reckoning if part)}",
        f"    {rule.citation} ({standing(rule)})",
        "",
    ]

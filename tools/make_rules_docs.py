"""Write docs/rules.md from the rules of law, so that the page never differs from what acts.

python tools/make_rules_docs.py            # writes the page
python tools/make_rules_docs.py --check    # exit status 1 where the page is out of date
"""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from requite.cli.rules import answer, clock, in_force, role, standing
from requite.domain.money import Money
from requite.domain.regulations.book import RuleBook, rule_book
from requite.domain.regulations.reading import reference
from requite.domain.regulations.rule import Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

FRONT = """# Rules of law

Made from `src/requite/domain/regulations/` by `make rules`; edit the rules, not this page.

{disclaimer}

{total} rules: {acting} are *verified* and act, {off} are *recalled* and switched off. Verified: a
page that supports the main figure was read, on the day given, and its text is not an undated
copy; the parts listed as recalled were not seen. Recalled: written from memory, or read in a copy
that bears no date. A recalled rule sets no date until a compliance officer has checked it and
switched it on, who then owns it.

## How a date comes about

- Every acting rule that speaks of the part's payer class, plan funding and the account's state is
  reckoned from its own event, in the version in force on that day; the earliest date rules. Of
  equal dates the state's rule is cited before the federal one, then the later law.
- The clock of *identification* starts on the day of the run, unless the records tell an earlier
  one: an earlier run into the same store that found the part, or a payer's letter about it. The
  Medicare secondary payer rule starts with the second payer's payment.
- A false credit has no clock, nor has patient money that is on hold. Money whose party is not
  determined yet runs the clock of the payer in whose cell it lies.
- A commercial payer's money has no date of its own before a request comes: then the state's
  answering time runs, for insured plans. Self-funded plans follow their contract and the letter.
- A pause moves a date by its days, for as long as the rule allows. Money older than a rule's
  look-back is not bound by that rule.
- Days are calendar days unless a rule says business days; those leave out the holidays of the
  Federal Reserve Banks. A date on a weekend stays there: no law moves it back.
- A rule that *needs* a fact which no feed holds sets no date; it is listed for a person. Where a
  look-back of that kind is the law on the day a request comes, the request is for a person.
- A request that is paid in full follows the days to pay; days to contest count for all others.

## What a rule file may say

`id`, `title`, `payer_class`, `jurisdiction`, `citation`, `source` (and `secondary_url`,
`third_url`, `related_url`), `source_quality`, `confidence`, `enabled`, `policy_default` (a design
choice, not law), `checked_on`; in each `[[versions]]`: `in_force_from`, `in_force_to`, `trigger`,
`alt_trigger`, `duration`, `due_month_day`, `owed`, `pause_conditions`, `penalty`, `min_usd`,
`max_usd`, `amount_cents`, `amount_in_controversy`, `methods`, `lookback`, `provider_response`,
`report_due`, `due_diligence`, `other_years`, `b2b_exemption`, `healthcare_exemption`,
`recalled_parts`, `notes`; and Requite's reading of it: `use`, `binds`, `feed_classes`,
`patient_classes`, `causes`, `starts`, `needs`, `yields_to`, `within`, `pauses`. A key that all
versions share stands above them.
"""


def section(payer_class: str, rules: list[Rule], book: RuleBook) -> Iterator[str]:
    """The part of the page about one class of payer: a table, then each rule's particulars."""
    yield f"## {payer_class.replace('_', ' ').capitalize()}\n"
    yield "| rule | where | what | clock | in force | acts |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        acts = "yes" if book.acts(rule) else "no: recalled"
        cells = (f"`{rule.id}`", rule.jurisdiction, role(rule), clock(rule), in_force(rule), acts)
        yield f"| {' | '.join(cells)} |"
    yield ""
    for rule in rules:
        yield from particulars(rule)
    yield ""


def particulars(rule: Rule) -> Iterator[str]:
    """One rule's title, source, conditions and notes."""
    source = f"[source]({rule.source}), " if rule.source else ""
    yield f"- **{rule.id}** {rule.title}. {rule.citation} ({source}{standing(rule)}). {rule.notes}"
    if rule.provider_response is not None:
        yield f"  - The provider answers within {answer(rule)}."
    if rule.lookback is not None:
        lifted = ", ".join(rule.lookback.exceptions) or "nothing"
        yield f"  - Limit lifted for: {lifted} ({limits(rule)})."
    if rule.report_due is not None:
        yield f"  - {unclaimed(rule)}"
    yield from amounts(rule)
    if rule.needs is not None:
        yield f"  - A person applies it, for it needs {rule.needs}."
    for words, parts in (("Pauses", rule.pause_conditions), ("Recalled", rule.recalled_parts)):
        if parts:
            yield f"  - {words}: {'; '.join(parts)}."


def amounts(rule: Rule) -> Iterator[str]:
    """What the rule says in dollars."""
    if rule.amount_cents is not None:
        yield f"  - Amount: {Money(rule.amount_cents)}."
    if rule.penalty is not None:
        yield f"  - Penalty: {rule.penalty.amount} ({rule.penalty.source})."


def limits(rule: Rule) -> str:
    """How sure the exceptions of a look-back are, and its span where another payer should pay."""
    terms = rule.lookback
    if terms is None:
        return ""
    cob = "" if terms.cob is None else f"; coordination of benefits: {terms.cob} {terms.unit}"
    public = "" if terms.government is None else f"; government: {terms.government} {terms.unit}"
    late = "; on the day on which it ends too late" if terms.last_day_excluded else ""
    return f"{terms.exceptions_confidence}{cob}{public}{late}"


def unclaimed(rule: Rule) -> str:
    """When unclaimed money is reported, and when its owner is written to before."""
    report, letter = rule.report_due, rule.due_diligence
    if report is None:
        return ""
    said = f"Report by {report.month_day} ({report.confidence})"
    if rule.other_years is not None:
        said += f"; what is no uncashed check after {rule.other_years} years"
    if letter is None:
        return f"{said}."
    least, most = letter.min_days_before_report, letter.max_days_before_report
    days = [f"{word} {n}" for word, n in (("at least", least), ("at most", most)) if n is not None]
    amount = "" if letter.min_amount_usd is None else f", from ${letter.min_amount_usd}"
    return f"{said}; letter {' and '.join(days)} days before{amount} ({letter.confidence})."


def page(book: RuleBook) -> str:
    """The whole page."""
    acting = sum(map(book.acts, book.rules))
    meta = reference("meta")
    parts = [
        FRONT.format(
            disclaimer=meta["disclaimer"],
            total=len(book.rules),
            acting=acting,
            off=len(book.rules) - acting,
        )
    ]
    for payer_class, rules in groupby(book.rules, key=lambda rule: rule.payer_class):
        parts += section(payer_class, list(rules), book)
    return "\n".join(parts).rstrip("\n") + "\n"


def main() -> None:
    """Write the page, or say whether it is up to date."""
    text = page(rule_book())
    if "--check" in sys.argv[1:]:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
            sys.exit("docs/rules.md is out of date. Run `make rules` and commit the page.")
        return
    PAGE.write_text(text, encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(PAGE.parent.parent)}")


if __name__ == "__main__":
    main()

"""One column of the feed from the text of an extract: the SQL that makes it, and when it fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from requite.engine.database import identifier, literal
from requite.engine.feed import TABLES, Kind
from requite.engine.mapping.plan import BETWEEN_PATTERNS, Amount, Numbered, TableMap, Void

PLAIN_AMOUNT = (
    "Write dollars as 1,234.50; where a comma is before the cents (1.234,50), name the column "
    "under decimal_comma of its file in the mapping."
)
FILL = "Fill it in, or leave the row out."
GROUPED = r"[^0-9.,]*[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?[^0-9.,]*"  # amounts with commas
HOLE = re.compile(r"\{([^{}]+)\}")
# ISO days and moments are read whatever a mapping says.
ISO_DAYS = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%fZ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """A column of the feed: its SQL, and the condition under which a row cannot have it."""

    name: str
    sql: str
    fails: str = ""
    source: str = ""
    problem: str = ""
    remedy: str = ""
    codes: str = ""  # SQL of what is told together instead of row by row: the codes that fail


def reads(part: TableMap) -> Iterator[str]:
    """Every column of the extract that a part of a mapping reads."""
    for template in part.columns.values():
        yield from HOLE.findall(template) or [template]
    yield from part.rows
    yield from part.without
    for amount in part.amounts.values():
        yield from (n for n in (amount.column, amount.of, amount.debit, amount.credit) if n)
    for numbered in part.numbered.values():
        yield from (*numbered.within, *numbered.order)
    yield from (name for name in (part.void.column, part.void.dated_by) if name)


def expressions(part: TableMap, dates: str) -> list[Expression]:
    """The columns that a part of a mapping makes, in the order of the feed's table."""
    made = [_column(part, name, template, dates) for name, template in part.columns.items()]
    made += [Expression(name, literal(value)) for name, value in part.constants.items()]
    made += [_amount(name, rule) for name, rule in part.amounts.items()]
    made += [_numbered(name, rule) for name, rule in part.numbered.items()]
    if part.void.policy != "offset":
        made.append(_void(part.void, dates))
    order = [column.name for column in TABLES[part.table].columns]
    return sorted(made, key=lambda each: order.index(each.name))


def missing(part: TableMap, made: Expression) -> Expression | None:
    """When a row lacks what every row of its table must have; None where it cannot."""
    column = TABLES[part.table].column(made.name)
    if not column.required or made.name in {*part.numbered, *part.constants}:
        return None
    fails = f"({made.sql}) IS NULL"
    if made.fails:
        fails += f" AND NOT coalesce({made.fails}, false)"
    told = f"the value is missing, of which {part.table}.{made.name} is made."
    return Expression(made.name, "", fails, made.source or made.name, told, FILL)


def _column(part: TableMap, name: str, template: str, dates: str) -> Expression:
    kind = TABLES[part.table].column(name).kind
    text = template_sql(template)
    if name in part.values:
        return _value(part, name, template, text)
    if kind is Kind.DATE:
        return _date(name, template, text, dates)
    if kind is Kind.MONEY:
        return _money(name, template, text)
    if kind is Kind.BOOL:
        yes = "('1', 'y', 'yes', 'true', 't')"
        return Expression(name, f"CASE WHEN {text} IS NOT NULL THEN lower({text}) IN {yes} END")
    choices = TABLES[part.table].column(name).choices
    if choices:
        known = ", ".join(map(literal, choices))
        fails = f"{text} IS NOT NULL AND {text} NOT IN ({known})"
        return Expression(name, text, fails, template, *_unsaid(name), text)
    return Expression(name, text)


def _unsaid(name: str) -> tuple[str, str]:
    """What is wrong with a code that nothing explains, and what to do."""
    return (
        f"the mapping does not say what these values of {name} stand for:",
        f"Say it under values.{name}, or leave their rows out.",
    )


def template_sql(template: str) -> str:
    """A column's text without blanks around it, or texts put together; NULL where one is empty."""
    if not HOLE.search(template):
        return f"nullif(trim(CAST({identifier(template)} AS VARCHAR)), '')"
    pieces, last = [], 0
    for hole in HOLE.finditer(template):
        if hole.start() > last:
            pieces.append(literal(template[last : hole.start()]))
        pieces.append(f"nullif(trim(CAST({identifier(hole[1])} AS VARCHAR)), '')")
        last = hole.end()
    if last < len(template):
        pieces.append(literal(template[last:]))
    return f"({' || '.join(pieces)})"


def _value(part: TableMap, name: str, template: str, text: str) -> Expression:
    """What a value stands for, by the mapping's table."""
    table = part.values[name]
    cases = " ".join(f"WHEN {literal(k)} THEN {literal(v)}" for k, v in table.items())
    other = part.otherwise.get(name)
    rest = f"ELSE {literal(other)} " if other is not None else ""
    sql = f"nullif(CASE WHEN {text} IS NOT NULL THEN CASE {text} {cases} {rest}END END, '')"
    if other is not None:
        return Expression(name, sql)
    known = ", ".join(map(literal, table))
    fails = f"{text} IS NOT NULL AND {text} NOT IN ({known})"
    return Expression(name, sql, fails, template, *_unsaid(name), text)


def day_sql(text: str, dates: str) -> str:
    """A day out of text as a mapping writes days; NULL where it is none."""
    patterns = (each.strip() for each in dates.split(BETWEEN_PATTERNS.strip()))
    listed = ", ".join(map(literal, dict.fromkeys((*filter(None, patterns), *ISO_DAYS))))
    return f"try_strptime({text}, [{listed}])"


def _date(name: str, template: str, text: str, dates: str) -> Expression:
    day = day_sql(text, dates)
    return Expression(
        name, f"strftime({day}::DATE, '%Y-%m-%d')", f"{text} IS NOT NULL AND {day} IS NULL",
        template, "the value is no day.", f"Write days as the mapping says: {dates}.",
    )  # fmt: skip


def dollars_sql(text: str) -> str:
    """Text as dollars and cents: `$1,234.50`, `(12.00)`, `12.00-`; NULL where it is none.

    A comma stands between thousands, or it is no amount: `627,20` is not 62,720 dollars.
    """
    cut = f"regexp_matches({text}, '[0-9.] +[0-9]{{1,2}}([^0-9]|$)')"  # 12 50 is not 1,250 dollars
    grouped = f"NOT contains({text}, ',') OR regexp_full_match({text}, {literal(GROUPED)})"
    plain = f"regexp_replace({text}, '[$, ]', '', 'g')"
    turned = f"regexp_replace({plain}, '^\\((.*)\\)$|^([0-9.]+)-$', '-\\1\\2')"
    fits = f"regexp_full_match({turned}, '-?[0-9]{{1,13}}(\\.[0-9]{{1,2}}0*)?|-?\\.[0-9]{{1,2}}')"
    is_one = f"({grouped}) AND NOT {cut} AND {fits}"
    return f"CASE WHEN {is_one} THEN TRY_CAST({turned} AS DECIMAL(15,2)) END"


def _as_text(dollars: str) -> str:
    return f"CAST(CAST({dollars} AS DECIMAL(15,2)) AS VARCHAR)"


def _money(name: str, template: str, text: str) -> Expression:
    dollars = dollars_sql(text)
    return Expression(
        name, _as_text(dollars), f"{text} IS NOT NULL AND ({dollars}) IS NULL", template,
        "the value is no amount.", PLAIN_AMOUNT,
    )  # fmt: skip


def _amount(name: str, rule: Amount) -> Expression:
    """An amount with its sign by the rule."""
    if rule.rule == "two_columns":
        return _two_columns(name, rule)
    text = template_sql(rule.column)
    dollars = dollars_sql(text)
    money = _money(name, rule.column, text)
    signs = {"signed": dollars, "turned": f"-({dollars})", "plus": f"abs({dollars})",
             "minus": f"-abs({dollars})"}  # fmt: skip
    if rule.rule in signs:
        return Expression(name, _as_text(signs[rule.rule]), money.fails, rule.column,
                          money.problem, money.remedy)  # fmt: skip
    of = f"coalesce({template_sql(rule.of)}, '')"
    plus, minus = (", ".join(map(literal, values)) or "NULL" for values in (rule.plus, rule.minus))
    size = f"abs({dollars})" if rule.rule == "flag" else dollars
    signed = f"CASE WHEN {of} IN ({plus}) THEN {size} WHEN {of} IN ({minus}) THEN -({size}) END"
    known = ", ".join(map(literal, [*rule.plus, *rule.minus]))
    fails = f"({money.fails}) OR ({text} IS NOT NULL AND {of} NOT IN ({known}))"
    return Expression(
        name, _as_text(signed), fails, f"{rule.column}, {rule.of}",
        "the value is no amount, or nothing says whether it raises or lowers what is owed.",
        f"Correct it, or name the value of {rule.of} in plus or minus.",
    )  # fmt: skip


def _two_columns(name: str, rule: Amount) -> Expression:
    debit, credit = template_sql(rule.debit), template_sql(rule.credit)
    up, down = dollars_sql(debit), dollars_sql(credit)
    sql = _as_text(f"coalesce({up}, 0) - coalesce({down}, 0)")
    fails = (
        f"({debit} IS NOT NULL AND ({up}) IS NULL) OR ({credit} IS NOT NULL AND ({down}) IS NULL)"
    )
    return Expression(
        name, sql, f"{fails} OR ({debit} IS NULL AND {credit} IS NULL)",
        f"{rule.debit}, {rule.credit}", "neither column holds an amount, or one holds none.",
        "Write dollars with at most two decimals in one of the two.",
    )  # fmt: skip


def _numbered(name: str, rule: Numbered) -> Expression:
    within = ", ".join(identifier(column) for column in rule.within)
    order = ", ".join(identifier(column) for column in rule.order)
    return Expression(
        name, f"CAST(dense_rank() OVER (PARTITION BY {within} ORDER BY {order}) AS VARCHAR)"
    )


def _void(void: Void, dates: str) -> Expression:
    """The day on which a row was voided."""
    if void.policy == "dated":
        return _date("voided_on", void.column, template_sql(void.column), dates)
    day = _date("voided_on", void.dated_by, template_sql(void.dated_by), dates)
    marks = ", ".join(map(literal, void.values))
    marked = f"coalesce({template_sql(void.column)}, '') IN ({marks})"
    return Expression("voided_on", f"CASE WHEN {marked} THEN {day.sql} END")

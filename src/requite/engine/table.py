"""From the text of a file to typed rows: what each kind of column accepts, as SQL."""

from dataclasses import dataclass

from requite.domain.days import FIRST_DAY, LAST_DAY
from requite.domain.money import LARGEST_CENTS
from requite.engine.database import identifier, literal
from requite.engine.feed import Column, Kind, Table
from requite.engine.source import Form, Source

SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.MONEY: "BIGINT",
    Kind.DATE: "DATE",
    Kind.BOOL: "BOOLEAN",
    Kind.INT: "INTEGER",
    Kind.QUANTITY: "VARCHAR",
}
EARLIEST, LATEST = FIRST_DAY.isoformat(), LAST_DAY.isoformat()
INTEGERS = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
}  # fmt: skip
FLOATS = {"FLOAT", "DOUBLE"}  # whole numbers in them are exact below 2**53, as pandas writes them
EXACT_IN_FLOAT = 2**53 - 1
LARGEST = LARGEST_CENTS - 1
MOST_DIGITS = len(str(LARGEST // 100))  # of dollars

# What stands for a required value that an 835 lacks.
ERA_GAPS = {
    Kind.TEXT: "''",
    Kind.MONEY: "0",
    Kind.INT: "0",
    Kind.DATE: "NULL",
}

# What a column of each kind must be, said to the person who has to mend it.
REMEDIES = {
    Kind.TEXT: "Write it as text: numbers lose their leading zeros.",
    Kind.MONEY: "Write dollars with at most two decimals and no separators, such as -1234.50; "
    "in Parquet decimal(p,2), or int64 under the name with _cents after it, never a float; "
    f"at most {LARGEST // 100:,}.{LARGEST % 100}.",
    Kind.DATE: f"Write it as YYYY-MM-DD, between {EARLIEST} and {LATEST}; a day without a time.",
    Kind.BOOL: "Write true or false.",
    Kind.INT: "Write a whole number from 0 to 2147483647.",
    Kind.QUANTITY: "Write a number.",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that no row may meet, with what is then said."""

    column: str
    condition: str
    problem: str
    remedy: str
    is_number: bool = False  # the value should be one, and is none
    is_of_form: bool = False  # no value of the file's column can be read


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """The SQL that makes a column's value, and what may be wrong with it."""

    stored: str
    value: str
    checks: tuple[Check, ...] = ()

    @property
    def selected(self) -> str:
        """The value under its stored name."""
        return f"{self.value} AS {identifier(self.stored)}"


def typed_columns(table: Table, source: Source) -> list[TypedColumn]:
    """Every column of `table` as `source` gives it; NULL where the source has none."""
    return [_typed(column, source) for column in table.columns]


def typed_relation(table: Table, sources: list[Source]) -> str:
    """One relation over all `sources` of `table`, with `form` and whether a row `is_bad`."""
    if not sources:
        nulls = ", ".join(
            f"NULL::{SQL_TYPES[column.kind]} AS {identifier(column.stored)}"
            for column in table.columns
        )
        return f"SELECT {nulls}, 0::TINYINT AS form, false AS is_bad WHERE false"
    return "\nUNION ALL\n".join(_typed_source(table, source) for source in sources)


def _typed_source(table: Table, source: Source) -> str:
    columns = typed_columns(table, source)
    checks = [check.condition for column in columns for check in column.checks]
    bad = " OR ".join(f"({condition})" for condition in checks) or "false"
    selected = ",\n  ".join(column.selected for column in columns)
    return (
        f"SELECT {selected},\n  {int(source.form)}::TINYINT AS form,\n"
        f"  coalesce({bad}, false) AS is_bad\nFROM {source.relation()}"
    )


def _typed(column: Column, source: Source) -> TypedColumn:
    name = column.name if column.name in source.columns else column.stored
    if name not in source.columns:
        return TypedColumn(column.stored, f"NULL::{SQL_TYPES[column.kind]}")
    raw = identifier(name)
    given = source.columns[name].upper()
    if source.form is Form.ERA:
        return TypedColumn(column.stored, _era_value(column, raw))
    if given.startswith("ENUM("):  # a dictionary of texts
        raw, given = f"{raw}::VARCHAR", "VARCHAR"
    value = _value(column, raw, given, in_cents=name != column.name)
    present = f"nullif({raw}, '')" if given == "VARCHAR" else raw
    checks = [
        Check(
            column.name,
            f"{present} IS NOT NULL AND {value} IS NULL",
            f"the value is no {column.kind.value}.",
            REMEDIES[column.kind],
            is_number=column.kind in {Kind.MONEY, Kind.INT},
            is_of_form=value == _null(column),
        )
    ]
    checks += _more_checks(column, present, value)
    if column.kind is Kind.TEXT and given == "VARCHAR":
        checks = checks[1:]
    if column.has_open_end:
        value = f"nullif({value}, DATE {literal(LATEST)})"
    return TypedColumn(column.stored, value, tuple(checks))


def _era_value(column: Column, raw: str) -> str:
    """What our own reader made of an 835; a claim is not dropped for what its payer left out."""
    value = f"{raw}::{SQL_TYPES[column.kind]}"
    if not column.required:
        return value
    return f"coalesce({value}, {ERA_GAPS[column.kind]})"


def _more_checks(column: Column, present: str, value: str) -> list[Check]:
    checks = []
    if column.required:
        checks.append(
            Check(column.name, f"{present} IS NULL", "the value is missing.", "Fill it in.")
        )
    if column.choices:
        listed = ", ".join(literal(choice) for choice in column.choices)
        checks.append(
            Check(
                column.name,
                f"{value} NOT IN ({listed})",
                "the value is none of those allowed.",
                f"Allowed are: {', '.join(column.choices)}.",
            )
        )
    if column.most is not None:
        checks.append(
            Check(
                column.name,
                f"{value} > {column.most}",
                "the number is too large.",
                f"Write at most {column.most}.",
            )
        )
    if column.positive:
        checks.append(
            Check(column.name, f"{value} < 0", "the amount is negative.", "Write it positive.")
        )
    return checks


def _value(column: Column, raw: str, given: str, *, in_cents: bool) -> str:
    """SQL for the typed value; NULL where the file's value cannot be one."""
    null = _null(column)
    match column.kind:
        case Kind.TEXT:
            return _text(raw, given) or null
        case Kind.QUANTITY:
            return f"nullif({raw}::VARCHAR, '')"
        case Kind.MONEY:
            return _cents(raw, given, in_cents=in_cents) or null
        case Kind.DATE:
            return _date(raw, given, has_open_end=column.has_open_end) or null
        case Kind.BOOL:
            return _bool(raw, given) or null
        case Kind.INT:
            return _int(raw, given) or null


def _null(column: Column) -> str:
    """What stands for a value that cannot be read, of whatever type the file's column is."""
    return f"NULL::{SQL_TYPES[column.kind]}"


def _text(raw: str, given: str) -> str | None:
    """Text; of other types those that have one way to be written down."""
    if given == "VARCHAR":
        return f"nullif({raw}, '')"
    if given in {"DATE", "UUID"}:
        return f"{raw}::VARCHAR"
    if given.startswith("TIMESTAMP"):
        return f"CASE WHEN {_is_midnight(raw)} THEN {raw}::DATE::VARCHAR END"
    return None


def _is_midnight(raw: str) -> str:
    """Whether a timestamp is a day and no more; one with a zone is looked at in UTC."""
    return f"date_trunc('day', {raw}) = {raw}"


def _whole(raw: str, given: str) -> str | None:
    """A whole number out of any type that holds it exactly; NULL where it is none."""
    if given in INTEGERS:
        return f"TRY_CAST({raw} AS BIGINT)"
    if given in FLOATS:
        is_exact = f"{raw} = trunc({raw}) AND abs({raw}) <= {EXACT_IN_FLOAT}"
        return f"CASE WHEN {is_exact} THEN TRY_CAST({raw} AS BIGINT) END"
    if given.startswith("DECIMAL("):
        return f"CASE WHEN {raw} = trunc({raw}) THEN TRY_CAST({raw} AS BIGINT) END"
    return None


def _cents(raw: str, given: str, *, in_cents: bool) -> str | None:
    """Whole cents; never out of dollars in a float."""
    if in_cents:
        value = _whole(raw, given)
        if value is None:
            return None
        return f"CASE WHEN {value} BETWEEN -{LARGEST} AND {LARGEST} THEN {value} END"
    decimal = f"DECIMAL({MOST_DIGITS + 2},2)"
    if given.startswith("DECIMAL("):
        value = f"TRY_CAST({raw} AS {decimal})"
        return f"CASE WHEN {value} = {raw} THEN CAST({value} * 100 AS BIGINT) END"
    if given != "VARCHAR":
        return None
    pattern = rf"-?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,2}})?"
    return (
        f"CASE WHEN regexp_full_match({raw}, {literal(pattern)}) "
        f"THEN CAST(CAST({raw} AS {decimal}) * 100 AS BIGINT) END"
    )


def _date(raw: str, given: str, *, has_open_end: bool) -> str | None:
    if given == "VARCHAR":
        value = (
            f"CASE WHEN length({raw}) = 10 AND substr({raw}, 5, 1) = '-' "
            f"AND substr({raw}, 8, 1) = '-' THEN TRY_CAST({raw} AS DATE) END"
        )
    elif given == "DATE":
        value = raw
    elif given.startswith("TIMESTAMP"):
        value = f"CASE WHEN {_is_midnight(raw)} THEN {raw}::DATE END"
    else:
        return None
    latest = f"DATE {literal(LATEST)}"
    if has_open_end:
        value = f"CASE WHEN {value} > {latest} THEN {latest} ELSE {value} END"
    return f"CASE WHEN {value} BETWEEN DATE {literal(EARLIEST)} AND {latest} THEN {value} END"


def _bool(raw: str, given: str) -> str | None:
    if given == "BOOLEAN":
        return raw
    if given != "VARCHAR":
        return None
    return f"CASE lower({raw}) WHEN 'true' THEN true WHEN 'false' THEN false END"


def _int(raw: str, given: str) -> str | None:
    if given != "VARCHAR":
        value = _whole(raw, given)
        return value and f"CASE WHEN {raw} >= 0 THEN TRY_CAST({value} AS INTEGER) END"
    return (
        f"CASE WHEN regexp_full_match({raw}, '[0-9]{{1,10}}') THEN TRY_CAST({raw} AS INTEGER) END"
    )

"""A SELECT that an analyst wrote, looked at before it is run: what it reads, and that it may.

What is allowed is listed; what is not listed is refused. So a new kind of table, function or
expression of the database stays out until somebody has looked at it.
"""

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from requite.engine.mapping.own_process import run_alone

PARSE_SECONDS = 20
PARSE_BYTES = 1 << 29  # of memory
LONGEST_SELECT = 50_000  # characters
MOST_TOLD = 80
DEEPEST = 2_000  # of the parsed statement: dicts and lists within each other
NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE"}
RELATIONS = {
    "BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST", "TABLE_FUNCTION",
}  # fmt: skip
MODIFIERS = {"ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER"}
EXPRESSIONS = {
    "COLUMN_REF", "CONSTANT", "FUNCTION", "OPERATOR", "COMPARISON", "CONJUNCTION", "CASE", "CAST",
    "BETWEEN", "SUBQUERY", "WINDOW", "STAR", "LAMBDA", "COLLATE", "POSITIONAL_REFERENCE", "TYPE",
}  # fmt: skip
CALLS = {"FUNCTION", "WINDOW"}
# Words that look like columns and are the clock, the user or the database.
NO_COLUMNS = {
    "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "user",
    "current_user", "session_user", "current_role", "current_catalog", "current_schema",
}  # fmt: skip
ONE_SELECT = ("it is not one SELECT.", "Write one SELECT, which may begin with WITH.")
OTHER_FORM = "Use joins, CASE, arithmetic, aggregates, windows and common table expressions."
ONLY_FILES = "Name a file of the extract, without its ending and without schema or path."


class RefusedSelect(Exception):
    """A SELECT is not run: what is wrong with it, and the remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT that may be run: the files that it names, and every name of a column in it."""

    text: str
    tables: frozenset[str]
    columns: frozenset[str]
    is_all: bool  # it takes all columns of something: `*`


@cache
def allowed_functions() -> frozenset[str]:
    """What a SELECT may call."""
    text = files("requite.engine.mapping").joinpath("functions.toml").read_text(encoding="utf-8")
    return frozenset(name for names in tomllib.loads(text).values() for name in names.split())


def look_at_select(text: str) -> Statement:
    """What a SELECT reads.

    Raises
    ------
    RefusedSelect
        Where it is no SELECT, more than one, or reaches for anything but the extract.
    """
    (found,) = look_at_all([text])
    if isinstance(found, RefusedSelect):
        raise found
    return found


def look_at_all(
    texts: Sequence[str], *, seconds: int = PARSE_SECONDS
) -> list[Statement | RefusedSelect]:
    """What each SELECT reads, or why it is not run; one may take `seconds` to be taken apart."""
    found: list[Statement | RefusedSelect] = []
    whole = _parsed([each[:LONGEST_SELECT] for each in texts], seconds)
    for text, parsed in zip(texts, whole, strict=True):
        try:
            found.append(_looked(text, parsed))
        except RefusedSelect as refused:
            found.append(refused)
    return found


def _parsed(texts: Sequence[str], seconds: int) -> list[str]:
    """Each text as JSON, by a process of its own: a parser that fails takes nothing with it."""
    found: list[str] = []
    while len(found) < len(texts):
        question = {
            "parse": texts[len(found) :], "memory_bytes": PARSE_BYTES, "disk_bytes": 0,
        }  # fmt: skip
        try:
            answers, _ = run_alone(question, seconds)
        except OSError:  # the machine has no process left to give
            answers = []
        found += [each.get("parsed", "{}") for each in answers]
        if len(found) < len(texts):  # the one at which it ended
            found.append("{}")
    return found


def _looked(text: str, parsed: str) -> Statement:
    if len(text) > LONGEST_SELECT:
        raise RefusedSelect(f"it is longer than {LONGEST_SELECT:,} characters.", "Shorten it.")
    tables, columns = set[str](), set[str]()
    is_all = False
    for part, shared in _parts(_node(parsed)):
        _judge(part)
        if part.get("type") == "BASE_TABLE" and part["table_name"].lower() not in shared:
            tables.add(part["table_name"])
        if part.get("class") == "COLUMN_REF":
            columns.add(part["column_names"][-1])
        if part.get("type") == "JOIN":
            columns.update(part.get("using_columns", ()))
        is_all = is_all or part.get("class") == "STAR"
    return Statement(text, frozenset(tables), frozenset(columns), is_all)


def _node(parsed: str) -> dict[str, Any]:
    """The one statement that a text is."""
    try:
        found = json.loads(parsed)
    except RecursionError:
        found = {}
    if not found:
        raise RefusedSelect("it cannot be read: it may nest too deep.", ONE_SELECT[1])
    if found.get("error_type") == "parser":
        raise RefusedSelect(f"{told(found['error_message'])}.", "Correct the SELECT.")
    statements = found.get("statements", [])
    if found.get("error") or len(statements) != 1:
        raise RefusedSelect(*ONE_SELECT)
    if statements[0].get("named_param_map"):
        raise RefusedSelect("it holds a parameter.", "Write the value itself.")
    node: dict[str, Any] = statements[0]["node"]
    return node


def told(message: str) -> str:
    """The first line of what the database says, without what stands behind it."""
    line = message.strip().split("\n", 1)[0]
    return line.removesuffix("!").removesuffix(".")[:300]


def _parts(whole: Any) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:  # noqa: ANN401
    """Every dict of a parsed statement, with the common tables that can be seen from there.

    A name in `WITH` is one within its own statement alone, and for those that stand behind it:
    anywhere else the database takes it for a table, or a view of its own.
    """
    pending: list[tuple[Any, int, frozenset[str]]] = [(whole, 0, frozenset())]
    while pending:
        part, depth, seen = pending.pop()
        if depth > DEEPEST:
            raise RefusedSelect("it nests too deep.", "Write it flatter.")
        if isinstance(part, dict):
            for entry in (part.get("cte_map") or {}).get("map", ()):
                pending.append((entry["value"]["query_node"], depth + 1, seen))
                seen |= {entry["key"].lower()}
            yield part, seen
            pending += [(each, depth + 1, seen) for key, each in part.items() if key != "cte_map"]
        elif isinstance(part, list):
            pending += [(each, depth + 1, seen) for each in part]


def _judge(part: dict[str, Any]) -> None:
    """Refuse a part of a statement that is not among what is allowed."""
    if "class" in part:
        _judge_expression(part)
    elif "sample" in part and "from_table" not in part:
        _judge_relation(part)
    elif "from_table" in part or "setop_type" in part or _ends(part, "_NODE"):
        _judge_among(part, NODES)
        _refuse_sample(part)
    elif _ends(part, "_MODIFIER"):
        _judge_among(part, MODIFIERS)


def _ends(part: dict[str, Any], ending: str) -> bool:
    return str(part.get("type", "")).endswith(ending)


def _judge_expression(part: dict[str, Any]) -> None:
    kind = part["class"]
    if kind not in EXPRESSIONS:
        raise RefusedSelect(f"it holds what is not taken: {str(kind).lower()}.", OTHER_FORM)
    if kind in CALLS:
        _judge_call(part)
    names = part["column_names"] if kind == "COLUMN_REF" else []
    if len(names) == 1 and names[0].lower() in NO_COLUMNS:  # b.user is a column of b
        name = names[0]
        raise RefusedSelect(f"{name} is no column of the extract.", "Leave it out.")


def _judge_among(part: dict[str, Any], known: set[str]) -> None:
    kind = str(part.get("type"))
    if kind not in known:
        word = "a recursion" if "RECURSIVE" in kind else kind.lower().replace("_", " ")
        raise RefusedSelect(f"it holds what is not taken: {word}.", OTHER_FORM)


def _refuse_sample(part: dict[str, Any]) -> None:
    if part.get("sample") is not None:
        raise RefusedSelect("it takes a sample.", "Take all rows, so that none is lost.")


def _judge_relation(part: dict[str, Any]) -> None:
    """Refuse what rows come from, unless it is a file of the extract or made of such."""
    _judge_among(part, RELATIONS)
    _refuse_sample(part)
    if part["type"] == "BASE_TABLE" and len(part["qualified_name"]["path"]) != 1:
        name = ".".join(part["qualified_name"]["path"])[:MOST_TOLD]
        raise RefusedSelect(f"it reads {name}.", ONLY_FILES)
    if part["type"] == "TABLE_FUNCTION" and part["function"].get("function_name") != "unnest":
        name = str(part["function"].get("function_name"))[:MOST_TOLD]
        raise RefusedSelect(f"it reads {name}(), which is no file of the extract.", ONLY_FILES)


def _judge_call(part: dict[str, Any]) -> None:
    """Refuse a function that is not among those allowed."""
    name = str(part["function_name"])
    if len(part["qualified_name"]["path"]) != 1 or name.lower() not in allowed_functions():
        raise RefusedSelect(
            f"it calls {name[:MOST_TOLD]}(), which a mapping may not.",
            "docs/mapping.md lists what it may call.",
        )

"""From the rule files to rules: every key known, every value of its kind, or a clear refusal.

A file holds what all versions of a rule share, and a `[[versions]]` table for each; a version's
own key wins. An absent key is an absent value: TOML has no null.
"""

import tomllib
from collections.abc import Hashable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from requite.domain.errors import RequiteError
from requite.domain.regulations.rule import Confidence, Rule, Use

REFERENCE = "reference"
DATED = frozenset({Use.RETURN, Use.LETTER, Use.APPEAL})
T = TypeVar("T")


class UnreadableRule(RequiteError):
    """A rule file does not say what a rule must say."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(
            f"Rule file {file}, key {key}: {problem}.",
            remedy="Correct the file; docs/rules.md lists the keys of a rule.",
        )
        self.file = file
        self.key = key


@cache
def _hints(kind: Hashable) -> dict[str, object]:
    return get_type_hints(kind)


def _plain(kind: object) -> object:
    """The type that a value must have, where the field may also be absent."""
    if get_origin(kind) is UnionType:
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def _value(hint: object, value: object, file: str, key: str) -> object:
    kind = _plain(hint)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise UnreadableRule(file, key, "a list is expected")
        return tuple(_value(get_args(kind)[0], item, file, key) for item in value)
    if not isinstance(kind, type):
        raise TypeError(f"A rule's field cannot be a {kind!r}.")
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise UnreadableRule(file, key, "a table is expected")
        return build(kind, value, file, key + ".")
    return _scalar(kind, value, file, key)


def _scalar(kind: type, value: object, file: str, key: str) -> object:
    if issubclass(kind, StrEnum):
        if isinstance(value, str) and value in frozenset(kind):
            return kind(value)
        raise UnreadableRule(file, key, f"{value!r} is none of {', '.join(kind)}")
    if type(value) is not kind:  # a boolean is no number here, nor a time a date
        raise UnreadableRule(file, key, f"{value!r} is not of the kind {kind.__name__}")
    return value


def build(kind: type[T], table: dict[str, object], file: str, prefix: str = "") -> T:
    """A `kind` from a TOML table; `prefix` leads the keys in messages.

    Raises
    ------
    UnreadableRule
        Where a key is unknown or missing, or a value is not of its kind.
    """
    hints: dict[str, object] = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    for key in table:
        if key not in hints:
            raise UnreadableRule(file, prefix + key, "a rule has no such key")
    for field in fields(kind):  # type: ignore[arg-type]
        if field.default is MISSING and field.name not in table:
            raise UnreadableRule(file, prefix + field.name, "it is missing")
    values = {key: _value(hints[key], value, file, prefix + key) for key, value in table.items()}
    return kind(**values)


def _check(rule: Rule, file: str) -> None:
    if rule.enabled and rule.confidence is Confidence.RECALLED:
        raise UnreadableRule(file, "enabled", f"{rule.id} is recalled, so it ships switched off")
    if rule.use in DATED and rule.duration is None:
        raise UnreadableRule(file, "duration", f"{rule.id} sets a date, so it needs one")
    if rule.use is Use.RETURN and rule.binds != "provider":
        raise UnreadableRule(file, "binds", f"{rule.id} sets a provider's date but binds another")


def read_rules(text: str, file: str) -> tuple[Rule, ...]:
    """The versions of one rule, from the text of its file.

    Raises
    ------
    UnreadableRule
        Where the text is no TOML, or not a rule; it names the file and the key.
    """
    try:
        shared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableRule(file, "(none)", f"the file is not TOML ({error})") from None
    versions = shared.pop("versions", None)
    if not isinstance(versions, list) or not versions:
        raise UnreadableRule(file, "versions", "at least one [[versions]] table is expected")
    rules = tuple(build(Rule, {**shared, **version}, file) for version in versions)
    for rule in rules:
        _check(rule, file)
    return rules


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield entry


def gather(home: Traversable) -> tuple[Rule, ...]:
    """The rules of every folder in `home` but the reference facts, by folder and file.

    Raises
    ------
    UnreadableRule
        Where a file is not a rule, or two rules bear one id.
    """
    found: dict[str, Rule] = {}
    folders = (entry for entry in home.iterdir() if entry.is_dir() and entry.name != REFERENCE)
    for folder in sorted(folders, key=lambda entry: entry.name):
        for entry in _toml_files(folder):
            name = f"{folder.name}/{entry.name}"
            for rule in read_rules(entry.read_text(encoding="utf-8"), name):
                if rule.id in found:
                    raise UnreadableRule(name, "id", f"{rule.id} is taken by another rule")
                found[rule.id] = rule
    return tuple(found.values())


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule shipped with Requite, acting or not."""
    return gather(files("requite.domain.regulations"))


@cache
def reference(name: str) -> dict[str, Any]:
    """Facts that are no rules, by file: cms_838, hipaa_security, meta, naupa_ii, x12_835.

    Raises
    ------
    UnreadableRule
        Where there is no such file.
    """
    entry = files("requite.domain.regulations") / REFERENCE / f"{name}.toml"
    if not entry.is_file():
        raise UnreadableRule(f"{REFERENCE}/{name}.toml", "(none)", "there is no such file")
    return tomllib.loads(entry.read_text(encoding="utf-8"))

"""The house rules that a machine can check: sizes, places, words, and docs that keep up."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from requite.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "requite"
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "managers", "misc"}

# What is installed under another name than it is imported by; what Django loads by its own names.
DISTRIBUTION = {
    "tomli_w": "tomli-w",
    "allauth": "django-allauth", "argon2": "argon2-cffi",
    "django_htmx": "django-htmx", "ninja": "django-ninja", "python_calamine": "python-calamine",
}  # fmt: skip
BY_NAME = {"argon2", "psycopg"}

# The brackets keep these patterns from finding themselves.
FOREIGN_WORDS = re.compile(
    r"/wor[k]/|/hom[e]/|/roo[t]/|/User[s]/|/far[m]/|\.librar[y]\b|\bsteerin[g]\b|\bclaud[e]\b"
    r"|language mode[l]|py[p]i\.org|python[h]osted|npm[j]s|deb\.deb[i]an",
    re.IGNORECASE,
)
UNFINISHED = re.compile(
    r"\b(TOD[O]|FIXM[E]|XX[X]|for no[w]|placeholde[r]|NotImplementedErro[r]|not implemente[d])\b"
)

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[AnyFunction]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, AnyFunction):
            yield node


def lines_of(function: AnyFunction) -> int:
    """Lines from `def` to the end, less the docstring: prose is not what makes a function long."""
    assert function.end_lineno is not None
    first = function.body[0]
    docstring = 0
    if ast.get_docstring(function) is not None:
        assert first.end_lineno is not None
        docstring = first.end_lineno - first.lineno + 1
    return function.end_lineno - function.lineno + 1 - docstring


def imports_of(path: Path) -> set[str]:
    """Top-level names of the modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def markdown() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))


def test_no_file_outgrows_its_limit() -> None:
    made = python_files("src", "tests", "tools", "bench")
    files = [*made, *SOURCE.rglob("*.sql"), *SOURCE.rglob("*.html")]
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_outgrows_its_limit() -> None:
    long = {
        f"{name_of(path)}:{function.name}": lines_of(function)
        for path in python_files("src", "tests", "tools", "bench")
        for function in functions(path)
        if lines_of(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_is_named_for_what_it_knows() -> None:
    names = {name_of(path): {path.stem, path.parent.name} for path in python_files("src", "tests")}
    assert [name for name, parts in names.items() if parts & VAGUE_NAMES] == []


def test_the_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    allowed = sys.stdlib_module_names | {"requite"}
    files = python_files("src/requite/domain")
    foreign = {name_of(path): imports_of(path) - allowed for path in files}
    assert {name: modules for name, modules in foreign.items() if modules} == {}


def test_requirements_are_what_the_package_imports() -> None:
    imported = set().union(*(imports_of(path) for path in python_files("src")))
    settings = (SOURCE / "web" / "settings.py").read_text("utf-8")
    named = set(re.findall(r'"(django_htmx|whitenoise)\b', settings)) | BY_NAME
    wanted = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    lines = [line.strip() for line in wanted if line.strip() and not line.startswith("#")]
    listed = {re.split(r"[<>=\[]", line)[0] for line in lines}
    foreign = (imported | named) - sys.stdlib_module_names - {"requite"}
    assert {DISTRIBUTION.get(name, name) for name in foreign} == listed


def test_every_requirement_is_pinned_with_hashes() -> None:
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text("utf-8")
        named = re.findall(r"^[a-z0-9].*$", text, re.MULTILINE)
        pinned = re.findall(r"^[a-z0-9._-]+==.+\\\n {4}--hash=sha256:", text, re.MULTILINE)
        assert len(named) == len(pinned) > 0, name_of(path)


def test_the_project_speaks_of_itself_alone() -> None:
    found = {}
    for path in tracked_files():
        if path.parent.name == "vendor":  # other people's words, as they gave them
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        if match := FOREIGN_WORDS.search(text):
            found[name_of(path)] = match[0]
    assert found == {}


def test_nothing_is_left_unfinished() -> None:
    files = [*python_files("src", "tests", "tools", "bench"), *SOURCE.rglob("*.sql")]
    found = {name_of(path): UNFINISHED.search(path.read_text("utf-8")) for path in files}
    assert {name: match[0] for name, match in found.items() if match} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_docs_show_each_command(command: str) -> None:
    assert f"requite {command}" in markdown()


def test_links_between_docs_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{name_of(page)} -> {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_says_why_and_how_to_leave_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Choice", "Consequences", "How we would leave it"], page.name


def test_the_readme_shows_the_two_commands_to_begin_with() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme

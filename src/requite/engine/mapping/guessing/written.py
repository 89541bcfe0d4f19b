"""A draft as TOML, with a remark at whatever a person should look at."""

import tomli_w

from requite.engine.mapping.guessing.answers import SAID, Answers
from requite.engine.mapping.guessing.draft import Draft


def written(draft: Draft) -> str:
    """The draft as text; lines that begin with CHOOSE are open, and nothing is imported by them."""
    head: dict[str, object] = {"name": draft.name, "dates": draft.dates}
    lines = [f"# {remark}" for remark in _summary(draft)]
    if draft.answers != Answers():
        lines.append(f"{SAID}{draft.answers.model_dump_json(exclude_defaults=True)}")
    if draft.files:
        head |= {"files": draft.files}
    lines.append(tomli_w.dumps(head))
    for made in draft.made:
        lines += [f"# {remark}" for remark in made.remarks]
        lines.append(tomli_w.dumps({"tables": [made.part]}, multiline_strings=True))
    if draft.checks:
        lines.append(tomli_w.dumps({"checks": draft.checks}, multiline_strings=True))
    return "\n".join(lines)


def _summary(draft: Draft) -> list[str]:
    told = list(draft.remarks)
    told += [
        f"CHOOSE, {each.file}: {each.words}" if each.file else f"CHOOSE: {each.words}"
        for each in draft.questions
    ]
    for reading in draft.readings:
        if reading.totals:
            told.append(f"{reading.name}: {reading.totals:,} rows are totals or blank: left out.")
    return told

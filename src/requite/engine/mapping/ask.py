"""The SELECTs of a mapping, answered by a process that can do no harm: `asked.py`."""

import signal
from dataclasses import dataclass
from pathlib import Path

from requite.engine.database import identifier
from requite.engine.mapping.own_process import run_alone
from requite.engine.mapping.statement import RefusedSelect, told

MEMORY_BYTES = 1 << 30
MOST_SECONDS = 3_600  # ten million rows of a ledger need about a third of it
LEAST_DISK_BYTES = 1 << 30
GROWTH = 20  # times the extract that an answer may take on the disk
# What the database says of a SELECT itself; what it says of values may hold a patient's name.
OF_THE_TEXT = {"BinderException", "CatalogException", "ParserException", "SyntaxException"}
NO_AMOUNT, NO_DAY = "a text is no amount", "a text is no day"  # of dollars() and day_of()
OF_VALUES = {
    "ConversionException": (
        "a CAST met a value that it cannot turn.",
        "Use dollars() and day_of() for amounts and days, TRY_CAST where a value may be none.",
    ),
    "OutOfRangeException": ("a number is too large.", "Sum DECIMAL amounts, as dollars() gives."),
}
TOO_LARGE = {"OutOfMemoryException", "MemoryError", "IOException", "OSError"}
TOO_MUCH = (
    "it needs more memory or disk than it may take.",
    "Join on columns that tell rows apart, and leave out what is not needed.",
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A SELECT that was looked at, and the table that is to hold its answer."""

    name: str
    select: str


class NotAnswered(Exception):
    """A SELECT has no answer: which one it is, and why."""

    def __init__(self, place: int, why: RefusedSelect) -> None:
        super().__init__(why.problem)
        self.place, self.why = place, why


def ask(database: Path, asks: list[Ask], *, spill: Path, seconds: int = MOST_SECONDS) -> None:
    """Make the tables of some SELECTs within a database that nobody else has open.

    Parameters
    ----------
    database : Path
        The file of the database; it holds what the SELECTs name, and nothing else.
    asks : list of Ask
        The SELECTs, each of which `look_at_select` has let pass.
    spill : Path
        A folder for what does not fit into memory.
    seconds : int
        How long all of them may take together.

    Raises
    ------
    NotAnswered
        Naming the first that could not be answered, by its place.
    """
    size = max(LEAST_DISK_BYTES, GROWTH * database.stat().st_size)
    question: dict[str, object] = {
        "database": str(database), "spill": str(spill),
        "memory_bytes": MEMORY_BYTES, "disk_bytes": size,
        "selects": [(identifier(each.name), each.select) for each in asks],
    }  # fmt: skip
    answers, status = run_alone(question, seconds)
    if answers and answers[-1]:
        last = answers[-1]
        raise NotAnswered(len(answers) - 1, _why(last["kind"], last["message"]))
    if status is None or -status in {signal.SIGXCPU, signal.SIGKILL}:
        raise NotAnswered(len(answers), _too_long(seconds))
    if status:
        raise NotAnswered(len(answers), RefusedSelect(*TOO_MUCH))


def _too_long(seconds: int) -> RefusedSelect:
    return RefusedSelect(
        f"it takes longer than {seconds:,} seconds.",
        "Join on columns that tell rows apart; a join without a condition grows without end.",
    )


def _why(kind: str, message: str) -> RefusedSelect:
    """What is told of an error of the database: never a value of the extract."""
    if kind in OF_THE_TEXT:
        plain = told(message.partition(": ")[2] or message)
        return RefusedSelect(f"{plain}.", "Correct the SELECT.")
    if kind in TOO_LARGE:
        return RefusedSelect(*TOO_MUCH)
    for wrong in (NO_AMOUNT, NO_DAY):
        if wrong in message:
            remedy = "Look at the column that is given to dollars() or day_of()."
            return RefusedSelect(f"{wrong}.", remedy)
    return RefusedSelect(*OF_VALUES.get(kind, (f"the database ends it ({kind}).", "Correct it.")))

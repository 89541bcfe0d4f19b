"""Tables as text that a spreadsheet shows and never runs: one rule for every file that we write.

A spreadsheet takes a cell that begins with one of a few signs for a formula, whoever wrote it: an
account's number, a patient's name, a sentence. In CSV such a text gets an apostrophe in front,
which spreadsheets show or hide and never run; in an Excel file, where a cell says itself that it
holds text, it stays as it is and is marked as text. Numbers stay as they are, negative ones too.

A program gets the text back by taking away one apostrophe where one of the signs follows it or
them: no two texts become one.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Both are read by Python and by DuckDB alike. The last four signs are = + - @ as Asian keyboards
# write them; some spreadsheets take them for the others. A text that looks as if it had been made
# harmless already gets one apostrophe more, so that each can be told from the other.
RUNS = r"'*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
NUMBER = r"[+\-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_RUNS = re.compile(re.sub(r"\\x\{(....)\}", r"\\u\1", RUNS))
_NUMBER = re.compile(NUMBER)


# How a cell of an Excel file says that it holds text: shown as it is, and never run when edited.
QUOTED = {"quote_prefix": True}


def runs(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return _RUNS.match(text) is not None and _NUMBER.fullmatch(text) is None


def harmless(text: str) -> str:
    """Text for a file of plain text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("A-17"), harmless("-12.00"), harmless("-12.00*9")
    ("'=1+1", 'A-17', '-12.00', "'-12.00*9")
    """
    return f"'{text}" if runs(text) else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]], *, ends: str = "\n") -> str:
    r"""A table as CSV; nothing in it runs, and what is None is empty.

    >>> csv_text(["account", "amount"], [["@A1", "-2.50"], [None, 7]])
    "account,amount\n'@A1,-2.50\n,7\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=ends)
    writer.writerow(head)
    writer.writerows(["" if cell is None else harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()

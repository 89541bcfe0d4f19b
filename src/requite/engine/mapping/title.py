"""Files of text made plain: in UTF-8, with their column names in the first line.

Reports put a title above these; spreadsheets on Windows write an encoding of their own.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from requite.engine.within import opened

MOST_LINES: Final = 30  # of a title
LOOKED_AT: Final = 60
CHUNK: Final = 1 << 20
LONGEST: Final = 100_000  # signs of a line
DELIMITERS: Final = (",", "\t", "|", ";")
BARE: Final = {"number", "no", "no.", "#", "id", "name", "date", "amount"}  # say nothing alone
LEAST_COLUMNS: Final = 4  # a table of fewer has no title that can be told from it


def lines_above(rows: list[list[str]]) -> int:
    """How many rows stand above the column names: they fill far fewer cells than the table does.

    >>> lines_above([["Aging"], [], ["A", "B", "C", "D"], ["1", "2", "3", "4"]])
    2
    >>> lines_above([["A", "B", "C", "D"], ["1", "", "", ""]])
    0
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    widest = max(filled, default=0)
    if widest < LEAST_COLUMNS:
        return 0
    first = next(place for place, count in enumerate(filled) if count >= 0.6 * widest)
    return first if first <= MOST_LINES else 0


def joined(upper: list[str], header: list[str]) -> list[str]:
    """The column names of a header of two rows: what comes again is told apart by the row above.

    >>> joined(["Account", "Charge", "", "Payment"], ["Number", "Date", "Amount", "Amount"])
    ['Account Number', 'Charge Date', 'Charge Amount', 'Payment Amount']
    >>> joined(["Ledger of 2026", "", ""], ["Account", "Amount", "Amount"])
    ['Account', 'Amount', 'Amount']
    """
    small = [name.strip().lower() for name in header]
    if len(set(small)) == len(small) or sum(bool(cell.strip()) for cell in upper) < 2:
        return header
    made, group = [], ""
    for place, name in enumerate(header):
        group = (upper[place].strip() if place < len(upper) else "") or group
        bare = small[place] in BARE or small.count(small[place]) > 1
        made.append(f"{group} {name.strip()}" if bare and group and name.strip() else name)
    return made


def below_title(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The rows of a sheet from its column names on."""
    whole = iter(rows)
    head = list(islice(whole, LOOKED_AT))
    texts = [[str(cell) for cell in row] for row in head]
    above = lines_above(texts)
    if above:
        head[above] = joined(texts[above - 1], texts[above])
    return chain(head[above:], whole)


def cut_title(path: Path, delimiter: str) -> int:
    """Cut the lines above the column names off a file of text; how many they were.

    A file that is no text is left as it is: whoever reads it says what is wrong with it.
    """
    try:
        with opened(path) as file:
            text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
            lines = list(islice(iter(lambda: text.readline(LONGEST), ""), LOOKED_AT))
            rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
    except (UnicodeDecodeError, csv.Error):
        return 0
    above = lines_above(rows)
    if above:
        header = joined(rows[above - 1], rows[above])
        _rewrite(path, above, delimiter, header if header != rows[above] else None)
    return above


def bring_into_utf8(path: Path) -> str:
    """Write a file of text anew that is not in UTF-8; the encoding it was in, empty where it was.

    A file that is no text of these encodings is left as it is.
    """
    for encoding in _encodings(path):
        if not _is_in(path, encoding):
            continue
        if encoding == "utf-8":
            return ""
        part = path.with_name(f"{path.name}.part")
        with opened(path) as file, part.open("x", encoding="utf-8", newline="") as made:
            text = TextIOWrapper(file, encoding=encoding, newline="")
            while piece := text.read(CHUNK):
                made.write(piece)
        part.replace(path)
        return encoding
    return ""


def _encodings(path: Path) -> tuple[str, ...]:
    with opened(path) as file:
        head = file.read(2)
    return ("utf-16",) if head in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8", "cp1252")


def _is_in(path: Path, encoding: str) -> bool:
    try:
        with opened(path) as file:
            text = TextIOWrapper(file, encoding=encoding, newline="")
            while piece := text.read(CHUNK):
                if "\0" in piece:
                    return False  # no text, whatever its bytes are
    except UnicodeError:
        return False
    return True


def delimiter_of(path: Path) -> str:
    """What stands between the values of a file of text: the sign that its first lines have most."""
    with opened(path) as file:
        head = b"".join(file.readline(LONGEST) for _ in range(LOOKED_AT))
    return max(DELIMITERS, key=lambda each: head.count(each.encode()))


def _rewrite(path: Path, above: int, delimiter: str, header: list[str] | None) -> None:
    """Leave out the lines above the column names, and write these anew where they are joined."""
    part = path.with_name(f"{path.name}.part")
    with opened(path) as file, part.open("xb") as made:
        for _ in range(above):
            file.readline()
        if header is not None:
            end = "\r\n" if file.readline().endswith(b"\r\n") else "\n"
            text = StringIO()
            csv.writer(text, delimiter=delimiter, lineterminator=end).writerow(header)
            made.write(text.getvalue().encode("utf-8"))
        while piece := file.read(CHUNK):
            made.write(piece)
    part.replace(path)

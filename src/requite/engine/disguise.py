"""What a file is that calls itself text: a PDF, a workbook or a remittance under another name."""

from typing import Final

LONGEST_SIGN: Final = 4  # bytes at the start of a file that are looked at
# How files of other kinds begin: what they are, and what to do.
BEGINNINGS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"%PDF", "this is a PDF, not CSV.",
     "Export the table as CSV or Excel: a PDF is only a picture of it."),
    (b"PK\x03\x04", "this is an Excel or ZIP file, not CSV.",
     "Name it .xlsx where it is a workbook, or unpack it."),
    (b"\xd0\xcf\x11\xe0", "this is a workbook of an old Excel (.xls), not CSV.",
     "Open it and save it as .xlsx or CSV."),
    (b"ISA*", "this is an 835 (or another X12 file), not CSV.",
     "It goes with the ledger's CSV or Excel files, into the folder remits beside them."),
)  # fmt: skip


def unmasked(head: bytes) -> tuple[str, str] | None:
    """What is wrong with a file of text that begins so, and the remedy; None where it may be text.

    >>> unmasked(b"%PDF-1.7")[0], unmasked(b"Account,Amount")
    ('this is a PDF, not CSV.', None)
    """
    for sign, problem, remedy in BEGINNINGS:
        if head.startswith(sign):
            return problem, remedy
    return None

"""Any table as a file to keep: CSV or Excel."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse

from requite.web.cases.export import csv_rows, excel_file


def table_file(
    form: str, head: Sequence[str], rows: Iterable[Sequence[object]], name: str,
    *, money: Sequence[int] = (),
) -> HttpResponse:  # fmt: skip
    """Rows as `csv` or `xlsx`; nothing in them runs in a spreadsheet. Any other form is not here.

    Parameters
    ----------
    form : str
        The ending of the file.
    head : sequence of str
        Names of the columns.
    rows : iterable of sequences
        What stands in them; amounts as plain numbers of dollars.
    name : str
        Of the file, without its ending.
    money : sequence of int, optional
        Places of the columns that hold amounts.
    """
    told = (
        [str(value) if place in money else _text(value) for place, value in enumerate(row)]
        for row in rows
    )
    if form == "csv":
        return csv_rows(head, told, name)
    if form == "xlsx":
        return excel_file(head, told, name, money=money)
    raise Http404


def _text(value: object) -> str:
    return "" if value is None else str(value)

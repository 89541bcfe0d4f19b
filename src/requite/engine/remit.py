"""All 835s of a feed at once: files in parallel processes, records into Parquet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from requite.engine.child import children
from requite.engine.folder import NOT_OPENED, files_below
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.remit_repeats import Repeats, Seen, digests, find_repeats, part_of, rewrite
from requite.engine.source import TABLE_SUFFIXES
from requite.engine.within import opened
from requite.formats.x12 import problem as era
from requite.formats.x12.remittance import Counts, Reading
from requite.formats.x12.tables import SCHEMAS, Tables

# Files are read in bundles of about this size, whatever the number of processes: many small files
# make few Parquet files, and the work still spreads over processors.
BUNDLE_BYTES = 32 << 20
# Rows of one table that are kept until they are written together.
ROWS_TOGETHER = 50_000

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RemitReport:
    """What was read, and what became of it.

    `counts` is what the files hold, repeated remittances included; `rows` are those written, by
    table; problems are in the order of the files.
    """

    files: int
    counts: Counts
    rows: dict[str, int]
    repeated: int
    conflicting: int
    problems: list[era.Problem]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some files that one process reads one after another."""

    number: int
    folder: Path
    files: tuple[str, ...]


@dataclass(slots=True)
class BundleReport:
    """What a bundle held."""

    counts: Counts = field(default_factory=Counts)
    problems: list[era.Problem] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


def read_remittances(folder: Path, out: Path, *, processes: int, held: int = 0) -> RemitReport:
    """Read every 835 below a folder, and write the five tables of remittances below another.

    Parameters
    ----------
    folder : Path
        The feed's `remits/`. Files `.parquet` and `.csv` there are no 835s; hidden ones are left.
    out : Path
        Where each table gets a folder of Parquet files; made if it is not there.
    processes : int
        How many processes read at the same time. The result is the same for any number.
    held : int
        How many bundles of remittances read before lie in `out` already. What the files hold of
        them is a repetition.

    Returns
    -------
    RemitReport
        Counts, sums in cents, and every problem with its place. No file is refused: what can be
        read of it is read. A remittance given twice is kept once, from the first file by name.
    """
    bundles = list(_bundles(folder, held))
    for name in Tables._fields:
        (out / name).mkdir(parents=True, exist_ok=True)
    try:
        reports = _each(partial(_read_bundle, out=out), bundles, processes)
    except FileNotFoundError as error:
        gone = Path(error.filename).relative_to(folder.parent).as_posix()
        raise RefusedFeed([Problem(gone, None, None, *NOT_OPENED)]) from None
    repeats = find_repeats(
        [*(_seen(out, number) for number in range(held)), *(report.seen for report in reports)],
        lambda wanted: _each(partial(digests, out), wanted, processes),
    )
    _each(partial(rewrite, out), sorted(repeats.renamed.items()), processes)
    return _report(out, bundles, reports, repeats)


def _seen(out: Path, number: int) -> list[Seen]:
    """The remittances of a bundle that was read before."""
    held = pq.read_table(part_of(out, "remits", number), columns=list(Seen._fields))
    return [Seen(**row) for row in held.to_pylist()]


def _bundles(folder: Path, number: int) -> Iterator[Bundle]:
    """The files in the order of their names, in bundles that depend on nothing else."""
    paths = sorted(
        (path.relative_to(folder).as_posix(), path.lstat().st_size)
        for path in files_below(folder, folder.name)
        if path.suffix not in TABLE_SUFFIXES and not path.name.startswith(".")
    )
    files, size = list[str](), 0
    for name, bytes_ in paths:
        if files and size + bytes_ > BUNDLE_BYTES:
            yield Bundle(number, folder, tuple(files))
            number, files, size = number + 1, [], 0
        files.append(name)
        size += bytes_
    if files:
        yield Bundle(number, folder, tuple(files))


def _each(
    function: Callable[[Item], Result], items: Iterable[Item], processes: int
) -> list[Result]:
    """The results of `function` in the order of the items."""
    items = list(items)
    if processes <= 1 or len(items) <= 1:
        return [function(item) for item in items]
    with children(min(processes, len(items))) as pool:
        return list(pool.map(function, items))


def _read_bundle(bundle: Bundle, out: Path) -> BundleReport:
    """Read the files of a bundle and write what they hold."""
    report = BundleReport()
    given: Counter[str] = Counter()
    with ExitStack() as stack:
        writers = Tables(*(
            stack.enter_context(_Writer(part_of(out, name, bundle.number), schema))
            for name, schema in zip(Tables._fields, SCHEMAS, strict=True)
        ))  # fmt: skip
        for name in bundle.files:
            reading = Reading(name, given)
            with opened(bundle.folder / name) as stream:
                for tables in reading.tables(stream):
                    for writer, table in zip(writers, tables, strict=True):
                        writer.take(table)
                    report.seen += (
                        Seen(remit_id, name) for remit_id in tables.remits["remit_id"].to_pylist()
                    )
            report.counts.add(reading.counts)
            report.problems += reading.problems.all()
    return report


class _Writer(pq.ParquetWriter):  # type: ignore[misc]  # pyarrow has no types
    """A Parquet file that many small tables go into, in row groups of a decent size."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        super().__init__(path, schema, compression="lz4")
        self.waiting: list[pa.Table] = []
        self.rows = 0

    def take(self, table: pa.Table) -> None:
        """Write these rows, now or with later ones."""
        if len(table):
            self.waiting.append(table)
            self.rows += len(table)
        if self.rows >= ROWS_TOGETHER:
            self._write_waiting()

    def close(self) -> None:
        """Write what waits, and end the file."""
        self._write_waiting()
        super().close()

    def _write_waiting(self) -> None:
        if self.waiting:
            self.write_table(pa.concat_tables(self.waiting), row_group_size=self.rows)
            self.waiting, self.rows = [], 0


def _report(
    out: Path, bundles: list[Bundle], reports: list[BundleReport], repeats: Repeats
) -> RemitReport:
    """Put together what the bundles and the search for repeats say."""
    counts = Counts()
    for report in reports:
        counts.add(report.counts)
    paths = {
        name: [part_of(out, name, bundle.number) for bundle in bundles] for name in Tables._fields
    }
    problems = [problem for report in reports for problem in report.problems] + repeats.problems
    return RemitReport(
        files=sum(len(bundle.files) for bundle in bundles),
        counts=counts,
        rows={name: sum(pq.read_metadata(path).num_rows for path in parts)
              for name, parts in paths.items()},
        repeated=repeats.repeated,
        conflicting=repeats.conflicting,
        problems=sorted(problems, key=lambda problem: problem.source_file),
    )  # fmt: skip

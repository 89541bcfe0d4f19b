"""The same remittance in two files counts once; two that only share their number are told apart.

The reader numbers a remittance by payer, trace number, date and amount. Where a number occurs again
the records themselves are compared, as they stand in the Parquet files of the bundles.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from requite.formats.x12.problem import Kind, Problem

TABLES = ("remits", "remit_claims", "remit_lines", "remit_adjustments", "provider_adjustments")
# What says nothing of a remittance's content: numbers of our own, and where it was found.
NO_CONTENT = {"remit_id", "remit_claim_id", "source_file", "account_id", "payer_id"}
BATCH_ROWS = 65_536
FIELD, RECORD, NOTHING = "\x1f", "\x1e", "\x00"


class Seen(NamedTuple):
    """A remittance as the reader numbered it: `number`, or `number.2` for the next of a bundle."""

    remit_id: str
    source_file: str

    @property
    def identity(self) -> str:
        """The number without what tells those of one bundle apart."""
        return self.remit_id.partition(".")[0]


class Given(NamedTuple):
    """One occurrence of a remittance."""

    bundle: int
    seen: Seen


@dataclass(slots=True)
class Repeats:
    """What to change in each bundle: new numbers, None for a remittance that is not kept."""

    renamed: dict[int, dict[str, str | None]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)
    repeated: int = 0
    conflicting: int = 0


Wanted = tuple[int, frozenset[str]]


def find_repeats(
    seen: list[list[Seen]], digests_of: Callable[[list[Wanted]], list[dict[str, str]]]
) -> Repeats:
    """Decide which remittances are kept, and under which number.

    Parameters
    ----------
    seen : list of list of Seen
        The remittances of every bundle in the order of the files.
    digests_of : callable
        Digests the content of some remittances, for each of several bundles.
    """
    given: dict[str, list[Given]] = defaultdict(list)
    for bundle, remittances in enumerate(seen):
        for each in remittances:
            given[each.identity].append(Given(bundle, each))
    several = {identity: group for identity, group in given.items() if len(group) > 1}
    wanted: dict[int, set[str]] = defaultdict(set)
    for group in several.values():
        for bundle, each in group:
            wanted[bundle].add(each.remit_id)
    asked = [(bundle, frozenset(ids)) for bundle, ids in sorted(wanted.items())]
    content = dict(zip((bundle for bundle, _ in asked), digests_of(asked), strict=True))
    repeats = Repeats()
    for identity, group in sorted(several.items()):
        _settle(identity, group, content, repeats)
    return repeats


def _settle(
    identity: str, group: list[Given], content: dict[int, dict[str, str]], repeats: Repeats
) -> None:
    """Keep the first occurrence of every content; give each further content a number of its own."""
    kept: dict[str, Given] = {}
    for occurrence in group:
        bundle, seen = occurrence
        digest = content[bundle].get(seen.remit_id, "")
        if digest in kept:
            remit_id, repeats.repeated = None, repeats.repeated + 1
            repeats.problems.append(
                _problem(Kind.REPEATED_REMITTANCE, seen, kept[digest].seen, "the same")
            )
        else:
            remit_id = identity if not kept else f"{identity}.{len(kept) + 1}"
            if kept:
                repeats.conflicting += 1
                first = next(iter(kept.values())).seen
                repeats.problems.append(
                    _problem(
                        Kind.CONFLICTING_REMITTANCE, seen, first, "another, of the same number,"
                    )
                )
            kept[digest] = occurrence
        if remit_id != seen.remit_id:
            repeats.renamed[bundle][seen.remit_id] = remit_id


def _problem(kind: Kind, seen: Seen, first: Seen, what: str) -> Problem:
    where = "this file" if seen.source_file == first.source_file else first.source_file
    return Problem(seen.source_file, kind, f"Remittance {seen.identity}: {what} is in {where} too.")


def digests(out: Path, wanted: Wanted) -> dict[str, str]:
    """Digests of the content of some remittances of a bundle: equal where nothing differs."""
    bundle, remit_ids = wanted
    hashes = {remit_id: hashlib.sha256() for remit_id in remit_ids}
    ids = pa.array(sorted(remit_ids))
    for table in TABLES[1:]:
        for batch in _batches(out, table, bundle):
            owners = _remit_ids(batch)
            chosen = pc.is_in(owners, ids)
            for remit_id, rows in _runs(owners.filter(chosen), _canonical(batch.filter(chosen))):
                hashes[remit_id].update(rows)
        for each in hashes.values():
            each.update(table.encode())
    return {remit_id: each.hexdigest() for remit_id, each in hashes.items()}


def rewrite(out: Path, change: tuple[int, dict[str, str | None]]) -> None:
    """Give remittances of a bundle other numbers, and leave out those that are not kept."""
    bundle, renamed = change
    for table in TABLES:
        path = part_of(out, table, bundle)
        building = path.with_suffix(".building")
        schema = pq.read_schema(path)
        with pq.ParquetWriter(building, schema, compression="lz4") as writer:
            for batch in _batches(out, table, bundle):
                writer.write_table(_renamed(batch, renamed).cast(schema))
        building.replace(path)


def part_of(out: Path, table: str, bundle: int) -> Path:
    """The Parquet file of one table that a bundle fills."""
    return out / table / f"part-{bundle:05}.parquet"


def _batches(out: Path, table: str, bundle: int) -> Iterator[pa.Table]:
    with pq.ParquetFile(part_of(out, table, bundle)) as file:
        for batch in file.iter_batches(BATCH_ROWS):
            yield pa.table(batch)


def _remit_ids(table: pa.Table) -> pa.Array:
    """The remittance of each row, also where only its claim is named."""
    if "remit_id" in table.column_names:
        return table["remit_id"].combine_chunks()
    return pc.replace_substring_regex(table["remit_claim_id"].combine_chunks(), r"-\d+$", "")


def _canonical(table: pa.Table) -> pa.Array:
    """Each row as one text."""
    columns = [
        pc.fill_null(table[name].combine_chunks().cast(pa.string()), NOTHING)
        for name in table.column_names
        if name not in NO_CONTENT
    ]
    if "remit_claim_id" in table.column_names:
        ids = table["remit_claim_id"].combine_chunks()
        columns.append(pc.replace_substring_regex(ids, r"^.*-", ""))
    return pc.binary_join_element_wise(*columns, RECORD, FIELD)


def _runs(owners: pa.Array, rows: pa.Array) -> Iterator[tuple[str, bytes]]:
    """The rows of each remittance as bytes, in the order of the file."""
    if not len(owners):
        return
    codes = owners.dictionary_encode()
    starts = np.flatnonzero(np.diff(codes.indices.to_numpy(), prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(owners)], strict=True):
        yield owners[int(start)].as_py(), "".join(rows[int(start) : int(end)].to_pylist()).encode()


def _renamed(table: pa.Table, renamed: dict[str, str | None]) -> pa.Table:
    """The rows that are kept, under their numbers."""
    owners = _remit_ids(table).dictionary_encode()
    names = [renamed.get(name, name) for name in owners.dictionary.to_pylist()]
    owner = pa.array(names, pa.string()).take(owners.indices)
    if "remit_id" in table.column_names:
        table = table.set_column(table.schema.get_field_index("remit_id"), "remit_id", owner)
    if "remit_claim_id" in table.column_names:
        ids = table["remit_claim_id"].combine_chunks()
        place = pc.replace_substring_regex(ids, r"^.*-", "")
        table = table.set_column(
            table.schema.get_field_index("remit_claim_id"),
            "remit_claim_id",
            pc.binary_join_element_wise(owner, place, "-"),
        )
    return table.filter(owner.is_valid())

"""The columns of one table, collected block by block and joined on demand."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt


class Rows:
    """A growing table of numpy columns.

    Parameters
    ----------
    **columns : tuple of (dtype, default)
        Every column, with what stands in a row that does not name it.
    """

    def __init__(self, **columns: tuple[str, int]) -> None:
        self._columns = columns
        self._blocks: list[tuple[int, int, Mapping[str, npt.ArrayLike]]] = []
        self._joined: dict[str, npt.NDArray[Any]] = {}
        self.count = 0

    def add(self, count: int, **values: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Append `count` rows (arrays of that length, or one value for all); their numbers."""
        unknown = values.keys() - self._columns.keys()
        if unknown:
            raise KeyError(f"no such column: {sorted(unknown)}")
        if count:
            self._blocks.append((self.count, count, values))
        start = self.count
        self.count += count
        return np.arange(start, self.count)

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """The whole column so far; what is written into it stays."""
        before = self._joined.get(name)
        known = 0 if before is None else len(before)
        if before is not None and known == self.count:
            return before
        dtype, default = self._columns[name]
        whole = np.full(self.count, default, dtype=dtype)
        if before is not None:
            whole[:known] = before
        for start, count, values in self._blocks:
            if start >= known and name in values:
                whole[start : start + count] = values[name]
        self._joined[name] = whole
        return whole

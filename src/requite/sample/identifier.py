"""Identifiers as text, made for a whole column at once."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def numbered(prefix: str, numbers: npt.NDArray[np.int64], width: int) -> pa.StringArray:
    """Each number with leading zeros to `width` digits, after `prefix`.

    >>> numbered("T", np.array([7, 1234]), 5).to_pylist()
    ['T00007', 'T01234']
    """
    lead = prefix.encode()
    text = np.empty((len(numbers), len(lead) + width), dtype=np.uint8)
    text[:, : len(lead)] = np.frombuffer(lead, dtype=np.uint8)
    left = np.asarray(numbers, dtype=np.int64)
    for place in range(1, width + 1):
        higher = left // 10
        text[:, -place] = left - higher * 10 + 48
        left = higher
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * (len(lead) + width)
    return pa.StringArray.from_buffers(
        len(numbers), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text.tobytes())
    )


def chosen(
    words: pa.Array | tuple[str, ...], places: npt.NDArray[np.integer], none: int = -1
) -> pa.Array:
    """The word at each place of a list; `none` marks a row without one."""
    dictionary = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    indices = pa.array(places.astype(np.int32, copy=False), mask=places == none)
    return pa.DictionaryArray.from_arrays(indices, dictionary)


def joined(*parts: pa.Array | str) -> pa.Array:
    """Columns and fixed texts put together, row by row."""
    return pc.binary_join_element_wise(*parts, "")

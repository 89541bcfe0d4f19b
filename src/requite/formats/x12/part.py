"""A piece of a file with its segments, and where each stands in the file."""

from dataclasses import dataclass

from requite.formats.x12.pieces import Piece
from requite.formats.x12.segments import Segments


@dataclass(frozen=True, slots=True)
class Part:
    """`before` is the number of the file's segments that precede the piece."""

    piece: Piece
    segments: Segments
    before: int

    def where(self, segment: int) -> tuple[int, int]:
        """Number of a segment within the file, from 1, and its first byte, from 0."""
        return self.before + segment + 1, self.piece.offset_of(self.segments.place_of(segment))

"""What is written lies apart from what is read: no file of ours becomes part of a feed."""

from pathlib import Path

from requite.domain.errors import RequiteError


class WritesIntoFeed(RequiteError):
    """A place to write to lies in the folder that is read."""

    def __init__(self, place: Path, feed: Path) -> None:
        where = "is" if place.resolve() == feed.resolve() else "lies in"
        super().__init__(
            f"{place} {where} the folder that is read ({feed}): what is written there would become "
            "part of it.",
            remedy="Name a folder outside of it.",
        )


def keep_apart(feed: Path, *places: Path | None) -> None:
    """Refuse places to write to that lie in the folder that is read, also by way of a link.

    Raises
    ------
    WritesIntoFeed
        Naming the first of them; nothing is written.
    """
    home = feed.resolve()
    for place in places:
        if place is not None and place.resolve().is_relative_to(home):
            raise WritesIntoFeed(place, feed)

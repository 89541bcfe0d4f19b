"""The remittances that lie with an extract: they come along into the feed that is made of it."""

from pathlib import Path

from requite.engine.archive import CHUNK
from requite.engine.refusal import Problem, RefusedExtract
from requite.engine.source import REMITS_FOLDER
from requite.engine.within import RefusedFile, opened, plain_file, plain_files, plain_folder


def take_remits(extract: Path, feed: Path) -> int:
    """Copy the files of `remits/` of an extract into its feed; how many they are.

    Raises
    ------
    RefusedExtract
        Where one of them is no regular file.
    """
    if not extract.is_dir() or not (extract / REMITS_FOLDER).exists():
        return 0
    taken = 0
    try:
        folder = plain_folder(extract, REMITS_FOLDER)
        for name, _ in list(plain_files(folder)):  # all are looked at before one is copied
            place = feed / REMITS_FOLDER / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with opened(plain_file(folder, name)) as source, place.open("xb") as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
            taken += 1
    except RefusedFile as refused:
        told = f"{REMITS_FOLDER}/{refused.name}".removeprefix(f"{REMITS_FOLDER}/{REMITS_FOLDER}/")
        raise RefusedExtract([Problem(told, None, None, refused.why, refused.remedy)]) from refused
    return taken

"""That somebody named or laid down a file that is not opened: noted, and the refusal goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from requite.domain.errors import RequiteError
from requite.engine.within import refusal_in
from requite.office.audit.services import record
from requite.office.people.models import Provider, User


@transaction.atomic
def note_refused_file(
    provider: Provider, where: str, error: BaseException, *, actor: User | None, at: datetime
) -> None:
    """Note a file that was refused for where it leads or what it is; other errors are none.

    Parameters
    ----------
    where : str
        The step that refused it, such as `upload` or `import 7`.
    error : BaseException
        What was raised; where it comes of no such file, nothing is noted.
    """
    refused = refusal_in(error)
    if refused is not None:
        record(
            "file.refused", where, provider=provider, actor=actor, at=at,
            file=refused.name, why=refused.why,
        )  # fmt: skip


@contextmanager
def noting_refused_files(
    provider: Provider, where: str, *, actor: User | None, at: datetime
) -> Iterator[None]:
    """Note a file that is refused inside; never within a transaction, which would take it back."""
    try:
        yield
    except RequiteError as error:
        note_refused_file(provider, where, error, actor=actor, at=at)
        raise

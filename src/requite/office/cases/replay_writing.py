"""Whether what people wrote on cases follows from its events: notes, documents, questions."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from requite.domain.case import label_of
from requite.office.cases.closing import WITHDRAWN as CREDIT_GONE
from requite.office.cases.models import Attachment, Note, Question
from requite.office.cases.services import WITHDRAWN as WENT_ON
from requite.office.cases.stands import short

if TYPE_CHECKING:
    from requite.office.audit.models import Event
    from requite.office.people.models import Provider

Row = tuple[str, int | None, datetime | None]  # of a case, by whom, when
Said = dict[Row, list[tuple[int, Any]]]  # the number of each event, and what it holds of the words
NOT_ANSWERED: Final = frozenset({CREDIT_GONE, WENT_ON})


class WritingReplay:
    """Notes, documents and questions of a provider beside their events."""

    def __init__(self, provider: "Provider | None") -> None:
        self.provider = provider
        self.notes: Said = {}
        self.documents: Said = {}
        self.questions: Said = {}
        self.answers: Said = {}

    def take(self, event: "Event") -> None:
        """The next event of the chain."""
        facts = event.facts
        kinds = {
            "case.noted": (self.notes, facts.get("words")),
            "case.attached": (self.documents, facts.get("digest")),
            "case.ask_provider": (self.questions, short(facts.get("reason", ""))),
            "case.answer": (self.answers, short(facts.get("reason", ""))),
        }
        if event.name in kinds:
            where, said = kinds[event.name]
            row = event.subject, event.actor_id, event.at
            where.setdefault(row, []).append((event.number, said))

    def deviations(self) -> Iterator[tuple[int, str]]:
        """Rows without their event, other than it, and events without their row."""
        if self.provider is None:
            return
        notes = Note.objects.filter(case__provider=self.provider).order_by("pk")
        rows = notes.values_list("case__number", "by_id", "at", "text")
        yield from _beside(self.notes, ((*row[:3], short(row[3])) for row in rows), "note")
        documents = Attachment.objects.filter(case__provider=self.provider).order_by("pk")
        told = documents.values_list("case__number", "by_id", "at", "digest")
        yield from _beside(self.documents, told, "document")
        yield from self._of_questions()

    def _of_questions(self) -> Iterator[tuple[int, str]]:
        questions = Question.objects.filter(case__provider=self.provider).order_by("pk")
        asked = questions.values_list("case__number", "asked_by_id", "asked_at", "text")
        rows = ((*row[:3], short(row[3])) for row in asked)
        yield from _beside(self.questions, rows, "question")
        answered = questions.filter(answered_at__isnull=False).exclude(answer__in=NOT_ANSWERED)
        answers = answered.values_list("case__number", "answered_by_id", "answered_at", "answer")
        given = ((*row[:3], short(row[3])) for row in answers)
        yield from _beside(self.answers, given, "answer")


def _beside(
    events: Said, rows: Iterable[tuple[int, int | None, datetime | None, str]], what: str
) -> Iterator[tuple[int, str]]:
    """Rows and events of one kind, paired by case, writer and moment, then by what they say."""
    for case, by, at, said in rows:
        label = label_of(case)
        those = events.get((label, by, at), [])
        # An event of before this was held says nothing of the words.
        match = next((each for each in those if each[1] in {None, said}), None)
        if match is not None:
            those.remove(match)
        elif those:
            yield those.pop(0)[0], f"{label}: the {what} was changed."
        else:
            yield 0, f"{label}: the {what} is in no event."
    for (label, _, _), those in events.items():
        for number, _ in those:
            yield number, f"{label}: the {what} is gone."

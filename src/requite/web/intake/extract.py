"""The way of one's own extract: brought, read, put right, its balances seen, imported."""

from datetime import date
from hashlib import sha256
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requite.domain.errors import RequiteError
from requite.domain.words import PAYER_CLASSES
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.kinds import KINDS
from requite.engine.mapping.guessing.shown import WHAT_WORDS
from requite.office.intake.drafts import (
    Kept,
    NoExtract,
    begin_draft,
    drop_draft,
    keep_draft,
    kept_draft,
    read_extract,
    said_before,
)
from requite.office.intake.kept import drop_extract, keep_extract
from requite.office.intake.mapping import OWN, choices, presets_like
from requite.office.intake.queries import is_busy, last_done
from requite.office.intake.status import Kind
from requite.office.intake.uploaded import Uploaded, ask_kept
from requite.web.access import ProviderRequest, provider_page
from requite.web.intake.extract_form import answers_of, turn_of
from requite.web.intake.turns import in_turn

REFUSED = 409
MOST_PAYERS = 200  # that a page shows
STEPS = ((1, "Files"), (2, "Columns"), (3, "Balances and import"))
IMPORTS = {"whole": Kind.WHOLE, "changes": Kind.CHANGES}


class NotReady(RequiteError):
    """An extract was to be imported that is not read yet as somebody wants it."""

    def __init__(self) -> None:
        super().__init__(
            "It is read anew, as you have said.",
            remedy="Look at the balances, then import it.",
        )


class OtherExtract(RequiteError):
    """What was said is of another extract than the one that is kept."""

    def __init__(self) -> None:
        super().__init__(
            "Another extract was brought in the meantime; this page shows it.",
            remedy="Look at it, and say it again.",
        )


@require_http_methods(["GET", "POST"])
@provider_page("intake.import")
def extract(request: ProviderRequest) -> HttpResponse:
    """Show what is made of an extract; take it, what is said of it, and its import."""
    if request.method == "GET":
        return _page(request)
    return _posted(request)


@in_turn
def _posted(request: ProviderRequest) -> HttpResponse:
    try:
        return _done(request, request.POST.get("do", ""))
    except RequiteError as refused:
        return _page(request, problem=refused)


def _done(request: ProviderRequest, do: str) -> HttpResponse:
    """What a button does; then the page again, so that a reload asks for nothing twice."""
    kept, at = kept_draft(request.provider, request.user), timezone.now()
    files = [(file.name or "", cast("Any", file)) for file in request.FILES.getlist("extract")]
    if do == "drop":
        drop_extract(request.provider, request.user)
        drop_draft(request.provider, request.user)
    elif files:
        drop_draft(request.provider, request.user)
        keep_extract(request.provider, request.user, files, at=at)
        begin_draft(request.provider, request.user, at=at)
        if said_before(request.provider) != Answers():
            messages.info(request, "What you said of an earlier extract holds here too.")
    elif kept is None or not kept.page:
        raise NoExtract
    elif request.POST.get("of", _of(kept)) != _of(kept):
        raise OtherExtract
    elif do == "import":
        return _import(request, kept)
    elif do == "full":
        kept.typed = kept.text
        keep_draft(request.provider, request.user, kept)
        return redirect("intake:mapping", provider=request.provider.slug)
    else:
        read_extract(request.provider, request.user, answers_of(request.POST, kept), at=at)
    return redirect("intake:extract", provider=request.provider.slug)


def _import(request: ProviderRequest, kept: Kept) -> HttpResponse:
    """Import what the balances were shown of; what was changed since is read first."""
    said = answers_of(request.POST, kept)
    if said != Answers(**kept.answers) or not kept.is_ready:
        read_extract(request.provider, request.user, said, at=timezone.now())
        raise NotReady
    made = ask_kept(
        request.provider, kept.text, uploaded(request), actor=request.user, at=timezone.now()
    )
    messages.success(request, "The mapping is saved as your own: the next extract may go by it.")
    return redirect("intake:one", provider=request.provider.slug, number=made.number)


def uploaded(request: ProviderRequest) -> Uploaded:
    """What is said of an import: the day, what it brings, whether it may close most cases."""
    try:
        as_of = date.fromisoformat(request.POST.get("as_of", ""))
    except ValueError:
        as_of = timezone.localdate()
    return Uploaded(
        as_of, IMPORTS.get(request.POST.get("kind", ""), Kind.WHOLE),
        request.POST.get("may_close") == "1",
    )  # fmt: skip


def _page(request: ProviderRequest, *, problem: RequiteError | None = None) -> HttpResponse:
    kept = kept_draft(request.provider, request.user)
    page = kept.page if kept else {}
    files = [_with_turns(file) for file in page.get("files", ())]
    shown = {
        "kept": kept, "page": page, "files": files, "problem": problem,
        "questions": [_placed(each, files) for each in page.get("questions", ())],
        "outcome": kept.outcome if kept else {}, "step": _step(kept),
        "steps": STEPS, "of": _of(kept), "classes": _classes(page),
        "kinds": [(name, kind.words) for name, kind in KINDS.items()], "whats": WHAT_WORDS.items(),
        "payer_classes": PAYER_CLASSES.items(), "today": timezone.localdate(),
        "presets": [each for each in choices(request.provider) if each[0] not in {"", OWN}],
        "alike": presets_like(each["name"] for each in files),
        "has_ledger": last_done(request.provider) is not None, "busy": is_busy(request.provider),
    }  # fmt: skip
    return render(request, "intake/extract.html", shown, status=REFUSED if problem else 200)


def _of(kept: Kept | None) -> str:
    """Which extract a page is of: its files and their rows."""
    files = kept.page.get("files", ()) if kept else ()
    told = "|".join(f"{each['name']}:{each['rows']}" for each in files)
    return sha256(told.encode()).hexdigest()[:16]


def _classes(page: dict[str, Any]) -> list[tuple[str, str]]:
    """The insurers to show: those with rules of their own first."""
    named = page.get("classes", {}).items()
    return sorted(named, key=lambda each: each[1] == "commercial")[:MOST_PAYERS]


def _step(kept: Kept | None) -> int:
    """Where one is: files, columns, balances."""
    if kept is None or not kept.page:
        return 1
    return 3 if kept.is_ready else 2


def _with_turns(file: dict[str, Any]) -> dict[str, Any]:
    kinds = [{**each, "turn": turn_of(each)} for each in file["kinds"]]
    return {**file, "kinds": kinds}


ROLES = {"account": "account", "amount": "amount", "day": "posted_on"}


def _placed(question: dict[str, Any], files: list[dict[str, Any]]) -> dict[str, Any]:
    """A question with the place of its file, and of its value, on the page."""
    place, file = next(
        ((number, each) for number, each in enumerate(files) if each["name"] == question["file"]),
        (0, {"kinds": [], "columns": []}),
    )
    keys = [each["key"] for each in file["kinds"]]
    at = keys.index(question["key"]) if question["key"] in keys else 0
    kind = file["kinds"][at] if keys else {}
    return {**question, "place": place, "at": at, "kind": kind, "columns": file["columns"],
            "role": ROLES.get(question["about"], "")}  # fmt: skip

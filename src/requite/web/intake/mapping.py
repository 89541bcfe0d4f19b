"""The mapping of a provider's extract: guessed or begun, put right, tried out, saved."""

import tomllib
from typing import Any, cast

import tomli_w
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from requite.domain.errors import RequiteError
from requite.engine.feed import LEDGER, TABLES
from requite.engine.mapping.apply import Mapped
from requite.engine.mapping.extract import called
from requite.engine.mapping.guess import Look, guess, look_at
from requite.engine.mapping.plan import parse_mapping, said_of_files
from requite.engine.mapping.statement import Statement, look_at_all
from requite.office.intake.drafts import Kept, NoExtract, keep_draft, kept_draft
from requite.office.intake.kept import drop_extract, keep_extract, kept_extract
from requite.office.intake.mapping import (
    LONGEST,
    OWN,
    choices,
    mapping_text,
    save_mapping,
    try_mapping,
)
from requite.office.intake.queries import is_busy, last_done
from requite.office.intake.uploaded import ask_kept
from requite.web.access import ProviderRequest, provider_page
from requite.web.intake.extract import uploaded
from requite.web.intake.mapping_form import EMPTY, RULES, VOIDS, Raw, beside_of, parts_of
from requite.web.intake.mapping_read import added, raw_of
from requite.web.intake.turns import in_turn

REFUSED = 409


@require_GET
@provider_page("intake.import")
@in_turn
def mapping(request: ProviderRequest) -> HttpResponse:
    """What one was at, the provider's own mapping, or a preset to begin with."""
    kept = kept_draft(request.provider, request.user)
    text = mapping_text(request.provider, request.GET.get("from", OWN))
    if kept and kept.typed and "from" not in request.GET:
        text = kept.typed
    try:
        return _page(request, text, _looks(request, text))
    except RequiteError as unreadable:
        return _page(request, text, [], problem=unreadable)


@require_http_methods(["GET", "POST"])
@provider_page("intake.import")
@in_turn
def try_out(request: ProviderRequest) -> HttpResponse:
    """Look at an extract, change the mapping, try it out, keep or import it: as `do` says.

    Whoever comes here again, by a reload or by going back, is at what she was.
    """
    if request.method == "GET":
        return redirect("intake:mapping", provider=request.provider.slug)
    looks, do = list[Look](), request.POST.get("do", "")
    text = _text(request, with_beside=False)
    if do == "drop":  # before anything of it is read: it may be what cannot be
        drop_extract(request.provider, request.user)
        return _page(request, text, [])
    _keep(request, text)
    try:
        text = _text(request)
        _take_files(request)
        looks = _looks(request, text)
        if do == "save":
            return _save(request, text)
        if do == "import":
            return _import(request, text)
        text = _changed(request, text, looks, do)
        _keep(request, text)
        made, refusal = _tried(request, text) if do == "try" else (None, None)
    except RequiteError as refused:
        return _page(request, text, looks, problem=refused)
    return _page(request, text, looks, problem=refusal, made=made)


def _keep(request: ProviderRequest, text: str) -> None:
    """Keep what one is at."""
    kept = kept_draft(request.provider, request.user) or Kept()
    kept.typed = text
    keep_draft(request.provider, request.user, kept)


def _import(request: ProviderRequest, text: str) -> HttpResponse:
    """Import the extract that is kept by this mapping, which becomes the provider's own."""
    made = ask_kept(
        request.provider, text, uploaded(request), actor=request.user, at=timezone.now()
    )
    return redirect("intake:one", provider=request.provider.slug, number=made.number)


def _text(request: ProviderRequest, *, with_beside: bool = True) -> str:
    """The mapping as TOML: as the form says it, or as it was typed."""
    if "parts" in request.POST and request.POST.get("do") != "text":
        return tomli_w.dumps(raw_of(request.POST, with_beside=with_beside))
    return request.POST.get("text", "")[:LONGEST]


def _take_files(request: ProviderRequest) -> None:
    files = [(file.name or "", cast("Any", file)) for file in request.FILES.getlist("extract")]
    if files:
        keep_extract(request.provider, request.user, files, at=timezone.now())


def _looks(request: ProviderRequest, text: str) -> list[Look]:
    """What is known of the extract that the user tries mappings on; unreadable, it is not kept."""
    extract = kept_extract(request.provider, request.user)
    try:
        return look_at(extract, said_of_files(text)) if extract else []
    except RequiteError:
        drop_extract(request.provider, request.user)
        raise


def _changed(request: ProviderRequest, text: str, looks: list[Look], do: str) -> str:
    """The mapping with what was asked for: drafted from the extract, or one part more."""
    if do == "guess":
        extract = kept_extract(request.provider, request.user)
        if extract is None:
            raise NoExtract
        return guess(extract)
    part = added(request.POST, looks) if do == "add" else None
    if part is None:
        return text
    raw = raw_of(request.POST)
    return tomli_w.dumps({**raw, "tables": [*raw["tables"], part]})


def _tried(request: ProviderRequest, text: str) -> tuple[Mapped, RequiteError | None]:
    extract = kept_extract(request.provider, request.user)
    if extract is None:
        raise NoExtract
    at = timezone.now()
    return try_mapping(request.provider, text, extract, actor=request.user, at=at)


def _save(request: ProviderRequest, text: str) -> HttpResponse:
    saved = save_mapping(request.provider, text, actor=request.user, at=timezone.now())
    name = parse_mapping(saved.text).name
    messages.success(request, f"The mapping {name} is saved; an upload may go by it from now on.")
    return redirect("intake:mapping", provider=request.provider.slug)


def _page(
    request: ProviderRequest, text: str, looks: list[Look], *,
    problem: RequiteError | None = None, made: Mapped | None = None,
) -> HttpResponse:  # fmt: skip
    raw, unread = _read(request, text)
    beside = beside_of(raw) if raw else {}
    typed = (
        request.POST.get("beside", "") if request.POST.get("do") not in {"text", "guess"} else ""
    )
    shown = {
        "beside": tomli_w.dumps(beside) if beside else typed[:LONGEST],
        "presets": [each for each in choices(request.provider) if each[0] not in {"", OWN}],
        "has_own": bool(mapping_text(request.provider, OWN)),
        "text": text, "problem": problem or unread, "raw": raw, "looks": looks,
        "pieces": parts_of(raw, looks) if raw else [], "unused": _unused(raw, looks),
        "tables": list(TABLES)[: len(LEDGER)],
        "rules": RULES, "voids": VOIDS, "empty": EMPTY, "made": made,
        "preview": _preview(made) if made else [], "today": timezone.localdate(),
        "busy": is_busy(request.provider),
        "has_ledger": last_done(request.provider) is not None,
    }  # fmt: skip
    return render(request, "intake/mapping.html", shown, status=REFUSED if problem else 200)


def _read(request: ProviderRequest, text: str) -> tuple[Raw | None, RequiteError | None]:
    """The mapping to show as a form, if it is one; what keeps a text from being one."""
    if not text.strip():
        return None, None
    if "parts" in request.POST and request.POST.get("do") not in {"text", "guess"}:
        return tomllib.loads(text), None  # as the form says it, whole or not
    try:
        return parse_mapping(text).model_dump(exclude_defaults=True), None
    except RequiteError as wrong:
        return None, wrong


def _unused(raw: Raw | None, looks: list[Look]) -> list[str]:
    """The files of the extract that become rows of no table, and that no SELECT names."""
    parts = raw["tables"] if raw else []
    used = {part.get("file", "") for part in parts}
    selects = [part["select"] for part in parts if part.get("select")]
    seen = look_at_all(selects) if selects and looks else []
    named = {
        name.lower() for each in seen if isinstance(each, Statement) for name in each.tables
    }  # fmt: skip
    left = (look.file for look in looks if look.file not in used)
    return [file for file in left if called(file) not in named] if raw else []


def _preview(made: Mapped) -> list[dict[str, Any]]:
    """The first rows of each table, head and values apart."""
    return [
        {"name": name, "rows": made.rows[name], "head": list(some[0]) if some else [],
         "values": [list(row.values()) for row in some]}
        for name, some in made.first.items()
    ]  # fmt: skip

"""Every address below a provider, from the URL table, with values for what it leaves open."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

VALUES = {
    "number": 1,
    "form": "csv",
    "member": 10**6,
    "pk": 10**6,
    "position": 99,
    "cause": "dual_primary",
    "part": "queue",
}


def provider_pages(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address below a provider, with its pattern."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from provider_pages(pattern.url_patterns, path)
        elif path.startswith("<slug:provider>/"):
            yield path, pattern


PAGES = list(provider_pages())


def address(path: str, slug: str) -> str:
    """The path with values for what it leaves open."""
    for name, value in VALUES.items():
        for kind in ("int", "str", "slug"):
            path = path.replace(f"<{kind}:{name}>", str(value))
    return "/" + path.replace("<slug:provider>", slug)

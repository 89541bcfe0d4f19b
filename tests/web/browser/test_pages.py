"""Every page for every eye: WCAG AA in light and dark, small screens, large print."""

import pytest

from browsing import Open, axe_problems

pytestmark = [
    pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.one_database,
    pytest.mark.xdist_group("browser"),
]  # fmt: skip
PAGES = {
    "cases/": "sam", "cases/?queue=done": "sam", "cases/?queue=approval": "sam",
    "cases/?search=nothing-like-it": "sam", "corrections/": "sam", "imports/": "ada",
    "imports/1/": "sam", "dashboard/": "lena", "people/": "ada", "cases/views": "mira",
    "cases/assignment": "sam", "cases/approvals": "sam", "people/me": "mira",
    "help/case": "otto", "cases/3/": "mira", "cases/3/evidence": "otto",
    "cases/?queue=provider": "paul", "cases/999999/": "mira", "audit/?subject=RQ-000003": "otto",
    "cases/?queue=open&due=past": "lena",
    "imports/mapping?from=athenaone": "sam", "audit/": "otto", "imports/report": "sam",
    "imports/extract": "sam", "people/providers/add": "ada",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(path: str, scheme: str, sign_in: Open) -> None:
    page = sign_in(PAGES[path], path, color_scheme=scheme)
    assert axe_problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "", "account/login/", "account/2fa/", "account/sessions/", "account/password/change/",
        "account/2fa/totp/activate/", "account/logout/", "account/password/reset/",
        "account/signup/", "no-such-page/",
    ],
)  # fmt: skip
def test_axe_finds_nothing_on_pages_outside_of_a_provider(
    path: str, scheme: str, sign_in: Open
) -> None:
    page = sign_in("mira", "dashboard/", color_scheme=scheme)
    if path in {"account/login/", "account/password/reset/", "account/signup/"}:
        page.context.clear_cookies()
    page.goto(f"/{path}")
    assert axe_problems(page) == []


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["whole", "at 200 %"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(path: str, size: tuple[int, int], sign_in: Open) -> None:
    page = sign_in(PAGES[path], path)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_role_may_not(scheme: str, sign_in: Open) -> None:
    page = sign_in("mira", "people/", color_scheme=scheme)
    assert "Not for your role" in page.locator("h1").inner_text()
    assert axe_problems(page) == []


def test_a_page_without_script_still_works(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer", java_script_enabled=False)
    number = page.locator("#case h2 a").inner_text()
    page.locator("button[value=take_up]").click()
    page.goto(f"/alder-creek/cases/?search={number}")
    assert "To work" in page.locator("#case").inner_text()

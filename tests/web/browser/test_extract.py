"""The way of a new user: a provider added, its own extract brought, its balances seen, imported."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browsing import Open, axe_problems
from practice_exports import HERE

pytestmark = [
    pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.one_database,
    pytest.mark.xdist_group("browser"),
]  # fmt: skip
MOST_STEPS = 120  # presses of Tab until something is reached


def files_of(name: str) -> list[Path]:
    return sorted((HERE / name).iterdir())


def reach(page: Page, selector: str) -> None:
    """Go from field to field, by the keyboard alone, until there."""
    wanted = page.locator(selector).first
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not to be had by the keyboard.")


def press(page: Page, selector: str) -> None:
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, selector: str, words: str) -> None:
    reach(page, selector)
    page.keyboard.type(words)
    chosen = "each => each.options[each.selectedIndex].text"
    assert page.locator(selector).evaluate(chosen).startswith(words)


def bring(page: Page, name: str) -> None:
    """The dialog that chooses files is the machine's own; all else is the keyboard's."""
    page.set_input_files("#extract", files_of(name))
    press(page, "button[value=read]")


def afresh(sign_in: Open, **options: object) -> Page:
    """The page before anything is brought."""
    page = sign_in("sam", "imports/extract", **options)
    if page.locator("button[value=drop]").count():
        page.locator("button[value=drop]").click()
        page.wait_for_load_state()
    return page


def brought(page: Page, name: str) -> None:
    page.set_input_files("#extract", files_of(name))
    page.locator("button[value=read]").click()
    expect(page.locator("h2").first).to_have_text("Files")


def test_from_a_new_provider_to_its_balances_and_import_by_keyboard_alone(sign_in: Open) -> None:
    page = sign_in("ada", "people/")
    press(page, "a:text('Add a provider')")
    reach(page, "#id_name")
    page.keyboard.type("Pine Street Family Practice")
    press(page, "button:text('Add this provider')")
    assert page.url.endswith("/pine-street-family-practice/imports/extract")
    expect(page.locator("main")).to_contain_text("is a provider now")
    bring(page, "numbers")
    expect(page.locator("main")).to_contain_text("4 questions to you")
    assert axe_problems(page) == []
    for number, words in enumerate(("Charge", "Insurer's p", "Other w", "Patient's p")):
        choose(page, f"#f0-kind-{number}", words)
    press(page, ".asks button[value=check]")
    balances = page.locator("section[aria-label=Balances]")
    expect(balances.locator("tbody tr").first).to_contain_text("700")
    expect(balances.locator("tbody tr").first).to_contain_text("-$10.00")
    page.reload()
    expect(balances.locator("tbody tr").first).to_contain_text("-$10.00")
    press(page, "button[value=import]")
    assert page.url.endswith("/imports/1/")
    expect(page.locator("main")).to_contain_text("Done", timeout=60_000)


def test_a_return_key_in_a_field_removes_nothing(sign_in: Open) -> None:
    page = afresh(sign_in)
    bring(page, "ledger")
    reach(page, "#as-of")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("section[aria-label=Balances]")).to_contain_text("-$35.00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["numbers", "signed"])
def test_axe_finds_nothing_on_what_is_read(name: str, scheme: str, sign_in: Open) -> None:
    page = afresh(sign_in, color_scheme=scheme)
    brought(page, name)
    assert axe_problems(page) == []


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["whole", "at 200 %"])
@pytest.mark.parametrize("name", ["numbers", "signed"])
def test_what_is_read_does_not_scroll_sideways(
    name: str, size: tuple[int, int], sign_in: Open
) -> None:
    page = afresh(sign_in)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    brought(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_without_script_it_goes_the_same_way(sign_in: Open) -> None:
    page = afresh(sign_in, java_script_enabled=False)
    brought(page, "wide")
    expect(page.locator("section[aria-label=Balances]")).to_contain_text("3 of 3")

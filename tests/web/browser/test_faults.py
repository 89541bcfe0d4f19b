"""What people meet when something goes wrong, or for the first time, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from browsing import Office, Open, axe_problems

pytestmark = [pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]
WORDS = "A sentence that I typed for a while"


def chosen(page: Page) -> int:
    """The number of the case beside the list."""
    return int(re.sub(r"\D", "", page.locator("#case h2 a").inner_text()))


def type_a_note(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type(WORDS)


def test_a_session_that_ends_in_mid_form_loses_no_word(sign_in: Open, office: Office) -> None:
    page = sign_in("noor", "cases/?party=payer")
    number = chosen(page)
    type_a_note(page)
    page.context.clear_cookies(name="sessionid")
    page.locator("#case form[action*='/note'] button").press("Enter")
    expect(page.locator("#case [role=alert]")).to_contain_text("You have been signed out")
    expect(page.locator("#kept-words")).to_have_value(WORDS)
    page.locator("#case a.main").press("Enter")
    page.locator("#id_login").fill("noor")
    page.locator("#id_password").fill(office.passwords["noor"])
    page.locator("#id_password").press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto(f"/alder-creek/cases/{number}/")
    expect(page.locator("#note")).to_have_value(WORDS)
    page.keyboard.press("n")
    page.locator("#case form[action*='/note'] button").press("Enter")
    expect(page.locator("#case p", has_text=WORDS).first).to_be_visible()
    expect(page.locator("#note")).to_have_value("")
    page.reload()
    expect(page.locator("#note")).to_have_value("")


def test_another_person_finds_no_words_of_the_one_before(sign_in: Open, office: Office) -> None:
    page = sign_in("noor", "cases/?party=payer")
    number = chosen(page)
    type_a_note(page)
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.locator("#id_login").fill("mira")
    page.locator("#id_password").fill(office.passwords["mira"])
    page.locator("#id_password").press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto(f"/alder-creek/cases/{number}/")
    expect(page.locator("#case h2")).to_be_visible()
    expect(page.locator("#note")).to_have_value("")


def test_an_office_that_does_not_answer_is_told_and_the_words_stay(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer")
    type_a_note(page)
    page.context.set_offline(True)
    page.locator("#case form[action*='/note'] button").press("Enter")
    expect(page.locator("#said")).to_contain_text("The office does not answer")
    expect(page.locator("#note")).to_have_value(WORDS)
    page.context.set_offline(False)
    page.locator("#case form[action*='/note'] button").press("Enter")
    expect(page.locator("#case")).to_contain_text(WORDS)


def test_two_people_at_one_case_see_each_other(sign_in: Open) -> None:
    mira, noor = sign_in("mira", "cases/?party=none"), sign_in("noor", "cases/?party=none")
    assert chosen(mira) == chosen(noor)
    expect(noor.locator("#presence")).to_contain_text("mira")
    mira.reload()
    expect(mira.locator("#presence")).to_contain_text("noor")


def test_a_first_look_around_ends_by_one_key_press(sign_in: Open) -> None:
    page = sign_in("lena", "cases/")
    expect(page.locator(".tour")).to_contain_text("Five things")
    with page.expect_navigation():
        page.locator(".tour button").press("Enter")
    page.goto("/alder-creek/cases/")
    expect(page.locator("h1")).to_have_text("To work")
    expect(page.locator(".tour")).to_have_count(0)


def test_help_opens_by_its_key_and_explains_the_page(sign_in: Open) -> None:
    page = sign_in("cora", "dashboard/")
    page.keyboard.press("h")
    expect(page.locator("#help h2").first).to_have_text("Dashboard")
    assert axe_problems(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#help")).not_to_be_visible()
    expect(page.locator("h1")).to_have_text("Dashboard")
    page.keyboard.press("h")
    page.get_by_role("link", name="The words, and the help of other pages").press("Enter")
    page.wait_for_url("**/help/dashboard")
    expect(page.locator("h1")).to_have_text("Help: Dashboard")


def test_a_word_of_the_trade_explains_itself_by_key(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer")
    term = page.locator("dfn.term").first
    term.focus()
    shown = term.evaluate("item => getComputedStyle(item, '::after').content")
    assert "pattern that explains a part of a credit" in shown


def test_a_supervisor_sets_a_rule_and_it_approves(sign_in: Open) -> None:
    page = sign_in("sam", "cases/approvals")
    page.locator("#a-cause").select_option("duplicate_payment")
    for name, dollars in (("most", "90000"), ("day", "200000"), ("month", "900000")):
        page.locator(f"#a-{name}").fill(dollars)
    page.locator("#a-month").press("Enter")
    expect(page.locator("main")).to_contain_text("Payer paid the same service twice")
    with page.expect_navigation():
        page.get_by_role("button", name="Turn off Payer paid the same service twice").press("Enter")
    expect(page.get_by_role("button", name="Turn off Payer paid the same")).to_have_count(0)

"""People of every role work in a real browser, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import Office, Open

pytestmark = [pytest.mark.machine, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]


def chosen(page: Page) -> str:
    """The number of the case beside the list."""
    return page.locator("#case h2 a").inner_text()


def press(page: Page, key: str) -> None:
    """Press what sends a form, and wait for the page after it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_specialist_works_a_case_from_queue_to_decision(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer")
    first = chosen(page)
    page.keyboard.press("j")
    expect(page.locator("#case h2 a")).not_to_have_text(first)
    second = chosen(page)
    page.keyboard.press("k")
    expect(page.locator("#case h2 a")).to_have_text(first)
    expect(page.locator("#case table").first).to_contain_text("Together")
    expect(page.locator("#case section[aria-label=Evidence]")).to_contain_text("Remittances")
    assert page.locator("#case tr.lit").count() > 0
    page.keyboard.press("r")
    expect(page.locator("#case h2 a")).to_have_text(second)
    page.keyboard.press("/")
    page.keyboard.type(first)
    page.keyboard.press("Enter")
    expect(page.locator("#case")).to_contain_text("Waiting for approval")
    expect(page.locator("#case .timeline")).to_contain_text("mira proposed a refund")


def test_a_reason_is_typed_and_a_case_dismissed(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer")
    number = chosen(page)
    page.keyboard.press("x")
    page.keyboard.type("The payer agreed in writing.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#case")).not_to_contain_text(f"{number} ·")
    assert chosen(page) != number
    page.goto(f"/alder-creek/cases/?search={number}")
    expect(page.locator("#case")).to_contain_text("mira proposed that nothing goes back")
    expect(page.locator("#case .timeline")).to_contain_text("The payer agreed in writing.")
    page = sign_in("sam", "cases/?queue=approval")
    look_for(page, number)
    press(page, "a")
    look_for(page, number)
    expect(page.locator("#case")).to_contain_text("Resolved")


def look_for(page: Page, number: str) -> None:
    """Search by keys alone."""
    page.keyboard.press("/")
    page.keyboard.type(number)
    press(page, "Enter")


def tab_to(page: Page, name: str) -> None:
    """Go from field to field until there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"{name} is not to be had by the keyboard.")


def test_a_supervisor_approves_and_a_controller_pays(sign_in: Open) -> None:
    page = sign_in("sam", "cases/?queue=approval")
    number = chosen(page)
    press(page, "a")
    expect(page.locator("#case")).not_to_contain_text(f"{number} ·")
    page = sign_in("cora", "cases/?queue=pay")
    look_for(page, number)
    expect(page.locator("#case")).to_contain_text("To pay")
    press(page, "p")
    look_for(page, number)
    expect(page.locator("#case")).to_contain_text("To reconcile")


def test_the_provider_s_contact_answers_a_question(sign_in: Open) -> None:
    page = sign_in("paul", "cases/?queue=provider&party=undetermined")
    expect(page.locator("#case")).to_contain_text("Which plan was primary")
    number = chosen(page)
    page.keyboard.press("y")
    page.keyboard.type("The group plan was.")
    page.keyboard.press("Tab")
    press(page, "Enter")
    page.goto(f"/alder-creek/cases/?search={number}")
    expect(page.locator("#case")).to_contain_text("The group plan was.")


@pytest.mark.parametrize("name", ["otto", "lena"])
def test_who_only_reads_finds_nothing_to_press(name: str, sign_in: Open) -> None:
    page = sign_in(name)
    expect(page.locator("#case")).to_contain_text("Nothing to do here for your role")
    assert page.locator("#case [data-key]").count() == 0


def test_an_administrator_adds_somebody_with_a_password_told_once(sign_in: Open) -> None:
    page = sign_in("ada", "people/")
    tab_to(page, "id_username")
    page.keyboard.type("pia")
    tab_to(page, "id_role")
    page.keyboard.type("Aud")
    expect(page.locator("#id_role")).to_have_value("auditor")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("It is shown this once")
    page.reload()
    expect(page.locator("main")).not_to_contain_text("It is shown this once")


def test_two_people_at_once_and_nothing_typed_is_lost(sign_in: Open) -> None:
    mira = sign_in("mira", "cases/?party=patient")
    noor = sign_in("noor", "cases/?party=patient")
    assert chosen(mira) == chosen(noor)
    number = int(re.sub(r"\D", "", chosen(mira)))
    press(noor, "t")
    mira.keyboard.press("x")
    mira.keyboard.type("A sentence of mine")
    mira.keyboard.press("Tab")
    mira.keyboard.press("Enter")
    expect(mira.locator("#case [role=alert]")).to_contain_text("has changed since you opened it")
    expect(mira.locator("#reason-dismiss")).to_have_value("A sentence of mine")
    mira.goto(f"/alder-creek/cases/{number}/")
    expect(mira.locator("#reason-dismiss")).to_have_value("A sentence of mine")


def test_keys_palette_and_totals(sign_in: Open) -> None:
    page = sign_in("mira")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("Dashb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard/")
    page.go_back()
    page.locator(".list input[name=number]").nth(0).check()
    page.locator(".list input[name=number]").nth(1).check()
    expect(page.locator(".bulk output")).to_contain_text("2 chosen, $")


def test_a_security_key_signs_in(browser: Browser, office: Office) -> None:
    """A key is added, and asked for from then on; the browser's own stand-in plays the key."""
    host = office.address.replace("127.0.0.1", "localhost")  # a key belongs to a name
    context = browser.new_context(base_url=host)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in_as(page, "kay", office)
    assert page.url.endswith("/account/password/change/")  # somebody else has set the first one
    own = "a sentence of her own"
    for name, words in (("old", office.passwords["kay"]), ("1", own), ("2", own)):
        page.fill(f"#id_{'oldpassword' if name == 'old' else f'password{name}'}", words)
    office.passwords["kay"] = own
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/account/2fa/webauthn/add/")
    page.fill("input[type=password]", own)
    page.keyboard.press("Enter")
    page.wait_for_url("**/webauthn/add/")
    page.fill("input[name=name]", "blue key")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    context.clear_cookies()
    sign_in_as(page, "kay", office)
    assert "/2fa/authenticate/" in page.url
    page.goto("/alder-creek/cases/")
    assert "/2fa/authenticate/" in page.url
    with page.expect_navigation():
        page.click("#mfa_webauthn_authenticate")
    page.goto("/alder-creek/cases/")
    expect(page.locator("h1")).to_have_text("To work")
    context.close()


def sign_in_as(page: Page, name: str, office: Office) -> None:
    page.goto("/account/login/")
    page.fill("#id_login", name)
    page.fill("#id_password", office.passwords[name])
    page.click("button.main")
    page.wait_for_load_state("networkidle")


def test_cases_are_chosen_and_words_are_sent_by_keys(sign_in: Open) -> None:
    page = sign_in("mira", "cases/?party=payer")
    page.keyboard.press("s")
    expect(page.locator(".bulk output")).to_contain_text("1 chosen")
    first = chosen(page)
    page.keyboard.press("j")
    expect(page.locator("#case h2 a")).not_to_have_text(first)
    page.keyboard.press("s")
    expect(page.locator(".bulk output")).to_contain_text("2 chosen")
    number = chosen(page)
    page.keyboard.press("n")
    page.keyboard.type("Seen.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#case")).to_contain_text("Seen.")
    assert chosen(page) == number

"""Secrets that are shown once, in a real browser: copied by a button, seen by axe, and gone from the next page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from desk.browser.conftest import Served
from waqai.flow import now
from waqai.people import find_bearer

PASSWORD = "correct horse battery"


def copied(page: Page) -> str:
    page.get_by_role("button", name="Copy").click()
    page.locator("h1").click()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_token_is_copied_by_a_button_and_gone_from_the_next_page(page: Page, context: BrowserContext, served: Served, scheme: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served.base + "/me")
    page.get_by_label("What it is for").fill("nightly export")
    page.get_by_role("button", name="Make a token").click()
    secret = page.locator("#secret").input_value()
    assert copied(page) == secret and find_bearer(secret, served.store, at=now()) is not None
    assert Axe().run(page).violations_count == 0 and secret not in page.url
    page.goto(served.base + "/me")
    assert secret not in page.content()


def test_a_one_time_password_leads_to_a_password_of_one_s_own(page: Page, context: BrowserContext, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served.base + "/people")
    page.get_by_label("Name, as the log shall show it").fill("eva")
    page.get_by_role("button", name="Add", exact=True).click()
    made = page.locator("#secret").input_value()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390 and Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Leave").click()
    page.goto(served.base + "/login")
    page.get_by_label("Name").fill("eva")
    page.get_by_label("Password").fill(made)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_text("made by somebody else")).to_be_visible()
    assert page.url == served.base + "/me" and Axe().run(page).violations_count == 0
    page.get_by_label("The one you have").fill(made)
    page.get_by_label("The new one", exact=True).fill(PASSWORD)
    page.get_by_label("The new one again").fill(PASSWORD)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("Your password was changed")).to_be_visible()
    page.goto(served.base + "/queue")
    expect(page.locator("h1")).to_be_visible()

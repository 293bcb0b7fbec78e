"""Two coders in two browsers code one report blind, and see where they differ."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from desk.browser.conftest import Served
from desk.browser.test_review import select_words
from waqai.flow import now
from waqai.people import add_person

PASSWORD = "a long word to come in"
WORDS = "four inmates died in the raid"
"""Of the report c001."""


@pytest.fixture
def coders(served: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Page, Page]]:
    """Carla and Dieter, each in a browser of its own."""
    monkeypatch.setattr("waqai.people.passwords.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("carla", "dieter"):
        add_person(name, served.store, role="coder", password=PASSWORD, by="person", at=now())
    with browser.new_context() as one, browser.new_context() as other:
        pages = one.new_page(), other.new_page()
        for name, page in zip(("carla", "dieter"), pages, strict=True):
            page.goto(f"{served.base}/login")
            page.get_by_label("name").fill(name)
            page.get_by_label("password").fill(PASSWORD)
            page.keyboard.press("Enter")
            expect(page.locator(".who")).to_contain_text(name)
        yield pages


def begin(page: Page, served: Served) -> None:
    """From the report's page, from nothing."""
    page.goto(f"{served.base}/reports/c001")
    page.get_by_role("link", name="Code it blind").click()
    page.get_by_role("button", name="Code it blind").first.click()
    expect(page.get_by_text("begun from nothing")).to_be_visible()
    page.wait_for_load_state()  # with its script, which takes the keys


def add_account(page: Page, words: str, type: str) -> None:
    select_words(page, words)
    page.keyboard.press("n")
    page.locator("form[data-act=add] select[name=type]").select_option(type)
    page.locator("form[data-act=add] button.main").click()
    expect(page.locator(".record")).to_have_count(1)


def count_from(page: Page, words: str, *, expects: str) -> None:
    """Put a figure in from its words: the desk makes a first guess of the number."""
    select_words(page, words)
    page.keyboard.press("c")
    form = page.locator(".record.here form[data-new=count]")
    expect(form.locator("[name=value]")).to_have_value(expects)
    form.locator("[name=kind]").select_option("killed")
    form.locator("button.main").click()
    expect(page.locator(".field[data-facet=count]")).to_have_count(1)


def finish(page: Page) -> None:
    page.get_by_text("hand in …").click()
    page.get_by_role("checkbox", name="I have coded all").check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("it stays as it is").first).to_be_visible()


def test_two_code_a_report_blind_and_then_see_where_they_differ(page: Page, coders: tuple[Page, Page], served: Served) -> None:
    carla, dieter = coders
    for one in coders:
        begin(one, served)
        expect(one.locator("#text mark")).to_have_count(0)
    add_account(carla, WORDS, "escape")
    count_from(carla, "four inmates", expects="4")
    finish(carla)
    add_account(dieter, WORDS, "jailbreak")
    dieter.reload()
    expect(dieter.locator(".field[data-facet=count]")).to_have_count(0)
    assert dieter.goto(f"{served.base}/agreement/c001").status == 403  # type: ignore[union-attr]
    dieter.goto(f"{served.base}/coding/c001")
    finish(dieter)
    dieter.get_by_role("link", name="See it beside the other codings").click()
    expect(dieter.locator("#h1 thead th").nth(1)).to_have_text("carla")
    expect(dieter.locator("#h1 tr", has_text="killed").locator("td").first).to_contain_text("4")
    page.goto(f"{served.base}/agreement")
    expect(page.locator("tr", has_text="count: killed").locator("td").first).to_have_text("1")
    page.get_by_role("link", name="c001").click()
    expect(page.locator("#h1 tr", has_text="type")).to_contain_text("jailbreak")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_codings_and_what_is_compared_and_all_fit_a_phone(page: Page, coders: tuple[Page, Page], served: Served, scheme: str) -> None:
    carla, dieter = coders
    for one in (page, carla):
        one.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    begin(carla, served)
    add_account(carla, WORDS, "escape")
    count_from(carla, "four inmates", expects="4")
    begin(dieter, served)
    add_account(dieter, WORDS, "jailbreak")
    finish(dieter)
    for address in ("/coding/c001", "/coding"):
        look_at(carla, served.base + address)
    carla.goto(f"{served.base}/coding/c001")
    finish(carla)
    look_at(carla, f"{served.base}/coding/c001")
    for address in ("/agreement", "/agreement/c001"):
        look_at(page, served.base + address)


def look_at(page: Page, address: str) -> None:
    """Axe finds nothing, with all that folds unfolded, and a phone needs not be scrolled to the side."""
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.name = ''; one.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_words_that_stand_several_times_are_chosen_without_selecting(coders: tuple[Page, Page], served: Served) -> None:
    page, _ = coders
    begin(page, served)
    page.locator("form[data-act=add] [name=words]").fill("the")
    page.locator("form[data-act=add] button.main").click()
    expect(page.get_by_role("alert")).to_contain_text("choose which are meant")
    page.locator("form[data-act=add] [name=meant]").nth(1).check()
    page.locator("form[data-act=add] button.main").click()
    expect(page.locator(".record .words").first).to_have_text("“the”")


def test_words_that_are_selected_while_a_form_is_open_go_into_it(coders: tuple[Page, Page], served: Served) -> None:
    page, _ = coders
    begin(page, served)
    select_words(page, WORDS)
    page.locator("#text").dispatch_event("pointerup")
    given = page.locator("form[data-act=add] [name=words]")
    expect(given).to_have_value(WORDS)
    given.fill("four inmates")
    select_words(page, WORDS)
    page.locator("#text").dispatch_event("pointerup")
    expect(given).to_have_value("four inmates")

"""Merging, splitting and taking back in a browser, each after a look at what would change."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from desk.browser.conftest import Served
from waqai.core import Incident


def two_incidents(served: Served) -> tuple[Incident, Incident]:
    """Of those with one and with several reports."""
    found = sorted(served.store.iter_incidents(), key=lambda one: (-len({account.report for account in one.accounts}), one.id))
    return found[0], found[-1]


def seats(served: Served) -> dict[str, str]:
    return {account.account: one.id for one in served.store.iter_incidents() for account in one.accounts}


def test_two_are_merged_after_a_look_and_the_merge_is_taken_back(page: Page, served: Served) -> None:
    one, other = two_incidents(served)
    before = seats(served)
    page.goto(f"{served.base}/incidents/{other.id}")
    page.get_by_role("link", name="Merge with another incident …").click()
    expect(page.locator("h1")).to_have_text("Which incident is the same happening?")
    page.get_by_label("another incident").fill(one.id)
    page.locator("form").filter(has=page.get_by_label("another incident")).get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Merge: what would change")
    expect(page.locator(".sides-table")).to_contain_text("not there")
    assert seats(served) == before  # only looked at
    page.get_by_label("because").fill("both tell of the same morning")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".history")).to_contain_text("both tell of the same morning")
    assert {served.store.get_incident(one.id).id, served.store.get_incident(other.id).id} == {page.url.rpartition("/")[2]}
    page.locator(".history li").filter(has_text="both tell of the same morning").get_by_role("button").click()
    expect(page.locator(".history .gone")).to_have_count(1)
    assert seats(served) == before


def test_one_that_is_near_is_offered_with_the_reason(page: Page, served: Served) -> None:
    one, _ = two_incidents(served)
    page.goto(f"{served.base}/judge/merge?one={one.id}")
    near = page.locator(".waiting li").first
    expect(near.locator(".why")).not_to_be_empty()
    near.get_by_role("link", name="See the merge …").click()
    expect(page.locator("h1")).to_have_text("Merge: what would change")
    page.get_by_role("link", name="Leave it as it is").click()
    expect(page).to_have_url(f"{served.base}/incidents/{one.id}")


def test_an_account_is_split_off_after_a_look_and_brought_back(page: Page, served: Served) -> None:
    one, _ = two_incidents(served)
    before = seats(served)
    page.goto(f"{served.base}/incidents/{one.id}")
    ticks = page.locator("input[name=account]")
    away = ticks.last.get_attribute("value") or ""
    ticks.last.check()
    page.get_by_role("button", name="Split off those ticked …").click()
    expect(page.locator("h1")).to_have_text("Split: what would change")
    expect(page.locator(".sides-table")).to_contain_text("a new one")
    page.get_by_label("because").fill("another morning")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator(".history")).to_contain_text("another morning")
    assert seats(served)[away] not in set(before.values())
    page.locator(".history li").filter(has_text="another morning").last.get_by_role("button").click()
    expect(page.locator(".history .gone").first).to_be_visible()
    assert seats(served) == before


def test_who_ticks_nothing_is_told_so(page: Page, served: Served) -> None:
    one, _ = two_incidents(served)
    page.goto(f"{served.base}/incidents/{one.id}")
    page.get_by_role("button", name="Split off those ticked …").click()
    expect(page.get_by_role("alert")).to_contain_text("tick the accounts")

"""The queue by keyboard alone: five reports from the first doubtful one on, without a pointer."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, expect

from desk.browser.conftest import Served

REPORTS = 5
VERDICTS = (".record .badge.accepted", ".record .badge.rejected")


def test_five_reports_are_reviewed_by_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    seen: list[str] = []
    for _ in range(REPORTS):
        expect(page.locator("#review")).to_be_visible()
        expect(page).not_to_have_url(seen[-1] if seen else f"{served.base}/queue")
        seen.append(page.url)
        accounts = page.locator(".record").count()
        for n in range(accounts):
            verdicts = page.locator(", ".join(VERDICTS))
            if verdicts.count() == accounts:
                break
            page.keyboard.press("x" if n % 3 == 2 else "a")
            expect(verdicts).to_have_count(n + 1)
        seen[-1] = page.url
        page.keyboard.press("g")  # the next report comes without a new page, so no key is lost
    reviewed = [unquote(urlsplit(address).path).rpartition("/")[2] for address in seen]
    assert len(set(reviewed)) == REPORTS
    said = [entry for entry in served.store.iter_log() if entry.kind in ("accepted", "rejected")]
    told = {report: {account.id for account in reading.accounts} for report in reviewed if (reading := served.store.find_reading(report))}
    assert {entry.subject for entry in said} == set().union(*told.values())
    assert all(entry.value["effort"]["clicks"] == 0 and entry.value["effort"]["keys"] >= 1 for entry in said)


def test_back_leads_to_the_report_before(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/queue")
    page.locator(".waiting a.what").first.click()
    page.wait_for_url("**/reports/**")
    first = page.locator("#review").get_attribute("data-report") or ""
    page.keyboard.press("g")
    expect(page.locator("#review")).not_to_have_attribute("data-report", first)
    page.go_back()
    expect(page.locator("#review")).to_have_attribute("data-report", first)
    page.keyboard.press("a")
    expect(page.locator(VERDICTS[0]).first).to_be_visible()

"""Every page as a person sees it: nothing that axe finds, nothing wider than a phone, in light and dark; and the pictures of the docs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from desk.browser.conftest import Served

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "desk"
PAGES = ["/", "/queue", "/incidents", "/incidents?words=prison&country=SY", "/incidents/INCIDENT", "/reports/c001", "/reports/arabic-title", "/add"]
PAGES += [
    "/publishers",
    "/expectations",
    "/codebook",
    "/quality",
    "/reports/nobody",
    "/login",
    "/coding",
    "/agreement",
    "/people",
    "/me",
    "/alerts",
    "/feeds",
    "/alerts?type=escape",
    "/patterns?kind=after&type=escape&after_type=meeting",
    "/patterns?kind=rates&country=SY",
]


def filled(path: str, served: Served) -> str:
    """The address, with an incident of several reports where one is asked for."""
    most = max(served.store.iter_incidents(), key=lambda one: len({account.report for account in one.accounts}))
    return served.base + path.replace("INCIDENT", most.id)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_or_dark_and_the_page_is_no_wider_than_a_phone(page: Page, served: Served, path: str) -> None:
    """One browser that came in loads the page for each of the three: to come in takes as long as they do."""
    address = filled(path, served)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        load(page, address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    page.set_viewport_size({"width": 390, "height": 844})
    load(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def load(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    ("name", "path"), [("review", "/reports/c001"), ("queue", "/queue"), ("incident", "/incidents/INCIDENT"), ("incidents", "/incidents"), ("start", "/")]
)
def test_the_pictures_of_the_docs(page: Page, served: Served, tmp_path: Path, name: str, path: str) -> None:
    """With WAQAI_PICTURES=1 they are written into docs/desk; always, the page must be there to be drawn."""
    page.set_viewport_size({"width": 1280, "height": 860})
    load(page, filled(path, served))
    expect(page.locator("h1").first).to_be_visible()
    target = PICTURES if os.environ.get("WAQAI_PICTURES") else tmp_path
    page.screenshot(path=target / f"{name}.png")
    assert (target / f"{name}.png").stat().st_size > 10_000

"""A site in a real browser: from a folder and from a web server, with scripts and without, in light and dark, on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.needs("chromium")
PAGES = ("index.html", "incidents.html", "incidents.html#type=escape&sort=where", "map.html", "timeline.html", "codebook.html", "data.html", "changes.html")
PAGES = (*PAGES, "incidents/e/i-escape.html", "incidents/a/i-arabic.html")
ALIKE = (PAGES[2], PAGES[-1])
"""Another of the same kind is looked at by axe."""


class Watched:
    """A page, and whatever it asked for elsewhere or complained of."""

    def __init__(self, context: BrowserContext, base: str, *, scripts: bool = True) -> None:
        self.page, self.base, self.scripts = context.new_page(), base, scripts
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.wrong.append(request.url) if not request.url.startswith((base, "data:", "blob:")) else None)
        self.page.on("requestfailed", lambda request: self.wrong.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None)
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.base}/{path}")
        if self.scripts:  # a script says so when it has shown what it shows
            self.page.wait_for_selector("html[data-ready], html:not(:has(script))", state="attached")
        return self.page


@pytest.fixture
def opened(context: BrowserContext, site: Path) -> Iterator[Watched]:
    """The site as it is opened from a folder. Fails the test where it asks another place for something, or a script stumbles."""
    watched = Watched(context, site.as_uri())
    yield watched
    assert watched.wrong == []


def violations(page: Page) -> str:
    """What axe finds. Preloading is off: it would fetch style sheets, which no file may."""
    found = Axe().run(page, options={"preload": False})
    return str(found.generate_report()) if found.violations_count else ""


def test_every_page_opens_from_a_folder_asks_nobody_and_axe_finds_nothing(opened: Watched) -> None:
    for path in PAGES:
        page = opened.go(path)
        page.evaluate("document.querySelectorAll('.codebook > :nth-child(n+40):nth-last-child(n+12)').forEach(one => one.remove())")  # more of the same
        assert path in ALIKE or violations(page) == "", path


def test_every_page_fits_a_phone_and_is_as_good_in_the_dark(opened: Watched) -> None:
    opened.page.emulate_media(color_scheme="dark")
    opened.page.set_viewport_size({"width": 390, "height": 844})
    for path in PAGES:
        assert opened.go(path).evaluate("document.documentElement.scrollWidth") <= 390, path
    for path in ("index.html", "incidents/e/i-escape.html"):
        assert violations(opened.go(path)) == "", path


def test_it_is_the_same_on_a_web_server(context: BrowserContext, site: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever).start()
        watched = Watched(context, f"http://127.0.0.1:{server.server_port}")
        for path in ("index.html", "map.html", "timeline.html", "incidents/e/i-escape.html"):
            watched.go(path)
        expect(watched.go("incidents.html#type=escape").locator("h1")).to_have_text("2 of 5 incidents")
        server.shutdown()
    assert watched.wrong == []


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def ids_on(page: Page) -> list[str]:
    return [Path(address).stem for address in page.locator("table.list tbody a").evaluate_all("links => links.map(link => link.href)")]


def test_the_table_is_narrowed_ordered_and_searched_and_its_address_keeps_that(opened: Watched) -> None:
    page = opened.go("incidents.html")
    assert ids_on(page) == ["i-caught", "i-escape", "i-meeting", "i-arabic", "i-aid"]
    page.get_by_label("escape", exact=False).first.check()
    expect(page.locator("h1")).to_have_text("2 of 5 incidents")
    assert page.locator("input[name=country][value=SY]").locator("xpath=..").locator(".count").text_content() == "1"  # of those two
    page.locator("input[name=type]:checked").uncheck()
    page.get_by_role("searchbox").fill("INMATES governor")
    expect(page.locator("h1")).to_have_text("1 of 5 incidents")
    assert ids_on(page) == ["i-escape"]
    page.get_by_role("searchbox").fill("السجن سجين")  # both words have to be there, and one is not
    expect(page.locator("h1")).to_have_text("0 of 5 incidents")
    page.get_by_role("searchbox").fill("سجين")
    expect(page.locator("h1")).to_have_text("1 of 5 incidents")
    page.get_by_role("searchbox").fill("")
    page.locator("#until").fill("2021-03-01")
    expect(page.locator("h1")).to_have_text("1 of 5 incidents")
    assert ids_on(page) == ["i-arabic"]
    page = opened.go("incidents.html#sort=when")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("when")
    assert ids_on(page) == ["i-arabic", "i-meeting", "i-escape", "i-caught", "i-aid"]
    page.get_by_role("button", name="what").press("Enter")
    expect(page.get_by_role("button", name="what")).to_be_focused()
    assert ids_on(page)[0] == "i-aid" and page.url.endswith("#sort=what")
    page.reload()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("what")


def test_words_still_being_typed_go_along_with_the_next_choice_and_never_into_an_address_opened_since(opened: Watched) -> None:
    page = opened.go("incidents.html")
    page.evaluate(
        "window.setTimeout = (call) => { window.held = call; return 1; }; window.clearTimeout = () => { window.held = null; }"
    )  # the pause never ends by itself
    page.get_by_role("searchbox").fill("governor")
    page.get_by_role("button", name="what").press("Enter")
    expect(page.locator("h1")).to_have_text("1 of 5 incidents")
    assert page.evaluate("window.held") is None and page.url.endswith("#words=governor&sort=what")
    page.get_by_role("searchbox").fill("nothing")
    opened.go("incidents.html#sort=when")
    expect(page.locator("h1")).to_have_text("5 incidents")
    assert page.evaluate("window.held") is None


def test_a_table_drawn_anew_keeps_who_came_by_keyboard_where_they_are(opened: Watched) -> None:
    page = opened.go("incidents.html#sort=when")
    page.get_by_role("button", name="what").focus()
    page.evaluate("location.hash = 'sort=-when&type=meeting'")
    expect(page.locator("h1")).to_have_text("1 of 5 incidents")
    expect(page.get_by_role("button", name="what")).to_be_focused()


def test_what_is_chosen_in_the_table_is_shown_on_map_and_timeline_and_a_mark_leads_to_its_page(opened: Watched) -> None:
    page = opened.go("incidents.html#type=meeting")
    page.get_by_role("link", name="on the map").click()
    expect(page.locator("#chosen")).to_contain_text("1 of 5: meeting")
    page.locator("canvas").last.wait_for()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the only one is in the middle
    page.locator(".leaflet-popup a").first.click()
    expect(page).to_have_url(f"{opened.base}/incidents/m/i-meeting.html")
    page = opened.go("timeline.html#type=meeting")
    expect(page.locator("#families")).to_have_text("diplomacy")
    expect(page.locator("#timeline canvas")).to_be_visible()


def test_without_scripts_the_list_the_pictures_and_the_pages_are_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    watched = Watched(context, site.as_uri(), scripts=False)
    assert len(watched.go("incidents.html").locator("table.list tbody tr").all()) == 5
    for path in ("index.html", "map.html", "timeline.html"):
        page = watched.go(path)
        expect(page.locator(".picture img").first).to_be_visible()
        assert page.locator(".picture img").first.evaluate("image => image.naturalWidth") > 300
        expect(page.locator("#map, #timeline")).to_have_count(0 if path == "index.html" else 1)
        assert not page.locator("#map, #timeline").locator("visible=true").count()
    page = watched.go("incidents/e/i-escape.html")
    expect(page.locator("table.figures")).to_contain_text("At least 15 inmates")
    expect(page.locator("svg.spot")).to_be_visible()
    context.close()
    assert watched.wrong == []


def test_the_page_of_a_merged_incident_takes_the_reader_on(context: BrowserContext, releases: Path, tmp_path: Path) -> None:
    from sites.pages_of import rows_of
    from waqai.sites import copy_release, publish

    site = publish(tmp_path / "later", bring=copy_release(releases / "later"), profile="internal").folder
    (merged,) = rows_of(releases / "later/provenance/withdrawn.csv")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/incidents/{merged['id'][2]}/{merged['id']}.html")
    expect(page.locator("h1")).to_have_text("escape" if merged["now"] == "i-escape" else "recapture", ignore_case=True)

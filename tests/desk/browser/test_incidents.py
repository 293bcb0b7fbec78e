"""List, map and timeline in a browser: one filter for all three, which lives in the address and goes into what is exported."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Response, expect

from desk.browser.conftest import Served
from waqai.core import Incident
from waqai.store import Filters


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    return int((page.locator("h1").text_content() or "").split()[0].replace(",", ""))


@contextmanager
def told_to_map(page: Page, drawn: list[int], **wanted: str) -> Iterator[None]:
    """What is done inside makes the map ask for the whole world under these filters; how many incidents it is told of is added to `drawn`."""

    def is_it(answer: Response) -> bool:
        asked = parse_qs(urlsplit(answer.url).query)
        return "/incidents/map.json" in answer.url and asked["west"] == ["-180"] and all(asked.get(name) == [value] for name, value in wanted.items())

    with page.expect_response(is_it) as answer:
        yield
    drawn.append(sum(mark["count"] for mark in answer.value.json()["marks"]))


def drag_over(page: Page, share: float) -> None:
    """Over so much of the timeline, from the left."""
    box = page.locator("#timeline .u-over").bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + 20, steps=5)
    page.mouse.up()


def test_a_filter_narrows_list_map_and_timeline_and_goes_into_the_export(page: Page, served: Served, tmp_path: Path) -> None:
    drawn: list[int] = []
    with told_to_map(page, drawn):
        page.goto(f"{served.base}/incidents")
    totals = [total(page)]
    with told_to_map(page, drawn, country="SY"):
        page.locator(".facets a[href*='country=SY']").click()
    expect(page.locator(".facets a.chosen")).to_have_count(1)
    assert asked(page) == {"country": ["SY"]}
    totals.append(total(page))

    page.locator("#timeline .u-over").wait_for()
    with told_to_map(page, drawn, country="SY"):
        drag_over(page, 0.6)
    expect(page.locator("#since")).not_to_have_value("")
    chosen = asked(page)
    assert chosen.keys() == {"country", "since", "until"} and page.locator("#until").input_value() == chosen["until"][0]
    totals.append(total(page))
    assert totals[0] > totals[1] > totals[2] > 0 and drawn[0] > drawn[1] > drawn[2] > 0

    assert exported(page, "csv", tmp_path) == (told := exported(page, "json", tmp_path)) and len(told) == totals[2]
    page.go_back()
    expect(page.locator("h1")).to_contain_text(str(totals[1]))
    assert asked(page) == {"country": ["SY"]}


def exported(page: Page, ending: str, folder: Path) -> set[str]:
    """The ids of the incidents in what is downloaded; a table has a row for each of their figures."""
    with page.expect_download() as download:
        page.locator(".exports").get_by_role("link", name=ending, exact=True).click()
    download.value.save_as(folder / f"list.{ending}")
    if ending == "json":
        return {one["id"] for one in json.loads((folder / "list.json").read_text(encoding="utf-8"))["incidents"]}
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as rows:
        return {row["id"] for row in csv.DictReader(rows)}


def test_a_mark_leads_to_its_incident(page: Page, served: Served) -> None:
    one, query = next((one, query) for one in served.store.iter_incidents() if one.where and one.where.lat is not None and (query := alone(served, one)))
    page.goto(f"{served.base}/incidents?{query}")
    page.wait_for_load_state("networkidle")
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # one point: the map is centred on it
    page.locator(".leaflet-popup-content a").click()
    expect(page.locator("h2#history")).to_be_visible()
    assert page.url == f"{served.base}/incidents/{one.id}"


def alone(served: Served, one: Incident) -> str:
    """A filter that only this incident passes, as an address has it; "" for one that has none by its day and type."""
    day = one.when.earliest if one.when else None
    if day is None or served.desk.browser.page(Filters(since=day, until=day, type=(one.type,))).total != 1:
        return ""
    return f"since={day}&until={day}&type={one.type}"


def test_words_are_marked_where_they_were_found(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/")
    page.get_by_role("searchbox").first.fill("prison")
    page.keyboard.press("Enter")
    expect(page.locator("mark.hit").first).to_have_text("prison", ignore_case=True)
    assert asked(page)["words"] == ["prison"]

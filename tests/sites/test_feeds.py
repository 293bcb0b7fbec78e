from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

from sites.conftest import Build

ATOM = "{http://www.w3.org/2005/Atom}"


def entries_of(site: Path) -> list[tuple[str, str, str]]:
    feed = fromstring((site / "feed.atom").read_bytes())
    return [
        (str(one.findtext(f"{ATOM}id")), str(one.find(f"{ATOM}link").get("href")), str(one.findtext(f"{ATOM}updated")))  # type: ignore[union-attr]
        for one in feed.iter(f"{ATOM}entry")
    ]


def test_the_feed_of_a_folder_leads_to_the_files_beside_it(site: Path) -> None:
    found = entries_of(site)
    assert len(found) == 5 and all((site / address).is_file() for _, address, _ in found)
    assert ("urn:waqai:i-escape", "incidents/e/i-escape.html", "2021-03-09T00:00:00+00:00") in found


def test_with_an_address_feed_pages_and_list_of_pages_name_it_and_ids_stay(build: Build, site: Path) -> None:
    made = build("internal", address="https://data.example/prisons")
    assert {id for id, _, _ in entries_of(made)} == {id for id, _, _ in entries_of(site)}
    assert all(address.startswith("https://data.example/prisons/incidents/") for _, address, _ in entries_of(made))
    listed = [str(one.text) for one in fromstring((made / "sitemap.xml").read_text(encoding="utf-8")).iter() if one.tag.endswith("loc")]
    assert all((made / address.removeprefix("https://data.example/prisons/")).is_file() for address in listed) and len(listed) > 10
    assert '<link rel="canonical" href="https://data.example/prisons/map.html">' in (made / "map.html").read_text(encoding="utf-8")
    assert not (site / "sitemap.xml").exists()

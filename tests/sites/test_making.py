from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from sites.conftest import ARABIC, Build, Forge
from sites.pages_of import anchors_in, files_of, iter_links, page_at, pages_in, rows_of, target_of, text_of
from waqai.core import NoRelease, NotPossible, NotWritten
from waqai.releases import open_release, verify_release

HASHES = {"type", "country", "grade", "since", "until"}  # what a link into the table chooses: no anchors


def test_every_incident_of_the_release_has_a_page_and_there_is_no_other(site: Path, releases: Path) -> None:
    listed = {row["id"] for row in rows_of(releases / "internal/data/incidents.csv")}
    there = {page.stem for page in site.glob("incidents/*/*.html")}
    assert listed == there == {"i-escape", "i-caught", "i-meeting", "i-aid", "i-arabic"}


def test_every_figure_on_a_page_is_in_the_table_of_figures_and_every_figure_of_the_table_on_its_page(site: Path, releases: Path) -> None:
    told = [row for row in rows_of(releases / "internal/data/figures.csv") if row["measure"]]
    assert len(told) == 3
    found = 0
    for id in {row["id"] for row in rows_of(releases / "internal/data/incidents.csv")}:
        for line in page_at(site, id).cssselect("table.figures tbody tr:not(.of)"):
            figure, words, speaker, _, day = (text_of(cell) for cell in line.cssselect("td"))
            (row,) = [row for row in told if row["id"] == id and f"“{row['expr']}”" == words and row["speaker"] == speaker and row["said_at"] == day]
            numbers = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*", figure)}
            assert numbers and numbers <= {float(row[name]) for name in ("low", "best", "high") if row[name]}
            found += 1
    assert found == len(told)


def test_low_best_and_high_on_a_page_are_those_of_the_table(site: Path, releases: Path) -> None:
    (row,) = [row for row in rows_of(releases / "internal/data/incidents.csv") if row["id"] == "i-escape"]
    lines = {
        text_of(line.cssselect("th")[0]): [text_of(cell) for cell in line.cssselect("td")] for line in page_at(site, "i-escape").cssselect(".ranges tbody tr")
    }
    assert lines["escaped"] == [row["escaped_low"], row["escaped_best"], row["escaped_high"] or "open"]


def test_a_page_shows_who_says_it_in_which_words_and_where_the_report_is(site: Path) -> None:
    page = page_at(site, "i-escape")
    told = text_of(page.cssselect("main")[0])
    for words in (
        "2021-03-05",
        "Tel Salam, Hasakah, Syria",
        "The Daily",
        "News of the daily",
        "The Observatory",
        "12 prisoners",
        "At least 15 inmates",
        "judgement",
    ):
        assert words in told
    assert [text_of(claim) for claim in page.cssselect(".claims li")] == ["The Observatory reports 12 prisoners escaped from Qalat prison"]
    assert page.cssselect("svg.spot image")[0].get("href").startswith("../../pictures/ground")


def test_words_keep_the_direction_of_their_language(site: Path) -> None:
    page = page_at(site, "i-arabic")
    (quoted,) = page.cssselect("blockquote")
    assert quoted.get("dir") == "auto" and ARABIC in text_of(quoted) and page.cssselect(".telling h3")[0].get("dir") == "auto"
    assert page.cssselect(".from a")[0].get("href") == "https://marsad.example/1" and "noreferrer" in page.cssselect(".from a")[0].get("rel")
    assert "2021-02" in text_of(page.cssselect(".lead")[0]) and "No point on the map" in text_of(page)


def test_every_link_of_every_page_leads_somewhere_and_nothing_is_asked_of_others(site: Path) -> None:
    for page in pages_in(site):
        for tag, address in iter_links(page):
            if address.startswith(("http:", "https:")):
                assert tag == "a", f"{page.name} asks for {address}"
                continue
            file, anchor = target_of(page, address)
            assert file.is_file() and file.is_relative_to(site.resolve()), f"{page.name} leads to {address}"
            if anchor and anchor.partition("=")[0] not in HASHES:
                assert anchor in anchors_in(file), f"{page.name} leads to {address}"


def test_no_page_holds_a_script_or_a_style_and_all_have_the_policy(site: Path) -> None:
    for page in pages_in(site):
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        assert not tree.xpath("//script[not(@src)] | //style | //*[@style] | //iframe | //form | //*[starts-with(name(@*), 'on')]"), page.name
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; script-src 'self' file:;") and "unsafe" not in policy and "http" not in policy
        assert tree.get("lang") == "en" and tree.findtext(".//title")


def test_files_that_browsers_run_name_no_other_machine(site: Path) -> None:
    ours = [*site.glob("assets/*.js"), *site.glob("assets/*.css"), *site.glob("data/*.js"), *site.glob("pictures/*.svg")]
    assert len(ours) > 10
    for file in ours:
        found = set(re.findall(r"https?://[\w./-]+", file.read_text(encoding="utf-8"))) - {"http://www.w3.org/2000/svg"}
        assert found == set(), file.name


def test_the_same_release_gives_the_same_bytes(build: Build) -> None:
    assert files_of(build("internal", "one")) == files_of(build("internal", "other"))


def test_the_release_lies_in_it_as_it_was_made(site: Path, releases: Path) -> None:
    assert files_of(site / "release") == files_of(releases / "internal") and verify_release(open_release(site / "release")) == ()
    listed = html.fromstring((site / "data.html").read_text(encoding="utf-8")).xpath("//td/a/@href")
    assert {f"release/{name}" for name in files_of(releases / "internal")} == set(listed)


@pytest.mark.parametrize("wanted", ["public", "partner"])
def test_what_is_not_of_the_profile_that_was_said_is_refused(build: Build, tmp_path: Path, wanted: str) -> None:
    with pytest.raises(NotPossible, match="say --profile internal"):
        build("internal", profile=wanted)
    assert list(tmp_path.iterdir()) == []


def test_an_internal_site_says_on_every_page_that_it_is_not_to_be_passed_on(site: Path, build: Build) -> None:
    assert all("not to be passed on" in page.read_text(encoding="utf-8") for page in pages_in(site))
    assert not any('class="note notice"' in page.read_text(encoding="utf-8") for page in pages_in(build("public")))


def test_what_is_held_back_is_nowhere_in_a_public_site(build: Build) -> None:
    told = "".join(content.decode("utf-8", "replace") for content in files_of(build("fresh")).values())
    for hidden in ("i-escape", "i-caught", "Qalat", "Tel Salam", "12 prisoners"):
        assert hidden not in told
    assert "i-meeting" in told and "2 incidents: custody" in told


def test_a_public_site_names_no_facility_anywhere(build: Build) -> None:
    told = "".join(content.decode("utf-8", "replace") for content in files_of(build("public")).values())
    assert "i-escape" in told and "Qalat" not in told and "[facility withheld]" in told


def test_a_release_that_is_not_as_it_was_made_is_refused(build: Build, releases: Path, tmp_path: Path) -> None:
    shutil.copytree(releases / "internal", tmp_path / "mine")
    file = tmp_path / "mine/data/figures.csv"
    file.chmod(0o644)
    file.write_text(file.read_text(encoding="utf-8").replace("12", "13"), encoding="utf-8")
    with pytest.raises(NoRelease, match=r"not as it was made: data/figures\.csv was changed"):
        build(tmp_path / "mine")
    assert {path.name for path in tmp_path.iterdir()} == {"mine"}


def test_a_folder_that_is_there_is_left_alone(build: Build, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(NotWritten, match="name a new folder"):
        build("internal")
    assert list((tmp_path / "site").iterdir()) == []


def test_whatever_a_release_holds_is_shown_as_text(build: Build, forge: Forge) -> None:
    tag = "<script src=x></script><b onclick=x>"
    forged = forge("data/accounts.csv", "News of the daily", tag)
    page = page_at(build(forged), "i-escape")
    assert tag in text_of(page.cssselect(".telling h3")[-1]) and not page.xpath("//script | //b[@onclick]")


def test_a_text_that_was_guarded_for_spreadsheets_is_shown_as_it_was(build: Build, forge: Forge) -> None:
    page = page_at(build(forge("data/accounts.csv", "News of the daily", "'-3 dead")), "i-escape")
    assert "-3 dead" in [text_of(title) for title in page.cssselect(".telling h3")]


def test_an_earlier_release_that_was_changed_is_refused_too(build: Build, forge: Forge) -> None:
    earlier = forge("README.md", "A desk", "B desk")
    (earlier / "README.md").chmod(0o644)
    (earlier / "README.md").write_text("mine")
    with pytest.raises(NoRelease, match=r"README\.md was changed"):
        build("internal", earlier=earlier)


def test_an_address_that_is_none_of_the_web_is_no_link(build: Build, forge: Forge) -> None:
    page = page_at(build(forge("data/accounts.csv", "https://marsad.example/1", "javascript:alert(1)")), "i-arabic")
    assert not page.cssselect(".from a") and "javascript:alert(1)" in text_of(page.cssselect(".from")[0])


def test_an_id_that_would_lead_out_of_the_folder_is_refused(build: Build, forge: Forge, tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="is no id of an incident"):
        build(forge("data/incidents.csv", "i-arabic", "i-../../../x"))
    assert {path.name for path in tmp_path.iterdir()} == {"forged"}


def test_rows_of_an_incident_that_the_release_does_not_list_are_an_error(build: Build, forge: Forge) -> None:
    with pytest.raises(NoRelease, match=r"accounts\.csv tells of 'i-zzz'"):
        build(forge("data/accounts.csv", "i-meeting", "i-zzz"))


def test_the_page_of_a_merged_incident_leads_on_and_that_of_one_that_is_left_out_says_so(build: Build, releases: Path) -> None:
    (merged,) = rows_of(releases / "later/provenance/withdrawn.csv")
    page = page_at(build("later"), merged["id"])
    refresh = page.xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == [f"0; url=../../incidents/{merged['now'][2]}/{merged['now']}.html"] and merged["now"] in text_of(page)
    left_out = page_at(build("few", "few", earlier=releases / "internal"), "i-aid")
    assert "An earlier release held it" in text_of(left_out) and not left_out.xpath("//meta[@http-equiv='refresh']")


def test_what_changed_has_a_page_where_an_earlier_release_is_named(build: Build, releases: Path, site: Path) -> None:
    later = build("later", earlier=releases / "internal")
    page = html.fromstring((later / "changes.html").read_text(encoding="utf-8"))
    (merged,) = rows_of(releases / "later/provenance/withdrawn.csv")
    assert (
        "0 new, 1 changed, 1 withdrawn" in text_of(page) and f"{merged['id']}: now in" in text_of(page) and "reports" in text_of(page.cssselect(".change")[0])
    )
    assert 'href="changes.html"' in (site / "index.html").read_text(encoding="utf-8")
    assert "3 new, 0 changed, 0 withdrawn" in text_of(html.fromstring((site / "changes.html").read_text(encoding="utf-8")))
    plain = build("later", "plain")
    assert not (plain / "changes.html").exists() and "changes.html" not in (plain / "index.html").read_text(encoding="utf-8")


def test_the_list_is_read_page_by_page_without_scripts(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.sites.making.ON_PAGE", 2)
    site = build("internal")
    found, page = [], site / "incidents.html"
    while True:
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        found += [Path(address).stem for address in tree.xpath("//table[@class='list']//a/@href")]
        after = tree.xpath("//a[@rel='next']/@href")
        if not after:
            break
        page = target_of(page, after[0])[0]
    assert found == ["i-caught", "i-escape", "i-meeting", "i-arabic", "i-aid"]  # newest first, at the end what has no day


def test_the_table_of_months_counts_every_incident_that_has_a_day(site: Path) -> None:
    lines = html.fromstring((site / "timeline.html").read_text(encoding="utf-8")).cssselect(".months tbody tr")
    assert [[text_of(cell) for cell in line] for line in lines] == [["2021", "·", "1", "3", *["·"] * 9, "4"]]
    assert lines[0].xpath(".//a/@href")[1] == "incidents.html#since=2021-03-01&until=2021-03-31"


def test_a_release_without_incidents_is_a_site_too(build: Build, releases: Path, tmp_path: Path) -> None:
    from sites.conftest import release_of
    from waqai.codebook import load_actors
    from waqai.store import Filters, open_store

    with open_store(releases / "store.sqlite", actors=load_actors()) as store:
        release_of(store, tmp_path / "none", filters=Filters(type=("strike",)))
    site = build(tmp_path / "none")
    assert "There is no incident" in (site / "index.html").read_text(encoding="utf-8") and "No incident of this release" in (site / "map.html").read_text()

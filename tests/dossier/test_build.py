from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dossier_check import find_faults
from dossier_scene import AT, PRIVATE, SITE, fill
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, Profile
from waqai.core import NotPossible, UnknownId
from waqai.dossier import Dossier, Maker, to_html, to_markdown
from waqai.dossier.pdf import to_pdf
from waqai.dossier.word import to_docx
from waqai.flow import add_reports, build_chain, load_settings
from waqai.store import Filters, Store, open_store

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "report.txt"
# What each does to the dossier, and what the reader who checks it then has to say.
LIES = [
    ("Between **12**", "Between **11**", "no note says 11"),
    ("and **15**", "and **16**", "no note says 16"),
    ("in Tel Salam", "in Tel Kochak", "no note names 'Kochak'"),
    ("on 5 March 2021", "on 6 March 2021", "no note says 2021-03-06"),
    ("the Northern Council", "the Southern Council", "no note names 'Southern'"),
    ("Selma Aydin, a", "Selma Demir, a", "no note names 'Demir'"),
    ("“such escapes repeat themselves”", "“such escapes never repeat”", "no note quotes 'such escapes never repeat'"),
    ("3 days before", "4 days before", "no note says 4"),
    (" is 3 days", " is 2 days", "is not 2 days"),
    ("The Herald Post", "The Herald Times", "no note names 'Times'"),
    ("| 12 | 12 | 12 |", "| 12 | 12 | 21 |", "no note says 21"),
    ("· “Ministers of nine states”", "· “Ministers of ten states”", "'Ministers of ten states' is not in the report"),
]


def render(dossier: Dossier) -> str:
    return to_markdown(dossier, place_picture=lambda name, picture: None)


def test_every_quotation_number_day_and_name_of_every_line_is_borne_by_its_notes(store: Store, written: str) -> None:
    assert find_faults(written, store) == []


@pytest.mark.parametrize(("said", "lie", "fault"), LIES)
def test_a_lie_is_found_out(store: Store, written: str, said: str, lie: str, fault: str) -> None:
    assert said in written
    found = find_faults(written.replace(said, lie, 1), store)
    assert any(fault in one for one in found), found


def test_a_note_that_bears_nothing_is_found_out(store: Store, written: str) -> None:
    numbers = sorted(set(map(int, re.findall(r"\[\^(\d+)\]: ", written))))
    for number in numbers:
        body, line, notes = written.partition("\n---\n")
        assert find_faults(body.replace(f"[^{number}]", "[^999]") + line + notes, store)


def test_it_reads_as_a_brief(written: str) -> None:
    first = written.splitlines()[2]
    told = "Between 12 and 15 prisoners escaped from Qalat prison, in Tel Salam, Al-Hasakah, Syria, on 5 March 2021, by differing accounts."
    assert re.sub(r"\[\^\d+\]|\*\*", "", first) == told
    headings = re.findall(r"^## (.*)$", written, re.MULTILINE)
    assert headings == [
        "Figures by source",
        "Who says what, and how sure",
        "Expectations on record",
        "Judgements, and whose they are",
        "In the 14 days before",
        "Earlier at the place, and of those who took part",
        "What is not known, and what does not add up",
        "Map and timeline",
    ]


def test_what_contradicts_itself_is_printed_for_the_house_and_nobody_else(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    notice = "daily: escaped: 12 != 5 + 6 = 11"
    assert notice in render(maker_of(store, INTERNAL).of_incident("i-escape", notices=[notice]))
    for profile in (PARTNER, PUBLIC):
        assert "5 + 6" not in render(maker_of(store, profile).of_incident("i-escape", notices=[notice]))


@pytest.mark.parametrize("profile", [PUBLIC, PARTNER])
def test_nothing_that_is_masked_comes_out_in_any_format(store: Store, maker_of: Callable[..., Maker], profile: Profile) -> None:
    """A private person who speaks, is spoken of and stands in title and address; a prison; a point; for the public, two dead."""
    fill(store, title=f"What {PRIVATE} saw at {SITE}", url="https://post.example/zoran-kelmendi-qalat")
    maker = maker_of(store, profile)
    for made in (maker.of_incident("i-escape"), maker.of_many(Filters(), title="All incidents")):
        for told in (render(made), to_html(made), words_of_docx(to_docx(made)), words_of_pdf(to_pdf(made))):
            folded = "".join(told.casefold().split())
            for secret in (PRIVATE, "kelmendi", "zoran", "Qalat", "news-of"):
                assert secret.casefold().replace(" ", "") not in folded, (profile.name, secret)
            assert "escaped" in told
            if profile is PUBLIC:
                assert "two men died" not in told and "two men" not in told


def test_one_or_two_persons_are_fewer_than_three_to_the_public(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    assert "killed: men | <3 |" in render(maker_of(store, PUBLIC).of_incident("i-escape")).replace("\\", "")
    assert "killed: men | 2 |" in render(maker_of(store, PARTNER).of_incident("i-escape"))


def test_the_house_sees_all_words(written: str) -> None:
    assert PRIVATE in written and SITE in written and "two men died" in written


def words_of_docx(content: bytes) -> str:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(content)) as parts:
        read = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith((".xml", ".rels")))
    return re.sub(r"<[^>]+>", "", read) + read


def words_of_pdf(content: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    pages = PdfReader(BytesIO(content)).pages
    links = [str(note.get_object().get("/A", {})) for page in pages for note in page.get("/Annots", [])]
    return " ".join([*(page.extract_text() for page in pages), *links])


def test_what_is_fresh_is_no_public_dossier(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    soon = datetime.combine(date(2021, 3, 6), AT.timetz())
    with pytest.raises(NotPossible, match="held back under the profile 'public'"):
        maker_of(store, PUBLIC, at=soon).of_incident("i-escape")
    listed = render(maker_of(store, PUBLIC, at=soon).of_many(Filters(), title="All"))
    assert "i-escape" not in listed and "i-gate" in listed
    assert maker_of(store, PUBLIC, at=soon + timedelta(days=4)).of_incident("i-escape").title.startswith("Escape")


def test_reports_that_may_not_be_passed_on_tell_nothing(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store, terms="no redistribution")
    with pytest.raises(NotPossible, match="terms forbid"):
        maker_of(store, INTERNAL).of_incident("i-escape")


def test_an_unknown_incident_is_an_error(store: Store, maker_of: Callable[..., Maker]) -> None:
    with pytest.raises(UnknownId):
        maker_of(store).of_incident("i-nothing")


def test_many_are_counted_with_their_base_and_told_in_short(store: Store, maker_of: Callable[..., Maker]) -> None:
    fill(store)
    told = render(maker_of(store).of_many(Filters(country=("SY",)), title="Syria"))
    assert "The store holds 2 incidents that pass; 2 of them have a day, 2[^1] a country." in told
    assert "| Syria | 2 |" in told and "| 2021-01 | 1 |" in told and "| of 2 incidents with a day |" in told
    assert told.index("(i-gate)") < told.index("(i-escape)")
    assert "**4** soldiers were killed in Tel Salam" in told and "i-lake" not in told


def test_no_incident_that_passes_is_said_and_no_error(store: Store, maker_of: Callable[..., Maker]) -> None:
    assert "The store holds 0 incidents that pass" in render(maker_of(store).of_many(Filters(country=("FR",)), title="France"))


def test_the_same_store_gives_the_same_dossier(store: Store, escape: Dossier, maker_of: Callable[..., Maker]) -> None:
    again = maker_of(store).of_incident("i-escape")
    assert again == escape and again.dated == AT.date() and f"entry {store.last_entry()}" in again.made


@pytest.mark.skipif(not SEED.is_file(), reason="the seed's report lies beside the repository only where it is worked on")
def test_the_dossier_of_the_seeds_incident_reads_like_its_own_brief_with_sources(tmp_path: Path, maker_of: Callable[..., Maker]) -> None:
    from factories import make_report

    report = make_report(SEED.read_text(encoding="utf-8"), id="seed", publisher="The Paper", published=date(2023, 6, 20))
    with open_store(tmp_path / "seed.sqlite") as store:
        add_reports([report], build_chain(load_settings()), store)
        (incident,) = store.iter_incidents(Filters(type=("escape",)))
        told = render(maker_of(store).of_incident(incident.id))
        assert find_faults(told, store) == []
    coded = json.loads((SEED.parent / "coding.json").read_text(encoding="utf-8"))
    opening = re.sub(r"\[\^\d+\]|\*\*", "", told.split("\n\n")[1])
    actors = {actor["id"]: actor["name"] for actor in coded["actors"]}
    for part in (" escaped from a ", " near ", " on 18 June 2023 (the day of the announcement)", "They were held by the ", actors["A_SOHR"], "grade: weak"):
        assert part in opening
    for actor in ("A_NAGGAR", "A_BLINKEN", "A_COAL", "A_TURARMY"):
        assert actors[actor] in told
    assert told.count("10 days before") == 2 and "because of" not in told

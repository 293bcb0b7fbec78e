"""Bounds: what is planted in a record does not come out of it; what has a public role does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import make_account, make_count, make_involved, make_report, make_when, make_where, span_of
from made_names import NAMES, parts_of
from planted import DAY, SENTENCES, TITLES, iter_numbers, iter_strings, make_record, make_told, plant_alone, plant_everywhere, plant_in_text
from waqai.bounds import INTERNAL, PARTNER, PUBLIC, Bounds, Cleared, HeldBack, Profile
from waqai.core import Figure
from waqai.folding.records import NotToLeave, Record

Make = Callable[..., Bounds]
OUTSIDE = pytest.mark.parametrize("profile", [PUBLIC, PARTNER], ids=lambda one: one.name)


def clear(bounds: Bounds, record: Record) -> Cleared:
    cleared = bounds.clear(record)
    assert isinstance(cleared, Cleared)
    return cleared


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def find_leaks(cleared: Cleared, parts: frozenset[str]) -> list[tuple[str, str]]:
    return [(at, text) for at, text in iter_strings(cleared) if parts & words_in(text)]


def record_of(text: str, *, published: date | None = DAY, **fields: object) -> Record:
    """A record of one report, all of which is quoted."""
    report = make_report(text, published=published, publisher="Example News")
    when = make_when(DAY, phrase=span_of("escaped", text))
    return make_record(make_told(report, account=make_account(report, **({"when": when} | fields))))  # type: ignore[arg-type]


# -- names


@OUTSIDE
def test_none_of_200_names_comes_out_of_any_field_of_a_record(bounds_of: Make, profile: Profile) -> None:
    bounds = bounds_of(profile)
    leaks = {name: found for name in NAMES if (found := find_leaks(clear(bounds, plant_everywhere(name)), parts_of(name)))}
    assert len(NAMES) == 200 and not leaks


@pytest.mark.parametrize("number", range(len(SENTENCES)), ids=[sentence[:30] for sentence in SENTENCES])
def test_none_of_200_names_comes_out_of_quoted_words(bounds_of: Make, number: int) -> None:
    bounds = bounds_of(PUBLIC)
    leaks = {name: found for name in NAMES if (found := find_leaks(clear(bounds, plant_in_text(name, SENTENCES[number])), parts_of(name)))}
    assert not leaks


@pytest.mark.parametrize("name", ["أحمد الجبوري", "شيركو برزاني", "王伟明", "Дмитро Шевченко", "Γιώργος Παππάς", "דוד לוי"])
def test_names_in_other_scripts_do_not_come_out(bounds_of: Make, name: str) -> None:
    bounds = bounds_of(PARTNER)
    records = [plant_everywhere(name), *(plant_in_text(name, sentence) for sentence in SENTENCES), *(plant_alone(name, title) for title in TITLES)]
    leaks = [found for record in records if (found := find_leaks(clear(bounds, record), parts_of(name)))]
    assert parts_of(name) and not leaks


@pytest.mark.parametrize("title", TITLES)
def test_none_of_200_names_comes_out_where_the_text_does_not_hold_it(bounds_of: Make, title: str) -> None:
    bounds = bounds_of(PARTNER)
    leaks = {name: found for name in NAMES if (found := find_leaks(clear(bounds, plant_alone(name, title)), parts_of(name)))}
    assert not leaks


def test_the_walk_finds_each_of_the_names_where_nothing_is_masked(bounds_of: Make) -> None:
    bounds = bounds_of(INTERNAL)
    assert all(find_leaks(clear(bounds, plant_everywhere(name)), parts_of(name)) for name in NAMES if parts_of(name))


@OUTSIDE
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Interior Minister Karim Aziz said 12 prisoners escaped. Aziz said six were caught.", ["Interior Minister Karim Aziz", "Aziz said"]),
        ("Rami Abdulrahman, director of the SOHR, said 12 prisoners escaped. They were armed, Abdulrahman said.", ["Rami Abdulrahman", "Abdulrahman said"]),
        ('"12 prisoners escaped," said the group\'s spokesman, Farid Haddad, on Monday.', ["spokesman, Farid Haddad"]),
        ("The governor of Hasakah, Samir Haddad, said 12 prisoners escaped.", ["governor of Hasakah, Samir Haddad"]),
        ("Samir Haddad, who heads the security office, said 12 prisoners escaped.", ["Samir Haddad, who heads"]),
        ("U.S. Secretary of State Harold Whitlock said 12 prisoners escaped.", ["Harold Whitlock"]),
    ],
)
def test_who_has_a_public_role_stays_named(bounds_of: Make, profile: Profile, text: str, kept: list[str]) -> None:
    evidence = clear(bounds_of(profile), record_of(text)).accounts[0].evidence
    assert all(words in evidence for words in kept), evidence


@pytest.mark.parametrize(
    "words",
    [
        "The Syrian Democratic Forces and ISIS fought in Hasakah province",
        "Iraq, Nigeria and the Kurdistan Region sent a letter to the United Nations",
        "Hundreds of Iraqi soldiers came from Nineveh and Anbar",
        "Officials of the Norwegian Refugee Council spoke. Yesterday all was calm",
        "Whether Kurdish-led units took part is unclear. Nobody in the Ministry of Interior answered",
    ],
)
def test_bodies_countries_provinces_and_common_words_stay(bounds_of: Make, words: str) -> None:
    evidence = clear(bounds_of(PARTNER), record_of(f"{words} when 12 prisoners escaped.")).accounts[0].evidence
    assert evidence.startswith(words)


def test_common_words_of_a_headline_stay(bounds_of: Make) -> None:
    report = make_report("12 prisoners escaped.", title="Hundreds Of Prisoners Escape As Karim Haddad And Guards Watch", publisher="Example News")
    assert clear(bounds_of(PARTNER), make_record(make_told(report))).accounts[0].report.title == (
        "Hundreds Of Prisoners Escape As [name withheld] And Guards Watch"
    )


def test_the_town_that_an_account_lies_in_stays(bounds_of: Make) -> None:
    text = "12 prisoners escaped. Manbij was calm."
    where = make_where("Manbij", place_id="geonames:167357", phrase=span_of("Manbij", text), precision="P3_admin2")
    account = clear(bounds_of(PUBLIC), record_of(text, where=where)).accounts[0]
    assert account.evidence == text and account.where_words == "Manbij" and account.where is not None and account.where.name == "Manbij"


# -- facilities and points


@OUTSIDE
@pytest.mark.parametrize(
    ("text", "facility"),
    [
        ("12 prisoners escaped from Ghweran prison. Ghweran was shelled later.", "ghweran"),
        ("12 prisoners escaped. The walls of Sarposa Prison fell.", "sarposa"),
        ("12 prisoners escaped from the Al-Sina’a jail; al-Sina’a is in Hasakah.", "sina"),
        ("12 prisoners escaped from a prison called Umm Qanadil.", "qanadil"),
        ("12 prisoners escaped from Tel Qamar Central Prison in Iraq.", "qamar"),
    ],
)
def test_no_facility_is_named_in_fields_or_words(bounds_of: Make, profile: Profile, text: str, facility: str) -> None:
    report = make_report(text, publisher="Example News", title=text.split(".")[0], url=f"https://example.org/{facility}-prison-break")
    phrase = span_of(re.findall(r"(?:[A-Z][\w’-]+ )+(?:[Pp]rison|jail)|Umm Qanadil", text)[0], text)
    name = phrase.of(text)
    account = make_account(
        report,
        involved=[make_involved("facility", name, phrase=phrase)],
        where=make_where(name, place_id="waqai:x", phrase=phrase),
        when=make_when(DAY, phrase=span_of("escaped", text)),
    )
    cleared = clear(bounds_of(profile), make_record(make_told(report, account=account)))
    assert find_leaks(cleared, frozenset({facility})) == []


@OUTSIDE
def test_no_coordinate_is_finer_than_a_tenth_of_a_degree(bounds_of: Make, profile: Profile) -> None:
    text = "12 prisoners escaped at 36.5021, 40.7471 (36°30'07\"N 40°44'49\"E)."
    where = make_where("Tel Salam", lat=36.5021, lon=40.7471, phrase=span_of("36.5021, 40.7471", text))
    cleared = clear(bounds_of(profile), record_of(text, where=where))
    points = [value for at, value in iter_numbers(cleared) if at.endswith((".lat", ".lon"))]
    assert points == [36.5, 40.7, 36.5, 40.7] and cleared.incident.where is not None and (cleared.incident.where.radius_km or 0) >= 5 + 7.9
    assert not any("5021" in said or "30'" in said for _, said in iter_strings(cleared))


# -- fresh happenings and terms


@pytest.mark.parametrize(("hours", "held"), [(71, True), (73, False)])
def test_a_happening_of_custody_is_held_back_until_72_hours_after_its_last_day_ended(bounds_of: Make, hours: int, held: bool) -> None:
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(days=1, hours=hours)
    record = record_of("12 prisoners escaped.")
    assert isinstance(bounds_of(PUBLIC, at).clear(record), HeldBack) is held
    assert isinstance(bounds_of(PARTNER, at).clear(record), Cleared)


def test_of_a_happening_without_a_day_the_first_publication_counts(bounds_of: Make) -> None:
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(days=2)
    record = record_of("12 prisoners escaped.", when=None)
    assert record.incident.when is None and isinstance(bounds_of(PUBLIC, at).clear(record), HeldBack)
    assert isinstance(bounds_of(PUBLIC, at).clear(replace(record, family="diplomacy")), Cleared)


@pytest.mark.parametrize("profile", [PUBLIC, PARTNER, INTERNAL], ids=lambda one: one.name)
def test_what_terms_forbid_to_pass_on_leaves_in_no_profile(bounds_of: Make, profile: Profile) -> None:
    assert bounds_of(profile).clear(NotToLeave(incident="i-9")) == HeldBack(incident="i-9", reason="terms")


# -- small numbers


@pytest.mark.parametrize(
    "words",
    [
        "One prisoner escaped",
        "Two prisoners escaped",
        "2 prisoners escaped",
        "both inmates escaped",
        "one of the prisoners escaped",
        "a lone prisoner escaped",
        "an inmate escaped",
        "one or two men escaped",
    ],
)
def test_one_or_two_persons_are_told_as_fewer_than_three(bounds_of: Make, words: str) -> None:
    text = f"{words}. Guards killed two, leaving one wounded."
    report = make_report(text, publisher="Example News", title=words)
    number = 1 if re.search(r"(?i)\b(?:one|an?)\b", words) else 2
    count = make_count(number, report=report, words=words.removesuffix(" escaped"))
    account = make_account(report, counts=[count], when=make_when(DAY, phrase=span_of("escaped", text)))
    cleared = clear(bounds_of(PUBLIC), make_record(make_told(report, account=account)))
    told = [text for at, text in iter_strings(cleared) if at.endswith((".evidence", ".title", ".words", ".expr", ".name"))]
    assert told and not any(re.search(r"(?i)\b(?:one|two|both|1|2|an?)\b", text) for text in told)
    assert all(isinstance(one, Figure) and (one.best, one.expr) == (None, "<3") for one in cleared.incident.figures)
    assert all(count.few and count.best is None and count.high == 2 for count in cleared.accounts[0].counts)


def test_three_persons_and_a_partner_are_told_the_number(bounds_of: Make) -> None:
    text = "Three prisoners escaped; two were caught."
    report = make_report(text, publisher="Example News")
    account = make_account(
        report, counts=[make_count(3, report=report, words="Three prisoners"), make_count(2, report=report, words="two", measure="arrested")]
    )
    told = make_told(report, account=account)
    assert [one.best for one in clear(bounds_of(PUBLIC), make_record(told)).incident.figures] == [None, 3]
    partner = clear(bounds_of(PARTNER), make_record(told))
    assert [one.best for one in partner.incident.figures] == [2, 3] and partner.accounts[0].evidence == text


# -- tender happenings


@pytest.mark.parametrize(
    "case",
    [
        {"type": "sexual_violence"},  # a tender type
        {"of_whom": "boys"},  # children who are counted
        {"victim": "a 14-year-old girl"},  # a child who takes part
    ],
    ids=["type", "counted", "taking part"],
)
def test_tender_happenings_and_children_are_told_by_province_and_month(bounds_of: Make, case: dict[str, str]) -> None:
    text = "On 5 March 2021, a Friday, 12 boys escaped in Manbij. A 14-year-old girl was seen on Saturday near Aleppo."
    report = make_report(
        text, published=date(2021, 3, 7), publisher="Example News", title="Boys escape in Manbij on Friday", url="https://example.org/2021/03/07/boys"
    )
    phrase = span_of("Manbij", text)
    account = make_account(
        report,
        type="escape",
        counts=[make_count(12, report=report, words="12 boys", of_whom=case.get("of_whom", "people"), high=12)],
        involved=[make_involved("victim", case["victim"], phrase=span_of("A 14-year-old girl", text))] if "victim" in case else [],
        when=make_when(DAY, phrase=span_of("On 5 March 2021", text)),
        where=make_where("Manbij", place_id="geonames:167357", lat=36.53, lon=37.95, admin1="Aleppo", phrase=phrase),
    )
    told = make_told(report, account=account)
    record = make_record(told, type=case.get("type", "escape"))
    cleared = clear(bounds_of(PUBLIC), record)
    assert cleared.incident.when is not None and (cleared.incident.when.earliest, cleared.incident.when.latest) == (date(2021, 3, 1), date(2021, 3, 31))
    assert find_leaks(cleared, frozenset({"manbij", "friday", "saturday"})) == []
    assert not [text for _, text in iter_strings(cleared) if re.search(r"\b5 March|/07", text)]
    where = cleared.incident.where
    assert where is not None and (where.name, where.precision, where.lat, where.admin2) == ("Aleppo", "P4_admin1", None, None)
    assert all(figure.said_at is None for figure in cleared.incident.figures) and cleared.accounts[0].report.published is None


@pytest.mark.parametrize(
    "hints", [("escape", "teenagers"), ("ill_treatment",), ("escape", "prisoners")], ids=["a child takes part", "a part is tender", "neither"]
)
def test_of_a_record_without_its_accounts_the_hints_decide(bounds_of: Make, hints: tuple[str, ...]) -> None:
    record = replace(make_record(make_told(make_report("On Friday some escaped from there.", published=date(2021, 3, 7)))), told=(), hints=hints)
    cleared = clear(bounds_of(PUBLIC), record)
    assert cleared.incident.when is not None
    assert (cleared.incident.when.earliest == date(2021, 3, 1)) == (hints != ("escape", "prisoners"))


# -- publishers, ids, the internal profile


@OUTSIDE
def test_publishers_are_named_where_they_print_and_where_they_speak(bounds_of: Make, profile: Profile) -> None:
    names = ["Daily Trust", "The Express Tribune", "Reuters", "Enab Baladi"]
    hosts = {name: [] for name in names} | {"Enab Baladi": ["english.enabbaladi.net"], "Karim Haddad": ["example.org"]}
    bounds = bounds_of(profile, publishers=hosts)
    for name in names:
        report = make_report("12 prisoners escaped.", publisher=name, url=f"https://{(hosts[name] or ['example.org'])[0]}/")
        account = make_account(report, counts=[make_count(12, report=report, words="12 prisoners")])
        record = make_record(make_told(report, account=account), because=f"2 independent speakers: {name}; Karim Haddad")
        cleared = clear(bounds, record)
        assert cleared.accounts[0].report.publisher == name and cleared.incident.figures[0].speaker == name
        assert cleared.incident.grade_because == f"2 independent speakers: {name}; [name withheld]"


@OUTSIDE
def test_a_report_is_called_the_same_by_a_hash_of_its_id_wherever_it_stands(bounds_of: Make, profile: Profile) -> None:
    report = make_report("12 prisoners escaped.", id="interview-file-7")
    account = make_account(report, counts=[make_count(12, report=report, words="12 prisoners")])
    cleared = clear(bounds_of(profile), make_record(make_told(report, account=account), because="one speaker, in 1 report: report interview-file-7"))
    id_ = cleared.accounts[0].report.id
    assert id_.startswith("r-") and {cleared.incident.accounts[0].report, cleared.incident.figures[0].report} == {id_}
    assert cleared.incident.grade_because == f"one speaker, in 1 report: report {id_}"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://example.org/world/prisoners-escaped", "https://example.org/world/prisoners-escaped"),
        ("https://example.org/world/qadri-zuhair", "https://example.org/"),  # a word that is neither common nor in the report
        ("https://example.org/a?by=Zuhair", "https://example.org/"),
        ("https://qadri:secret@example.org/world", "https://example.org/"),
        ("https://[broken/world", "[address withheld]"),
        ("https://karimhaddad.example.org/world", "[address withheld]"),  # the host is called as who is masked in the text
    ],
)
def test_an_address_keeps_its_path_where_that_tells_nothing_that_is_masked(bounds_of: Make, url: str, told: str) -> None:
    report = make_report("12 prisoners escaped, Karim Haddad told us.", url=url, publisher="Example News")
    assert clear(bounds_of(PUBLIC), make_record(make_told(report))).accounts[0].report.url == told


def test_the_internal_profile_changes_nothing(bounds_of: Make) -> None:
    record = plant_everywhere("Karim Haddad")
    cleared = clear(bounds_of(INTERNAL), record)
    account, report, shown = record.told[0].telling.account, record.told[0].report, cleared.accounts[0]
    assert cleared.incident == record.incident
    assert (shown.evidence, shown.start, shown.end) == (account.evidence.of(report.text), account.evidence.start, account.evidence.end)
    assert (shown.report.id, shown.report.title, shown.report.url, shown.report.terms) == (report.id, report.title, report.url, report.terms)
    assert (shown.when, shown.where, dict(shown.attrs)) == (account.when, account.where, dict(account.attrs))
    assert [one.name for one in shown.involved] == [one.name for one in account.involved]
    assert [(one.low, one.of_whom, one.words) for one in shown.counts] == [(one.low, one.of_whom, one.phrase.of(report.text)) for one in account.counts]
    assert [(one.speaker, one.words) for one in cleared.claims] == [
        (one.speaker_name, one.content.of(report.text)) for one in record.told[0].telling.claims.values()
    ]

"""Every place of a report: in order, its publisher's home from all of its reports, and one bad report costs itself only."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from factories import make_report
from waqai.core import Notice, Report
from waqai.flow import Chain, ReportPlaces, count_names, group_places, iter_report_places, load_settings
from waqai.places import Geoparser

TEXT = "Gunmen attacked a post in Raqqa, officials in Damascus said. Syrian soldiers left Raqqa near the Qwerty River."
EAST_TEXAS = ["The mayor of Palestine met people from Elkhart and Frankston, Texas.", "A fire in Palestine, Texas, near Tyler."]
BARE = "The council of Palestine met people of Elkhart on Monday."


def places_of(items: Iterable[Report | Notice], chain: Chain) -> list[ReportPlaces | Notice]:
    return list(iter_report_places(items, settings=chain.ground.settings, gazetteer=chain.ground.gazetteer))


def read_one(text: str, chain: Chain, **fields: str) -> ReportPlaces:
    (one,) = places_of([make_report(text, publisher=None, **fields)], chain)
    assert isinstance(one, ReportPlaces)
    return one


def test_places_come_grouped_in_the_order_of_the_text(chain: Chain) -> None:
    groups = group_places(read_one(TEXT, chain).placed)
    assert [group.place.name if group.place else None for group in groups] == ["Raqqa", "Damascus", "Syria", None]
    assert count_names(groups[0].placed, TEXT) == (("Raqqa", 2),)
    assert [placed.mention.people for placed in groups[2].placed] == [True]


def test_an_unknown_name_has_no_place(chain: Chain) -> None:
    *_, river = group_places(read_one(TEXT, chain).placed)
    assert (river.place, river.holder, river.bears_name) == (None, None, False)
    bearing = group_places(read_one("Trucks stood on Baghdad Street in Raqqa.", chain).placed)[0]
    assert bearing.place is None and bearing.holder is not None and bearing.holder.name == "Baghdad" and bearing.bears_name


@pytest.mark.parametrize("fields", [{"publisher": "Anderson Post"}, {"publisher": None, "url": "https://anderson-post.example/a"}])
def test_the_home_comes_from_all_reports_of_a_publisher(chain: Chain, fields: dict[str, str]) -> None:
    texts = [BARE, *EAST_TEXAS]
    reports = [make_report(text, id=str(i), **fields) for i, text in enumerate(texts)]
    first = places_of(reports, chain)[0]
    assert isinstance(first, ReportPlaces) and first.home is not None and (first.home.country, first.home_reports) == ("US", 3)
    assert {p.located.place.admin1 for p in first.placed if p.located.place} == {"Texas"}
    alone = read_one(BARE, chain)
    assert alone.home_reports == 1 and (alone.home is None or alone.home.p < first.home.p)


def test_a_text_given_twice_counts_once_for_the_home(chain: Chain) -> None:
    one, _ = places_of([make_report(BARE, id="a"), make_report(BARE, id="b")], chain)
    assert isinstance(one, ReportPlaces) and one.home_reports == 1


def test_notices_keep_their_place_and_a_report_in_another_language_becomes_one(chain: Chain) -> None:
    french = make_report("Le gouverneur a dit que douze hommes qui se trouvaient en prison ont fui vers les collines dans la nuit.", id="fr")
    broken = Notice(record="x", stage="intake", reason="broken")
    first, second, third = places_of([make_report(TEXT, id="1"), broken, french], chain)
    assert isinstance(first, ReportPlaces) and second is broken
    assert isinstance(third, Notice) and third.record == "fr" and "English" in third.reason


def test_a_report_on_which_the_finder_breaks_is_set_aside_alone(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = Geoparser.parse

    def fragile(self: Geoparser, text: str, *args: object, **more: object) -> object:
        if "poison" in text:
            raise ZeroDivisionError("poison")
        return parse(self, text, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Geoparser, "parse", fragile)
    first, second = places_of([make_report("poison in Raqqa", id="1"), make_report(TEXT, id="2")], chain)
    assert isinstance(first, Notice) and "ZeroDivisionError" in first.reason and isinstance(second, ReportPlaces)


def test_a_report_longer_than_the_setting_is_read_to_there_and_says_so(chain: Chain) -> None:
    settings = load_settings()
    short = settings.model_copy(update={"reader": settings.reader.model_copy(update={"longest": 1000})})
    text = TEXT + "\n\n" + "The men were tired. " * 60 + "They reached Mosul."
    (one,) = iter_report_places([make_report(text)], settings=short, gazetteer=chain.ground.gazetteer)
    assert isinstance(one, ReportPlaces) and "only the first 1,000" in one.notices[0].reason
    assert "Mosul" not in {p.mention.name for p in one.placed}

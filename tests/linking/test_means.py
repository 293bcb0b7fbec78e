"""By what means people got out of custody."""

from __future__ import annotations

import pytest

from linking.card_maker import HASAKAH, make_report, tell
from waqai.linking import compare_tellings, make_telling
from waqai.linking.evidence import iter_evidence
from waqai.linking.means import find_means
from waqai.linking.tellings import Telling

DUG, BLOWN, PLAIN = "Inmates dug their way out of a jail.", "Inmates ran from a jail when gunmen came.", "Inmates walked out of a jail by night."


def told(words: str, *, type: str = "escape", title: str = "Out of jail", **more: bool) -> Telling:
    return make_telling(tell(make_report(words, title=title), type, "Inmates"), **more)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("They dug a hole", "tunnel"),
        ("A tunnel was found", "tunnel"),
        ("A blast at the gate", "force"),
        ("Gunmen came", "force"),
        ("The jail was raided", "force"),
        ("They got out by a tunnel, as after the raid of 2012", "tunnel"),  # the older raid is told beside it
        ("They walked out", None),
        ("A digital lock broke", None),
    ],
)
def test_words_tell_by_what_means_people_got_out(words: str, means: str | None) -> None:
    assert find_means(words) == means


@pytest.mark.parametrize(("one", "other", "same"), [(DUG, DUG, True), (BLOWN, BLOWN, True), (DUG, BLOWN, False), (DUG, PLAIN, None), (PLAIN, PLAIN, None)])
def test_means_are_held_against_each_other_where_both_sides_tell_them(one: str, other: str, same: bool | None) -> None:
    found = compare_tellings(told(one), told(other + " So guards said."))
    assert found.means is same
    pieces = {evidence.name for evidence in iter_evidence(found) if evidence.kind == "means"}
    assert pieces == (set() if same is None else {f"means {'same' if same else 'other'}"})


def test_a_headline_tells_the_means_too() -> None:
    assert told(PLAIN, title="Tunnel under jail").means == "tunnel"


def test_only_news_of_custody_has_means() -> None:
    assert told(DUG).means == "tunnel"
    assert told(DUG, news=False).means is None
    assert told("Inmates were seen near a hole that gunmen dug.", type="clash", title="Fight").means is None


def test_a_fight_for_a_prison_is_news_of_custody() -> None:
    report = make_report("Gunmen fought guards with rockets.", title="Fight")
    prison, town = (HASAKAH | {"place_id": place_id} for place_id in ("waqai:ghweran-prison", "geonames:1"))
    assert make_telling(tell(report, "clash", "fought", place=prison)).means == "force"
    assert make_telling(tell(report, "clash", "fought", place=town)).means is None

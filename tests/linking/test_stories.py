"""Reports in which nothing was coded go beside the incident whose words they share, and beside none where they share too few."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linking.card_maker import make_report, tell
from waqai.core import Card
from waqai.linking import JOIN, find_story, make_story
from waqai.linking.fits import mean_of_better_half
from waqai.linking.stories import score_story
from waqai.linking.tellings import make_telling

BREAK = (
    "Gunmen stormed Qalbat prison near Tel Salam on Friday and eleven inmates escaped, Warden Idris Qandil said. "
    "Guards in Tel Salam searched the Wadi Hamra quarter for Samir Barakat, who led them."
)
LATER = "The mother of Samir Barakat asked him to give up. She lives in Wadi Hamra, close to Qalbat, and Warden Idris Qandil drank tea with her."
ELSEWHERE = "Farmers around Deir Nasr sold barley at a loss this week. The mill of Abu Shamil opened again after two years."


def news(text: str = BREAK, *, title: str = "Inmates escape from Qalbat prison", role: str | None = "main", published: str = "2021-03-06") -> Card:
    return replace(tell(make_report(text, title=title, published=published), "escape", text[:30]), role=role)


def test_a_report_without_an_account_goes_to_the_incident_whose_names_it_shares() -> None:
    told, other = news(), news(ELSEWHERE, title="A mill opens")
    fit = find_story(make_story(make_report(LATER, title="Mother of Barakat", published="2021-03-08")), [("i-other", (other,)), ("i-break", (told,))])
    assert fit is not None and (fit.incident, fit.right) == ("i-break", told.account.id) and fit.score >= JOIN
    assert "barakat" in fit.because


def test_a_report_that_shares_no_story_goes_nowhere() -> None:
    assert find_story(make_story(make_report(ELSEWHERE, title="A mill opens", published="2021-03-08")), [("i-break", (news(),))]) is None


def test_what_a_person_told_apart_and_what_is_only_mentioned_is_passed_over() -> None:
    story = make_story(make_report(LATER, title="Mother of Barakat", published="2021-03-08"))
    assert find_story(story, [("i-break", (news(),))], barred={"i-break"}) is None
    assert find_story(story, [("i-break", (news(role="background"),))]) is None


def test_a_report_is_not_held_against_itself() -> None:
    card = news()
    story = make_story(make_report(BREAK, title="Inmates escape from Qalbat prison", published="2021-03-06"))
    assert story.report_sha256 == card.anchor.report_sha256 and find_story(story, [("i-break", (card,))]) is None


def test_far_days_of_publication_speak_against_it_and_are_said() -> None:
    near, far = (make_story(make_report(LATER, title="Mother of Barakat", published=day)) for day in ("2021-03-07", "2022-03-07"))
    telling = make_telling(news(), news=True)
    assert score_story(near, telling) > score_story(far, telling)
    fit = find_story(far, [("i-break", (news(),))])
    assert fit is None or "published 366 days apart" in fit.because


def test_half_of_an_incidents_reports_must_tell_the_story() -> None:
    story = make_story(make_report(LATER, title="Mother of Barakat", published="2021-03-08"))
    strangers = tuple(news(f"{ELSEWHERE} Number {n}.", title="A mill opens") for n in range(3))
    alone, crowd = find_story(story, [("i", (news(),))]), find_story(story, [("i", (news(), *strangers))])
    assert alone is not None and (crowd is None or crowd.score < alone.score)


def test_the_better_half_counts() -> None:
    assert mean_of_better_half([(0.2, 1.0), (0.8, 1.0), (0.4, 1.0), (0.0, 1.0)]) == pytest.approx(0.6)

"""The day of a happening from its likeliest date phrases."""

from __future__ import annotations

from datetime import date

import pytest

from coding.conftest import SceneOf
from waqai.coding.days import may_date
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.coding.whens import tell_when
from waqai.reading.timing import DatedPhrase


def teller_of(scene: Scene, word: str) -> Teller:
    token = next(t for t in scene.doc if t.text == word)
    return Teller(token=token, type="bombing", family="combat", p=0.9, type_p=0.9)


def phrase_of(scene: Scene, words: str) -> DatedPhrase:
    return next(d for d in scene.timeline.phrases if words in d.phrase.words)


@pytest.mark.parametrize(
    ("text", "word", "words", "first", "last"),
    [
        ("Rockets fell on Homs on March 9. Two men were shot the same day.", "shot", "the same day", date(2021, 3, 9), date(2021, 3, 9)),
        ("Rockets fell on Homs on March 9. The day before a bomb exploded in Hama.", "exploded", "day before", date(2021, 3, 8), date(2021, 3, 8)),
        # "after" names the happening itself: it took place so long before what the report tells
        ("The raid on March 9 comes two days after a bomb exploded in Hama.", "exploded", "two days after", date(2021, 3, 7), date(2021, 3, 7)),
        ("Rockets fell on March 9, the day after soldiers attacked Homs.", "attacked", "the day after", date(2021, 3, 8), date(2021, 3, 8)),
        ("The exchange was on March 9. Hours before the exchange a bomb exploded.", "exploded", "Hours before", date(2021, 3, 8), date(2021, 3, 9)),
        ("Two men were shot the same day. Rockets had fallen on March 9.", "shot", "the same day", date(2021, 3, 9), date(2021, 3, 9)),
    ],
)
def test_a_phrase_counts_from_the_day_told_before_it(scene_of: SceneOf, text: str, word: str, words: str, first: date, last: date) -> None:
    scene = scene_of(text)
    when = tell_when(scene, teller_of(scene, word), [(phrase_of(scene, words), 0.8)], status="occurred")
    assert when is not None
    assert (when.earliest, when.latest) == (first, last)


def test_where_the_likeliest_phrase_gives_no_day_the_next_one_does(scene_of: SceneOf) -> None:
    scene = scene_of("Review of 17-23 July 2021. Militants shelled the town last week.", published=None)
    offers = [(phrase_of(scene, "last week"), 0.6), (phrase_of(scene, "17-23 July"), 0.4)]
    when = tell_when(scene, teller_of(scene, "shelled"), offers, status="occurred")
    assert when is not None
    assert (when.earliest, when.latest, when.basis) == (date(2021, 7, 17), date(2021, 7, 23), "inherited_from_context")


def test_nothing_to_count_from_is_no_day_but_a_notice(scene_of: SceneOf) -> None:
    scene = scene_of("A bomb exploded in Hama the same day.")
    assert tell_when(scene, teller_of(scene, "exploded"), [(phrase_of(scene, "the same day"), 0.9)], status="occurred") is None
    assert any("the same day" in notice.reason for notice in scene.timeline.notices)


def test_what_is_planned_says_nothing_of_the_days_of_other_sentences(scene_of: SceneOf) -> None:
    scene = scene_of("The ministers met on December 20. A raid is planned on the camp.")
    when = tell_when(scene, teller_of(scene, "camp"), [(phrase_of(scene, "December 20"), 0.8)], status="planned")
    assert when is not None
    assert when.earliest == date(2020, 12, 20)


@pytest.mark.parametrize(
    ("text", "word", "words", "may"),
    [
        ("Nothing like this blast had been heard since a bomb exploded in Hama in March 2019.", "blast", "March 2019", False),
        ("Nothing like this blast had been heard since a bomb exploded in Hama in March 2019.", "exploded", "March 2019", True),
        ("Nobody had fled since a bomb exploded in Hama in March 2019. Two men were shot at dawn.", "shot", "March 2019", False),
        ("A bomb exploded in Hama. The list covers what took place up to March 9.", "exploded", "March 9", False),  # bounds another sentence
        ("A bomb exploded in Hama on March 9. Two men were shot.", "shot", "March 9", True),
    ],
)
def test_days_of_older_times_and_bounds_date_nothing_else(scene_of: SceneOf, text: str, word: str, words: str, may: bool) -> None:
    scene = scene_of(text)
    assert may_date(scene, teller_of(scene, word), phrase_of(scene, words)) is may

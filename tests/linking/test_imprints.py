from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.card_maker import make_report
from waqai.core import Report
from waqai.linking import imprints, make_imprint
from waqai.linking.headlines import FRAMES, find_frames
from waqai.linking.imprints import SLOTS, bound_likeness, read_imprint
from waqai.linking.tellings import words_of_news
from waqai.linking.words import score_cosine, score_shared_names, vector

TOLD = "gunmen Gunmen stormed Kuje Ghweran al-Sina’a Re-Ab prison prisons fled. On the night 1,182 27 Ḥasakah Øre said Willie Lay were in"
WORDS = [*TOLD.split(), "\n", ""]
HEADLINES = (
    "Prisoners flee jail",
    "Gunmen storm prison in Hasakah",
    "Riot in jail put down",
    "Prisoners still at large",
    "Inmates dig a way out of prison",
    "12 out of the old city prison",
    "Convicts got themselves away",
    "Captives break out after siege",
    "Militia frees dozens of inmates",
    "Uprising and raid at prison, many escape",
    "Gunmen flee Raqqa",
    "Prison chief sacked",
)
texts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=40).map(" ".join)


def read(report: Report) -> imprints.Imprint:
    found = read_imprint(make_imprint(report))
    assert found is not None
    return found


@given(texts, texts, texts)
def test_texts_are_never_more_alike_than_the_bound(own: str, title: str, text: str) -> None:
    report = Report(id="r", text=text, sha256="x", title=title)
    cosine, names = bound_likeness(own, [read(report)])
    other = words_of_news(title, text)
    assert score_cosine(own, other) <= cosine[0] and score_shared_names(own, other) <= names[0]


def test_stems_that_share_a_slot_only_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imprints, "_slot", lambda stem: len(stem) % 3)
    one, other = "Gunmen stormed Kuje prison at night", "Gunmen were seen near Kuje, said Willie Lay"
    cosine, names = bound_likeness(one, [read(make_report(other))])
    assert score_cosine(one, words_of_news("", other)) <= cosine[0] and score_shared_names(one, words_of_news("", other)) <= names[0]


def test_the_bound_is_close_to_the_likeness_of_real_texts() -> None:
    one, other = ("Gunmen stormed the prison of Kuje on Tuesday night and freed hundreds.", "On Tuesday night gunmen attacked the jail at Kuje, near Abuja.")
    likeness = score_cosine(one, words_of_news("", other))
    assert likeness > 0.1 and bound_likeness(one, [read(make_report(other))])[0][0] - likeness < 0.02


def test_each_imprint_has_a_bound_of_its_own_and_an_empty_text_is_like_nothing() -> None:
    told = [read(make_report(text)) for text in ("Gunmen stormed Kuje.", "", "Talks were held in Rome.")]
    cosine, names = bound_likeness("Gunmen stormed Kuje.", told)
    assert cosine.shape == names.shape == (3,)
    assert cosine[0] > 0.99 and cosine[1] < 0.001 and cosine[2] < 0.2


def test_only_the_beginning_that_is_compared_counts() -> None:
    assert make_imprint(make_report("a" * 2000 + " Gunmen stormed Kuje")) == make_imprint(make_report("a" * 2000 + " Talks"))


def test_an_imprint_tells_the_day_of_publication_and_what_a_headline_speaks_of() -> None:
    told = read(make_report("Text.", title="Prisoners flee Raqqa jail after riot", published="2020-03-30"))
    assert told.published == date(2020, 3, 30) and set(told.frames) == {("escape", "custody_exit"), ("prison_riot", "custody_inside")}
    assert read(make_report("Text.")).published is None and read(make_report("Text.")).frames == ()


def test_an_imprint_of_another_version_or_of_other_counts_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = make_imprint(make_report("Gunmen stormed Kuje."))
    assert read_imprint(None) is None and read_imprint(kept) is not None
    monkeypatch.setattr(imprints, "load_counts", lambda: (7, {"gunmen": 3}))
    imprints._stamp.cache_clear()
    try:
        assert read_imprint(kept) is None
    finally:
        imprints._stamp.cache_clear()


def test_an_imprint_is_short_and_holds_no_word() -> None:
    text = "Zanzibarbarian gunmen stormed the prison of Kuje on Tuesday night."
    kept = make_imprint(make_report(text))
    assert len(kept) < 4 * len(vector(text)) + 30 and b"anzi" not in kept.lower() and SLOTS == 65536


def test_words_that_leave_another_imprint_need_another_version() -> None:
    """When this fails, texts are folded, cut to stems or weighed, or headlines read, otherwise than before: raise VERSION, then write down the new hash."""
    text = "On Jan. 20, 1,182 inmates of al-Sina’a prison in Ḥasakah fled; Willie Lay’s guards were rioting."
    frames = "".join(f"{sum(1 << FRAMES.index(kind) for kind in find_frames(headline))}" for headline in HEADLINES)
    stems = repr(sorted((stem, round(x, 6)) for stem, x in vector(text).items()))
    assert (imprints.VERSION, hashlib.sha256(stems.encode()).hexdigest()[:12], frames) == (2, "47e13b38149a", "124111132700")

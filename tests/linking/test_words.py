import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.linking.words import count_words, find_shared, fold, score_cosine, score_held, skeleton, stems, weight


@pytest.mark.parametrize(
    "names",
    [
        ("Ghwayran", "Ghuwayran", "Ghweran", "Geweran", "Ghweiran", "Ghwairan"),
        ("Hasakah", "Hasaka", "al-Hasakah", "Hasakeh"),
        ("Sina’a", "Sinaa", "Sina’ah", "Sanaa"),
        ("Kuifiya", "Kuayfia"),
    ],
)
def test_transliterations_of_a_name_share_a_skeleton(names: tuple[str, ...]) -> None:
    assert len({skeleton(n.removeprefix("al-")) for n in names}) == 1


def test_rare_shared_words_are_named_rarest_first() -> None:
    assert find_shared("Kuje prison was stormed", "Kuje prison, in Abuja, was stormed")[0] == "kuje"


def test_a_word_of_every_report_weighs_nothing_and_an_unseen_one_most() -> None:
    assert weight("the") == 0 and weight("zzzz") == 1


def test_words_are_counted_once_a_text() -> None:
    assert count_words(["riot, riot, riot", "riots"])["riot"] == 2


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0 <= score_cosine(a, b) == score_cosine(b, a) <= 1
    assert 0 <= score_held(a, b) <= 1 + 1e-9


@given(st.text())
def test_any_text_can_be_folded_and_stemmed(text: str) -> None:
    assert fold(text) is not None and all(stems(text))

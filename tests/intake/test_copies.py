"""Near copies of a text are found; other reports of the same happening are not."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.intake.copies import NEAR_COPY, CopyIndex, Signature, estimate_jaccard, signature

WORDS = [
    "prison",
    "warden",
    "tunnel",
    "inmates",
    "escaped",
    "army",
    "police",
    "town",
    "north",
    "guards",
    "said",
    "Monday",
    "the",
    "of",
    "in",
    "from",
    "eleven",
    "men",
]


def story(seed: int, length: int = 300) -> list[str]:
    chosen = random.Random(seed)
    return [chosen.choice(WORDS) + str(chosen.randrange(40)) for _ in range(length)]


def exact_jaccard(left: list[str], right: list[str]) -> float:
    one, two = ({tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (left, right))
    return len(one & two) / len(one | two)


def shortened(share: float) -> tuple[list[str], list[str]]:
    words = story(1)
    return words, words[: int(len(words) * share)]


@pytest.mark.parametrize("share", [1.0, 0.9, 0.75, 0.5, 0.25])
def test_the_estimate_lies_within_three_standard_errors_of_the_exact_share(share: float) -> None:
    left, right = shortened(share)
    exact = exact_jaccard(left, right)
    estimate = estimate_jaccard(signature(" ".join(left)), signature(" ".join(right)))
    assert abs(estimate - exact) <= 3 * (exact * (1 - exact) / 128) ** 0.5 + 1e-9


def test_the_estimate_agrees_with_the_published_library() -> None:
    """datasketch, on the same runs of words: over many pairs the two differ by noise and by no more."""
    minhash = pytest.importorskip("datasketch.minhash")

    def theirs(words: list[str]) -> object:
        made = minhash.MinHash(num_perm=128)
        made.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        return made

    differences = []
    for seed in range(40):
        words = story(seed)
        part = words[: 100 + 5 * seed]
        ours = estimate_jaccard(signature(" ".join(words)), signature(" ".join(part)))
        differences.append(ours - theirs(words).jaccard(theirs(part)))  # type: ignore[attr-defined]
    assert abs(sum(differences) / 40) < 0.03
    assert max(map(abs, differences)) < 0.25


def test_a_copy_with_a_third_cut_off_is_found_and_another_story_is_not() -> None:
    index = CopyIndex()
    for seed in range(50):
        index.add(f"r{seed}", signature(" ".join(story(seed))))
    found = index.find(signature(" ".join(story(7)[:200])))
    assert [copy.id for copy in found] == ["r7"]
    assert found[0].jaccard >= NEAR_COPY
    assert index.find(signature(" ".join(story(99)))) == []


def test_case_accents_punctuation_and_forms_do_not_matter() -> None:
    assert signature("Häftlinge flohen – am „Montag“ aus Köln.") == signature("HAFTLINGE flohen, am Montag, aus Koln")
    assert signature("فَرَّ السجناء من السجن") == signature("فر السجناء من السجن")


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    text = "十二名囚犯星期一从监狱的地道逃走警方正在附近的村庄搜寻他们"
    assert estimate_jaccard(signature(text), signature(text[:-3])) > 0.7


def test_texts_without_words_resemble_nothing_and_short_ones_only_themselves() -> None:
    empty = signature(" … !")
    assert estimate_jaccard(empty, empty) == 0.0
    index = CopyIndex()
    index.add("empty", empty)
    index.add("short", signature("Two fled"))
    assert index.find(empty) == []
    assert index.find(signature("two fled")) == [("short", 1.0)]
    assert index.find(signature("two stayed")) == []


def test_a_signature_is_kept_as_513_bytes_and_comes_back() -> None:
    made = signature(" ".join(story(3)))
    assert len(made.to_bytes()) == 513
    assert Signature.from_bytes(made.to_bytes()) == made
    assert Signature.from_bytes(signature("").to_bytes()) == signature("")
    with pytest.raises(ValueError, match="no signature of version 1"):
        Signature.from_bytes(b"\x02" + made.minima)


def test_signatures_do_not_change_between_versions_of_our_libraries() -> None:
    """A store keeps them: a change here needs a new SIGNATURE_VERSION."""
    assert signature("Twelve inmates fled from the prison on Monday").minima[:12].hex() == "b59cc88f69f5df4030f1e36f"


def test_near_copies_share_a_key_that_a_store_can_index() -> None:
    left, right = (signature(" ".join(words)) for words in shortened(0.8))
    assert set(left.band_keys()) & set(right.band_keys())
    assert len(left.band_keys()) == 20
    assert all(-(2**63) <= key < 2**63 for key in left.band_keys())


def test_the_same_text_twice_changes_nothing_and_an_id_stands_for_one_text() -> None:
    index = CopyIndex()
    index.add("a", signature("Twelve inmates fled on Monday"))
    index.add("a", signature("Twelve inmates fled on Monday"))
    assert len(index) == 1
    with pytest.raises(ValueError, match="another signature"):
        index.add("a", signature("Nobody fled"))


def test_copies_come_most_similar_first() -> None:
    index = CopyIndex()
    for share in (0.7, 0.95, 0.8):
        index.add(f"{share}", signature(" ".join(shortened(share)[1])))
    found = index.find(signature(" ".join(story(1))))
    assert all(first.jaccard >= second.jaccard for first, second in pairwise(found))
    assert found[0].id == "0.95"


@given(st.text(max_size=300))
def test_any_text_has_a_signature_and_resembles_itself(text: str) -> None:
    made = signature(text)
    assert estimate_jaccard(made, made) in {0.0, 1.0}
    assert signature(text) == made

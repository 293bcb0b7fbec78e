"""The words of a report as the linker compares them: folded, cut to stems, weighed by how few reports use them.

Transliteration is the first trouble of news in translation: Ghwayran, Ghuwayran, Ghweran and Geweran are one prison. `skeleton` brings such spellings
together; names that share no letters (Ghweran and al-Sina'a) are the gazetteer's work, not ours.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

_DROPPED, _BLANKS = "'’‘ʿʾ`", "-‐"
_WORD = re.compile(r"\d[\d,.]*\d|\w+", re.UNICODE)
_NAME = re.compile(r"(?<=[^.!?:\"“”\n] )([A-Z][\w’'-]{2,})")
_ARTICLES = frozenset(["al", "ar", "as", "ash", "at", "ad", "el", "an", "the", "a", "of"])
_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "er", "s")
_TABLE = "word_counts.tsv"


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents, apostrophes and hyphens.

    >>> fold("al-Sina’a, Ḥasakah")
    'al sinaa, hasakah'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return plain.lower().translate(_PLAIN)


class _Plain(dict[int, str | None]):
    """What becomes of each character: found out once, as most are letters that stay. For `str.translate`; grows with the characters that it meets."""

    def __missing__(self, code: int) -> str | None:
        c = chr(code)
        self[code] = None if c in _DROPPED or unicodedata.combining(c) else " " if c in _BLANKS else c
        return self[code]


_PLAIN = _Plain()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its commonest ending: enough to bring "rioted", "rioters" and "riots" together.

    >>> [stem(w) for w in ("riots", "rioters", "rioted", "prison", "2022")]
    ['riot', 'riot', 'riot', 'prison', '2022']
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)])
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of a text; numbers of two digits and more stay as printed, without commas.

    >>> sorted(stems("1,182 inmates fled Kuayfia"))
    ['1182', 'fled', 'inmat', 'kuayfia']
    """
    return frozenset(count_stems(text))


@lru_cache(maxsize=2048)
def count_stems(text: str) -> Mapping[str, int]:
    """How often each stem stands in the text, in order of first use."""
    often: dict[str, int] = {}
    for word, times in Counter(_WORD.findall(fold(text))).items():
        if found := _stem_of(word):
            often[found] = often.get(found, 0) + times
    return often


@lru_cache(maxsize=65536)
def _stem_of(word: str) -> str:
    """The stem of a word of a text, "" for what is too short to say anything."""
    kept = word.replace(",", "").strip(".") if word[0].isdigit() else word
    return stem(kept) if len(kept) > 2 or (len(kept) == 2 and kept.isdigit()) else ""


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """The consonants of a name, so that its transliterations meet.

    >>> {skeleton(n) for n in ("Ghwayran", "Ghuwayran", "Ghweran", "Geweran", "Ghweiran")}
    {'grn'}
    """
    plain = fold(name).replace("gh", "g").replace("kh", "k").replace("dh", "d").replace("sh", "s").replace("q", "k").replace("c", "k")
    kept = re.sub(r"[^bdfgjklmnprstvxz]", "", plain)
    return re.sub(r"(.)\1+", r"\1", kept)


@lru_cache(maxsize=8192)
def name_tokens(name: str, *, without: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words of a name that tell it from others: no articles, nothing of `without`.

    >>> sorted(name_tokens("the al-Sina’a prison", without=frozenset({"prison"})))
    ['sinaa']
    """
    return frozenset(w for w in _WORD.findall(fold(name)) if len(w) > 1 and w not in _ARTICLES and w not in without)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each stem stands."""
    return Counter(s for text in texts for s in stems(text))


@cache
def load_counts() -> tuple[int, Mapping[str, int]]:
    """(number of reports, reports by stem) of the table that ships with waqai; its head line says what it was counted on."""
    lines = files("waqai.linking").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return int(rows[0][1]), {word: int(n) for word, n in rows[1:]}


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """How much a shared stem says: 0 for what every report uses, 1 for what the table has never seen.

    >>> weight("the") < 0.2 < weight("prison") < weight("kuje")
    True
    """
    total, counts = load_counts()
    return 1 - math.log(1 + counts.get(word, 0)) / math.log(1 + total)


@lru_cache(maxsize=8192)
def weighed(text: str) -> Mapping[str, float]:
    """The stems of a text with their weights, without the commonest (weight under 0.3)."""
    pairs = ((s, weight(s)) for s in sorted(stems(text)))
    return {s: w for s, w in pairs if w >= 0.3}


@lru_cache(maxsize=32768)
def _rarity(word: str) -> float:
    """ln of how many times more reports the table has than such as use the stem; 0 for what all use."""
    total, counts = load_counts()
    return max(0.0, math.log((total + 1) / (counts.get(word, 0) + 0.5)))


@lru_cache(maxsize=2048)
def vector(text: str) -> Mapping[str, float]:
    """The stems of a text as a vector of length 1: (1 + ln of how often it stands here) x ln(reports of the table / reports that use it)."""
    raw = {s: _rarity(s) if n == 1 else (1 + math.log(n)) * _rarity(s) for s, n in count_stems(text).items()}
    size = math.sqrt(sum([x * x for x in raw.values()]))
    return {s: x / size for s, x in raw.items()} if size else {}


def score_cosine(a: str, b: str) -> float:
    """Likeness of two texts in [0, 1]: the cosine of their vectors.

    >>> score_cosine("Gunmen stormed Kuje prison", "Gunmen stormed Kuje prison") > 0.99
    True
    """
    left, right = vector(a), vector(b)
    return min(1.0, sum(left[s] * right[s] for s in sorted(left.keys() & right.keys())))


@lru_cache(maxsize=4096)
def proper_names(text: str) -> frozenset[str]:
    """Stems of the words that are written with a capital where no sentence begins.

    >>> sorted(proper_names("Guards fled. They saw Willie Lay in Gary."))
    ['gary', 'lay', 'willie']
    """
    return frozenset(stem(last) for name in set(_NAME.findall(text)) if (last := _last_word(name)))


@lru_cache(maxsize=65536)
def _last_word(name: str) -> str:
    return (fold(name).split() or [""])[-1]


NAMES_MOST = 3.0


def score_shared_names(a: str, b: str) -> float:
    """How much the names say that stand in both texts, in [0, 3]: 3 for about five names that no report of the table uses."""
    return min(NAMES_MOST, sum(max(0.0, _rarity(s) - 2) for s in sorted(proper_names(a) & proper_names(b))) / 10)


def score_name(stem: str) -> float:
    """What a proper name of this stem adds to `score_shared_names` where both texts have it."""
    return max(0.0, _rarity(stem) - 2) / 10


def score_held(part: str, whole: str) -> float:
    """How much of a short text's weight stands in a longer one, in [0, 1].

    >>> round(score_held("Kuje prison", "Gunmen stormed Kuje prison at night"), 2)
    1.0
    """
    left, right = weighed(part), weighed(whole)
    size = sum(left.values())
    return sum(w for s, w in left.items() if s in right) / size if size else 0.0


def find_shared(a: str, b: str, *, most: int = 3) -> tuple[str, ...]:
    """The rarest words whose stems both texts use, whole as the first one has them, rarest first, then by the alphabet.

    >>> find_shared("Idris Qandil fled Kuayfia", "From Kuayfia, said Idris")
    ('idris', 'kuayfia')
    """
    left, right = weighed(a), weighed(b)
    both = sorted((s for s in left.keys() & right.keys() if left[s] >= 0.6), key=lambda s: (-left[s], s))[:most]
    whole = {stem(word): word for word in reversed([w.replace(",", "").strip(".") for w in _WORD.findall(fold(a))])} if both else {}
    return tuple(whole.get(s, s) for s in both)

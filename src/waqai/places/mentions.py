"""The stretches of a text that name a place, whatever a parser's labels say.

Every run of capitalised words is cut into the longest names that the gazetteer knows; what is left counts where the parser calls it a place or a word for a
street, a river, a park ends it. Each such candidate is then judged by a few clues: the label, what the gazetteer holds, the words before and behind, and how
the rest of the text uses the name. No word list of places and no training text is needed; the weights are few and stand in the code.
"""

from __future__ import annotations

import math
import operator
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.core import Span, Word
from waqai.places.candidates import Candidate, iter_candidates
from waqai.places.clues import WEIGHTS, clues_of
from waqai.places.gazetteer import Gazetteer
from waqai.places.names import fold
from waqai.places.outlets import Home

LEAST = 0.45
"""Where F1 of LGL is highest; GeoVirus does not mind between 0.4 and 0.6."""
_ROAD_BY_NUMBER = re.compile(
    r"\b(?:(?:U\.?S\.?|State|County|Interstate|[A-Z][a-z]+\.?) )?(?:Highway|Hwy\.?|Route|Rte\.?|Road|Interstate|Freeway) \d+[A-Z]?\b"
    r"|\b(?:I|US|SR)-\d+\b|\b[A-Z]{2} \d{1,3}\b|\b\d+(?:st|nd|rd|th) (?:Street|St\.|Avenue|Ave\.|Road)"
)
_P_OF_ROAD = 0.6
_SAME, _AGAIN = 1.8, 1.2  # a name is a place where its surest other mention is; fitted like the clues' weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name as written; `people`: an adjective or people of a place ("Syrian"); `road`: a street or numbered road. `p`: how sure."""

    phrase: Span
    name: str
    people: bool
    road: bool
    p: float


def find_mentions(text: str, words: Sequence[Word], gazetteer: Gazetteer, *, home: Home | None = None, least: float = LEAST) -> tuple[Mention, ...]:
    """The place names of a text whose probability is `least` or more, in order; `words` are those of the text, from any parser."""
    judged = judge_candidates(text, words, gazetteer, home=home)
    found = [_mention(candidate, words, p) for candidate, p in judged if p >= least]
    taken = [(m.phrase.start, m.phrase.end) for m in found]
    for match in _ROAD_BY_NUMBER.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Mention(phrase=Span(match.start(), match.end()), name=match.group(), people=False, road=True, p=_P_OF_ROAD))
    return tuple(sorted(found, key=lambda m: m.phrase.start))


def judge_candidates(text: str, words: Sequence[Word], gazetteer: Gazetteer, *, home: Home | None = None) -> list[tuple[Candidate, float]]:
    """Every candidate of a text with its probability; peoples are sure."""
    candidates = list(iter_candidates(text, words, gazetteer))
    scores = [float(sum(map(operator.mul, WEIGHTS, clues))) for clues in clues_of(candidates, words, home)]
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        by_name[fold(candidate.name)].append(i)
    judged = []
    for i, (candidate, score) in enumerate(zip(candidates, scores, strict=True)):
        others = [_probability(scores[j]) for j in by_name[fold(candidate.name)] if j != i]
        judged.append((candidate, 1.0 if candidate.kind == "people" else _probability(score + (_SAME * max(others) - _AGAIN if others else 0.0))))
    return judged


def _probability(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def _mention(c: Candidate, words: Sequence[Word], p: float) -> Mention:
    span = Span(words[c.first].start, words[c.last - 1].end)
    return Mention(phrase=span, name=c.name, people=c.kind == "people", road=c.kind == "road", p=round(p, 3))

"""How likely two tellings are of one happening, and why: a sum of weighed reasons that a person can read and dispute.

Each piece of evidence adds or takes log-odds; the logistic of the sum is the score. The weights lie in `weights.json`: "news" for two reports whose news the
happening is, "custody" for those of them that tell of a break or a riot in custody (rare beside attacks and arrests, so that place and day say more), "told"
where one side only mentions it, "story" for a report in which nothing was coded (see `stories`). `scripts/train_linker.py` fits them and says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from waqai.core import Card
from waqai.linking.compare import Features, compare_tellings
from waqai.linking.evidence import Evidence, iter_evidence
from waqai.linking.tellings import Telling, make_telling
from waqai.linking.words import find_shared

TABLES = ("news", "custody", "told", "story")
_FILE = "weights.json"
_MIDDLE = 0.10  # likeness of texts that speaks neither way in a reason's words; in crime news two reports of one incident have .25, look-alikes .10

APART = 0.25
"""What a pair comes to at most whose places and days are both apart, however alike their words: that a person should look, not that it is one."""
SURE, DAYS_APART = 0.5, 2
"""Of a place; and days that no night between two reports explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One feature's words and the log-odds it adds (above 0: for one happening)."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A pair's score in [0, 1], with the log-odds of each kind of evidence."""

    score: float
    features: Features
    weight: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """`score` in [0, 1], `because` for a person, `features` and `reasons` for the record."""

    score: float
    because: str
    features: Features
    reasons: tuple[Reason, ...]


def score_pair(a: Card, b: Card) -> PairScore:
    """The score of two accounts, each taken alone, with its reasons."""
    return explain(make_telling(a), make_telling(b))


def score_tellings(a: Telling, b: Telling) -> Scored:
    """The score of two tellings, parts included; the same for (b, a)."""
    features = compare_tellings(a, b)
    score, weight = weigh(iter_evidence(features), table=table_of(features))
    return Scored(score=min(score, APART) if are_apart(features) else score, features=features, weight=weight)


def are_apart(features: Features) -> bool:
    """Far from each other and days apart, without names in common: bulletins of one hand say such things in the same words."""
    is_far = features.place in ("far", "other country") and features.place_p >= SURE
    return is_far and features.days is not None and features.days >= DAYS_APART and features.names < 1


def weigh(evidence: Iterable[Evidence], *, table: str) -> tuple[float, dict[str, float]]:
    """(score in [0, 1], log-odds of each kind of evidence) by the weights of this table."""
    weights = load_weights()[table]
    weight: dict[str, float] = {}
    for piece in evidence:
        weight[piece.kind] = weight.get(piece.kind, 0.0) + weights.get(piece.name, 0.0) * piece.value
    return round(1 / (1 + math.exp(-weights["start"] - sum(weight.values()))), 4), weight


def explain(a: Telling, b: Telling, scored: Scored | None = None) -> PairScore:
    """The score with its reasons in words; `scored` where it is known already."""
    scored = scored or score_tellings(a, b)
    weight = dict(scored.weight)
    if scored.features.both_news:
        weights = load_weights()[table_of(scored.features)]
        weight["words"] -= weights["text"] * _MIDDLE + weights["text root"] * math.sqrt(_MIDDLE)
    reasons = tuple(_iter_reasons(scored.features, weight, a, b))
    return PairScore(score=scored.score, because=_sentence(reasons), features=scored.features, reasons=reasons)


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """The weights that ship with waqai: log-odds by the name of the evidence, "start" for none at all."""
    read: dict[str, dict[str, float]] = json.loads(files("waqai.linking").joinpath(_FILE).read_text(encoding="utf-8"))
    return {table: read[table] for table in TABLES}


def table_of(features: Features) -> str:
    """The weights that a pair is scored by."""
    return choose_table(both_news=features.both_news, custody=features.custody)


def choose_table(*, both_news: bool, custody: bool) -> str:
    """The weights for two tellings that are both news, or not; both of breaks and riots in custody, or not."""
    return "told" if not both_news else "custody" if custody else "news"


def _iter_reasons(f: Features, weight: Mapping[str, float], a: Telling, b: Telling) -> Iterator[Reason]:
    words = find_shared(a.text, b.text)
    for kind, said in (
        ("facility", _say_facility(f)),
        ("place", _say_place(f)),
        ("time", _say_time(f)),
        ("weekday", "" if f.weekday is None else "same weekday" if f.weekday else "different weekdays"),
        ("month day", "" if f.month_day is None else "the same day of the year" if f.month_day else "different days of the year"),
        ("kinds", _say_kinds(a, b)),
        ("means", "" if f.means is None else "got out by the same means" if f.means else "a tunnel against force"),
        ("equal", ", ".join(f.equal) and f"both say {', '.join(f.equal)}"),
        ("figures", "; ".join(f.apart)),
        ("actors", f"both name {' and '.join(f.actors[:2])}" if f.actors else ""),
        ("words", f"shared words {', '.join(words)}" if words else "few shared words"),
        ("names", ""),
        ("press", f"published {f.press} days apart" if f.press and f.press > 45 else ""),
        ("again", "one speaks of a repetition" if f.again else ""),
    ):
        if kind in weight:
            yield Reason(words=said, weight=round(weight[kind], 4))


def _say_facility(f: Features) -> str:
    return {"same": "same facility", "different": "different facilities", "unknown": ""}[f.facility]


def _say_place(f: Features) -> str:
    if f.place in ("near", "far") and f.km is not None:
        return f"{f.km:.0f} km apart"
    told = {
        "near": "near each other",
        "within": "one place within the other",
        "unknown": "",
        "far": "different regions",
        "other country": "different countries",
    }
    return told.get(f.place, str(f.place))


def _say_time(f: Features) -> str:
    if f.days and f.days > 1:
        return f"{f.days} days apart"
    told = {"after press": "told before the other took place", "fresh": "reports of the same days", "late": "", "stale": "reports long apart", "unknown": ""}
    return told.get(f.time, str(f.time))


def _say_kinds(a: Telling, b: Telling) -> str:
    left, right = (_spell(t.lead.account.type) for t in (a, b))
    return f"both {_with_article(left)}" if left == right else f"{_with_article(left)} and {_with_article(right)}"


def _spell(type_id: str) -> str:
    return type_id.replace("_", " ")


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _sentence(reasons: tuple[Reason, ...]) -> str:
    """What speaks for it, then what speaks against it.

    >>> _sentence((Reason(words="same place", weight=1.5), Reason(words="different facilities", weight=-2.5), Reason(words="", weight=0.0)))
    'same place; against it: different facilities'
    """
    speaking = [r for r in reasons if r.words]
    pro, against = ", ".join(r.words for r in speaking if r.weight >= 0), ", ".join(r.words for r in speaking if r.weight < 0)
    return "; against it: ".join(part for part in (pro or "nothing for it", against) if part)

"""When: which of a report's date phrases is the happening's."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.coding.relating import is_of_older_time, pair_features
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.reading.timing import DatedPhrase

_RANK = {"day": 3.0, "weekday": 3.0, "relative_day": 3.0, "month": 1.0, "year": 0.0, "year_modifier": 0.0, "season": 0.0, "quarter": 0.0}
_BOUNDS = frozenset(("until", "by", "before"))
_UNIT_RANK = {"year": 0.0, "quarter": 0.0, "month": 1.0, "week": 2.0, "weekend": 3.0, "day": 3.0, "hour": 3.0}


def day_features(scene: Scene, teller: Teller, dated: DatedPhrase, *, tellers: frozenset[int]) -> list[str]:
    """What speaks for and against the phrase as the day of this happening."""
    pair = list(pair_features(scene, teller.token, dated.token, tellers=tellers))
    own = list(_of_phrase(scene, teller, dated))
    return [*pair, *own, *(f"{teller.family} {f}" for f in (*pair, *own)), f"type={teller.type}", *(f"{teller.type} {f}" for f in own)]


def day_traits(scene: Scene, dated: DatedPhrase) -> tuple[float, ...]:
    """How narrow the phrase is (0 a year or season, 1 a month, 2 a week or so, 3 a day), whose day it is, and where it stands."""
    phrase = dated.phrase
    return (
        _UNIT_RANK.get(phrase.unit or "", 3.0) if phrase.kind in ("relative_period", "ago", "anchored") else _RANK[phrase.kind],
        float(dated.speech_of is not None),
        float(phrase.header),
        float(scene.sentence_of(dated.token)),
        float(scene.timeline.phrases[0] is dated),
        float(len(scene.timeline.phrases)),
    )


def may_date(scene: Scene, teller: Teller, dated: DatedPhrase) -> bool:
    """False for what bounds another sentence ("covers events up to 2 February") and for days of a clause about older times."""
    if dated.phrase.bearing in _BOUNDS and scene.sentence_of(dated.token) != scene.sentence_of(teller.token):
        return False
    return not is_of_older_time(scene, dated.token, than=teller.token)


def _of_phrase(scene: Scene, teller: Teller, dated: DatedPhrase) -> Iterator[str]:
    phrase = dated.phrase
    yield f"kind={phrase.kind}"
    yield f"bearing={phrase.bearing}"
    yield f"governor={dated.token.head.lemma_.lower()}"
    for flag, held in (("header", phrase.header), ("speech", dated.speech_of is not None), ("names anchor", phrase.names_anchor)):
        if held:
            yield flag
    order = scene.timeline.phrases
    same = [d for d in order if scene.sentence_of(d.token) == scene.sentence_of(teller.token)]
    yield f"in sentence={min(3, len(same))}"
    before = [d for d in order if d.token.i < teller.token.i]
    yield f"last before={bool(before) and before[-1] is dated}"
    yield f"first={order[0] is dated}"
    yield from _by_rule(scene, teller, dated)


def _by_rule(scene: Scene, teller: Teller, dated: DatedPhrase) -> Iterator[str]:
    telling = scene.telling_of.get(teller.token.i)
    if telling is None:
        yield "rule=none"
    elif telling.when is None:
        yield "rule=no day"
    else:
        chosen = telling.when.phrase.overlaps(dated.phrase.span)
        yield f"rule={chosen}"
        yield f"rule={chosen}/{telling.when.basis}"

"""When a happening took place: its likeliest date phrase put on the calendar, counted from the day told before it where the phrase counts from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.core import When
from waqai.dating import DayRange
from waqai.dating.phrase import Direction
from waqai.reading.timing import DatedPhrase, counts_from

_TURNED: dict[Direction, Direction] = {"before": "after", "after": "before", "following": "previous", "previous": "following"}


def tell_when(scene: Scene, teller: Teller, offers: Iterable[tuple[DatedPhrase, float]], *, status: str) -> When | None:
    """The days of the first of the phrases, likeliest first, that can be put on the calendar; None where none can (a notice says why of each)."""
    telling = scene.telling_of.get(teller.token.i)
    for dated, p in offers:
        told = telling.when if telling is not None else None
        if told is not None and dated.phrase.kind != "anchored" and told.phrase.overlaps(dated.phrase.span):
            return replace(told, p=round(p, 3))
        days = _days_of(scene, teller, dated, status=status)
        if days is not None:
            basis = _basis(scene, teller, dated, days)
            return When(earliest=days.earliest, latest=days.latest, basis=basis, phrase=dated.phrase.span, p=round(p, 3), rule=f"learned; {days.rule}")
    return None


def _days_of(scene: Scene, teller: Teller, dated: DatedPhrase, *, status: str) -> DayRange | None:
    timeline = scene.timeline
    if not dated.phrase.ahead and scene.sentence_of(dated.token) != scene.sentence_of(teller.token):
        status = "occurred"  # what is planned elsewhere says nothing of when this day was
    if dated.phrase.kind != "anchored":
        return timeline.resolve(dated, status=status)
    anchor = timeline.day_before(dated)
    if dated.phrase.names_anchor and counts_from(dated.token, teller.token) and _follows_verb(scene, dated):
        # "two weeks after the assault began" of the assault itself: so long before what the report tells
        turned = replace(dated.phrase, direction=_TURNED.get(dated.phrase.direction or "after", "same"), names_anchor=False)
        return timeline.resolve(replace(dated, phrase=turned), status=status, anchor=anchor)
    return timeline.resolve(replace(dated, phrase=replace(dated.phrase, names_anchor=False)), status=status, anchor=anchor)


def _follows_verb(scene: Scene, dated: DatedPhrase) -> bool:
    """Not at the head of its sentence, where the act behind it is told: "Hours before the exchange, rockets fell"."""
    start = scene.sentence_span(dated.token).start
    return any(t.pos_ in ("VERB", "AUX") for t in scene.doc[start : dated.token.i])


def _basis(scene: Scene, teller: Teller, dated: DatedPhrase, days: DayRange) -> str:
    if dated.speech_of is not None:
        return "announcement_date_as_proxy"
    same = scene.sentence_of(dated.token) == scene.sentence_of(teller.token)
    return days.basis if same else "inherited_from_context"

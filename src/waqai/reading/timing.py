"""Which of a report's dates is the happening's: the one in its clause, else the day it was announced, else the day of the telling it goes on with.

Gold format 1 (gold/CODING.md rules 14 and 15): a date in another sentence than the trigger is `inherited_from_context`; the day of an announcement is
`announcement_date_as_proxy`, and only where the text names that day. Nothing falls back on the publication day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from spacy.tokens import Doc, Token

from waqai.attribution import DraftClaim
from waqai.codebook.lexicon import TypeSets
from waqai.core import Notice, Report, Span, UnresolvedDate, When
from waqai.dating import Dated, DatePhrase, DayRange, TextClock, find_date_phrases, resolve_phrase
from waqai.reading.drafts import Draft, is_counted_from
from waqai.reading.triggers import Trigger

Earlier: TypeAlias = Sequence[tuple[Draft, When | None]]

_FUTURE = frozenset(("planned", "pledged", "threatened"))
_NAMED = frozenset(("day", "weekday", "month", "relative_day"))
_BOUNDS = frozenset(("since", "until", "by", "before", "after"))
_ANCHOR_GAP = 6  # tokens between "a few days after" and the happening that it counts from
_NEAR_BLOCKS = 4  # line breaks between a lead without a day and the sentence that gives it
_LONG_DAYS = 3  # a longer span of days is not passed on to the tellings behind it
_CLAUSE = 20  # distance that a verb between trigger and date adds


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPhrase:
    """A date phrase with the token that it hangs on and the claim whose day of speech it is (None: not one)."""

    phrase: DatePhrase
    token: Token
    speech_of: int | None


class Timeline:
    """The dates of one report, and which of them belongs to which trigger. Gathers a notice for each phrase that it cannot resolve."""

    def __init__(self, report: Report, doc: Doc, claims: Sequence[DraftClaim], *, types: TypeSets) -> None:
        phrases = find_date_phrases(doc.text)
        self.report, self.doc, self.claims, self.types = report, doc, claims, types
        self.clock = TextClock(doc.text, published=report.published, phrases=phrases)
        self.phrases = tuple(d for p in phrases if (d := self._placed(p)) is not None)
        self._notices: dict[Span, Notice] = {}

    def add_notice(self, at: Span, reason: str) -> None:
        """What else could not be told of these words."""
        self._notices[at] = Notice(record=self.report.id, stage="reading", reason=reason)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Those added, and one for each phrase that could not be put on the calendar, in order of the text."""
        return tuple(self._notices[s] for s in sorted(self._notices))

    def _placed(self, phrase: DatePhrase) -> DatedPhrase | None:
        span = self.doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
        if span is None or phrase.kind == "year_modifier":
            return None
        speech = next((i for i, c in enumerate(self.claims) if c.said_on is not None and c.said_on.overlaps(phrase.span)), None)
        return DatedPhrase(phrase=phrase, token=span.root, speech_of=speech)

    def own_phrase(self, trigger: Trigger) -> DatedPhrase | None:
        """The date phrase of the trigger's own sentence that tells when it happened, or None."""
        near = [d for d in self.phrases if d.token.sent == trigger.token.sent and _can_date(d, trigger)]
        named = [d for d in near if d.phrase.kind != "anchored" and _distance(trigger.token, d.token) < _CLAUSE]
        return min(named or near, key=lambda d: _distance(trigger.token, d.token), default=None)

    def speech_phrase(self, trigger: Trigger) -> DatedPhrase | None:
        """The day on which a claim that holds the trigger was made, else one on which something was said in its sentence."""
        held_by = [i for i, c in enumerate(self.claims) if c.content.covers(trigger.phrase) and c.said_on is not None]
        if held_by:
            return next((d for d in self.phrases if d.speech_of == held_by[-1]), None)
        return next((d for d in self.phrases if d.speech_of is not None and d.token.sent == trigger.token.sent), None)

    def resolve(self, dated: DatedPhrase, *, status: str, anchor: Dated | None = None) -> DayRange | None:
        """The days of a phrase, or None with a notice."""
        counted_from = None if dated.phrase.names_anchor else anchor
        try:
            return resolve_phrase(dated.phrase, clock=self.clock, future=status in _FUTURE, ongoing=status == "ongoing", anchor=counted_from)
        except UnresolvedDate as error:
            self._notices[dated.phrase.span] = Notice(record=self.report.id, stage="reading", reason=f"{error}; the account's date is left open")
            return None

    def day_before(self, dated: DatedPhrase) -> DayRange | None:
        """What "the same day" counts from: the last day or month that the text tells of before this phrase, as a happening's; else the first behind it."""
        kinds = _NAMED | {"year"} if dated.phrase.unit in ("month", "year") else _NAMED
        told = [d for d in self.phrases if d.phrase.kind in kinds and d.speech_of is None and not d.phrase.header and not d.phrase.ahead]
        before = [d for d in told if d.token.i < dated.token.i]
        for other in (*reversed(before), *(d for d in told if d.token.i > dated.token.i)):
            try:
                return resolve_phrase(other.phrase, clock=self.clock)
            except UnresolvedDate:
                continue
        return None

    def date_draft(self, draft: Draft, *, earlier: Earlier) -> When | None:
        """The days of a draft, from its own tellings first, then from its announcement, then from what it goes on with."""
        own, tried = self._told(draft, anchor=next((w for _, w in reversed(earlier) if w is not None), None))
        if own is not None or tried:
            return own
        announced, tried = self._announced(draft)
        if announced is not None or tried:
            return announced
        return self._inherited(draft, earlier) or (self._told_next(draft) if not earlier else None)

    def _told(self, draft: Draft, *, anchor: When | None) -> tuple[When | None, bool]:
        """(the days that the draft's own tellings give, whether they name a day of their own at all)."""
        first, tried = draft.body[0], False
        for trigger in draft.body:
            if (dated := self.own_phrase(trigger)) is None:
                continue
            tried = tried or dated.phrase.kind != "anchored"
            if (days := self.resolve(dated, status=draft.status, anchor=anchor)) is not None:
                basis = days.basis if trigger.sentence == first.sentence else "inherited_from_context"
                return _when(days, dated, basis=basis), True
        return None, tried

    def _announced(self, draft: Draft) -> tuple[When | None, bool]:
        """(the day of the announcement in the sentence that tells it, as a proxy; whether one is named at all)."""
        if draft.type in ("meeting", "policy", "detention"):
            return None, False
        dated = self.speech_phrase(draft.body[0])
        if dated is None or dated.token.sent != draft.body[0].token.sent:
            return None, False
        days = self.resolve(dated, status="occurred")
        return (_when(days, dated, basis="announcement_date_as_proxy", p=0.6) if days is not None else None), True

    def _told_next(self, draft: Draft) -> When | None:
        """The lead often leaves the day to the sentences around it: the last day before it, else the first of the next blocks."""
        first = draft.body[0].token
        if draft.type in self.types.own_day or draft.status in _FUTURE or _is_past_perfect(first):
            return None
        for dated in (*self._last_day_before(first), *self._first_day_behind(first)):
            if (days := self.resolve(dated, status="occurred")) is not None:
                basis = "inherited_from_context" if dated.speech_of is None else "announcement_date_as_proxy"
                return _when(days, dated, basis=basis, p=0.45)
        return None

    def _last_day_before(self, token: Token) -> list[DatedPhrase]:
        return [d for d in self.phrases if d.token.i < token.i and d.phrase.kind == "day" and d.speech_of is None and _is_plain(d)][-1:]

    def _first_day_behind(self, token: Token) -> list[DatedPhrase]:
        behind = [d for d in self.phrases if d.token.i > token.i and d.phrase.kind in ("day", "weekday", "relative_day") and _is_plain(d)]
        return [d for d in behind if self.doc[token.i : d.token.i].text.count("\n") <= _NEAR_BLOCKS][:1]

    def _inherited(self, draft: Draft, earlier: Earlier) -> When | None:
        """An act told right after a dated one, in its block or as a further act of the news, shares its day."""
        first = draft.body[0]
        if draft.type == "aid" and earlier and earlier[-1][0].type == "meeting" and earlier[-1][1] is not None:
            return _day_of_telling_before(earlier[-1][1])  # money is pledged at the meeting told just before
        if draft.type == "detention" or draft.status in _FUTURE or _is_past_perfect(first.token):
            return None
        loose = draft.type not in self.types.own_day
        for other, when in reversed(earlier):
            if when is None or (when.latest - when.earliest).days > _LONG_DAYS or (when.basis == "announcement_date_as_proxy" and not loose):
                continue
            if other.last.block == first.block or (loose and first.block - other.last.block <= 2):
                return _day_of_telling_before(when)
        return None


def _can_date(dated: DatedPhrase, trigger: Trigger) -> bool:
    """No day of speech, no mere bound, and not counted from the happening itself ("a few days after the meeting")."""
    if dated.speech_of is not None or dated.phrase.bearing in _BOUNDS:
        return False
    if is_counted_from(trigger.token) and not trigger.token.is_ancestor(dated.token):
        return False  # "held talks on Monday, a few days before the escape": Monday is the day of the talks
    return not (dated.phrase.names_anchor and counts_from(dated.token, trigger.token))


def counts_from(date: Token, trigger: Token) -> bool:
    """Whether the trigger is the first act behind "a few days after", "days after ministers of the region": the one that it counts from."""
    between = trigger.doc[date.i + 1 : trigger.i]
    return date.i < trigger.i and (len(between) < _ANCHOR_GAP or not any(t.pos_ in ("VERB", "AUX") or t.text == "," for t in between))


def _is_plain(dated: DatedPhrase) -> bool:
    return dated.phrase.bearing is None and not dated.phrase.header


def _when(days: DayRange, dated: DatedPhrase, *, basis: str, p: float | None = None) -> When:
    p = days.p if p is None else p
    return When(earliest=days.earliest, latest=days.latest, basis=basis, phrase=dated.phrase.span, p=p, rule=days.rule)


def _day_of_telling_before(when: When) -> When:
    return When(earliest=when.earliest, latest=when.latest, basis="inherited_from_context", phrase=when.phrase, p=0.55, rule="day of the telling before")


def _distance(trigger: Token, date: Token) -> float:
    """How far a date stands from a trigger: near 0 below it in the parse, farther across another clause; outside it, tokens between and 10."""
    gap = abs(trigger.i - date.i)
    if not trigger.is_ancestor(date):
        return 10 + gap
    between = [t for t in date.ancestors if trigger.is_ancestor(t)]
    return sum(t.pos_ in ("VERB", "AUX") for t in between) * _CLAUSE + 0.01 * gap


def _is_past_perfect(token: Token) -> bool:
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    return any(t.dep_ == "aux" and t.lower_ == "had" for t in verb.children)

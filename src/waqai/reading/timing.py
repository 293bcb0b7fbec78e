"""Which of a report's dates is the happening's: the one in its clause, else the day it was announced, else the day of the telling it goes on with.

Gold format 1 (gold/CODING.md rules 14 and 15): a date in another sentence than the trigger is `inherited_from_context`; the day of an announcement is
`announcement_date_as_proxy`, and only where the text names that day. Nothing falls back on the publication day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.attribution import DraftClaim
from waqai.core import Notice, Report, Span, UnresolvedDate, When
from waqai.dating import DatePhrase, DayRange, TextClock, find_date_phrases, resolve_phrase
from waqai.reading.drafts import Draft
from waqai.reading.phrases import slot_heads
from waqai.reading.triggers import Trigger

_FUTURE = frozenset({"planned", "pledged", "threatened"})
_CONTEXT = frozenset(
    {
        "meeting",
        "agreement",
        "statement",
        "aid",
        "sanction",
        "policy",
        "deployment",
        "restriction",
        "protest",
        "displacement",
        "return",
        "detention",
        "group_change",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPhrase:
    """A date phrase with the token that it hangs on and the claim whose day of speech it is (None: not one)."""

    phrase: DatePhrase
    token: Token
    speech_of: int | None


class Timeline:
    """The dates of one report, and which of them belongs to which trigger."""

    def __init__(self, report: Report, doc: Doc, claims: Sequence[DraftClaim]) -> None:
        phrases = find_date_phrases(doc.text)
        self.report, self.doc, self.claims = report, doc, claims
        self.clock = TextClock(doc.text, published=report.published, phrases=phrases)
        self.phrases = tuple(d for p in phrases if (d := self._placed(p)) is not None)
        self._notices: dict[Span, Notice] = {}

    @property
    def notices(self) -> tuple[Notice, ...]:
        """One for each phrase that could not be put on the calendar, in order of the text."""
        return tuple(self._notices[s] for s in sorted(self._notices))

    def _placed(self, phrase: DatePhrase) -> DatedPhrase | None:
        span = self.doc.char_span(phrase.span.start, phrase.span.end, alignment_mode="expand")
        if span is None or phrase.kind == "year_modifier":
            return None
        speech = next((i for i, c in enumerate(self.claims) if c.said_on is not None and c.said_on.overlaps(phrase.span)), None)
        return DatedPhrase(phrase=phrase, token=span.root, speech_of=speech)

    def own_phrase(self, trigger: Trigger) -> DatedPhrase | None:
        """The date phrase of the trigger's own sentence that tells when it happened, or None."""
        near = [
            d
            for d in self.phrases
            if d.token.sent == trigger.token.sent and d.speech_of is None and d.phrase.bearing not in ("since", "until", "by", "before", "after")
        ]
        near = [
            d for d in near if not (d.phrase.names_anchor and 0 < trigger.token.i - d.token.i <= 6)
        ]  # "a few days after the meeting" does not date the meeting
        if not near:
            return None
        return min(near, key=lambda d: _distance(trigger.token, d.token))

    def speech_phrase(self, trigger: Trigger) -> DatedPhrase | None:
        """The day on which a claim that holds the trigger was made."""
        for index in range(len(self.claims) - 1, -1, -1):
            claim = self.claims[index]
            if claim.content.covers(trigger.phrase) and claim.said_on is not None:
                return next((d for d in self.phrases if d.speech_of == index), None)
        return next((d for d in self.phrases if d.speech_of is not None and d.token.sent == trigger.token.sent), None)

    def resolve(self, dated: DatedPhrase, *, status: str, anchor: When | None = None) -> DayRange | None:
        """The days of a phrase, or None with a notice."""
        try:
            counted_from = None if dated.phrase.names_anchor else anchor
            return resolve_phrase(dated.phrase, clock=self.clock, future=status in _FUTURE, ongoing=status == "ongoing", anchor=counted_from)
        except UnresolvedDate as error:
            self._notices[dated.phrase.span] = Notice(record=self.report.id, stage="reading", reason=f"{error}; the account's date is left open")
            return None

    def date_draft(self, draft: Draft, *, earlier: Sequence[tuple[Draft, When | None]]) -> When | None:
        """The days of a draft, from its own tellings first, then from its announcement, then from what it goes on with."""
        status = draft.lead.told.value
        body = [t for t in draft.triggers if not t.heading] or draft.triggers
        anchor = next((w for _, w in reversed(earlier) if w is not None), None)
        tried = False
        for trigger in body:
            dated = self.own_phrase(trigger)
            if dated is None:
                continue
            tried = tried or dated.phrase.kind != "anchored"
            days = self.resolve(dated, status=status, anchor=anchor)
            if days is not None:
                return _when(
                    days, dated.phrase.span, basis=days.basis if trigger is body[0] or trigger.sentence == body[0].sentence else "inherited_from_context"
                )
        if tried:
            return None
        return self._announced(draft, body, status) or self._inherited(draft, body, earlier) or (self._told_next(draft, body) if not earlier else None)

    def _announced(self, draft: Draft, body: Sequence[Trigger], status: str) -> When | None:
        if draft.type in ("meeting", "policy", "detention"):
            return None
        dated = self.speech_phrase(body[0])
        if dated is None or dated.token.sent != body[0].token.sent:
            return None
        days = self.resolve(dated, status="occurred")
        return _when(days, dated.phrase.span, basis="announcement_date_as_proxy", p=0.6) if days is not None else None

    def _told_next(self, draft: Draft, body: Sequence[Trigger]) -> When | None:
        """The lead often leaves the day to the sentences after it: the first day of the next two blocks that dates a happening, or its announcement."""
        if draft.type in _CONTEXT or draft.lead.told.value in _FUTURE or _past_perfect(body[0].token):
            return None
        ahead = [
            d
            for d in self.phrases
            if d.token.i > body[0].token.i and d.phrase.kind in ("day", "weekday", "relative_day") and d.phrase.bearing is None and not d.phrase.header
        ]
        near = [d for d in ahead if d.token.doc[body[0].token.i : d.token.i].text.count("\n") <= 4]
        behind = [
            d
            for d in self.phrases
            if d.token.i < body[0].token.i and d.phrase.kind == "day" and not d.phrase.header and d.phrase.bearing is None and d.speech_of is None
        ]
        for dated in [*behind[-1:], *near[:1]]:
            days = self.resolve(dated, status="occurred")
            if days is not None:
                basis = "inherited_from_context" if dated.speech_of is None else "announcement_date_as_proxy"
                return _when(days, dated.phrase.span, basis=basis, p=0.45)
        return None

    def _inherited(self, draft: Draft, body: Sequence[Trigger], earlier: Sequence[tuple[Draft, When | None]]) -> When | None:
        """An act told right after a dated one, in its block or as a further act of the news, shares its day."""
        first = body[0]
        if draft.type == "detention" or draft.lead.told.value in _FUTURE or _past_perfect(first.token):
            return None
        for other, when in reversed(earlier):
            if when is None or (when.latest - when.earliest).days > 3 or (when.basis == "announcement_date_as_proxy" and draft.type in _CONTEXT):
                continue
            same_block = other.last.block == first.block
            if same_block or (first.block - other.last.block <= 2 and draft.type not in _CONTEXT):
                return When(
                    earliest=when.earliest, latest=when.latest, basis="inherited_from_context", phrase=when.phrase, p=0.55, rule="day of the telling before"
                )
        return None


def _when(days: DayRange, phrase: Span, *, basis: str, p: float | None = None) -> When:
    return When(earliest=days.earliest, latest=days.latest, basis=basis, phrase=phrase, p=p if p is not None else days.p, rule=days.rule)


def _distance(trigger: Token, date: Token) -> float:
    """How far a date stands from a trigger: 0 below it in the parse, else tokens between, farther across another clause."""
    if trigger.is_ancestor(date):
        between = [t for t in date.ancestors if trigger.is_ancestor(t)]
        return sum(t.pos_ in ("VERB", "AUX") for t in between) * 20 + 0.01 * abs(trigger.i - date.i)
    return 10 + abs(trigger.i - date.i)


def _past_perfect(token: Token) -> bool:
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    return any(t.dep_ == "aux" and t.lower_ == "had" for t in verb.children)


def said_words(trigger: Trigger) -> tuple[Token, ...]:
    return slot_heads(trigger.slots, "subj", "obj")

"""Who says what, how firmly: every claim of a report, with the words of speaker, cue and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from waqai.attribution.cues import StanceOfCue, with_extras
from waqai.attribution.judging import claim_features
from waqai.attribution.layout import Layout, lay_out
from waqai.attribution.mentions import described_by, squeeze
from waqai.attribution.model import LEARNED, ClaimModel, Weighed, load_claim_model
from waqai.attribution.said import Said
from waqai.attribution.speakers import UNATTRIBUTED, Cast, cast_of
from waqai.attribution.stances import stance_of
from waqai.attribution.stretches import has_finite, skip_dateline
from waqai.attribution.subjects import DAY_WORDS, informant_of
from waqai.attribution.tagging import see
from waqai.attribution.utterances import find_utterances
from waqai.codebook import load_codebook
from waqai.core import Span

# How often a claim of this rule has the right speaker and content: on the 277 development reports of data/gold that are no hard negatives (November 2026),
# pulled towards 0.8 by two. Moves with every change of the rules; `python -m bench.claims_gold --rules` prints it anew.
RULE_PRECISION = {
    "clause: before": 0.89,
    "clause: that": 0.88,
    "clause: clause after": 0.77,
    "quote: before": 0.94,
    "according: before": 0.89,
    "clause: what": 0.59,
    "clause: resumed after": 0.77,
    "according: after": 0.86,
    "object: of": 0.82,
    "object: what": 0.81,
    "hedge": 0.72,
    "object: figure": 0.65,
    "passive: by": 0.72,
    "passive: to": 0.68,
    "clause: whom to": 0.66,
    "object: whom to": 0.87,
    "passive: it": 0.91,
    "cited": 0.57,
    "clause: to": 0.77,
    "passive: of": 0.87,
    "clause: of": 0.60,
    "passive: subject": 0.76,
    "clause: figure": 0.66,
    "clause: after colon": 0.29,
    "passive: told by": 0.80,
    "clause: quote after colon": 0.94,
    "noun that": 0.60,
    "clause: quote after": 0.66,
    "object: to": 0.60,
    "as: after": 0.65,
    "passive: by to": 0.65,
}
_OCCASIONS = frozenset(
    ("statement", "report", "interview", "remark", "message", "briefing", "conference", "speech", "letter", "tweet", "post", "release", "address", "call")
)
_PARTS_OF_DAYS = frozenset(("day", "night", "morning", "afternoon", "evening", "week", "month"))
_MEAN_PRECISION = 0.6  # of a rule too rare to measure
LEAST_P = 0.4  # of a claim that only the tagger found; out of fold, F1 is the same from 0.35 to 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaim:
    """A claim before it has an id.

    `speaker` is the mention beside the cue, None where nobody is named; `speaker_name` the fullest form in the report, "unattributed" where nobody is named.
    `parent` is the index of the claim whose content holds this one. `inner_cue` are the words inside the content that set the stance ("are expected to").
    `said_on` are the date words of the cue's own clause: the day of speech, not of the happening. `runs_on` are quotations after the content that go on in
    the same voice without a cue of their own.
    """

    speaker: Span | None
    speaker_name: str
    cue: Span
    stance: str
    content: Span
    p: float
    rule: str
    parent: int | None = None
    inner_cue: Span | None = None
    said_on: Span | None = None
    runs_on: tuple[Span, ...] = ()


def find_claims(doc: Doc, *, stance_of_cue: StanceOfCue | None = None) -> tuple[DraftClaim, ...]:
    """The claims of a parsed report, in the order of their cues; offsets are those of `doc.text`.

    `stance_of_cue` gives the stance of a cue's lemma or phrase, None for what is no cue: the codebook's, unless another is handed in. A cue that only it
    knows is read like "say". Rules find them, and the shipped model, where it is installed, mends and weighs what they found.
    """
    return find_claims_with(load_claim_model(), doc, stance_of_cue=stance_of_cue)


def find_claims_with(model: ClaimModel | None, doc: Doc, *, stance_of_cue: StanceOfCue | None = None) -> tuple[DraftClaim, ...]:
    """The claims as rules and this model find them; as the rules alone do for None."""
    pairs, layout = weigh_claims(model, doc, stance_of_cue=stance_of_cue)
    drafts = _nest([draft for _, draft in pairs])
    return _run_on([weighed.said for weighed, _ in pairs], drafts, doc=doc, layout=layout)


def weigh_claims(model: ClaimModel | None, doc: Doc, *, stance_of_cue: StanceOfCue | None = None) -> tuple[list[tuple[Weighed, DraftClaim]], Layout]:
    """Each claim with the utterance that it was made of, before claims are put into each other; and the report's layout."""
    layout = lay_out(doc)
    lookup = with_extras(stance_of_cue or load_codebook().stance_of_cue)
    cast = cast_of(doc, layout)
    saids = find_utterances(doc, layout=layout, lookup=lookup)
    if model is None:
        found = tuple(Weighed(said, None) for said in saids)
    else:
        found = model.amend(see(doc, layout=layout, lookup=lookup, saids=saids), precision=RULE_PRECISION)
    pairs = []
    for weighed in found:
        draft = _draft(weighed.said, doc=doc, layout=layout, cast=cast, lookup=lookup)
        if draft is not None and model is not None:
            draft = _judged(draft, weighed, model=model, doc=doc, text=layout.text)
        if draft is not None and (draft.rule != LEARNED or draft.p >= LEAST_P):
            pairs.append((weighed, draft))
    return _without_inner_modality(pairs), layout


def _judged(draft: DraftClaim, weighed: Weighed, *, model: ClaimModel, doc: Doc, text: str) -> DraftClaim:
    """The claim with its probability by the model's judge."""
    return draft if model.judge is None else replace(draft, p=round(model.judge.score(features_of(draft, weighed, doc=doc, text=text)), 4))


def features_of(draft: DraftClaim, weighed: Weighed, *, doc: Doc, text: str) -> list[str]:
    """What the judge knows of a claim."""
    mention = "" if draft.speaker is None else squeeze(text[draft.speaker.start : draft.speaker.end])
    return claim_features(weighed, doc=doc, speaker_name=draft.speaker_name, mention=mention, stance=draft.stance)


def _draft(said: Said, *, doc: Doc, layout: Layout, cast: Cast, lookup: StanceOfCue) -> DraftClaim | None:
    if not said.content[0] < said.content[1] <= len(doc):
        return None
    content = _trim(layout.text, chars(doc, said.content))
    if content is None:
        return None
    speaker, name = None, UNATTRIBUTED
    if (head := informant_of(doc[said.verb]) or (doc[said.speaker] if said.speaker is not None else None)) is not None:
        bounds, name = cast.resolve(described_by(head))
        if bounds[0] < said.content[0] <= bounds[1] and doc[said.content[0] - 1].lower_ == "that":
            bounds = bounds[0], said.content[0] - 1  # "heard from sources that inmates fled"
            name = squeeze(doc[bounds[0] : bounds[1]].text)
        speaker = chars(doc, bounds) if bounds[0] < bounds[1] else None
    stance, inner = stance_of(said, doc=doc, speaker=cast.describe(name), lookup=lookup)
    return DraftClaim(
        speaker=speaker,
        speaker_name=name,
        cue=chars(doc, said.cue),
        stance=stance,
        content=content,
        p=RULE_PRECISION.get(said.rule, _MEAN_PRECISION),
        rule=said.rule,
        inner_cue=inner,
        said_on=_said_on(said, doc=doc, layout=layout),
    )


def chars(doc: Doc, bounds: tuple[int, int]) -> Span:
    """Token bounds as code points."""
    return Span(doc[bounds[0]].idx, doc[bounds[1] - 1].idx + len(doc[bounds[1] - 1]))


def _trim(text: str, span: Span) -> Span | None:
    """Without the punctuation and the quotation marks around it, None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in " \n,;:.-":
        start += 1
    while end > start and text[end - 1] in " \n,;:.-":
        end -= 1
    marks = text[start:end].count('"')
    opens, closes = text[start:end].startswith('"'), text[start:end].endswith('"')
    if opens and (marks == 1 or (closes and marks == 2)):
        start += 1
    if closes and (marks == 1 or (opens and marks == 2)):
        end -= 1
    while end > start and text[end - 1] in " \n,;:.":
        end -= 1
    return Span(start, end) if start < end else None


def _said_on(said: Said, *, doc: Doc, layout: Layout) -> Span | None:
    """The first date words of the cue's clause: after the cue and before the content, or before the speaker at the start of the sentence."""
    low, high = said.group
    inside = _days_in(doc, said.cue[1], high, skip=said.content) or _days_in(doc, low, said.cue[0], skip=said.content)
    start = skip_dateline(doc, layout.starts[said.verb], low)
    if inside is None and start < low and not _overlaps(said.content, (start, low)):
        inside = _days_before(doc, start, low, skip=said.content)
    return None if inside is None else chars(doc, inside)


def _days_before(doc: Doc, start: int, low: int, *, skip: tuple[int, int]) -> tuple[int, int] | None:
    """The date at the start of a sentence, before the speaker: "On Monday, X said", "In a statement dated May 3, X said"; not "In the May 3 attack, ..."."""
    if low > start + 20 or has_finite(doc, start, low) or doc[start].lower_ not in ("on", "in", "late", "early", "earlier", "last"):
        return None
    days = _days_in(doc, start, low, skip=skip)
    if days is None or doc[days[1]].pos_ == "NOUN":
        return None
    before = [doc[i].lemma_.lower() for i in range(start, days[0]) if doc[i].pos_ in ("NOUN", "PROPN", "VERB")]
    return days if _OCCASIONS.intersection(before) or _PARTS_OF_DAYS.issuperset(before) else None


def _overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _days_in(doc: Doc, start: int, end: int, *, skip: tuple[int, int]) -> tuple[int, int] | None:
    """The longest run of date words from the first one in [start, end) on, commas between them included."""
    first = next((i for i in range(start, end) if not skip[0] <= i < skip[1] and doc[i].lower_ in DAY_WORDS), None)
    if first is None:
        return None
    while first > start and (doc[first - 1].like_num or doc[first - 1].lower_ in ("last", "early", "late", "mid")):
        first -= 1
    last = first
    for i in range(first, end):
        if doc[i].lower_ in DAY_WORDS or doc[i].like_num or doc[i].lower_ in ("last", "early", "late", "mid", "-"):
            last = i
        elif doc[i].text != "," and not doc[i].is_space:
            break
    return first, last + 1


def _without_inner_modality(pairs: list[tuple[Weighed, DraftClaim]]) -> list[tuple[Weighed, DraftClaim]]:
    """Leave out "is expected to" where it already sets the stance of the claim around it: one speaker, one claim."""
    inner = [draft.inner_cue for _, draft in pairs if draft.inner_cue is not None]
    return [(s, d) for s, d in pairs if d.speaker is not None or not any(d.cue.overlaps(cue) for cue in inner)]


def _nest(drafts: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Each claim with the index of the smallest claim whose content holds its cue."""
    nested = []
    for i, draft in enumerate(drafts):
        holders = [j for j, other in enumerate(drafts) if j != i and other.content.covers(draft.cue) and not draft.content.covers(other.cue)]
        parent = min(holders, key=lambda j: drafts[j].content.end - drafts[j].content.start, default=None)
        nested.append(replace(draft, parent=parent))
    return nested


def _run_on(saids: Sequence[Said], drafts: list[DraftClaim], *, doc: Doc, layout: Layout) -> tuple[DraftClaim, ...]:
    """Each claim with the quotations that follow it directly and belong to no other claim."""
    result = list(drafts)
    taken = [draft.content for draft in drafts]
    for index, said in enumerate(saids):
        end = max(said.group[1], said.content[1])
        more: list[Span] = []
        for quote in layout.quotes:
            span = _trim(layout.text, chars(doc, (quote.start, quote.end)))
            if span is None or quote.start < end or any(t.overlaps(span) for t in taken):
                continue
            if any(not (doc[i].is_punct or doc[i].is_space or doc[i].lower_ in ("and", "but")) for i in range(end, quote.start)):
                break
            more.append(span)
            taken.append(span)
            end = quote.end
        if more and drafts[index].speaker is not None:
            result[index] = replace(result[index], runs_on=tuple(more))
    return tuple(result)

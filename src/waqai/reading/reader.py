"""The rule reader: a report in, its claims and accounts out, each value with the words that said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from waqai.attribution import DraftClaim, find_claims
from waqai.codebook.lexicon import load_lexicon
from waqai.core import Account, ActorNames, Claim, Notice, PlaceNames, ReaderStamp, Reading, Report, claim_id, short_hash
from waqai.reading.accounts import AccountReader
from waqai.reading.pipeline import DEFAULT_PIPELINE, load_pipeline
from waqai.reading.relevance import other_world
from waqai.reading.text import WorkingText, prepare
from waqai.reading.timing import Timeline

VERSION = "0.1.0"
_BATCH = 32
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "was",
        "for",
        "on",
        "were",
        "with",
        "by",
        "said",
        "from",
        "at",
        "an",
        "has",
        "is",
        "he",
        "it",
        "are",
        "have",
        "as",
        "been",
        "who",
    ]
)
_LONGEST_BLOCK = 20_000  # characters without a paragraph break that the parser is given; beyond it the text is no report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """`pipeline` names the installed spaCy pipeline; `longest` is the number of characters of a report that are read, the rest is a notice."""

    pipeline: str = DEFAULT_PIPELINE
    longest: int = 200_000


class RuleReader:
    """Reads with a lexicon and dependency patterns; no network, database or clock. Safe to share within a process, not between threads."""

    name = "rules"
    version = VERSION

    def __init__(self, *, places: PlaceNames, actors: ActorNames, settings: ReaderSettings | None = None, data_version: str = "") -> None:
        """`data_version` names the gazetteer and register behind `places` and `actors`: it becomes part of the stamp."""
        self.settings = settings or ReaderSettings()
        self.nlp: Language = load_pipeline(self.settings.pipeline)
        self._lexicon = lexicon = load_lexicon()
        self._accounts = AccountReader(lexicon, places, actors)
        model = f"{self.nlp.meta.get('name')} {self.nlp.meta.get('version')}"
        settings_hash = short_hash(self.settings.pipeline, str(self.settings.longest), model, lexicon.version, data_version)
        self.stamp = ReaderStamp(name=self.name, version=self.version, settings_hash=settings_hash)

    def read(self, report: Report) -> Reading:
        """The reading of one report."""
        return next(iter(self.iter_read([report])))

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading for each report, in order; the parser works on batches of 32."""
        source = iter(reports)
        while batch := list(islice(source, _BATCH)):
            texts = [prepare(self._cut(r), title=r.title) for r in batch]
            refused = [self._refusal(r, t) for r, t in zip(batch, texts, strict=True)]
            docs = self.nlp.pipe(t.text if why is None else "" for t, why in zip(texts, refused, strict=True))
            for report, text, doc, why in zip(batch, texts, docs, refused, strict=True):
                yield self._reading(report, text, doc) if why is None else self._empty(report, why)

    def _cut(self, report: Report) -> str:
        return report.text[: self.settings.longest]

    def _refusal(self, report: Report, text: WorkingText) -> str | None:
        """Why a text is not read at all, or None."""
        if not text.blocks:
            return "there are no words in it"
        if max(e - s for s, e in text.blocks) > _LONGEST_BLOCK:
            return f"it holds a stretch of more than {_LONGEST_BLOCK:,} characters without a line break, which no report has; split it into paragraphs"
        if report.language not in (None, "", "und") and not str(report.language).lower().startswith("en"):
            return f"its language is given as {report.language!r}; this reader reads English only"
        return _not_english(text.text)

    def _empty(self, report: Report, why: str) -> Reading:
        notice = Notice(record=report.id, stage="reading", reason=f"not read: {why}")
        return Reading(report=report.id, report_sha256=report.sha256, reader=self.stamp, notices=(notice,))

    def _reading(self, report: Report, text: WorkingText, doc: Doc) -> Reading:
        if (world := other_world(doc, self._lexicon)) is not None:
            return self._empty(report, f"its words are of another world ({world}), not of conflict")
        drafts = find_claims(doc)
        claims = _claims(report, drafts, self.stamp)
        timeline = Timeline(report, doc, drafts)
        accounts = self._accounts.read(report, doc, text, timeline=timeline, stamp=self.stamp, claims=claims)
        notices = list(timeline.notices)
        if len(report.text) > self.settings.longest:
            notices.append(
                Notice(
                    record=report.id,
                    stage="reading",
                    reason=f"only the first {self.settings.longest:,} of {len(report.text):,} characters were read; the setting `reader.longest` raises that",
                )
            )
        return Reading(
            report=report.id,
            report_sha256=report.sha256,
            reader=self.stamp,
            claims=tuple(_about(c, accounts) for c in claims),
            accounts=accounts,
            notices=tuple(notices),
        )


def _claims(report: Report, drafts: tuple[DraftClaim, ...], stamp: ReaderStamp) -> tuple[Claim, ...]:
    ids = [claim_id(report_sha256=report.sha256, reader=stamp, cue=d.cue, content=d.content) for d in drafts]
    return tuple(
        Claim(
            id=ids[i],
            report=report.id,
            speaker=d.speaker,
            speaker_name=d.speaker_name,
            cue=d.cue,
            stance=d.stance,
            content=d.content,
            accounts=(),
            p=d.p,
            rule=d.rule,
            said_by=ids[d.parent] if d.parent is not None else None,
        )
        for i, d in enumerate(drafts)
    )


def _about(claim: Claim, accounts: Iterable[Account]) -> Claim:
    """The claim with the accounts whose trigger stands in its content."""
    return replace(claim, accounts=tuple(a.id for a in accounts if claim.content.covers(a.evidence)))


def _not_english(text: str) -> str | None:
    """A reason when the words are not English: few of its commonest words among many, or letters of another script."""
    words = re.findall(r"[^\W\d_]+", text[:4000].lower())
    if len(words) < 12:
        return None
    latin = sum(w.isascii() for w in words) / len(words)
    common = sum(w in _ENGLISH for w in words) / len(words)
    if latin < 0.5:
        return "it is not written in Latin letters; this reader reads English only"
    return "it does not read like English; this reader reads English only" if common < 0.08 else None

"""The rule reader: a report in, its claims and accounts out, each value with the words that said it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from waqai.attribution import ClaimModel, DraftClaim, find_claims_with
from waqai.codebook.lexicon import load_lexicon
from waqai.core import Account, ActorNames, Claim, Notice, PlaceNames, ReaderStamp, Reading, Report, claim_id, short_hash
from waqai.parsing.casing import digest_of_cases
from waqai.parsing.pipeline import DEFAULT_PIPELINE, load_pipeline
from waqai.parsing.text import WorkingText, prepare
from waqai.reading import REFUSED, VERSION
from waqai.reading.accounts import AccountReader
from waqai.reading.refusal import cut_short, find_refusal
from waqai.reading.relevance import find_other_world
from waqai.reading.timing import Timeline
from waqai.reading.voices import with_voices

_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """`pipeline` names the installed spaCy pipeline; `longest` is the number of characters of a report that are read, the rest is a notice."""

    pipeline: str = DEFAULT_PIPELINE
    longest: int = 60_000


class RuleReader:
    """Reads with a lexicon and dependency patterns; no network, database or clock. Safe to share within a process, not between threads."""

    name = "rules"
    version = VERSION

    def __init__(self, *, places: PlaceNames, actors: ActorNames, settings: ReaderSettings | None = None, data_version: str = "") -> None:
        """`data_version` names the gazetteer and register behind `places` and `actors`: it becomes part of the stamp. Raises MissingPart, CodebookError."""
        self.settings = settings or ReaderSettings()
        self.claim_model: ClaimModel | None = None
        self.nlp: Language = load_pipeline(self.settings.pipeline)
        self.lexicon = load_lexicon()
        self.account_reader = AccountReader(self.lexicon, places, actors)
        model = f"{self.nlp.meta.get('name')} {self.nlp.meta.get('version')}"
        settings_hash = short_hash(self.settings.pipeline, str(self.settings.longest), model, self.lexicon.digest, digest_of_cases(), data_version)
        self.stamp = ReaderStamp(name=self.name, version=self.version, settings_hash=settings_hash)

    def read(self, report: Report) -> Reading:
        """The reading of one report."""
        return next(iter(self.iter_read([report])))

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading for each report, in order; the parser works on batches of 32."""
        source = iter(reports)
        while batch := list(islice(source, _BATCH)):
            texts = [prepare(r.text[: self.settings.longest], title=r.title) for r in batch]
            refusals = [find_refusal(r, t, common=self.lexicon.words.common_english) for r, t in zip(batch, texts, strict=True)]
            docs = self.nlp.pipe([t.text if why is None else "" for t, why in zip(texts, refusals, strict=True)])
            for report, text, doc, why in zip(batch, texts, docs, refusals, strict=True):
                yield self._reading(report, text, doc) if why is None else self._empty(report, why, stage=REFUSED)

    def _empty(self, report: Report, why: str, *, stage: str) -> Reading:
        return Reading(report=report.id, report_sha256=report.sha256, reader=self.stamp, notices=(_notice(report, f"not read: {why}", stage=stage),))

    def _reading(self, report: Report, text: WorkingText, doc: Doc) -> Reading:
        if (world := find_other_world(doc, self.lexicon)) is not None:
            return self._empty(report, f"its words are of another world ({world}), not of conflict", stage="reading")
        drafts = find_claims_with(self.claim_model, doc)
        claims = _claims(report, drafts, self.stamp)
        timeline = Timeline(report, doc, drafts, types=self.lexicon.types)
        found = self.accounts_of(report, doc, text, timeline=timeline, drafts=drafts, claims=claims)
        accounts = with_voices(found, doc=doc, text=text, claims=claims)
        return Reading(
            report=report.id,
            report_sha256=report.sha256,
            reader=self.stamp,
            claims=tuple(_about(c, accounts) for c in claims),
            accounts=accounts,
            notices=(*timeline.notices, *cut_short(report, longest=self.settings.longest)),
        )

    def accounts_of(
        self, report: Report, doc: Doc, text: WorkingText, *, timeline: Timeline, drafts: Sequence[DraftClaim], claims: Sequence[Claim]
    ) -> tuple[Account, ...]:
        """The accounts in order of the text."""
        return self.account_reader.read(report, doc, text, timeline=timeline, stamp=self.stamp, claims=claims)


def _notice(report: Report, reason: str, *, stage: str = "reading") -> Notice:
    return Notice(record=report.id, stage=stage, reason=reason)


def _claims(report: Report, drafts: Sequence[DraftClaim], stamp: ReaderStamp) -> tuple[Claim, ...]:
    """The claims with their ids, each pointing to the one that it is nested in."""
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

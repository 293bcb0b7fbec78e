"""The claims of an answer: speaker, cue and content found in the text, each in the claim that it is nested in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from waqai.asking.facets import RULE, iter_items
from waqai.asking.form import ClaimShape
from waqai.asking.material import SURE, Material
from waqai.core import Account, Claim, Count, Involvement, PlaceMention, Span, Status, When, claim_id

Facet = TypeVar("Facet", Status, When, PlaceMention, Involvement, Count)

NOBODY = "unattributed"


def read_claims(values: Iterable[Any], *, material: Material) -> tuple[Claim, ...]:
    """The claims in order of the text, without the accounts that they tell of."""
    found: dict[str, Claim] = {}
    for item in iter_items(ClaimShape, values, what="claim", material=material):
        claim = _claim(item, material)
        if claim is not None:
            found.setdefault(claim.id, claim)
    claims = sorted(found.values(), key=lambda c: (c.cue, c.content))
    return tuple(replace(c, said_by=said_by(_extent(c), [o for o in claims if o is not c])) for c in claims)


def said_by(span: Span, claims: Sequence[Claim]) -> str | None:
    """The id of the innermost claim whose content holds the span; None: the report's own voice."""
    holding = [c for c in claims if c.content.covers(span)]
    return min(holding, key=lambda c: c.content.end - c.content.start).id if holding else None


def mark_said(facets: Sequence[Facet], claims: Sequence[Claim]) -> tuple[Facet, ...]:
    """The facets, each with the claim that its words stand in."""
    return tuple(replace(f, said_by=said_by(f.phrase, claims)) for f in facets)


def with_accounts(claim: Claim, accounts: Sequence[Account]) -> Claim:
    """The claim with the accounts whose trigger stands in its content."""
    return replace(claim, accounts=tuple(a.id for a in accounts if claim.content.covers(a.evidence)))


def _claim(item: ClaimShape, material: Material) -> Claim | None:
    if item.stance not in material.ground.codebook.stances:
        material.set_aside("claim", item.content, f"the codebook has no stance {item.stance!r}")
        return None
    content = material.find(item.content, what="content of a claim")
    cue = material.find(item.cue, what="cue beside its content", near=content.start, outside=content) if content is not None else None
    if content is None or cue is None:
        return None
    speaker = None
    if item.speaker is not None:
        speaker = material.find(item.speaker, what="speaker beside the content", near=cue.start, outside=content)
        if speaker is None:
            return None
    return Claim(
        id=claim_id(report_sha256=material.report.sha256, reader=material.ground.stamp, cue=cue, content=content),
        report=material.report.id,
        speaker=speaker,
        speaker_name=_speaker_name(item, speaker, material),
        cue=cue,
        stance=item.stance,
        content=content,
        accounts=(),
        p=SURE,
        rule=f"{RULE}: {item.stance}",
    )


def _speaker_name(item: ClaimShape, speaker: Span | None, material: Material) -> str:
    """The fullest form, as the text has it; the mention's own words where the text does not have it."""
    if speaker is None:
        return NOBODY
    fullest = material.find(item.speaker_name, what="name of a speaker") if item.speaker_name else None
    return " ".join((fullest or speaker).of(material.report.text).split())


def _extent(claim: Claim) -> Span:
    return Span(min(claim.cue.start, claim.content.start), max(claim.cue.end, claim.content.end))

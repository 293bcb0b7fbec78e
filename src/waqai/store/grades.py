"""Lay an incident's accounts out for the codebook's grade: who vouches for it, and who speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from waqai.codebook.grade import ACCEPTING, Graded, Party, Support, Voice, grade_support
from waqai.core import ActorNames, Claim
from waqai.folding import Telling, claims_on
from waqai.folding.words import fold_name


def grade_tellings(tellings: Sequence[Telling], status: str, *, actors: ActorNames | None = None) -> Graded:
    """The grade of an incident told by these accounts."""
    voices = tuple(
        voice for telling in tellings for voice in iter_voices(telling, custodians=_names(tellings, "custodian"), initiators=_names(tellings, "initiator"))
    )
    unreliable = frozenset[str]().union(*(t.unreliable for t in tellings))
    rejected = "; ".join(dict.fromkeys(t.because for t in tellings)) if all(t.review == "rejected" for t in tellings) else None
    return grade_support(Support(voices=voices, status=status, unreliable=unreliable, discounted=rejected), actors=actors)


def iter_voices(telling: Telling, *, custodians: frozenset[str], initiators: frozenset[str]) -> Iterator[Voice]:
    """One voice for each claim that tells of the account; without any, the report's own voice, once for each publisher of this text.

    Somebody who only passes on what another said (the outer of two nested claims) is no voice.
    """
    told = claims_on(telling)
    report, wire = telling.account.report, telling.wire
    for claim in told:
        party = _party_of(claim, custodians=custodians, initiators=initiators)
        yield Voice(report=report, speaker=claim.speaker_name, publisher=telling.publisher, stance=claim.stance, party=party, wire=wire)
    if not told:
        stance = "denies" if telling.account.status.value == "denied_only" else "reports"
        for publisher in telling.publishers or (telling.publisher,):
            yield Voice(report=report, publisher=publisher, stance=stance, wire=wire)


def _party_of(claim: Claim, *, custodians: frozenset[str], initiators: frozenset[str]) -> Party | None:
    name = fold_name(claim.speaker_name)
    if name in initiators:
        return "accused" if claim.stance == "denies" else "responsible" if claim.stance in ACCEPTING else None
    return "custodian" if name in custodians else None


def _names(tellings: Iterable[Telling], role: str) -> frozenset[str]:
    folded = (fold_name(i.name) for t in tellings for i in t.account.involved if i.role == role)
    return frozenset(name for name in folded if name is not None)

"""How well an incident is supported: the codebook's grade, derived from who vouches for it.

The ladder follows the one that Airwars publishes for civilian harm, in our words: confirmed, fair, weak, contested, discounted. Order of precedence:
discounted, contested, confirmed, fair, weak. What counts is *speakers*, not publishers: eight papers that print one monitor's sentence are one speaker, and a
denial by nobody but the accused is shown beside the rest without making the incident contested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from waqai.core import ActorNames

Party: TypeAlias = Literal["custodian", "responsible", "accused"]

VOUCHING = frozenset({"reports", "confirms", "reveals", "claims", "evaluates"})
"""Stances that commit a speaker to the happening; `alleges`, `assesses` and weaker ones leave it weak."""
ACCEPTING = frozenset({"reports", "confirms", "reveals", "claims"})
"""Stances by which the custodian or the responsible party accepts that it happened."""
COMMITTING = frozenset({"pledges", "plans", "threatens", "expects", "warns"})
"""Stances that vouch for something that is only planned, pledged or threatened."""
NOT_YET = frozenset({"planned", "pledged", "threatened"})
NOBODY = frozenset({"", "unattributed", "the report"})
"""Names that stand for no speaker whom one could tell from another."""


class Graded(NamedTuple):
    """A grade, the sentence that derives it, and how many independent speakers vouch."""

    grade: str
    because: str
    speakers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One telling of an incident: who commits to what, in which report.

    `speaker` None is the report's own voice. `party` is set where the speaker is the custodian, the party held responsible and accepting it, or the accused.
    `wire` names the group of copies that the report belongs to (None: its own). `disputes` marks a speaker who names another actor as responsible; a stance
    of `denies` disputes by itself.
    """

    report: str
    speaker: str | None = None
    publisher: str | None = None
    stance: str = "reports"
    party: Party | None = None
    wire: str | None = None
    disputes: bool = False

    @property
    def name(self) -> str:
        """The speaker, or for the report's own voice its publisher, or its report."""
        return self.speaker or self.publisher or f"report {self.report}"

    @property
    def is_denial(self) -> bool:
        return self.disputes or self.stance == "denies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All that speaks for and against an incident.

    `unreliable` are speakers or publishers that a reviewer marked so, `discounted` is a reviewer's reason, `documented` says that documents prove it.
    """

    voices: tuple[Voice, ...]
    status: str = "occurred"
    unreliable: frozenset[str] = frozenset()
    documented: bool = False
    discounted: str | None = None


def grade_support(support: Support, *, actors: ActorNames | None = None) -> Graded:
    """The grade and why. With `actors`, two names of one registered actor are one speaker.

    >>> said = [Voice(report="r1", speaker="SOHR", publisher="AFP"), Voice(report="r2", speaker="the SOHR", publisher="Reuters")]
    >>> grade_support(Support(voices=tuple(said)))
    Graded(grade='weak', because='one speaker, in 2 reports: SOHR', speakers=1)
    >>> grade_support(Support(voices=(*said, Voice(report="r3", speaker="local sources"))))
    Graded(grade='fair', because='2 independent speakers: SOHR; local sources', speakers=2)
    """
    credible = tuple(v for v in support.voices if not _is_unreliable(v, support.unreliable))
    vouching = tuple(v for v in credible if not v.is_denial and v.stance in _vouching_stances(support.status))
    speakers = independent_speakers(vouching, actors=actors)
    if support.discounted is not None:
        return Graded("discounted", f"review found: {support.discounted}", len(speakers))
    return _contested(credible, speakers) or _confirmed(support, vouching, speakers) or _counted(support, credible, vouching, speakers)


def independent_speakers(voices: Iterable[Voice], *, actors: ActorNames | None = None) -> tuple[str, ...]:
    """Names of the speakers who can be told apart, in order of first telling.

    A report's own voice counts only where that report attributes the happening to nobody (else it rests on whom it quotes), and once for all copies of one
    wire. Where a body of the register published it, it is that body's, as if others had quoted it. Nameless speakers ("unattributed") do not count.

    >>> independent_speakers([Voice(report="r1", publisher="AFP"), Voice(report="r1", speaker="police", publisher="AFP")])
    ('police',)
    """
    told = tuple(voices)
    bodies = _bodies_of_wires(told, actors)
    attributed = {v.report for v in told if _is_named(v)}
    found: dict[str, str] = {}
    for voice in told:
        if _is_named(voice) or (voice.speaker is None and voice.report not in attributed):
            found.setdefault(_identity(voice, bodies, actors), voice.name)
    return tuple(found.values())


def _contested(credible: tuple[Voice, ...], speakers: tuple[str, ...]) -> Graded | None:
    against = sorted({v.name for v in credible if v.is_denial and v.party != "accused"})
    if not against or not speakers:
        return None
    return Graded("contested", f"{'; '.join(speakers)} against {'; '.join(against)}", len(speakers))


def _confirmed(support: Support, vouching: tuple[Voice, ...], speakers: tuple[str, ...]) -> Graded | None:
    if support.documented:
        return Graded("confirmed", "proved by documents", len(speakers))
    accepting = ACCEPTING | (COMMITTING if support.status in NOT_YET else frozenset())
    for voice in vouching:
        if voice.party in ("custodian", "responsible") and voice.stance in accepting:
            return Graded("confirmed", f"accepted by {voice.name}, {_PARTY_WORDS[voice.party]}", len(speakers))
    return None


def _counted(support: Support, credible: tuple[Voice, ...], vouching: tuple[Voice, ...], speakers: tuple[str, ...]) -> Graded:
    reports = len({v.report for v in vouching})
    beside = _denials_beside(credible)
    if len(speakers) >= 2:
        return Graded("fair", f"{len(speakers)} independent speakers: {'; '.join(speakers)}{beside}", len(speakers))
    if speakers:
        return Graded("weak", f"one speaker, in {reports} report{'s' if reports > 1 else ''}: {speakers[0]}{beside}", 1)
    return Graded("weak", _nobody_because(support, credible) + beside, 0)


def _nobody_because(support: Support, credible: tuple[Voice, ...]) -> str:
    if not credible and support.voices:
        return "every speaker is marked unreliable"
    if credible and all(v.is_denial for v in credible):
        return "known only through a denial"
    stances = sorted({v.stance for v in credible if not v.is_denial})
    return f"no named speaker vouches for it (stances: {', '.join(stances) or 'none'})"


def _denials_beside(credible: tuple[Voice, ...]) -> str:
    accused = sorted({v.name for v in credible if v.is_denial and v.party == "accused"})
    return f"; denied by the accused: {'; '.join(accused)}" if accused else ""


def _vouching_stances(status: str) -> Set[str]:
    return VOUCHING | COMMITTING if status in NOT_YET else VOUCHING


def _is_unreliable(voice: Voice, unreliable: frozenset[str]) -> bool:
    marked = {fold_speaker(name) for name in unreliable}
    return fold_speaker(voice.name) in marked or (voice.publisher is not None and fold_speaker(voice.publisher) in marked)


def _is_named(voice: Voice) -> bool:
    return voice.speaker is not None and voice.speaker.casefold() not in NOBODY


def _bodies_of_wires(voices: Iterable[Voice], actors: ActorNames | None) -> dict[str, str]:
    """By wire, the actor that published it; of several the one told first."""
    found: dict[str, str] = {}
    for voice in voices:
        if actors is not None and voice.speaker is None and voice.wire is not None and (body := actors.find_actor(voice.name)) is not None:
            found.setdefault(voice.wire, body)
    return found


def _identity(voice: Voice, bodies: Mapping[str, str], actors: ActorNames | None) -> str:
    if voice.speaker is None and voice.wire is not None:
        return bodies.get(voice.wire, f"wire {voice.wire}")
    registered = actors.find_actor(voice.name) if actors else None
    return registered or fold_speaker(voice.name)


@lru_cache(maxsize=4096)
def fold_speaker(name: str) -> str:
    """A speaker's name for comparison: case, a leading article and a bracketed short form do not make another one.

    >>> fold_speaker("The Syrian Democratic Forces (SDF)")
    'syrian democratic forces'
    """
    bare = re.sub(r"\s*\([^)]*\)", "", name).casefold()
    return re.sub(r"^(the|an?)\s+", "", " ".join(bare.split()))


_PARTY_WORDS = {"custodian": "the custodian", "responsible": "the party held responsible"}

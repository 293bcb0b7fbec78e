"""Low, best and high of competing figures, by a named and versioned rule: chosen when a figure is shown or exported, never stored in its place.

Each rule says whom it follows. All of them first let a speaker correct himself: of one speaker's figures only those said last count (73, then 103, then 89
dead told by one ministry is a revision, not a range). Figures without a day are kept beside. Nameless speakers ("unattributed") are told apart by their
reports. A figure that its speaker denies stands beside and counts for nothing, nor does one of a speaker or publisher that a person marked unreliable, nor
the parts of a whole ("25 escaped, 13 of one nation and ten of another": of one speaker's figures in one report, two or more that together are no more than
the largest).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, get_args

from waqai.codebook.grade import NOBODY, fold_speaker
from waqai.codebook.nouns import Codebook, VagueWord
from waqai.core import ActorNames, Day, Figure

SpeakerOf: TypeAlias = Callable[[Figure], str]
"""A figure's speaker as a key: two figures with one key are one speaker's."""
Bounds: TypeAlias = tuple[float, float | None, float | None, str]
FigureStanding: TypeAlias = Literal["counts", "revised", "part", "denied", "left_out"]
"""Whether a figure counts: revised by its own speaker later, a part of a larger one, denied, or of somebody marked unreliable, it does not."""

_STANDINGS: tuple[str, ...] = get_args(FigureStanding)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRange:
    """What a rule makes of the figures of one group. `high` None: open ("at least"); `best` None: the rule leaves it to a person.

    `used` are the figures that count, `superseded` those that their own speaker corrected, `parts` those that are in a larger one, `denied` those that their
    speaker denies, `left_out` those of speakers marked unreliable; nothing gets lost.
    """

    low: float | None
    best: float | None
    high: float | None
    rule: str
    because: str
    used: tuple[Figure, ...]
    superseded: tuple[Figure, ...] = ()
    parts: tuple[Figure, ...] = ()
    denied: tuple[Figure, ...] = ()
    left_out: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRule:
    """A way to combine figures: `combine` takes those that count (at least one) to low, best, high and a sentence that says why."""

    name: str
    version: str
    source: str
    combine: Callable[[tuple[Figure, ...], Codebook, SpeakerOf], Bounds]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def combine_figures(
    figures: Iterable[Figure],
    *,
    rule: FigureRule,
    codebook: Codebook,
    unreliable: Set[str] = frozenset(),
    chosen: float | None = None,
    actors: ActorNames | None = None,
) -> FigureRange:
    """Low, best and high of the figures of one group by that rule. `chosen` is a reviewer's best, which stands above the rule's own.

    The order of the figures and repeats of one figure change nothing. Without a figure that counts, low and high are None. With `actors`, two names of one
    registered actor are one speaker.
    """
    standing = sort_out(figures, unreliable=unreliable, actors=actors)
    speaker_of = partial(speaker_key, actors=actors)
    told: dict[str, list[Figure]] = {kind: [] for kind in _STANDINGS}
    for figure, found in standing.items():
        told[found].append(figure)
    used, superseded, parts, denied, left_out = map(tuple, told.values())
    low, best, high, because = rule.combine(used, codebook, speaker_of) if used else (None, None, None, "no figure counts")
    if chosen is not None:
        best, because = chosen, f"{because}; best chosen by a reviewer"
    return FigureRange(
        low=low, best=best, high=high, rule=str(rule), because=because, used=used, superseded=superseded, parts=parts, denied=denied, left_out=left_out
    )


def speaker_key(figure: Figure, *, actors: ActorNames | None = None) -> str:
    """The speaker of a figure as a key: the registered actor, else the folded name; a nameless one is told apart by the report."""
    if figure.speaker.casefold() in NOBODY:
        return f"report {figure.report}"
    return (actors.find_actor(figure.speaker) if actors else None) or fold_speaker(figure.speaker)


def sort_out(figures: Iterable[Figure], *, unreliable: Set[str] = frozenset(), actors: ActorNames | None = None) -> dict[Figure, FigureStanding]:
    """The figures of one group, each once, in the order in which they were said, with whether it counts: the same under every rule."""
    told = _in_order(figures)
    marked = {fold_speaker(name) for name in unreliable}
    standing: dict[Figure, FigureStanding] = {}
    for figure in told:
        left_out = figure.unreliable or fold_speaker(figure.speaker) in marked
        standing[figure] = "left_out" if left_out else "denied" if figure.stance == "denies" else "revised"
    left = tuple(f for f in told if standing[f] == "revised")
    if len(left) == 1:  # as most are: nobody to be held against
        return standing | {left[0]: "counts"}
    speaker_of = partial(speaker_key, actors=actors)
    kept = keep_latest(left, speaker_of=speaker_of)
    return standing | dict.fromkeys(kept, "counts") | dict.fromkeys(find_parts(kept, speaker_of=speaker_of), "part")


def find_parts(figures: tuple[Figure, ...], *, speaker_of: SpeakerOf = speaker_key) -> tuple[Figure, ...]:
    """Of each speaker's figures in one report those that are parts of his largest: two or more smaller ones that together are no more than it."""
    by_speaker: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        by_speaker.setdefault((speaker_of(figure), figure.report), []).append(figure)
    found: list[Figure] = []
    for group in by_speaker.values():
        whole = max(f.low for f in group)
        smaller = [f for f in group if f.low < whole]
        found += smaller if len(smaller) > 1 and sum(f.low for f in smaller) <= whole else []
    return tuple(found)


def keep_latest(figures: tuple[Figure, ...], *, speaker_of: SpeakerOf = speaker_key) -> tuple[Figure, ...]:
    """Of each speaker's dated figures those of the last day, and all undated ones: a speaker's later figure corrects the earlier."""
    last: dict[str, Day] = {}
    for figure in figures:
        if figure.said_at is not None:
            speaker = speaker_of(figure)
            last[speaker] = max(last.get(speaker, figure.said_at), figure.said_at)
    return tuple(f for f in figures if f.said_at is None or f.said_at == last[speaker_of(f)])


def _ucdp_like(figures: tuple[Figure, ...], codebook: Codebook, speaker_of: SpeakerOf) -> Bounds:
    numbers = {f.best for f in figures}
    low, high = min(f.low for f in figures), _highest(figures)
    if numbers == {None}:
        return low, None, high, "only vague words; the best estimate is a reviewer's"
    best = min(n for n in numbers if n is not None)
    why = "all agree" if len(numbers) == 1 else "no source is known to be better, so the lower number"
    return min(low, best), best, _at_least(high, best), why


def _acled_like(figures: tuple[Figure, ...], codebook: Codebook, speaker_of: SpeakerOf) -> Bounds:
    lowest = min(_acled_number(f, codebook) for f in figures)
    return lowest, lowest, lowest, "the lowest number reported" if len(figures) > 1 else "the one number reported"


def _every_casualty_like(figures: tuple[Figure, ...], codebook: Codebook, speaker_of: SpeakerOf) -> Bounds:
    low, high = min(f.low for f in figures), _highest(figures)
    votes = Counter(n for n, _ in {(f.best, speaker_of(f)) for f in figures if f.best is not None})
    speakers = len({speaker_of(f) for f in figures})
    best = next((n for n, voices in votes.items() if voices * 2 > speakers), None)
    if best is None:
        return low, None, high, f"no number has most of {speakers} speakers; the team decides"
    return min(low, best), best, _at_least(high, best), f"{votes[best]} of {speakers} speakers give {best:g}"


UCDP_LIKE = FigureRule(
    name="ucdp-like",
    version="1",
    source="UCDP GED codebook: low, best and high estimates; where no source is known to be more reliable, the lower figure is taken as best",
    combine=_ucdp_like,
)
ACLED_LIKE = FigureRule(
    name="acled-like",
    version="1",
    source="ACLED's note on fatalities: the lowest figure when reports differ; tens 10, dozens 12, hundreds 100",
    combine=_acled_like,
)
EVERY_CASUALTY_LIKE = FigureRule(
    name="every-casualty-like",
    version="1",
    source="Every Casualty's Standards for Casualty Recording: keep the range; on conflict the majority of sources, else the team's decision",
    combine=_every_casualty_like,
)
RULES: Mapping[str, FigureRule] = {rule.name: rule for rule in (UCDP_LIKE, ACLED_LIKE, EVERY_CASUALTY_LIKE)}


def _highest(figures: tuple[Figure, ...]) -> float | None:
    """The largest high; None (open) when an "at least" reaches to or beyond every closed one."""
    closed = [f.high for f in figures if f.high is not None]
    opened = [f.low for f in figures if f.high is None]
    if opened and (not closed or max(opened) >= max(closed)):
        return None
    return max(closed)


def _at_least(high: float | None, best: float) -> float | None:
    return None if high is None else max(high, best)


def _acled_number(figure: Figure, codebook: Codebook) -> float:
    if figure.best is not None:
        return figure.best
    word: VagueWord | None = codebook.find_vague(figure.expr)
    return word.acled if word is not None and word.acled is not None else figure.low


def _in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Each once, as they were said."""
    told = tuple(dict.fromkeys(figures))
    return told if len(told) < 2 else tuple(sorted(told, key=_figure_order))


def _figure_order(figure: Figure) -> tuple[str, str, str, float, str, str]:
    said = figure.said_at.isoformat() if figure.said_at else ""
    return said, figure.report, figure.speaker, figure.low, figure.expr, repr(figure)

"""The view of one happening that follows from its accounts: pure functions, and the rules in words.

who counts   the accounts of role `main`; where there is none, `part`; else `follow_up`; else `background`. What a person rejected counts only where all is
             rejected: the grade then says so
type         what most of them say; then what was said first (by publication, report id, order in the report). Rows of other people's datasets, whose codes are
             coarser, have a say only where no report has
status       what most of those of that type say; then the same
when         the day with the most reports behind it, explicit days before days taken from an announcement; the earlier of two equals. Without a day: the
             shortest interval, the same way
where        the most precise place; among these the one with the most reports behind it
figures      every count of the `main` and `part` accounts (where there is neither, of those who count), each with who says it; nothing is averaged or dropped
grade        the codebook's, from who vouches
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from waqai.codebook.grade import Graded, fold_speaker
from waqai.core import CORRECTED, IMPORTED, Account, Claim, Count, Day, Figure, Incident, LinkedAccount, LinkRole, Review, When, Where
from waqai.folding.reviews import Correction

ROLE_ORDER: tuple[LinkRole, ...] = ("main", "part", "follow_up", "background")
PROXY = "announcement_date_as_proxy"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An account as a member of an incident, with what its report says of itself.

    `publishers` are all that printed this very text. `wire` names the group of copies, exact and near, that the report belongs to. `count_words` are the
    words of each count. `account` is as it stands after what persons corrected; `review` is what one of them said of it as a whole, and `because` why.
    `unreliable` are the folded names of speakers and publishers that are marked so. `corrected`: a person gave a field of it. `unsure`: the score of the
    best near miss that waits for a person to say whether it is one. `printed` is the first day on which each publisher printed it, where that is known.
    `machine` is the account as the reader read it (None: nobody read it, a person added it), `corrections` what persons gave in place of its fields.
    """

    account: Account
    family: str
    role: LinkRole
    order: int
    report_sha256: str
    publisher: str | None
    publishers: tuple[str, ...]
    published: Day | None
    wire: str
    count_words: tuple[str, ...]
    claims: Mapping[str, Claim]
    review: Review | None = None
    because: str = ""
    unreliable: frozenset[str] = frozenset()
    corrected: bool = False
    unsure: float | None = None
    language: str | None = None
    printed: Mapping[str, Day] = field(default_factory=dict)
    machine: Account | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def place_in_line(self) -> tuple[Day, str, int]:
        return (self.published or Day.max, self.account.report, self.order)


def fold_incident(incident: str, tellings: Sequence[Telling], *, grade: Callable[[Sequence[Telling], str], Graded]) -> Incident:
    """The view of one incident. `grade` grades those who count, given the status. Raises ValueError without tellings."""
    if not tellings:
        raise ValueError(f"incident {incident!r} has no account to be seen in")
    kept = [t for t in tellings if t.review != "rejected"] or tellings
    counting = who_counts(kept)
    said = [t for t in counting if not t.account.rule.startswith(IMPORTED)] or counting
    type_ = _most_told((t, t.account.type) for t in said)
    status = _most_told((t, t.account.status.value) for t in said if t.account.type == type_)
    graded = grade(counting, status)
    return Incident(
        id=incident,
        type=type_,
        grade=graded.grade,
        grade_because=graded.because,
        status=status,
        when=choose_when(counting),
        where=choose_where(counting),
        accounts=tuple(_linked(t) for t in sorted(tellings, key=lambda t: (t.account.report, t.order))),
        figures=collect_figures(kept),
        speakers=graded.speakers,
    )


def who_counts(tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """The tellings of the weightiest role that is there, first told first."""
    role = next(r for r in ROLE_ORDER if any(t.role == r for t in tellings))
    return tuple(sorted((t for t in tellings if t.role == role), key=lambda t: t.place_in_line))


def choose_when(tellings: Sequence[Telling]) -> When | None:
    """The best supported of the shortest intervals."""
    dated = [(t, t.account.when) for t in tellings if t.account.when is not None]
    if not dated:
        return None
    shortest = min(_when_rank(when) for _, when in dated)
    rivals = [(t, when) for t, when in dated if _when_rank(when) == shortest]
    days = _reports_behind((t, (when.earliest, when.latest)) for t, when in rivals)
    best = min(days, key=lambda interval: (-days[interval], interval))
    return max((when for _, when in rivals if (when.earliest, when.latest) == best), key=lambda when: when.p)


def choose_where(tellings: Sequence[Telling]) -> Where | None:
    """The best supported of the most precise places."""
    placed = [(t, t.account.where) for t in tellings if t.account.where is not None]
    if not placed:
        return None
    finest = min(where.precision for _, where in placed)
    rivals = [(t, where) for t, where in placed if where.precision == finest]
    places = _reports_behind((t, _place_key(where)) for t, where in rivals)
    best = min(places, key=lambda key: (-places[key], not key[0], key))
    return max((where for _, where in rivals if _place_key(where) == best), key=lambda where: where.p)


def collect_figures(tellings: Sequence[Telling]) -> tuple[Figure, ...]:
    """Every count with its speaker, ordered by measure, group, day said and report; the same figure said twice in one report by one speaker is one."""
    telling = [t for t in tellings if t.role in ("main", "part")] or who_counts(tellings)
    figures = {_figure(t, count, words): None for t in telling for count, words in zip(t.account.counts, t.count_words, strict=True)}
    return tuple(sorted(figures, key=lambda f: (f.measure, f.of_whom or "", f.said_at or Day.max, f.report, f.low, f.speaker, f.expr)))


def _figure(telling: Telling, count: Count, words: str) -> Figure:
    claim = telling.claims.get(count.said_by) if count.said_by else None
    speaker = (claim.speaker_name if claim else None) or telling.publisher or "the report"
    return Figure(
        measure=count.measure,
        of_whom=count.of_whom,
        low=count.low,
        high=count.high,
        best=count.best,
        kind=count.kind,
        expr=words,
        speaker=speaker,
        report=telling.account.report,
        said_at=telling.published,
        unit=count.unit,
        stance=claim.stance if claim else "reports",
        unreliable=bool(telling.unreliable & {fold_speaker(speaker), fold_speaker(telling.publisher or "")}),
        corrected_by=count.rule.removeprefix(CORRECTED) if count.rule.startswith(CORRECTED) else None,
    )


def _most_told(told: Iterable[tuple[Telling, str]]) -> str:
    """What most tellings say; of equals what was said first (the input is in order)."""
    counted = Counter(value for _, value in told)
    return max(counted, key=lambda value: counted[value])


def _reports_behind(told: Iterable[tuple[Telling, T]]) -> dict[T, int]:
    """How many wires tell each value: eight copies of one text are one."""
    wires: dict[T, set[str]] = {}
    for telling, value in told:
        wires.setdefault(value, set()).add(telling.wire)
    return {value: len(found) for value, found in wires.items()}


def _when_rank(when: When) -> tuple[int, bool]:
    return ((when.latest - when.earliest).days, when.basis == PROXY)


def _place_key(where: Where) -> tuple[str, str]:
    return (where.place_id or "", "" if where.place_id else where.name)


def _linked(telling: Telling) -> LinkedAccount:
    return LinkedAccount(report=telling.account.report, account=telling.account.id, role=telling.role, review=telling.review)

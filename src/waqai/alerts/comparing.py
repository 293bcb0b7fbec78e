"""What of an incident is news, held against what was last told of it. Pure: cleared records in, lines of words out.

A state is what was told, as plain JSON: {"title", "grade", "status", "figures": {group: {"range": [low, best, high], "said": [a mark of each figure]}}}.
An empty one is of an incident that was told and of which what was told is forgotten, as a report of it was erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from waqai.alerts.alert import Kind
from waqai.bounds import Cleared, ClearedIncident
from waqai.codebook import FigureKey, FigureRange, group_figures
from waqai.core import Figure, short_hash
from waqai.export import Combiner
from waqai.wording import _, describe_bounds, describe_when, describe_where, ngettext

State: TypeAlias = Mapping[str, Any]
AHEAD = frozenset({"planned", "pledged", "threatened"})
"""Statuses of what has not come about."""
DISCOUNTED = "discounted"
MOST_REASONS = 3
"""So many figures are named as the reason why a range is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is told of one incident: of which kinds, in which lines; of a withdrawn one `now` is the incident that holds what it told, `title` its name."""

    incident: str
    kinds: tuple[Kind, ...]
    lines: tuple[str, ...] = ()
    title: str | None = None
    now: str | None = None


def title_of(incident: ClearedIncident) -> str:
    """What, where and when, on one line."""
    words = f"{_(incident.type.replace('_', ' '))}, {describe_where(incident.where)}, {describe_when(incident.when)}"
    return " ".join(words.split())


def make_state(incident: ClearedIncident, combiner: Combiner) -> dict[str, Any]:
    """What is told of the incident now. The combiner has a rule."""
    groups = {_name(key): _figures_told(group, combiner) for key, group in group_figures(incident.figures).items()}
    return {"title": title_of(incident), "grade": incident.grade, "status": incident.status, "figures": groups}


def compare(before: State, record: Cleared, combiner: Combiner, *, kinds: Collection[Kind]) -> News | None:
    """What is to be told of an incident that was told of before; None where none of these kinds is in it."""
    incident = record.incident
    if (news := _compare_standing(before, incident, kinds)) is not None:
        return news
    told: list[tuple[Kind, str]] = []
    if "figures" in kinds:
        told += (("figures", line) for line in _iter_figures(before["figures"], record, combiner))
    if "grade" in kinds and before["grade"] != incident.grade:
        told.append(("grade", _("grade: {before} → {now}, because {why}").format(before=before["grade"], now=incident.grade, why=incident.grade_because)))
    if "expectation" in kinds and before["status"] in AHEAD and incident.status not in AHEAD:
        told.append(("expectation", _("expected: {before} → {now}").format(before=_words(before["status"]), now=_words(incident.status))))
    if not told:
        return None
    return News(incident=incident.id, kinds=tuple(dict.fromkeys(kind for kind, _line in told)), lines=tuple(line for _kind, line in told))


def make_new(record: Cleared) -> News | None:
    """The news of an incident that was not told of; None of one that persons rejected before."""
    return None if record.incident.grade == DISCOUNTED else News(incident=record.incident.id, kinds=("new",))


def describe_new(record: Cleared, combiner: Combiner) -> tuple[str, ...]:
    """What there is to say of an incident at first: figures, grade, who tells of it."""
    incident = record.incident
    groups = group_figures(incident.figures)
    figures = [f"{_name(key)}: {_told(combiner.combine(group))}" for key, group in groups.items()]
    grade = _("grade {grade}: {why}").format(grade=incident.grade, why=incident.grade_because)
    reports = dict.fromkeys(one.report.publisher or _("an unnamed publisher") for one in record.accounts)
    told_by = ngettext("told by {who}", "told by {who}", len(reports)).format(who=", ".join(reports))
    status = [] if incident.status == "occurred" else [_("status: {status}").format(status=_words(incident.status))]
    return (*status, *figures, grade, *([told_by] if reports else []))


# -- inside


def _compare_standing(before: State, incident: ClearedIncident, kinds: Collection[Kind]) -> News | None:
    """The news where persons rejected the incident, or hold it up again."""
    if incident.grade == DISCOUNTED and before["grade"] != DISCOUNTED:
        return News(incident=incident.id, kinds=("withdrawn",), lines=(_("rejected: {why}").format(why=incident.grade_because),))
    if before["grade"] == DISCOUNTED and incident.grade != DISCOUNTED and "new" in kinds:
        return News(incident=incident.id, kinds=("new",))
    return None


def _iter_figures(before: Mapping[str, Any], record: Cleared, combiner: Combiner) -> Iterator[str]:
    """A line for each group whose low, best or high is another one, and for each that came or went."""
    groups = {_name(key): group for key, group in group_figures(record.incident.figures).items()}
    publishers = {one.report.id: one.report.publisher for one in record.accounts}
    for name, group in groups.items():
        told, found = before.get(name), combiner.combine(group)
        if told is None or told["range"] != _bounds(found):
            was = _("not told") if told is None else _tell(*told["range"])
            why = _reasons(group, set(told["said"]) if told else set(), publishers)
            yield _("{what}: {before} → {now}, {why}").format(what=name, before=was, now=_told(found), why=why)
    for name in before:
        if name not in groups:
            yield _("{what}: {before} → no figure any more").format(what=name, before=_tell(*before[name]["range"]))


def _reasons(group: Sequence[Figure], said: Collection[str], publishers: Mapping[str, str | None]) -> str:
    """Which figures came since, and who gives them."""
    came = [one for one in group if _mark(one) not in said]
    if not came:
        return _("because a figure was corrected, left out or taken away")
    named = [_say(one, publishers.get(one.report) or one.report) for one in came[:MOST_REASONS]]
    more = ngettext("and {n} more", "and {n} more", len(came) - MOST_REASONS).format(n=len(came) - MOST_REASONS)
    return _("because {who}").format(who="; ".join([*named, more] if len(came) > MOST_REASONS else named))


def _say(figure: Figure, publisher: str) -> str:
    """Who gives which figure, and in whose report where that is another's."""
    shown = describe_bounds(figure.low, figure.high, figure.best)
    if figure.speaker == publisher:
        return _("{speaker} says {figure}").format(speaker=figure.speaker, figure=shown)
    return _("{speaker} says {figure} (report of {publisher})").format(speaker=figure.speaker, figure=shown, publisher=publisher)


def _figures_told(group: Sequence[Figure], combiner: Combiner) -> dict[str, Any]:
    return {"range": _bounds(combiner.combine(group)), "said": sorted(map(_mark, group))}


def _bounds(found: FigureRange) -> list[float | None]:
    return [found.low, found.best, found.high]


def _told(found: FigureRange) -> str:
    return _tell(*_bounds(found))


def _tell(low: float | None, best: float | None, high: float | None) -> str:
    return _("none that counts") if low is None else describe_bounds(low, high, best)


def _mark(figure: Figure) -> str:
    """What tells one figure from another, without a word of it."""
    bounds = "|".join(map(str, (figure.low, figure.best, figure.high, figure.stance, figure.unreliable)))
    return short_hash(figure.report, figure.speaker, bounds, length=8)


def _name(key: FigureKey) -> str:
    """What a group counts, in words: "killed", "killed (guard)", "displaced (families)", "amount (USD)"."""
    words = _words(key.measure)
    beside = [one for one in (key.of_whom if key.of_whom not in ("people", key.unit) else "", key.unit.upper() if len(key.unit) == 3 else key.unit) if one]
    return f"{words} ({', '.join(beside)})" if beside else words


def _words(name: str) -> str:
    return _(name.replace("_", " "))

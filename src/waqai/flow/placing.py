"""Every place that reports name, put on the map: not only where their incidents happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from waqai.core import Notice, Report, Word
from waqai.flow.settings import Settings
from waqai.places import BEARS, Gazetteer, Geoparser, Home, Place, Placed

NOT_PLACED = "places"
"""The stage of notices about reports whose places could not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlaces:
    """A report with its place names in order. `home` is where its publisher seems at home, told by the names in `home_reports` reports of it."""

    report: Report
    placed: tuple[Placed, ...]
    home: Home | None
    home_reports: int
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place that is named, with its mentions in order; `place` is None for a name that no gazetteer's place bears.

    Such a name has a `holder` where it bears another's name or the area stands beside it. It has no point of its own.
    """

    place: Place | None
    holder: Place | None
    because: str
    p: float
    placed: tuple[Placed, ...]

    @property
    def bears_name(self) -> bool:
        """Whether it bears its holder's name ("University of Mosul"), and does not merely stand beside it."""
        return self.holder is not None and self.because == BEARS


@dataclass(frozen=True, slots=True)
class _Parsed:
    report: Report
    text: str
    words: tuple[Word, ...]
    notices: tuple[Notice, ...]

    @property
    def outlet(self) -> str:
        """The publisher as the report names it, else the host of its address; "" for neither."""
        return (self.report.publisher or (urlsplit(self.report.url).hostname if self.report.url else None) or "").strip()


def iter_report_places(items: Iterable[Report | Notice], *, settings: Settings, gazetteer: Gazetteer) -> Iterator[ReportPlaces | Notice]:
    """The places of each report, in the order of what was handed in; a notice for one that is not read.

    A publisher's home comes from all of its reports, so all are parsed and held before the first comes out. Raises MissingPart before any is read.
    """
    from waqai.reading.words import WordReader  # loads spaCy

    reader = WordReader(pipeline=settings.reader.pipeline, longest=settings.reader.longest)
    parser = Geoparser(gazetteer)
    parsed = [item if isinstance(item, Notice) else _parse(item, reader.read) for item in items]
    publishers = _by_publisher(one for one in parsed if isinstance(one, _Parsed))
    homes = {outlet: _find_home(its, parser, outlet=its[0].outlet) for outlet, its in publishers.items()}
    for one in parsed:
        if isinstance(one, Notice):
            yield one
            continue
        key = one.outlet.casefold()
        home = homes[key] if key else _find_home([one], parser)
        yield _place(one, home, parser, home_reports=len(publishers[key]) if key else 1)


def _parse(report: Report, read_words: Callable[[Report], tuple[str, tuple[Word, ...], tuple[Notice, ...]] | Notice]) -> _Parsed | Notice:
    try:
        read = read_words(report)
    except Exception as error:
        return _failed(report, error)
    return read if isinstance(read, Notice) else _Parsed(report, *read)


def _by_publisher(parsed: Iterable[_Parsed]) -> dict[str, list[_Parsed]]:
    """The reports of every publisher that is known, each text once."""
    found: dict[str, dict[str, _Parsed]] = defaultdict(dict)
    for one in parsed:
        if one.outlet:
            found[one.outlet.casefold()].setdefault(one.report.sha256, one)
    return {outlet: list(its.values()) for outlet, its in found.items()}


def _find_home(reports: Sequence[_Parsed], parser: Geoparser, *, outlet: str = "") -> Home | None:
    return parser.find_home(((one.text, one.words) for one in reports), outlet=outlet)


def _place(one: _Parsed, home: Home | None, parser: Geoparser, *, home_reports: int) -> ReportPlaces | Notice:
    try:
        placed = parser.parse(one.text, one.words, home=home)
    except Exception as error:
        return _failed(one.report, error)
    return ReportPlaces(report=one.report, placed=placed, home=home, home_reports=home_reports, notices=one.notices)


def _failed(report: Report, error: Exception) -> Notice:
    reason = f"its places could not be told ({type(error).__name__}: {error}); please report this with the text, if you may share it"
    return Notice(record=report.id, stage=NOT_PLACED, reason=reason)


def group_places(placed: Iterable[Placed]) -> tuple[NamedPlace, ...]:
    """The mentions put together by what they mean, in the order in which each is first named; unknown names by the name and what holds it."""
    groups: dict[tuple[str, ...], list[Placed]] = defaultdict(list)
    for one in placed:
        known, holder = one.located.place, one.located.holder
        key = (known.id,) if known is not None else (one.located.name.casefold(), holder.id if holder is not None else "")
        groups[key].append(one)
    return tuple(map(_named_place, groups.values()))


def _named_place(placed: Sequence[Placed]) -> NamedPlace:
    """The group as its surest mention has it, one by the place's name before any by its people."""
    surest = max(placed, key=lambda one: (not one.mention.people, probability(one)))
    located = surest.located
    return NamedPlace(place=located.place, holder=located.holder, because=located.because, p=probability(surest), placed=tuple(placed))


def probability(placed: Placed) -> float:
    """That the words name a place and, where the gazetteer has one, mean this one."""
    return round(placed.mention.p * (placed.located.p if placed.located.place is not None else 1.0), 3)


def count_names(placed: Iterable[Placed], text: str) -> tuple[tuple[str, int], ...]:
    """The names as they are written, each with how often, the commonest first, else the earlier."""
    return tuple(Counter(" ".join(one.mention.phrase.of(text).split()) for one in placed).most_common())


__all__ = ["NOT_PLACED", "Home", "NamedPlace", "Placed", "ReportPlaces", "count_names", "group_places", "iter_report_places", "probability"]

"""The dossier of one incident, and of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.bounds import WITHHELD, Bounds, Cleared, ClearedClaim, HeldBack, forbids_passing_on
from waqai.bounds.cleared import WHY
from waqai.codebook import Codebook
from waqai.codebook.actors import ActorRegister
from waqai.core import Day, NotPossible
from waqai.dossier.around import Around, find_around
from waqai.dossier.beside import find_beside
from waqai.dossier.context import iter_context
from waqai.dossier.evidence import find_originals
from waqai.dossier.happening import find_totals, iter_details, tell_happening, tell_sayers, tell_support, when_of, where_of
from waqai.dossier.phrases import bare_type, name_country
from waqai.dossier.sections import iter_ahead, iter_figures, iter_judgements, iter_unknown, iter_voices
from waqai.dossier.sentences import Block, Dossier, Heading, Paragraph, Plot, Sentence, Source, Subheading, Table, Value, say
from waqai.dossier.telling import Telling
from waqai.folding.records import Record
from waqai.plots import Picture, make_figures, make_map, make_timeline
from waqai.store import Filters, Store

MOST_IN_SHORT = 200
"""So many incidents are told in short; all are counted."""
MOST_ROWS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What dossiers are made with. `codebook` names types and what is usual for them, `days` is how far back context reaches."""

    store: Store
    bounds: Bounds
    codebook: Codebook
    actors: ActorRegister
    days: int = 14

    def of_incident(self, incident: str, *, notices: Sequence[str] = ()) -> Dossier:
        """The dossier of one incident. `notices` are what does not add up in its reports; only the internal profile prints them, as they quote unmasked.

        Raises UnknownId, and NotPossible for an incident that the profile holds back.
        """
        wanted = self.store.get_incident(incident).id
        (record,) = self.store.load_records([wanted], forbids=forbids_passing_on, told=True)
        cleared = self.bounds.clear(record)
        if isinstance(cleared, HeldBack):
            raise NotPossible(
                f"incident {wanted!r} is held back under the profile {self.bounds.profile.name!r}: {WHY[cleared.reason]}; another profile may show it"
            )
        beside = find_beside(record, self.bounds) if isinstance(record, Record) else ()
        around = find_around(cleared, self.store, self.bounds, days=self.days, actors=self.actors)
        shown = notices if self.bounds.profile.name == "internal" else ()
        return self._dossier(_title(cleared), tuple(self._iter_blocks(cleared, beside, around, shown)))

    def of_many(self, filters: Filters, *, title: str) -> Dossier:
        """The incidents that pass the filters: counted, then each in short, by day."""
        records = [self.bounds.clear(one) for one in self.store.iter_records(filters, forbids=forbids_passing_on, told=True)]
        cleared = sorted((one for one in records if isinstance(one, Cleared)), key=_order)
        return self._dossier(title, tuple(self._iter_many(cleared)))

    # -- inside

    def _dossier(self, title: str, blocks: tuple[Block, ...]) -> Dossier:
        last = self.store.last_entry()
        entry = next(iter(self.store.iter_log(after=last - 1)), None) if last else None
        dated: Day | None = entry.at.date() if entry is not None else None
        made = (
            f"Made by waqai from its log up to entry {last}, under the profile {self.bounds.profile.name}, with codebook {self.codebook.version}."
            " Places: GeoNames, CC BY 4.0. Borders: Natural Earth."
            " Nothing here is said to be caused by anything; what stands beside an incident stands there by its day and its place."
        )
        return Dossier(title=title, blocks=blocks, made=made, dated=dated, originals=find_originals(blocks, self.store, profile=self.bounds.profile))

    def _iter_blocks(self, record: Cleared, beside: Sequence[ClearedClaim], around: Around, notices: Sequence[str]) -> Iterator[Block]:
        telling = Telling(record, beside=beside, actors=self.actors)
        yield Paragraph(sentences=_summary(telling))
        yield from iter_figures(telling)
        measure = next((figure.measure for figure in find_totals(telling)), None)
        numbers = [figure for figure in record.incident.figures if measure in (None, figure.measure) and figure.best is not None]
        if len(record.incident.figures) > 2 and numbers:  # else there are words alone
            yield from _plot(make_figures(record, title="Figures in the order in which they were said", measure=measure, actors=self.actors), "figures")
        yield from iter_voices(telling)
        yield from iter_ahead(telling)
        yield from iter_judgements(telling)
        yield from iter_context(telling, around, days=self.days, actors=self.actors)
        yield from iter_unknown(telling, self.codebook, notices=notices)
        shown = [record, *around.records()]
        pictures = [*_plot(make_map(shown, title="Where it was, and what stands beside it", subject=record.incident.id), "map")]
        if len(shown) > 2:
            pictures += _plot(make_timeline(shown, title="When it was, and what stands beside it"), "timeline")
        if pictures:
            yield Heading(words="Map and timeline")
            yield from pictures

    def _iter_many(self, cleared: Sequence[Cleared]) -> Iterator[Block]:
        yield Paragraph(sentences=(self._tell_base(cleared),))
        if not cleared:
            return
        yield Heading(words="Counts")
        yield from self._iter_counts(cleared)
        yield from _plot(make_map(cleared, title="Where they were"), "map")
        yield from _plot(make_timeline(cleared, title="When they were"), "timeline")
        yield Heading(words="The incidents")
        for one in cleared[:MOST_IN_SHORT]:
            telling = Telling(one, actors=self.actors)
            yield Subheading(sentence=_short_title(telling), id=one.incident.id)
            yield Paragraph(sentences=_summary(telling))
        if len(cleared) > MOST_IN_SHORT:
            yield Paragraph(sentences=(say(f"Left out here: {len(cleared) - MOST_IN_SHORT} more; `waqai incidents` lists them all."),))

    def _tell_base(self, cleared: Sequence[Cleared]) -> Sentence:
        dated = [one.incident.when for one in cleared if one.incident.when is not None]
        placed = [one for one in cleared if one.incident.where is not None and one.incident.where.country]
        counted = Source(
            record="", worked_out=f"Counted: {len(cleared)} incidents pass the filters and the profile; {len(dated)} have a day, {len(placed)} a country."
        )
        number = [Value(text=str(n), sources=(counted,)) for n in (len(cleared), len(dated), len(placed))]
        return say("The store holds ", number[0], " incidents that pass; ", number[1], " of them have a day, ", number[2], " a country.")

    def _iter_counts(self, cleared: Sequence[Cleared]) -> Iterator[Block]:
        types = Counter(bare_type(one.incident.type) for one in cleared)
        countries = Counter(name_country(w.country) for one in cleared if (w := one.incident.where) is not None and w.country)
        months = Counter(days.earliest.isoformat()[:7] for one in cleared if (days := one.incident.when) is not None)
        yield _counts("Type", types, base=len(cleared), what="incidents")
        if countries:
            yield _counts("Country", countries, base=countries.total(), what="incidents with a country")
        if months:
            yield _counts("Month", months, base=months.total(), what="incidents with a day", by_name=True)


def _summary(telling: Telling) -> tuple[Sentence, ...]:
    return (tell_happening(telling), *iter_details(telling), tell_sayers(telling), tell_support(telling))


def _counts(head: str, counts: Counter[str], *, base: int, what: str, by_name: bool = False) -> Table:
    ranked = sorted(counts.items(), key=lambda pair: (pair[0],) if by_name else (-pair[1], pair[0]))
    shown = ranked[-MOST_ROWS:] if by_name else ranked[:MOST_ROWS]
    rows = [(say(name), say(str(n))) for name, n in shown]
    rest = base - sum(n for _, n in shown)
    rows += [(say("others"), say(str(rest)))] if rest else []
    return Table(heads=(head, f"of {base} {what}"), rows=tuple(rows), numbers=(f"of {base} {what}",))


def _plot(picture: Picture | None, name: str) -> list[Block]:
    return [Plot(picture=picture, name=name)] if picture is not None else []


def _title(record: Cleared) -> str:
    told = _short_title(Telling(record)).text
    return told.replace(WITHHELD, "").strip()


def _short_title(telling: Telling) -> Sentence:
    """ "Escape in Tel Salam, Al-Hasakah, Syria, on 5 March 2021" """
    kind = bare_type(telling.incident.type)
    when = when_of(telling)
    return say(kind[:1].upper() + kind[1:], where_of(telling), [",", *when] if when else [])


def _order(record: Cleared) -> tuple[str, str]:
    when = record.incident.when
    return when.earliest.isoformat() if when is not None else "9999", record.incident.id

"""One object for each open store that answers what a person asks of many incidents at once."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from threading import Lock
from typing import Any, TypedDict, TypeVar

import numpy as np

from waqai.browse.cells import Box, Cells, make_cells
from waqai.browse.choosing import Asked, Chosen, Tagged, choose
from waqai.browse.expectations import Ahead, Expectation, iter_words, load_ahead, load_told, number_claims
from waqai.browse.expectations import choose as choose_ahead
from waqai.browse.facets import Facet, count_facets
from waqai.browse.loading import add_words, load_picture, refresh_picture
from waqai.browse.loading_postings import find_frequent
from waqai.browse.pages import Order, Page, Sorted, cut_page, sort
from waqai.browse.picture import Mask, Picture
from waqai.browse.postings import Postings
from waqai.browse.quality import Quality, load_quality
from waqai.browse.tellers import Kind, TellersPage, cut_tellers, sum_tellers
from waqai.browse.timeline import Timeline, make_timeline
from waqai.browse.words import Snippet, find_hits, holding, load_snippets, naming, parse_terms
from waqai.codebook.actors import ActorRegister
from waqai.core import Incident
from waqai.folding.words import Term
from waqai.logbook.log import last_entry
from waqai.store import Filters, Store
from waqai.store.changes import last_change
from waqai.store.tagged import find_tagged

T = TypeVar("T")
MOST_AT_ONCE = 400
"""Claims whose words are loaded in one query."""
MOST_KEPT, MOST_BYTES = 64, 64_000_000
"""Answers of each kind that are kept for the same question, until the store changes; and of plain numbers no more than so many bytes."""


class Said(TypedDict):
    """What lists and facets need beside the picture: see `choose`."""

    named: Asked
    tagged: Tagged


class Browser:
    """Counts, lists and maps the incidents of an open store from a picture in memory that follows the store, whoever writes to it.

    Each question sees the store as it was committed when it was asked; threads may ask at once. Actors are listed if they are in `actors`.
    """

    def __init__(self, store: Store, *, actors: ActorRegister) -> None:
        """Loads nothing: the first question does, or `warm_up`."""
        self._store, self._actors, self._registered = store, actors, frozenset(actors.actors)
        self._lock = Lock()
        self._loaded: dict[str, tuple[Hashable, Any]] = {}
        self._seen: _Seen | None = None

    def warm_up(self) -> None:
        """Load what questions are answered from, or what changed of it, so that nobody waits for that."""
        self._look(words=False)
        seen = self._look(words=True)
        if not seen.postings.frequent:
            self._learn(seen)

    def page(self, filters: Filters, *, order: Order = "newest", after: str | None = None, size: int = 50) -> Page:
        """Incidents in this order, those behind the cursor `after`. Raises BadQuestion for an order, cursor or size that there is not."""
        seen = self._look(words=filters.words is not None)
        ordered: Sorted = seen.keep(("sorted", order), lambda: sort(seen.picture, order))
        return cut_page(seen.picture, self._choose(seen, filters).all(), ordered, order=order, after=after, size=size)

    def facets(self, filters: Filters, *, most: int = 12) -> tuple[Facet, ...]:
        """How many incidents have each value of each facet, under all filters but the facet's own; at most so many values that no filter names."""
        seen = self._look(words=filters.words is not None)

        tagged = self._tagged()

        def count() -> tuple[Facet, ...]:
            said: Said = {"named": lambda words: self._name(seen, words), "tagged": tagged}
            return count_facets(seen.picture, self._choose(seen, filters), filters, registered=self._registered, most=most, **said)

        return seen.keep(("facets", (filters, most, tagged)), count)

    def cells(self, filters: Filters, *, west: float, south: float, east: float, north: float, zoom: int) -> Cells:
        """The marks of a map that shows these degrees at this zoom. Raises BadQuestion for what no map shows."""
        box, seen = Box(west=west, south=south, east=east, north=north), self._look(words=filters.words is not None)
        return make_cells(seen.picture, self._choose(seen, filters).all(), box, zoom=zoom)

    def timeline(self, filters: Filters) -> Timeline:
        """How many incidents of each family in every day, week, month or year."""
        seen = self._look(words=filters.words is not None)
        return make_timeline(seen.picture, self._choose(seen, filters).all())

    def load(self, ids: Sequence[str]) -> tuple[Incident, ...]:
        """These incidents, in this order; one that went meanwhile is left out."""
        return self._store.find_incidents(ids)

    def snippets(self, ids: Sequence[str], words: str) -> dict[str, Snippet]:
        """For incidents of a page that was found by words: what one of their reports says there. None for one that only its facets found."""
        seen = self._look(words=True)
        hits = self._hits(seen, parse_terms(words))
        with self._store.committed() as connection:
            return load_snippets(connection, seen.postings, ids, words, hits)

    def tellers(self, kind: Kind, *, words: str = "", after: str | None = None, size: int = 50) -> TellersPage:
        """Publishers or speakers whose name holds the words, by name, each with its counts. Raises BadQuestion."""
        with self._store.committed() as connection:
            summed = self._keep(kind, last_change(connection), lambda: sum_tellers(connection, kind, actors=self._actors))
        return cut_tellers(summed, words=words, after=after, size=size)

    def expectations(self, *, stance: str | None = None, country: str | None = None, after: str | None = None, size: int = 50) -> Iterator[Expectation]:
        """Claims of current readings that look ahead, the newest report first, at most so many behind the cursor. Raises BadQuestion."""
        listed, told = self._look_ahead(country)
        return self._load_words(choose_ahead(listed, stance=stance, told=told, after=after)[:size])

    def count_expectations(self, *, country: str | None = None) -> dict[str, int]:
        """How many claims look ahead, by stance."""
        listed, told = self._look_ahead(country)
        return dict(Counter(one.stance for one in choose_ahead(listed, told=told)))

    def quality(self) -> Quality:
        """What persons said of the record, what it took, and what the last runs did."""
        with self._store.committed() as connection:
            return load_quality(connection)

    # -- inside

    def _look_ahead(self, country: str | None) -> tuple[Sequence[Ahead], Collection[str] | None]:
        """The claims that look ahead, and the reports that tell of the country (None: any report will do); both kept until the store changes."""
        with self._store.committed() as connection:
            listed = self._keep("ahead", number_claims(connection), lambda: load_ahead(connection))
            if country is None:
                return listed, None
            told = self._keep("told", last_change(connection), lambda: load_told(connection))
        return listed, told.get(country.upper(), frozenset())

    def _keep(self, name: str, number: Hashable, load: Callable[[], T]) -> T:
        """What was loaded under this number, else what is loaded now."""
        kept = self._loaded.get(name)
        if kept is None or kept[0] != number:
            self._loaded[name] = kept = (number, load())
        return kept[1]

    def _load_words(self, chosen: Sequence[Ahead]) -> Iterator[Expectation]:
        for start in range(0, len(chosen), MOST_AT_ONCE):
            with self._store.committed() as connection:
                found = tuple(iter_words(connection, chosen[start : start + MOST_AT_ONCE]))
            yield from found

    def _look(self, *, words: bool) -> _Seen:
        """The picture of what is committed by now, with what is kept beside it; with `words`, one that can be asked for them."""
        seen = self._seen
        with self._store.committed() as connection:
            number = last_change(connection)
        if seen is not None and seen.picture.number == number and (seen.picture.postings or not words):
            return seen
        with self._lock, self._store.committed(newest=True) as connection:  # a moment may be an earlier one than the picture's
            old = self._seen
            picture = load_picture(connection) if old is None else refresh_picture(connection, old.picture, asked=old.kept("hits"))
            picture = add_words(connection, picture) if words and not picture.postings else picture
            if old is None or picture is not old.picture:
                self._seen = old = _Seen(picture)
            return old

    def _learn(self, seen: _Seen) -> None:
        """Look for the words that most rows of the word index hold, one by one, while others ask; what changed meanwhile is loaded again at the end."""
        with self._store.committed() as connection:
            words = find_frequent(connection)
        known = seen.postings.with_frequent(words, (self._find_hits(seen.postings, Term((word,))) for word in words))
        with self._lock, self._store.committed(newest=True) as connection:
            asked = seen.kept("hits") if self._seen is seen else {}
            self._seen = _Seen(refresh_picture(connection, replace(seen.picture, postings=replace(known, asked=asked)), asked=asked))

    def _choose(self, seen: _Seen, filters: Filters) -> Chosen:
        tagged = self._tagged() if filters.tag else ()

        def find() -> Chosen:
            said: Said = {"named": lambda words: self._name(seen, words), "tagged": tagged}
            return choose(seen.picture, filters, worded=lambda words: holding(seen.picture, self._hits(seen, parse_terms(words))), **said)

        return seen.keep(("chosen", (filters, tagged)), find)

    def _tagged(self) -> Tagged:
        """The incidents of each tag: loaded again where anything was said since, as tags change nothing that a picture shows."""
        with self._store.committed() as connection:
            number = last_change(connection), last_entry(connection)
            return self._keep("tagged", number, lambda: tuple(find_tagged(connection).items()))

    def _name(self, seen: _Seen, words: str) -> Mask:
        def ask() -> Mask:
            with self._store.committed() as connection:
                return naming(connection, seen.picture, words)

        return seen.keep(("named", words), ask)

    def _hits(self, seen: _Seen, terms: tuple[Term, ...]) -> Mask:
        """The pairs of the picture's postings whose rows hold all the terms; none without terms. A term that is not frequent is looked for once, and
        followed from then on: who adds a word to a search waits for that word alone."""
        postings = seen.postings
        if not terms:
            return np.zeros(len(postings.numbers), dtype=bool)
        frequent = [term for term in terms if postings.is_frequent(term)]
        rest = (seen.keep(("hits", term), partial(self._find_hits, postings, term)) for term in terms if term not in frequent)
        return reduce(np.logical_and, rest, postings.holding(frequent))

    def _find_hits(self, postings: Postings, term: Term) -> Mask:
        with self._store.committed() as connection:
            return find_hits(connection, postings, term)


class _Seen:
    """A picture, and the last answers that were worked out from it, by kind and question. Mutable; threads may share it."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._lock = Lock()
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}
        if picture.postings is not None and picture.postings.asked:
            self._kept["hits"] = OrderedDict(picture.postings.asked)
            self.picture = replace(picture, postings=replace(picture.postings, asked={}))

    @property
    def postings(self) -> Postings:
        """Those of a picture that can be asked for words."""
        assert self.picture.postings is not None
        return self.picture.postings

    def keep(self, asked: tuple[str, Hashable], work_out: Callable[[], T]) -> T:
        """The answer that was kept, else one that is worked out; two threads may do so at once."""
        kind, question = asked
        with self._lock:
            kept = self._kept.setdefault(kind, OrderedDict())
            if question in kept:
                kept.move_to_end(question)
                return kept[question]  # type: ignore[no-any-return]
        answer = work_out()
        with self._lock:
            kept[question] = answer
            while len(kept) > MOST_KEPT or (len(kept) > 1 and sum(getattr(one, "nbytes", 0) for one in kept.values()) > MOST_BYTES):
                kept.popitem(last=False)
        return answer

    def kept(self, kind: str) -> dict[Any, Any]:
        """The answers of a kind that are kept, by question, the one that was asked for last at the end."""
        with self._lock:
            return dict(self._kept.get(kind, {}))

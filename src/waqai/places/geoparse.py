"""Every place of a text, found and put on the map: not only where its incidents happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.core import Span, Word
from waqai.places.document import DocumentResolver, Located
from waqai.places.gazetteer import Gazetteer
from waqai.places.mentions import Mention, find_mentions
from waqai.places.outlets import Home, find_home


@dataclass(frozen=True, slots=True)
class Placed:
    """A place name as it stands in a text, and what it means."""

    mention: Mention
    located: Located


class Geoparser:
    """Finds and places the place names of texts. Without a state of its own; `words` are those of the text, from any parser."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._resolver = DocumentResolver(gazetteer)

    def parse(self, text: str, words: Sequence[Word], *, home: Home | None = None) -> tuple[Placed, ...]:
        """The places of a text in order; `home` is its publisher's, from `find_home`, else taken from this text alone."""
        home = home or self.find_home([(text, words)])
        mentions = find_mentions(text, words, self._gazetteer, home=home)
        located = self._resolver.resolve(text, [mention.phrase for mention in mentions], home=home)
        return tuple(map(Placed, mentions, located))

    def place(self, text: str, words: Sequence[Word], phrases: Iterable[Span], *, home: Home | None = None) -> tuple[Located, ...]:
        """What these stretches of the text mean, in their order; `home` as in `parse`."""
        return self._resolver.resolve(text, phrases, home=home or self.find_home([(text, words)]))

    def find_home(self, reports: Iterable[tuple[str, Sequence[Word]]], *, outlet: str = "") -> Home | None:
        """Where a publisher is at home, from as many of its reports (text and words) as there are, and its name, domain or address.

        Nothing but the names in the texts is used; five reports are enough for most local papers. None when they agree on no place.
        """
        return find_home((local_names(text, words, self._gazetteer) for text, words in reports), self._gazetteer, outlet=outlet)


def local_names(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> frozenset[str]:
    """The names of a text that can tell where it was printed: no peoples, no streets."""
    return frozenset(m.name for m in find_mentions(text, words, gazetteer) if not m.road and not m.people)

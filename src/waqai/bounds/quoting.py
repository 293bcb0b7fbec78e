"""Quoted words with all in them masked that the fields beside them do not tell: names, facilities, points, small numbers of persons, days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from waqai.bounds.counts import FEW, is_small
from waqai.bounds.names import NameMask
from waqai.bounds.places import is_facility_name, is_town
from waqai.bounds.profiles import Profile
from waqai.bounds.rows import WITHHELD
from waqai.bounds.sites import Sites
from waqai.bounds.wording import iter_days, iter_few, iter_points
from waqai.core import Account, Span

FACILITY, PLACE, DATE = "[facility withheld]", "[place withheld]", "[date withheld]"
FACILITY_KINDS = frozenset({"prison", "jail", "camp", "base", "barracks", "checkpoint", "hospital", "school", "facility"})
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are to be replaced."""

    span: Span
    by: str


class Quoter:
    """Quotes one report's text as a profile lets its words be seen. A pass over the whole text is made once, when an address asks for it."""

    def __init__(self, text: str, accounts: Collection[Account], *, profile: Profile, names: NameMask, sites: Sites, tender: bool) -> None:
        self._text, self._profile, self._names, self._tender = text, profile, names, tender and profile.tender
        towns = () if self._tender else (a.where.name for a in accounts if a.where is not None and is_town(a.where))
        self._known = frozenset(towns)
        self._whole = not (profile.masks_names or profile.coarse or profile.small_counts)
        self._pieces = () if self._whole else tuple(self._iter_pieces(accounts))
        named = [] if self._whole else [piece.span.of(text) for piece in self._pieces if piece.by == FACILITY]
        self._sites, self._names_of_sites = sites, sites.find_names(text, named, known=self._known) if profile.coarse else frozenset()

    def quote(self, span: Span) -> str:
        """The words at the span."""
        return span.of(self._text) if self._whole else self.mask(span.of(self._text), start=span.start)

    def mask(self, words: str, *, start: int | None = None, title: bool = False) -> str:
        """These words, which stand at `start` of the text, or anywhere in it (None). `title`: any word may have a capital there."""
        if self._whole:
            return words
        pieces = [] if start is None else [Piece(Span(max(p.span.start - start, 0), p.span.end - start), p.by) for p in self._pieces if p.span.end > start]
        pieces = [p for p in pieces if p.span.start < len(words)]
        if self._profile.coarse:
            pieces += [Piece(span, FACILITY) for span in self._sites.iter_found(words, self._names_of_sites)]
            pieces += [Piece(span, PLACE) for span in iter_points(words)]
        if self._profile.small_counts:
            pieces += [Piece(span, FEW) for span in iter_few(words)]
        if self._tender:
            pieces += [Piece(span, DATE) for span in iter_days(words)]
        if self._profile.masks_names:
            found = self._names.find(words, text=self._text, known=self._known, title=title, towns=not self._tender)
            pieces += [Piece(span, WITHHELD) for span in found]
        return _replace(words, pieces)

    def name(self, name: str) -> str:
        """A speaker's or participant's name."""
        if not self._profile.masks_names:
            return name
        masked = self._names.mask_name(name, text=self._text, known=self._known, towns=not self._tender)
        return masked if masked != name else _replace(name, self._iter_site_pieces(name))

    def mask_few(self, name: str) -> str:
        """A participant who is told as one or two ("two boys")."""
        return _replace(name, (Piece(span, FEW) for span in iter_few(name))) if self._profile.small_counts else name

    def title(self, title: str) -> str:
        """A title, in which any word may have a capital."""
        return self.mask(title, title=True)

    def names_one(self, name: str) -> bool:
        """Whether the name tells which facility it is."""
        return _says_more(name)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the whole text, casefolded."""
        return frozenset(_LETTERS.findall(self._text.casefold()))

    def hides(self, words: Iterable[str]) -> bool:
        """Whether one of these words of the text is not to be seen in it. Only where there is one to be looked for, the whole text is masked."""
        return any(word not in self._shown for word in words)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(_LETTERS.findall(self.mask(self._text, start=0).casefold()))

    def _iter_site_pieces(self, words: str) -> Iterator[Piece]:
        if self._profile.coarse:
            yield from (Piece(span, FACILITY) for span in self._sites.iter_found(words, self._names_of_sites))

    def _iter_pieces(self, accounts: Iterable[Account]) -> Iterator[Piece]:
        for account in accounts:
            if self._profile.coarse:
                yield from (Piece(span, FACILITY) for span in _iter_sites(account) if _says_more(span.of(self._text)))
            if self._profile.small_counts:
                yield from (Piece(one.phrase, FEW) for one in account.counts if is_small(one))
            if self._tender:
                yield from (Piece(one.phrase, PLACE) for one in account.place_mentions)
                yield from (Piece(one.phrase, DATE) for one in [account.when] if one is not None)


def _iter_sites(account: Account) -> Iterator[Span]:
    """Where an account's words name a facility or a place finer than a town."""
    yield from (one.phrase for one in account.involved if one.role == "facility")
    yield from (one.phrase for one in account.place_mentions if one.kind in FACILITY_KINDS or is_facility_name(one.name))
    if account.where is not None and not is_town(account.where) and account.where.precision in ("P1_point", "P2_near"):
        yield account.where.phrase


def _says_more(words: str) -> bool:
    """Whether the words tell which facility: "the jail" and "prisons" do not."""
    return any(word[:1].isupper() for word in _LETTERS.findall(words.removeprefix("The ")))


def _replace(words: str, pieces: Iterable[Piece]) -> str:
    """The words with each piece replaced; of two that overlap, the one that begins first, then the longer, is replaced and takes in the other."""
    made, at = [], 0
    for piece in sorted(pieces, key=lambda p: (p.span.start, -p.span.end)):
        if piece.span.start < at:
            at = max(at, min(piece.span.end, len(words)))
            continue
        made.append(words[max(at, 0) : piece.span.start])
        made.append(piece.by)
        at = min(piece.span.end, len(words))
    made.append(words[at:])
    return "".join(made)

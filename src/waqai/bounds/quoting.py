"""Quoted words with all in them masked that the fields beside them do not tell: names, facilities, small numbers of persons."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from waqai.bounds.counts import FEW, is_small
from waqai.bounds.names import NameMask
from waqai.bounds.places import is_facility_name, is_town
from waqai.bounds.profiles import Profile
from waqai.core import Account, Span

FACILITY, PLACE, DATE = "[facility withheld]", "[place withheld]", "[date withheld]"
FACILITY_KINDS = frozenset({"prison", "jail", "camp", "base", "barracks", "checkpoint", "hospital", "school", "facility"})
_ONE_OR_TWO = re.compile(
    r"\b(?:one|two|both|twins?|a (?:couple|pair)(?: of)?|1|2|an?)(?=\s+(?:[\w-]+\s+){0,2}?(?:people|persons?|men|man|women|woman|boys?|girls?"
    r"|child(?:ren)?|minors?|prisoners?|inmates?|detainees?|captives?|convicts?|fugitives?|escapees?|suspects?|guards?|soldiers?|officers?"
    r"|policem[ae]n|civilians?|fighters?|militants?|journalists?|activists?|teachers?|students?|patients?|workers?|drivers?|victims?|dead|wounded|others?|more)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are to be replaced."""

    span: Span
    by: str


class Quoter:
    """Quotes one report's text as a profile lets its words be seen."""

    def __init__(self, text: str, accounts: Collection[Account], *, profile: Profile, names: NameMask, tender: bool) -> None:
        self._text, self._profile, self._names = text, profile, names
        self._known = frozenset(a.where.name for a in accounts if a.where is not None and is_town(a.where))
        self._pieces = tuple(self._iter_pieces(accounts, tender=tender))
        self._facilities = tuple(sorted({w for p in self._pieces if p.by == FACILITY for w in [p.span.of(text)]}, key=len, reverse=True))

    def quote(self, span: Span) -> str:
        """The words at the span."""
        if not (self._profile.masks_names or self._profile.coarse or self._profile.small_counts):
            return span.of(self._text)
        return self.mask(span.of(self._text), start=span.start)

    def mask(self, words: str, *, start: int | None = None) -> str:
        """These words, which stand at `start` of the text, or anywhere in it (None)."""
        if not (self._profile.masks_names or self._profile.coarse or self._profile.small_counts):
            return words
        pieces = [] if start is None else [Piece(Span(max(p.span.start - start, 0), p.span.end - start), p.by) for p in self._pieces if p.span.end > start]
        pieces = [p for p in pieces if p.span.start < len(words)]
        pieces += [Piece(Span(m.start(), m.end()), FACILITY) for name in self._facilities for m in re.finditer(re.escape(name), words, re.IGNORECASE)]
        if self._profile.small_counts:
            pieces += [Piece(Span(*m.span()), FEW) for m in _ONE_OR_TWO.finditer(words)]
        if self._profile.masks_names:
            pieces += [Piece(span, "[name withheld]") for span in self._names.find(words, text=self._text, known=self._known)]
        return _replace(words, pieces)

    def name(self, name: str) -> str:
        """A speaker's, participant's or publisher's name."""
        return self._names.mask_name(name, text=self._text, known=self._known) if self._profile.masks_names else name

    def names_one(self, name: str) -> bool:
        """Whether the name tells which facility it is."""
        return _says_more(name)

    def hidden_words(self, title: str) -> frozenset[str]:
        """The words, casefolded, that are masked as names or facilities anywhere in the text or in this title."""
        found = [span.of(self._text) for span in self._names.find(self._text, text=self._text, known=self._known)]
        found += [span.of(title) for span in self._names.find(title, text=self._text, known=self._known)]
        found += list(self._facilities)
        return frozenset(word for name in found for word in re.findall(r"[^\W_]+", name.casefold()) if len(word) > 2)

    def _iter_pieces(self, accounts: Iterable[Account], *, tender: bool) -> Iterable[Piece]:
        for account in accounts:
            if self._profile.coarse:
                yield from (Piece(span, FACILITY) for span in _iter_sites(account) if _says_more(span.of(self._text)))
            if self._profile.small_counts:
                yield from (Piece(one.phrase, FEW) for one in account.counts if is_small(one))
            if tender and self._profile.tender:
                yield from (Piece(one.phrase, PLACE) for one in account.place_mentions)
                yield from (Piece(one.phrase, DATE) for one in [account.when] if one is not None)


def _iter_sites(account: Account) -> Iterable[Span]:
    """Where an account's words name a facility or a place finer than a town."""
    yield from (one.phrase for one in account.involved if one.role == "facility")
    yield from (one.phrase for one in account.place_mentions if one.kind in FACILITY_KINDS or is_facility_name(one.name))
    if account.where is not None and not is_town(account.where) and account.where.precision in ("P1_point", "P2_near"):
        yield account.where.phrase


def _says_more(words: str) -> bool:
    """Whether the words tell which facility: "the jail" and "prisons" do not."""
    return any(word[:1].isupper() for word in re.findall(r"[^\W\d_]+", words.removeprefix("The ")))


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

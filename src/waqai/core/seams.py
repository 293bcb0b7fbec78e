"""What one room hands to another through `flow`, so that neither has to import the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from waqai.core.nouns import Account, Notice, ReaderStamp, Reading, Report


class PlaceNames(Protocol):
    """Which words can be places: the reader's view of the gazetteer."""

    def kinds_of(self, name: str) -> frozenset[str]:
        """What the gazetteer knows under this name: any of "country", "admin1", "admin2", "town", "facility", "region", "demonym"; empty: nothing."""
        ...


class ActorNames(Protocol):
    """Which words name a registered actor: the reader's view of the register."""

    def find_actor(self, name: str) -> str | None:
        """The actor's id, or None."""
        ...

    def find_state(self, words: str) -> str | None:
        """The id of the state that an office belongs to ("US Secretary of State X"), or None."""
        ...


class Reader(Protocol):
    """Makes readings of reports. Reads no network, database or clock; one that asks a model is handed the way to ask."""

    @property
    def stamp(self) -> ReaderStamp:
        """Name, version and a hash of everything that can change what this reader makes of a text."""
        ...

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        """One reading for each report, in order; a notice where there is none and a later run should try again."""
        ...


class PlaceResolver(Protocol):
    """Puts the accounts of one report on the map."""

    def resolve_accounts(self, report: Report, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
        """The same accounts in the same order, each with `where` filled from its place mentions, or None where none of them could be placed."""
        ...

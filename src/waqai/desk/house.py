"""What all pages of one desk share: the store, the codebook, whose names are one actor's, and who may come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from waqai.browse import Browser
from waqai.codebook import Codebook, load_actors, load_codebook
from waqai.codebook.actors import ActorRegister
from waqai.export import Combiner
from waqai.flow import Chain, Gazetteer, Settings, Store, build_chain, now, open_gazetteer
from waqai.people import mint_start_token


@dataclass(kw_only=True)
class Desk:
    """One open desk. `owner_name` is how the owner signs, who comes in by the start address; None: as "person"."""

    store: Store
    settings: Settings
    codebook: Codebook
    actors: ActorRegister
    owner_name: str | None = None
    _lock: Lock = field(default_factory=Lock)

    def mint_start_token(self) -> str:
        """A token that lets one browser in as the owner, within a day."""
        return mint_start_token(self.store, at=now(), owner_name=self.owner_name)

    @cached_property
    def browser(self) -> Browser:
        """What counts, lists and maps incidents from memory."""
        return Browser(self.store, actors=self.actors)

    @cached_property
    def combiner(self) -> Combiner:
        """How figures are looked at where no rule is chosen."""
        return Combiner(codebook=self.codebook, actors=self.actors)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        with self._lock:
            return open_gazetteer(self.settings)

    @cached_property
    def chain(self) -> Chain:
        """What reads reports; some seconds to load, when the first comes in."""
        with self._lock:
            return build_chain(self.settings, store=self.store.address)


def make_desk(store: Store, settings: Settings, *, owner_name: str | None = None) -> Desk:
    """A desk over an open store. Raises CodebookError for an installation's codebook that cannot be read."""
    extra = settings.codebook.extra
    return Desk(store=store, settings=settings, codebook=load_codebook(Path(extra) if extra else None), actors=load_actors(), owner_name=owner_name)

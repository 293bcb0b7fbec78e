"""What all pages of one desk share: the store, the codebook, whose names are one actor's, and who may come in."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Event, Lock

from waqai.bounds import Bounds, Profile
from waqai.browse import Browser
from waqai.codebook import Codebook, load_actors, load_codebook
from waqai.codebook.actors import ActorRegister
from waqai.core import WaqaiError
from waqai.export import Combiner
from waqai.fetching import Fetcher
from waqai.flow import Chain, Gazetteer, Runs, Settings, Store, build_chain, now, open_gazetteer
from waqai.gathering import make_fetcher
from waqai.observing import Kept
from waqai.operating.logs import tell
from waqai.operating.shelves import SharedRuns, SharedWaiting
from waqai.operating.uploads import Waiting
from waqai.people import mint_start_token

COLLECTED_AFTER = 50_000
"""New objects before the collector looks around; a page makes some ten thousand."""
FOLLOWED_EVERY_S = 30.0
"""Between two looks at what changed in the store, for whoever comes next."""


@dataclass(kw_only=True)
class Desk:
    """One open desk. `owner_name` is how the owner signs, who comes in by the start address; None: as "person".

    `browser` counts, lists and maps incidents from memory, `runs` read in the background, `waiting` are files whose columns are asked for. `shared`: the folder
    through which several processes that serve one desk tell each other of these two; None: there is one process. `kept`: forecasts that were made. `closes` is
    set when it closes.
    """

    store: Store
    settings: Settings
    codebook: Codebook
    actors: ActorRegister
    owner_name: str | None = None
    shared: Path | None = None
    browser: Browser = field(init=False)
    runs: Runs = field(init=False)
    waiting: Waiting = field(init=False, default_factory=Waiting)
    kept: Kept = field(init=False, default_factory=Kept)
    _hosts: Callable[[datetime], Mapping[str, Collection[str]]] = field(init=False)
    closes: Event = field(init=False, default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._hosts = lru_cache(maxsize=1)(lambda _minute: self.store.list_hosts())
        self.browser, self.runs = Browser(self.store, actors=self.actors), Runs(self.store, lambda: self.chain)
        if self.shared is not None:
            self.runs, self.waiting = SharedRuns(self.store, lambda: self.chain, folder=self.shared), SharedWaiting(self.shared)

    def mint_start_token(self) -> str:
        """A token that lets one browser in as the owner, within a day."""
        return mint_start_token(self.store, at=now(), owner_name=self.owner_name)

    def close(self) -> None:
        """Let a run that goes on end after its report."""
        self.closes.set()
        self.runs.close()

    @cached_property
    def combiner(self) -> Combiner:
        """How figures are looked at where no rule is chosen."""
        return Combiner(codebook=self.codebook, actors=self.actors)

    @cached_property
    def fetcher(self) -> Fetcher:
        """What fetches the pages that persons name. Raises SettingsError."""
        with self._lock:
            return make_fetcher(self.settings)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        with self._lock:
            return open_gazetteer(self.settings)

    def bounds(self, profile: Profile, *, at: datetime) -> Bounds:
        """What applies the profile, as of this instant. The store's publishers are looked for once a minute."""
        return Bounds(profile, places=self.gazetteer, actors=self.actors, at=at, publishers=self._hosts(at.replace(second=0, microsecond=0)))

    @cached_property
    def chain(self) -> Chain:
        """What reads reports; some seconds to load, when the first comes in."""
        with self._lock:
            return build_chain(self.settings, store=self.store.opened_by)


def keep_warm(desk: Desk) -> None:
    """Load what lists and maps are answered from, and follow the store until the desk closes, so that nobody waits for that.

    What is there at first stays as long as the desk does: Python's collector is told not to walk through it again and again, nor to look around after every
    few hundred things that a page makes.
    """
    is_loaded = False
    while not desk.closes.is_set():
        try:
            desk.browser.warm_up()
        except WaqaiError as error:  # a database that is away: whoever asks for a page is told, too
            tell("what lists are answered from could not be loaded", level="warning", error=error)
        else:
            if not is_loaded:
                _freeze()
            is_loaded = True
        desk.closes.wait(FOLLOWED_EVERY_S)


def _freeze() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, 20, 100)


def make_desk(store: Store, settings: Settings, *, owner_name: str | None = None, shared: Path | None = None) -> Desk:
    """A desk over an open store. Raises CodebookError for an installation's codebook that cannot be read."""
    extra = settings.codebook.extra
    codebook = load_codebook(Path(extra) if extra else None)
    return Desk(store=store, settings=settings, codebook=codebook, actors=load_actors(), owner_name=owner_name, shared=shared)

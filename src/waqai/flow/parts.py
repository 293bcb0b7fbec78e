"""The parts that a run is put together from. Packages of others join by the entry point group `waqai.readers`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from waqai.asking import VERSION as MODEL_VERSION
from waqai.codebook import ActorRegister, Codebook, load_actors, load_codebook
from waqai.core import PlaceResolver, Reader, SettingsError
from waqai.flow.gazetteers import open_gazetteer
from waqai.flow.settings import Settings
from waqai.places import Gazetteer, Progress, Resolver
from waqai.reading import VERSION

BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What readers stand on: the codebook, the actor register and the gazetteer of this run, and the address of its store (None: the user's own)."""

    settings: Settings
    codebook: Codebook
    actors: ActorRegister
    gazetteer: Gazetteer
    store: str | None = None

    @property
    def data_version(self) -> str:
        """Changes whenever one of them does."""
        return f"{self.codebook.digest} {self.gazetteer.meta.get('hash', '')} {len(self.actors)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A reader that can be named in the settings: what it needs of a text, what it makes, how it is built, and how many reports it is handed at once.

    `languages` are those it reads, by ISO 639-1 code (None: any); a report in another one is kept, not read, and said.
    """

    name: str
    version: str
    needs: frozenset[str]
    makes: frozenset[str]
    build: Callable[[Ground], Reader]
    batch: int = BATCH
    languages: frozenset[str] | None = None


def _rules(ground: Ground) -> Reader:
    from waqai.reading.reader import ReaderSettings, RuleReader  # loads spaCy, which listing and searching do not need

    settings = ReaderSettings(pipeline=ground.settings.reader.pipeline, longest=ground.settings.reader.longest)
    return RuleReader(places=ground.gazetteer, actors=ground.actors, settings=settings, data_version=ground.data_version)


def _learned(ground: Ground) -> Reader:
    """The learned reader; without its model file the rules, whose stamp then says so."""
    from waqai.coding.reader import MODEL_FILE, LearnedReader  # loads spaCy and the models
    from waqai.reading.reader import ReaderSettings

    if not MODEL_FILE.exists():
        return _rules(ground)

    settings = ReaderSettings(pipeline=ground.settings.reader.pipeline, longest=ground.settings.reader.longest)
    return LearnedReader(places=ground.gazetteer, actors=ground.actors, settings=settings, data_version=ground.data_version)


def _llm(ground: Ground) -> Reader:
    from waqai.flow.model.build import build_model_reader  # loads spaCy, too

    return build_model_reader(ground, fallback=_rules(ground) if ground.settings.reader.llm.fallback == "rules" else None)


_MAKES, _ENGLISH = frozenset({"claims", "accounts"}), frozenset({"en"})
READERS = {
    part.name: part
    for part in (
        Part(name="learned", version=VERSION, needs=frozenset({"text"}), makes=_MAKES, build=_learned, languages=_ENGLISH),
        Part(name="rules", version=VERSION, needs=frozenset({"text"}), makes=_MAKES, build=_rules, languages=_ENGLISH),
        Part(name="llm", version=MODEL_VERSION, needs=frozenset({"text", "a model's server"}), makes=_MAKES, build=_llm, batch=1, languages=_ENGLISH),
    )
}


def all_readers() -> dict[str, Part]:
    """Ours and those that installed packages bring."""
    return {**{part.name: part for found in entry_points(group="waqai.readers") if isinstance(part := found.load(), Part)}, **READERS}


def find_part(name: str) -> Part:
    """The reader of that name. Raises SettingsError, naming those there are."""
    parts = all_readers()
    if name not in parts:
        raise SettingsError(f"reader.name is {name!r}; installed readers: {', '.join(sorted(parts))}")
    return parts[name]


def lay_ground(settings: Settings, *, store: str | None = None, progress: Progress | None = None) -> Ground:
    """Load codebook, register and gazetteer. `progress` is told of the gazetteer's first unpacking."""
    extra = Path(settings.codebook.extra) if settings.codebook.extra else None
    gazetteer = open_gazetteer(settings, progress=progress)
    return Ground(settings=settings, codebook=load_codebook(extra), actors=load_actors(extra), gazetteer=gazetteer, store=store)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Reader and resolver of one run, ready to go; the reader is handed `batch` reports at once, and only those that may be in its `languages`."""

    ground: Ground
    reader: Reader
    resolver: PlaceResolver
    batch: int = BATCH
    languages: frozenset[str] | None = None


def build_chain(settings: Settings, *, store: str | None = None, progress: Progress | None = None) -> Chain:
    """The chain that the settings name, for the store at this address (None: the user's own).

    Raises SettingsError, GazetteerError, MissingPart or StoreError before any report is read.
    """
    part = find_part(settings.reader.name)
    if not {"claims", "accounts"} <= part.makes:
        raise SettingsError(f"the reader {part.name!r} makes {', '.join(sorted(part.makes))}; a run needs claims and accounts")
    ground = lay_ground(settings, store=store, progress=progress)
    return Chain(ground=ground, reader=part.build(ground), resolver=Resolver(ground.gazetteer), batch=part.batch, languages=part.languages)


def join_parts(ground: Ground, reader: Reader) -> Chain:
    """A chain of a reader that no settings name: it hands back what came in ready."""
    return Chain(ground=ground, reader=reader, resolver=Resolver(ground.gazetteer))

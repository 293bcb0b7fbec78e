"""What people come in through: the reports of named paths, the store of a named address. The command line and the desk go through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import IO, Any

from platformdirs import user_data_path

from waqai.archives import FileBundles
from waqai.asking import UNANSWERED as NO_ANSWER
from waqai.codebook import load_actors
from waqai.core import Columns, Incoming, NoStore, Notice
from waqai.flow.clock import now
from waqai.flow.columns import ColumnChooser
from waqai.flow.settings import Settings
from waqai.intake import (
    STAGE,
    STAGE_COLUMNS,
    Defaults,
    Limits,
    TablePreview,
    UploadReader,
    incoming_of_paste,
    incoming_of_upload,
    load_layouts,
    make_ignored_notice,
    preview_table,
    report_of_paste,
)
from waqai.intake import iter_incoming as iter_arriving
from waqai.reading import REFUSED
from waqai.store import (
    FACETS,
    Erased,
    Filters,
    Hit,
    LogCheck,
    Past,
    Rebuilt,
    Reviewed,
    Standing,
    Store,
    is_there,
    label_of,
    make_folder_of,
    make_private,
    open_store,
)

SET_ASIDE = STAGE
"""The stage of notices about what could not become a report."""
COLUMNS_TAKEN = STAGE_COLUMNS
"""The stage of notices about what the columns of a table are taken for."""
NOT_READ = REFUSED
"""The stage of notices about reports that the reader does not read."""
UNANSWERED = NO_ANSWER
"""The stage of notices about reports for which a language model gave no answer that can be used."""


def iter_incoming(
    paths: Sequence[str | Path],
    *,
    settings: Settings,
    published: date | None = None,
    publisher: str | None = None,
    stdin: IO[bytes] | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ColumnChooser | None = None,
) -> Iterator[Incoming | Notice]:
    """The reports of these paths with what they were made of, and notices. Raises ReportNotFound or IntakeError at once, before anything is read."""
    defaults = Defaults(published=published, publisher=publisher)
    chooser = choose_columns or ColumnChooser()
    return iter_arriving(paths, clock=now, defaults=defaults, stdin=stdin, ignored=ignored, choose_columns=chooser, **_readers(settings))


def iter_uploaded(
    name: str,
    content: bytes,
    *,
    settings: Settings,
    published: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ColumnChooser | None = None,
) -> Iterator[Incoming | Notice]:
    """As `iter_incoming`, of one file that came as its name and its bytes; the name is never used as a path."""
    defaults = Defaults(published=published, publisher=publisher, language=language)
    chooser = choose_columns or ColumnChooser()
    return incoming_of_upload(name, content, clock=now, defaults=defaults, ignored=ignored, choose_columns=chooser, **_readers(settings))


@contextmanager
def open_upload_reader(settings: Settings) -> Iterator[Callable[..., Iterator[Incoming | Notice]]]:
    """As `iter_uploaded` with the settings filled in, for one file after the other: the children that look into them are kept until the end."""
    with UploadReader(clock=now, **_readers(settings)) as reader:
        yield lambda name, content, **said: reader.read(name, content, defaults=Defaults(**said))


def preview_upload(name: str, content: bytes, *, settings: Settings, store: Store | None = None) -> TablePreview:
    """A look into a table before it is read, with the columns that the store keeps for such ones. Raises UnreadableReport or EmptyReport."""
    return preview_table(content, name=name, find_columns=store.find_columns if store is not None else None, limits=intake_limits(settings))


def _readers(settings: Settings) -> dict[str, Any]:
    """Limits, publishers' layouts, and what reads files that hold many reports. Raises SettingsError for a wrong file of layouts."""
    limits, layouts = intake_limits(settings), load_layouts(settings.intake.publishers)
    return {"limits": limits, "layouts": layouts, "bundles": FileBundles(clock=now, limits=limits, layouts=layouts)}


def intake_limits(settings: Settings) -> Limits:
    """What the settings say of how much one file may cost."""
    return Limits(cpu_s=settings.intake.page_seconds, memory_mb=settings.intake.page_megabytes)


def find_kept_columns(address: str | None, headers: Sequence[str]) -> Columns | None:
    """What a store keeps for tables with these headers; None also where there is no store yet. Raises StoreError where it cannot be opened."""
    try:
        with open_named_store(address, must_exist=True) as store:
            return store.find_columns(headers)
    except NoStore:
        return None


def ignored_notices(ignored: Counter[str]) -> list[Notice]:
    """One notice that names the fields that were not read, or none."""
    notice = make_ignored_notice(ignored)
    return [notice] if notice is not None else []


@contextmanager
def demo_corpus() -> Iterator[Path]:
    """The file with the demo's reports."""
    with as_file(files("waqai.flow").joinpath("demo", "corpus.jsonl")) as path:
        yield path


def default_store(name: str = "store.sqlite") -> Path:
    """The store that is used when none is named: a file in the user's data folder."""
    return user_data_path("waqai", appauthor=False) / name


@contextmanager
def open_named_store(address: str | None, *, must_exist: bool, told: Callable[[str, int, int], None] | None = None) -> Iterator[Store]:
    """The store at this file or postgresql:// address; None: the user's own. A new file is its maker's alone to read. `told` hears how far it
    is with a store of an older waqai.

    Raises NoStore when it must exist and does not, or holds nothing; StoreError for what cannot be opened.
    """
    target = address or str(default_store())
    if "://" not in target:
        path = Path(target)
        if must_exist and not is_there(path):
            raise NoStore(target)
        make_folder_of(path)
        make_private(path)
    with open_store(target, actors=load_actors(), must_exist=must_exist, told=told) as store:
        yield store


__all__ = [
    "COLUMNS_TAKEN",
    "FACETS",
    "NOT_READ",
    "SET_ASIDE",
    "UNANSWERED",
    "Erased",
    "Filters",
    "Hit",
    "LogCheck",
    "Past",
    "Rebuilt",
    "Reviewed",
    "Standing",
    "Store",
    "TablePreview",
    "default_store",
    "demo_corpus",
    "find_kept_columns",
    "ignored_notices",
    "incoming_of_paste",
    "intake_limits",
    "is_there",
    "iter_incoming",
    "iter_uploaded",
    "label_of",
    "open_named_store",
    "open_upload_reader",
    "preview_upload",
    "report_of_paste",
]

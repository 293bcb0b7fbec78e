"""Reports out of files, folders and standard input, one after another as they are asked for.

A record that cannot become a report comes out as a notice in its place, and the run goes on. Every notice's `stage` says what it is about: "intake", a
record was set aside; "intake.assumed", the report that follows was read with an assumption; "intake.columns", what the columns of a table are taken for;
"intake.ignored", fields that were left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, Self

from waqai.core import BadRecord, EmptyReport, Incoming, IntakeError, Notice, Report, UnreadableReport, text_sha256
from waqai.intake.bundles import Bundles
from waqai.intake.child import Extractor
from waqai.intake.columns import guess_columns
from waqai.intake.custody import Clock, Custody, as_reports
from waqai.intake.decode import UTF8_MARK, decode_strictly, decode_text
from waqai.intake.documents import read_docx, read_pdf
from waqai.intake.guard import Limits, check_bytes, check_text, note_on_characters
from waqai.intake.layouts import Layout
from waqai.intake.records import Defaults, JsonObject, iter_values, make_report, parse_line
from waqai.intake.rows import STAGE, STAGE_ASSUMED
from waqai.intake.sources import DOCUMENTS, TABLES, Kind, Source, check_sources, find_upload, iter_sources, printable, recognise
from waqai.intake.streams import Stream, as_utf8
from waqai.intake.table_files import open_table
from waqai.intake.table_reports import ChooseColumns, iter_table_reports
from waqai.intake.web import Article, ArticleExtractor

STAGE_IGNORED = "intake.ignored"
_MAX_NAMES = 1_000  # distinct ignored fields that are counted by name; a hostile file could bring a million


def iter_reports(
    sources: Iterable[str | Path],
    *,
    defaults: Defaults | None = None,
    limits: Limits | None = None,
    stdin: IO[bytes] | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ChooseColumns = guess_columns,
    bundles: Bundles | None = None,
    layouts: Sequence[Layout] | None = None,
) -> Iterator[Report | Notice]:
    """The reports of the sources in order, and a notice for each record set aside; read lazily, so a JSON Lines file of any length streams.

    A source is a file, a folder (read through, sorted, hidden files left out) or "-" for standard input (`stdin`, by default the process's own). Ids are
    those that the records bring, else the file's stem; one that was given out before gets -2, -3 ... Fields that are not read are counted into `ignored`.
    `choose_columns` says what the columns of a table hold, by its headers. `bundles` reads files that hold many reports (None: they are set aside), `layouts`
    are those of publishers' pages (None: the shipped ones).
    Raises ReportNotFound, or IntakeError for an address, at once: before anything is read.
    """
    said: dict[str, Any] = {"defaults": defaults, "limits": limits, "ignored": ignored, "choose_columns": choose_columns}
    return as_reports(iter_incoming(sources, clock=None, stdin=stdin, bundles=bundles, layouts=layouts, **said))


def iter_incoming(
    sources: Iterable[str | Path],
    *,
    clock: Clock | None,
    defaults: Defaults | None = None,
    limits: Limits | None = None,
    stdin: IO[bytes] | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ChooseColumns = guess_columns,
    bundles: Bundles | None = None,
    layouts: Sequence[Layout] | None = None,
) -> Iterator[Incoming | Notice]:
    """As `iter_reports`, each with the bytes that it was made of and how they came; `clock` says when (None: nothing is noted)."""
    named = check_sources(sources)
    run = _Run(defaults, limits, stdin, ignored, choose_columns, clock, bundles, layouts)
    return run.iter_all(iter_sources(named))


def reports_of_upload(
    name: str,
    content: bytes,
    *,
    defaults: Defaults | None = None,
    limits: Limits | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ChooseColumns = guess_columns,
    bundles: Bundles | None = None,
    layouts: Sequence[Layout] | None = None,
) -> Iterator[Report | Notice]:
    """As `iter_reports`, of one file that came as its name and its bytes. The name tells the kind and gives the id; it is never used as a path."""
    said: dict[str, Any] = {"defaults": defaults, "limits": limits, "ignored": ignored, "choose_columns": choose_columns}
    return as_reports(incoming_of_upload(name, content, clock=None, bundles=bundles, layouts=layouts, **said))


def incoming_of_upload(
    name: str,
    content: bytes,
    *,
    clock: Clock | None,
    defaults: Defaults | None = None,
    limits: Limits | None = None,
    ignored: Counter[str] | None = None,
    choose_columns: ChooseColumns = guess_columns,
    bundles: Bundles | None = None,
    layouts: Sequence[Layout] | None = None,
) -> Iterator[Incoming | Notice]:
    """As `reports_of_upload`, each with the bytes that it was made of and how they came; `clock` says when (None: nothing is noted)."""
    run = _Run(defaults, limits, None, ignored, choose_columns, clock, bundles, layouts)
    return run.iter_all([find_upload(name, content)])


class UploadReader:
    """As `incoming_of_upload`, for one file after the other: the children that look into them are kept until `close`. Not for several threads at once."""

    def __init__(self, *, clock: Clock, limits: Limits | None = None, bundles: Bundles | None = None, layouts: Sequence[Layout] | None = None) -> None:
        self._run = _Run(None, limits, None, None, guess_columns, clock, bundles, layouts)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        self._run.close()

    def read(self, name: str, content: bytes, *, defaults: Defaults) -> Iterator[Incoming | Notice]:
        """The reports of one file, and notices. Lazy; to be read to its end before the next."""
        self._run.begin(defaults)
        return self._run.iter_some([find_upload(name, content)])


def make_ignored_notice(ignored: Counter[str]) -> Notice | None:
    """One sentence that names the fields left out, or None when there were none.

    >>> make_ignored_notice(Counter(accounts=98, category=2)).reason
    "fields that waqai does not read were left out: 'accounts' (98), 'category' (2)"
    """
    if not ignored:
        return None
    ranked = sorted(ignored.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ", ".join(f"'{printable(name)[:60]}' ({times})" for name, times in ranked[:20])
    more = f" and {len(ranked) - 20} more" if len(ranked) > 20 else ""
    return Notice(record="run", stage=STAGE_IGNORED, reason=f"fields that waqai does not read were left out: {shown}{more}")


class _Ids:
    """Gives out each id once. Changes itself."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._next: Counter[str] = Counter()

    def mint(self, wanted: str | None, *, stem: str) -> str:
        """`wanted`, else the stem; with -2, -3 ... when it was given out before."""
        base = wanted or stem
        minted = base
        while minted in self._given:
            self._next[base] = max(2, self._next[base] + 1)
            minted = f"{base}-{self._next[base]}"
        self._given.add(minted)
        return minted


class _Run:
    """One pass over some sources: what is to be filled in, the ids given out so far, and the children that look into pages and documents."""

    def __init__(
        self,
        defaults: Defaults | None,
        limits: Limits | None,
        stdin: IO[bytes] | None,
        ignored: Counter[str] | None,
        choose_columns: ChooseColumns,
        clock: Clock | None,
        bundles: Bundles | None,
        layouts: Sequence[Layout] | None,
    ) -> None:
        self._defaults, self._limits = defaults or Defaults(), limits or Limits()
        self._stdin, self._choose_columns, self._clock, self._bundles = stdin, choose_columns, clock, bundles
        self._ignored = Counter() if ignored is None else ignored
        self._ids = _Ids()
        self._pages = ArticleExtractor(limits=self._limits, layouts=layouts)
        self._pdfs, self._words = Extractor("pdf", limits=self._limits), Extractor("word", limits=self._limits)

    def iter_all(self, sources: Iterable[Source | Notice]) -> Iterator[Incoming | Notice]:
        """All of them; then the children are ended."""
        try:
            yield from self.iter_some(sources)
        finally:
            self.close()

    def iter_some(self, sources: Iterable[Source | Notice]) -> Iterator[Incoming | Notice]:
        """Some of them; the children are kept for more."""
        for source in sources:
            for item in [source] if isinstance(source, Notice) else self._iter_source(source):
                note = note_on_characters(item.report.text) if isinstance(item, Incoming) else None
                if note is not None and isinstance(item, Incoming):
                    yield Notice(record=item.report.id, stage=STAGE_ASSUMED, reason=note)
                yield item

    def begin(self, defaults: Defaults) -> None:
        """What follows is to be filled in by these, and gives out ids anew."""
        self._defaults, self._ids = defaults, _Ids()

    def close(self) -> None:
        """End the children; what is read next starts others."""
        with ExitStack() as stack:
            for close in (self._pages.close, self._pdfs.close, self._words.close, *([] if self._bundles is None else [self._bundles.close])):
                stack.callback(close)

    def _iter_source(self, source: Source) -> Iterator[Incoming | Notice]:
        held = self._bundles.find(source) if self._bundles is not None else None
        if held is not None:
            yield from (self._out_of_bundle(item, source) for item in held)
        elif source.kind == "bundle":
            yield Notice(record=source.name, stage=STAGE, reason="files that hold many reports are not read here; unpack it first")
        elif source.kind in TABLES:
            yield from self._iter_table(source)
        elif source.path is None and source.content is None:
            yield from self._iter_stream(self._stdin or sys.stdin.buffer, source)
        else:
            try:
                file = source.open()
            except OSError as error:
                yield _cannot_open(source, error)
                return
            with file:
                yield from self._iter_stream(file, source)

    def _out_of_bundle(self, item: Incoming | Notice, source: Source) -> Incoming | Notice:
        """A report as it came out of a bundle, with an id that is given out once and the defaults where nothing is said."""
        if isinstance(item, Notice):
            return item
        told, given = item.report, self._defaults
        filled = {name: getattr(told, name) or getattr(given, name) for name in ("published", "publisher", "language", "terms")}
        return replace(item, report=replace(told, id=self._ids.mint(told.id, stem=source.stem), **filled))

    def _iter_table(self, source: Source) -> Iterator[Incoming | Notice]:
        """The reports of a table. An error of the table as a whole ends it with a notice."""
        custody = Custody(source, self._clock)
        try:
            for item in iter_table_reports(
                partial(open_table, source, limits=self._limits),
                choose_columns=self._choose_columns,
                defaults=self._defaults,
                mint=partial(self._ids.mint, stem=source.stem),
                count_ignored=self._count_ignored,
            ):
                yield item if isinstance(item, Notice) else custody.part(*item)
        except IntakeError as error:
            yield Notice(record=source.name, stage=STAGE, reason=str(error))
        except OSError as error:
            yield _cannot_open(source, error)

    def _iter_stream(self, raw: IO[bytes], source: Source) -> Iterator[Incoming | Notice]:
        """The reports of an open source. An error of the source as a whole ends it with a notice."""
        try:
            stream = Stream(raw)
            kind = recognise(stream.head) if source.kind == "any" else source.kind
            if kind in DOCUMENTS:
                yield from self._read_one(stream.read_all(self._limits.max_file_bytes), source, kind)
                return
            stream = as_utf8(stream, self._limits.max_json_bytes)
            check_bytes(stream.head)
            kind = recognise(stream.head) if source.kind == "any" else source.kind
            if kind in {"json", "lines"}:
                custody = Custody(source, self._clock)
                for item in self._iter_json(stream, source, kind):
                    yield item if isinstance(item, Notice) else custody.part(*item)
            else:
                yield from self._read_one(stream.read_all(self._limits.max_bytes), source, kind, before=stream.before)
        except (IntakeError, OSError) as error:
            yield Notice(record=source.name, stage=STAGE, reason=str(error))

    def _read_one(self, raw: bytes, source: Source, kind: Kind, *, before: bytes | None = None) -> Iterator[Incoming | Notice]:
        """`before`: the bytes as they came, where `raw` are the same words in UTF-8."""
        if not raw:
            raise EmptyReport("the file is empty")
        article = self._read_article(raw, kind)
        if article.note is not None:
            yield Notice(record=source.name, stage=STAGE_ASSUMED, reason=article.note)
        yield Custody(source, self._clock).whole(self._report(article, source), raw if before is None else before, kind, made=article.made_text)

    def _read_article(self, raw: bytes, kind: Kind) -> Article:
        if kind == "html":
            return self._pages.extract(raw)
        if kind in DOCUMENTS:
            return read_pdf(raw, self._pdfs) if kind == "pdf" else read_docx(raw, self._words)
        decoded = decode_text(raw)
        check_text(decoded.text)
        return Article(text=decoded.text, title=None, published=None, publisher=None, language=None, url=None, note=decoded.note)

    def _report(self, article: Article, source: Source) -> Report:
        return Report(
            id=self._ids.mint(None, stem=source.stem),
            text=article.text,
            sha256=text_sha256(article.text),
            title=article.title,
            url=article.url,
            publisher=article.publisher or self._defaults.publisher or article.host,
            published=article.published or self._defaults.published,
            language=article.language or self._defaults.language,
            terms=self._defaults.terms,
            text_origin=self._defaults.text_origin,
        )

    def _iter_json(self, stream: Stream, source: Source, kind: Kind) -> Iterator[tuple[Report, str] | Notice]:
        """The reports of a JSON source, each with its line: line by line when its lines are the records, whatever its suffix says, else as one document."""
        is_array = stream.head.removeprefix(UTF8_MARK).lstrip().startswith(b"[")
        found = 0
        for item in self._iter_lines(stream, source) if not is_array and (kind == "lines" or _is_record(stream.head)) else self._iter_document(stream, source):
            found += 1
            yield item
        if not found:
            raise EmptyReport("it holds no record")

    def _iter_lines(self, stream: Stream, source: Source) -> Iterator[tuple[Report, str] | Notice]:
        for number, line in stream.iter_lines(self._limits.max_bytes):
            try:
                report = self._report_of_line(line, source)
            except IntakeError as error:
                yield _bad_record(source, number, error)
            else:
                yield report, f"line {number}"

    def _report_of_line(self, line: bytes | None, source: Source) -> Report:
        if line is None:
            raise UnreadableReport(f"the line has more than {self._limits.max_bytes} bytes, which is more than one report may have")
        return self._report_of_value(parse_line(decode_strictly(line)), source)

    def _iter_document(self, stream: Stream, source: Source) -> Iterator[tuple[Report, str] | Notice]:
        for number, value in iter_values(decode_strictly(stream.read_all(self._limits.max_json_bytes))):
            try:
                report = self._report_of_value(value, source)
            except IntakeError as error:
                yield _bad_record(source, number, error)
            else:
                yield report, f"line {number}"

    def _report_of_value(self, value: object, source: Source) -> Report:
        return make_report(value, defaults=self._defaults, mint=partial(self._ids.mint, stem=source.stem), on_ignored=self._count_ignored)

    def _count_ignored(self, name: str) -> None:
        self._ignored[name if name in self._ignored or len(self._ignored) < _MAX_NAMES else "…"] += 1


def _cannot_open(source: Source, error: OSError) -> Notice:
    return Notice(record=source.name, stage=STAGE, reason=f"the file cannot be opened: {error.strerror}")


def _is_record(head: bytes) -> bool:
    """Whether the first line is a whole JSON object, so that lines are records."""
    try:
        return isinstance(parse_line(decode_strictly(head)), JsonObject)
    except (BadRecord, UnreadableReport):
        return False


def _bad_record(source: Source, line: int, error: IntakeError) -> Notice:
    return Notice(record=f"{source.name}:{line}", stage=STAGE, reason=f"line {line}: {error}")

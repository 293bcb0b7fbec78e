"""What a person names, some of it addresses: files and folders first, then each page as it is fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from waqai.commands.common import incoming
from waqai.core import Incoming, Notice, ReportNotFound
from waqai.flow import ColumnChooser, chained, find_settings_file, iter_uploaded, load_settings
from waqai.gathering import check_address, is_address, iter_page, make_fetcher

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,63}(?::\d{1,5})?", re.IGNORECASE | re.ASCII)
_FILE = re.compile(
    r"\.(?:txt|text|md|html?|xhtml|jsonl?|pdf|docx?|odt|rtf|csv|tsv|xlsx?|ods|zip|gz|warc|wacz|eml|mbox|msg|pst|xml|rss|atom|rdf"
    r"|png|jpe?g|tiff?|sqlite|db|age|toml|log|yaml|py|tar|tgz|rar|7z)",
    re.IGNORECASE,
)


def is_bare_address(said: str) -> bool:
    """Whether it can be an address whose https:// was left out; what ends as files do can not.

    >>> [is_bare_address(said) for said in ("example.org/news?p=1", "www.example.org", "report.txt", "inbox/report.html", "waqai.toml", "10.0.0.1")]
    [True, True, False, False, False, False]
    """
    host, _, path = said.partition("/")
    return bool(_HOST.fullmatch(host)) and (bool(path) or not _FILE.fullmatch(Path(host).suffix))


def arriving(
    named: Sequence[str],
    *,
    published: date | None,
    publisher: str | None,
    ignored: Counter[str],
    choose_columns: ColumnChooser,
    asks_robots: bool = True,
) -> Iterator[Incoming | Notice]:
    """The reports and notices of these paths and addresses. Raises ReportNotFound or IntakeError before anything is read or asked for."""
    addresses = [one for one in named if is_address(one)]
    paths = [one for one in named if not is_address(one)]
    for address in addresses:
        check_address(address)
    if meant := next((one for one in paths if is_bare_address(one) and not Path(one).exists()), None):
        raise ReportNotFound(f"there is no file or folder {meant!r}; is {'https://' + meant!r} meant?")
    files = [incoming(paths, published=published, publisher=publisher, ignored=ignored, choose_columns=choose_columns)] if paths else []
    settings = load_settings(find_settings_file())
    fetcher = make_fetcher(settings, asks_robots=asks_robots)
    read = partial(iter_uploaded, settings=settings, published=published, publisher=publisher, ignored=ignored, choose_columns=choose_columns)
    return chained([*files, *(iter_page(one, fetcher=fetcher, read=read) for one in addresses)])

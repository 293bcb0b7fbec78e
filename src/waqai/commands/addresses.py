"""What a person names, some of it addresses: files and folders first, then each page as it is fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from waqai.commands.common import incoming
from waqai.core import Incoming, Notice
from waqai.flow import ColumnChooser, chained, find_settings_file, iter_uploaded, load_settings
from waqai.gathering import check_address, is_address, iter_page, make_fetcher


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
    files = [incoming(paths, published=published, publisher=publisher, ignored=ignored, choose_columns=choose_columns)] if paths else []
    settings = load_settings(find_settings_file())
    fetcher = make_fetcher(settings, asks_robots=asks_robots)
    read = partial(iter_uploaded, settings=settings, published=published, publisher=publisher, ignored=ignored, choose_columns=choose_columns)
    return chained([*files, *(iter_page(one, fetcher=fetcher, read=read) for one in addresses)])

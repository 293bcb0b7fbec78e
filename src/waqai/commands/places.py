"""`waqai places`: every place that reports name, found, put on the map and shown; nothing kept."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from waqai.commands.common import incoming, unpacking
from waqai.core import Incoming, Notice, Report
from waqai.flow import (
    NOT_PLACED,
    NOT_READ,
    SET_ASIDE,
    Gazetteer,
    ReportPlaces,
    find_settings_file,
    ignored_notices,
    iter_report_places,
    load_settings,
    open_gazetteer,
)
from waqai.terminal.places import print_report_places
from waqai.terminal.places_json import places_as_geojson, places_as_json, set_aside_as_json
from waqai.terminal.printing import err, out, print_notices, progress_bar


def places_command(paths: Sequence[str], *, publisher: str | None, format: str) -> int:
    """Exit status 0, or 1 when nothing could be read. A report that names no place is an answer."""
    ignored: Counter[str] = Counter()
    items = incoming(paths, published=None, publisher=publisher, ignored=ignored)
    settings = load_settings(find_settings_file())
    with unpacking() as tell:
        gazetteer = open_gazetteer(settings, progress=tell)
    with progress_bar() as progress:
        task = progress.add_task("reading", total=None)
        results = list(iter_report_places(_ticking(items, lambda: progress.advance(task)), settings=settings, gazetteer=gazetteer))
    read = [one for one in results if isinstance(one, ReportPlaces)]
    _print(results, read, gazetteer, format)
    notices = [n for one in results for n in ([one] if isinstance(one, Notice) else one.notices)]
    print_notices([*notices, *ignored_notices(ignored)])
    if not read:
        err.print("nothing could be read")
    return 0 if read else 1


def _ticking(items: Iterable[Incoming | Notice], tick: Callable[[], object]) -> Iterator[Report | Notice]:
    for item in items:
        yield item if isinstance(item, Notice) else item.report
        tick()


def _print(results: Sequence[ReportPlaces | Notice], read: Sequence[ReportPlaces], gazetteer: Gazetteer, format: str) -> None:
    if format == "text":
        for one in read:
            print_report_places(out, one, gazetteer)
    elif format == "json":
        values = [set_aside_as_json(one) if isinstance(one, Notice) else places_as_json(one, gazetteer) for one in results if _is_shown(one)]
        _write(json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=1))
    else:
        collection = places_as_geojson(read, gazetteer)
        _write(json.dumps(collection, ensure_ascii=False, indent=1))
        if collection["without_point"]:
            err.print(f"{collection['without_point']} mentions of names without a point are left out; --format json has them", soft_wrap=True)


def _is_shown(one: ReportPlaces | Notice) -> bool:
    """A report, or what could not become one or be read; no notice that stands beside a report."""
    return isinstance(one, ReportPlaces) or one.stage in (SET_ASIDE, NOT_READ, NOT_PLACED)


def _write(text: str) -> None:
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")

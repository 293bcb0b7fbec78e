"""How long a site of a release takes to make, what it weighs, and when a browser shows its list of incidents from the folder.

    python -m bench.publishing RELEASE

A release of so many made-up incidents: `python -m bench.synthetic_store PATH 20000`, then `waqai release --store PATH --out RELEASE`. The first view of a page
is what a browser asks for until it is whole, without the files of data that scripts bring afterwards; the site goes again at the end.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.desk_view import PAINT
from waqai.releases import open_release
from waqai.sites import copy_release, publish

PAGES = ("index.html", "incidents.html", "incidents.html#words=prison", "map.html", "timeline.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page in a browser: kilobytes (1,000 bytes) of its first view and of all that it brought, milliseconds to its largest paint and to its last script."""

    page: str
    first_kb: float
    all_kb: float
    paint_ms: float
    ready_ms: float


def look(site: Path) -> list[Seen]:
    """Each page in a browser of its own. Raises playwright's errors where there is none."""
    from playwright.sync_api import sync_playwright

    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in PAGES:
            context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)  # only so that the paint can be asked for
            page = context.new_page()
            asked = _listen(page)
            began = time.perf_counter()
            page.goto(f"{site.as_uri()}/{path}")
            page.wait_for_selector("html[data-ready], html:not(:has(script))", state="attached")
            ready = (time.perf_counter() - began) * 1000
            seen.append(_seen(path, asked, paint_ms=float(page.evaluate(PAINT)), ready_ms=ready))
            context.close()
        browser.close()
    return seen


def _listen(page: Any) -> list[Path]:
    """The files that the page asks for, as they come."""
    asked: list[Path] = []
    page.on("request", lambda request: asked.append(Path(request.url.removeprefix("file://").partition("#")[0])))
    return asked


def _seen(path: str, asked: Sequence[Path], *, paint_ms: float, ready_ms: float) -> Seen:
    weights = {file: file.stat().st_size / 1000 for file in asked}
    later = sum(kb for file, kb in weights.items() if file.parent.name in ("data", "shapes") and file.name != "facets.js")
    whole = sum(weights.values())
    return Seen(page=path, first_kb=whole - later, all_kb=whole, paint_ms=paint_ms, ready_ms=ready_ms)


def measure(release: Path) -> None:
    """Make the site in a folder that goes again, and say what was found."""
    profile = open_release(release).profile
    with tempfile.TemporaryDirectory() as folder:
        began, worked = time.perf_counter(), time.process_time()
        made = publish(Path(folder) / "site", bring=copy_release(release), profile=profile)
        clock, cpu = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
        files = [file.stat().st_size for file in made.folder.rglob("*") if file.is_file()]
        print(f"{made.incidents:,} incidents: {clock:.0f} s, CPU {cpu:.0f} s, {peak:.0f} MB at the peak; {len(files):,} files, {sum(files) / 1e6:.0f} MB")
        for one in look(made.folder):
            print(
                f"{one.page}: first view {one.first_kb:.0f} KB, painted after {one.paint_ms:.0f} ms; all {one.all_kb:.0f} KB, ready after {one.ready_ms:.0f} ms"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    measure(parser.parse_args().release)

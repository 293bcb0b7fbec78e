"""Make a site: a release, verified, in the middle of a folder, and pages of it around that open without a server. The same release gives the same bytes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waqai.core import NoRelease, NotPossible
from waqai.releases import Diff, Release, compare_releases, open_release, verify_release
from waqai.releases.contents import CODEBOOK, DATA, ENTRIES, FIGURES, INCIDENTS, OTHERS, README, SUMS, WITHDRAWN
from waqai.sites.data import count_facets, write_data
from waqai.sites.feeds import last_days, make_site_feed, make_sitemap
from waqai.sites.files import lay_assets, whole_folder, write
from waqai.sites.incident import make_page, words_of
from waqai.sites.listing import Listed, load_listed
from waqai.sites.marked import chapters_of, sections_of, to_html
from waqai.sites.overview import count_by_month, list_files
from waqai.sites.pages import Site, site_of, write_page
from waqai.sites.pictures import Grounds, draw_all
from waqai.sites.rows import Following, Row, iter_rows, page_of

RELEASE = "release"
"""Where the release itself lies in the site."""
ACCOUNTS, CLAIMS = "data/accounts.csv", "data/claims.csv"
ON_PAGE = 100
"""Incidents on a page of the plain list."""
NEWEST, MOST_CHANGES = 15, 500
CODED = frozenset({"date_prec", "acled_time_precision", "where_prec", "acled_geo_precision"})
"""Columns that say in the codes of others what another column says; the page of changes leaves them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A site that was made: where, of which release, with how many incidents."""

    folder: Path
    version: str
    profile: str
    incidents: int


def publish(
    folder: Path,
    *,
    bring: Callable[[Path], object],
    profile: str = "public",
    earlier: Path | None = None,
    address: str = "",
    step: Callable[[int], None] = lambda done: None,
) -> Published:
    """The site of a release in a new folder. `bring` puts the release where it is told; `earlier`: one before it, for the page of changes.

    `address`: where the site will stand on the web, for its feed and list of pages; `step` hears of each incident whose page is written.
    Raises NotWritten for a folder that is there already; NoRelease for what is no release, or not as it was made; NotPossible for one of another profile.
    """
    with whole_folder(folder) as part:
        bring(part / RELEASE)
        release = open_sound(part / RELEASE, profile=profile)
        diff = compare_releases(open_sound(earlier, profile=profile), release) if earlier else None
        listed = load_listed(iter_rows(release.folder / INCIDENTS))
        site = site_of(release.package, total=len(listed), has_changes=diff is not None, address=f"{address.rstrip('/')}/" if address else "")
        lay_assets(part)
        _write_incidents(part, release, listed, site=site, step=step)
        _write_tombstones(part, release, diff, {one.id for one in listed}, site=site)
        _write_overviews(part, release, listed, diff, site=site)
    return Published(folder=folder, version=release.version, profile=release.profile, incidents=len(listed))


def copy_release(source: Path) -> Callable[[Path], object]:
    """Brings a release that is there already. Raises NoRelease."""
    open_release(source)
    return lambda target: shutil.copytree(source, target)


def open_sound(folder: Path, *, profile: str) -> Release:
    """A release that is as it was made, and of this profile. Raises NoRelease, NotPossible."""
    release = open_release(folder)
    if faults := verify_release(release):
        more = f", and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise NoRelease(f"the release {release.version} is not as it was made: {'; '.join(faults[:3])}{more}. Get it again from whoever made it")
    if release.profile != profile:
        raise NotPossible(f"the release {release.version} is of the profile {release.profile}, not {profile}: say --profile {release.profile} if you mean it")
    return release


# -- inside


def _write_incidents(part: Path, release: Release, listed: Sequence[Listed], *, site: Site, step: Callable[[int], None]) -> None:
    """A page for each, in the order of the tables, which are read side by side; and what scripts read."""
    beside = _neighbours(listed)
    tables = {"figures": FIGURES, "accounts": ACCOUNTS, "claims": CLAIMS}
    following = {name: Following(release.folder / path, "id" if name == "figures" else "incident") for name, path in tables.items()}
    entries = _by_incident(iter_rows(release.folder / ENTRIES))
    grounds, words = Grounds(part), {}
    by_id = {one.id: one for one in listed}
    for row in iter_rows(release.folder / INCIDENTS):
        one = by_id[row["id"]]
        newer, older = beside[one.id]
        rows = {name: table.of(one.id) for name, table in following.items()}
        page = make_page(one, **rows, entries=entries.get(one.id, ()), newer=newer, older=older)
        write_page(part, one.page, "incident.html", site=site, page=page, one=one, spot=grounds.spot(one))
        words[one.id] = words_of(page)
        step(1)
    for table in following.values():
        table.check_done()
    write_data(listed, words, part / "data", facets=count_facets(listed))


def _neighbours(listed: Sequence[Listed]) -> Mapping[str, tuple[Listed | None, Listed | None]]:
    """The one that is newer and the one that is older, by id."""
    around = [None, *listed, None]
    return {one.id: (newer, older) for newer, one, older in zip(around, listed, around[2:], strict=False)}


def _by_incident(rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["incident"], []).append(row)
    return {incident: tuple(entries) for incident, entries in found.items()}


def _write_tombstones(part: Path, release: Release, diff: Diff | None, there: set[str], *, site: Site) -> None:
    """A page for each id that is no more, so that old addresses lead on."""
    gone = {row["id"]: row["now"] for row in iter_rows(release.folder / WITHDRAWN)}
    left_out = {one.incident: one.now for one in diff.withdrawn if not one.gone} if diff else {}
    for id, now in sorted({**left_out, **gone}.items()):
        if id not in there:
            target = page_of(now) if now in there else ""
            write_page(part, page_of(id), "gone.html", site=site, id=id, now=now if target else "", target=target, gone=id in gone)


def _write_overviews(part: Path, release: Release, listed: Sequence[Listed], diff: Diff | None, *, site: Site) -> None:
    readme = sections_of((release.folder / README).read_text(encoding="utf-8"))
    drawn_map, drawn_timeline = draw_all(listed, part, title=site.title)
    told = {"drawn_map": drawn_map, "drawn_timeline": drawn_timeline}
    known, limits = readme.get("What is to be known", ()), readme.get("Known limits", ())
    write_page(part, "index.html", "index.html", site=site, newest=listed[:NEWEST], facets=count_facets(listed), known=known, limits=limits, **told)
    write_page(part, "map.html", "map.html", site=site, drawn=drawn_map)
    write_page(part, "timeline.html", "timeline.html", site=site, drawn=drawn_timeline, years=count_by_month(listed))
    codebook = (release.folder / CODEBOOK).read_text(encoding="utf-8")
    write_page(part, "codebook.html", "codebook.html", site=site, text=to_html(codebook), chapters=chapters_of(codebook))
    sums = hashlib.sha256((release.folder / SUMS).read_bytes()).hexdigest()
    kinds = {**{one.path: one.what for one in DATA}, **OTHERS}
    write_page(part, "data.html", "data.html", site=site, files=list_files(release.folder, kinds), sums=sums, known=known, limits=limits)
    if diff is not None:
        by_id = {one.id: one for one in listed}
        write_page(part, "changes.html", "changes.html", site=site, diff=diff, by_id=by_id, most=MOST_CHANGES, coded=CODED)
    pages = _write_lists(part, listed, site=site)
    touched = last_days(iter_rows(release.folder / ENTRIES))
    named = {"title": site.title, "author": site.publisher or "waqai", "address": site.address, "version": site.version, "dated": site.dated}
    (part / "feed.atom").write_bytes(make_site_feed(listed, touched, **named))
    if site.address:
        overviews = ("index.html", "map.html", "timeline.html", "codebook.html", "data.html", *(["changes.html"] if diff else []))
        write(part, "sitemap.xml", make_sitemap((*overviews, *pages, *(one.page for one in listed)), address=site.address))


def _write_lists(part: Path, listed: Sequence[Listed], *, site: Site) -> Sequence[str]:
    """The table, page by page, as it is read without scripts; the paths of the pages. The first is the one that scripts take over."""
    starts = range(0, max(len(listed), 1), ON_PAGE)
    paths = [f"list/{n + 1}.html" if n else "incidents.html" for n, _ in enumerate(starts)]
    for n, start in enumerate(starts):
        write_page(part, paths[n], "list.html", site=site, rows=listed[start : start + ON_PAGE], first=start + 1, paths=paths, n=n)
    return paths

"""The pages of a site from templates: each a file that needs nothing but the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from waqai import __version__
from waqai.export import NOT_ON
from waqai.plots import colour_of
from waqai.sites.data import sums_text
from waqai.sites.files import write
from waqai.sites.listing import country_name, day, days_text, place_text, plain
from waqai.sites.rows import Row, page_of

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"  # file: as some
    # browsers take no file for 'self'
)
"""Every page asks for files of the site and for nothing else; no script or style stands in a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page of a site says of its release."""

    title: str
    publisher: str
    licence: str
    version: str
    dated: str
    profile: str
    total: int
    has_changes: bool
    address: str = ""
    notice: str = field(default="")

    @property
    def cited(self) -> str:
        """How to name the release in a text."""
        year = f" ({self.dated[:4]})" if self.dated else ""
        who = f"{self.publisher}{year}: " if self.publisher else ""
        return f"{who}{self.title}{'' if who else year}. Release {self.version}, made with waqai."


def site_of(package: Mapping[str, Any], *, total: int, has_changes: bool, address: str) -> Site:
    """What the description of a release says of it."""
    publishers = [one["title"] for one in package.get("contributors", ()) if one.get("role") == "publisher"]
    licences = [one["name"] for one in package.get("licenses", ())]
    profile = str(package["profile_of_release"])
    return Site(
        title=str(package.get("title", "Incident records")),
        publisher=", ".join(publishers),
        licence=", ".join(licences),
        version=str(package["version"]),
        dated=str(package.get("created", "")),
        profile=profile,
        total=total,
        has_changes=has_changes,
        address=address,
        notice=NOT_ON if profile == "internal" else "partner profile: under the terms that you agreed on" if profile == "partner" else "",
    )


def write_page(folder: Path, path: str, template: str, *, site: Site, **told: Any) -> None:
    """One page of the site at this path."""
    root = "../" * path.count("/")
    page = _environment().get_template(template).render(site=site, root=root, path=path, policy=POLICY, version=__version__, **told)
    write(folder, path, page + "\n")


@cache
def _environment() -> Environment:
    """The templates, escaped; an unknown name in one is an error."""
    made = Environment(loader=PackageLoader("waqai.sites"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {one.__name__: one for one in (plain, page_of, sums_text, country_name, days, place, number)} | {"safe_html": Markup, "colour": colour_of}
    return made


def number(value: int) -> str:
    """
    >>> number(20_000)
    '20,000'
    """
    return f"{value:,}"


def days(account: Row) -> str:
    """The days that an account tells."""
    return days_text(day(account.get("earliest", "")), day(account.get("latest", "")))


def place(account: Row) -> str:
    """The place that an account tells."""
    return place_text(account.get("place", ""), account.get("admin1", ""), account.get("country", ""), precision=account.get("precision", ""))

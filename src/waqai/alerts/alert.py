"""What an alert is: a saved filter, the kinds of change that it tells, and the doors by which it tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any, Literal, TypeAlias, get_args

from waqai.alerts.quiet import Quiet
from waqai.bounds import Profile, get_profile
from waqai.core import NotPossible, SettingsError
from waqai.export.about import tell_filters
from waqai.posting.address import Place, name_host
from waqai.store import Filters

Kind: TypeAlias = Literal["new", "figures", "grade", "expectation", "withdrawn"]
KINDS: tuple[Kind, ...] = get_args(Kind)[:-1]
"""What can be chosen. That an incident is withdrawn is always told to whoever was told of it."""
DoorKind: TypeAlias = Literal["webhook", "mail"]
WEBHOOK = Place(name="the webhook's address", example="https://example.org/hooks/waqai", keys="it is signed with a key of its own", with_query=True)
ROLL_UP: Mapping[DoorKind, timedelta] = {"webhook": timedelta(0), "mail": timedelta(days=1)}
"""How long there is silence after a delivery, where nothing else is said: a program wants each round's news, a person one mail a day."""
FROM_START = -1
"""The number of the change behind which an alert looks that is to tell what was there before it."""
_PERIOD = re.compile(r"(\d{1,4})\s*([mhdw])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where news goes by itself. After a delivery nothing is sent for `roll_up_s` seconds; what comes meanwhile is sent together."""

    kind: DoorKind
    address: str
    roll_up_s: int

    @property
    def key(self) -> str:
        """What tells it from the alert's other doors."""
        return f"{self.kind}:{self.address}"

    @property
    def shown(self) -> str:
        """As lists and messages name it: a webhook's address may hold a secret, so that only its host is told."""
        return self.address if self.kind == "mail" else name_host(self.address, place=WEBHOOK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to be told."""

    name: str
    filters: Filters = field(default_factory=Filters)
    kinds: tuple[Kind, ...] = KINDS
    doors: tuple[Door, ...] = ()
    profile: str = "public"
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A saved alert. `number` is that of the store's last change that it has seen, `told` how much news there has been, `rounds` how often it looked."""

    id: str
    wanted: Wanted
    made_by: str
    made_at: datetime
    paused_at: datetime | None
    number: int
    looked_at: datetime | None
    told: int
    rounds: int

    @property
    def name(self) -> str:
        return self.wanted.name

    @property
    def profile(self) -> Profile:
        return get_profile(self.wanted.profile)

    @property
    def matches(self) -> str:
        """The filter in words, as far as its profile lets it be told.

        A name that was looked for, or a tag of the house, is told as "(set)" outside the internal profile.
        """
        return ", ".join(tell_filters(filters_as_plain(self.wanted.filters), self.profile)) or "any incident"


def filters_as_plain(filters: Filters) -> dict[str, Any]:
    """The filters by name."""
    return {name: getattr(filters, name) for name in Filters.__dataclass_fields__}


def make_door(kind: DoorKind, address: str, *, roll_up: str | None = None) -> Door:
    """A door, its address checked for its form. Raises NotPossible."""
    period = ROLL_UP[kind] if not roll_up else parse_period(roll_up)
    made = address.strip()
    if kind == "mail":
        _check_mail(made)
    else:
        try:
            name_host(made, place=WEBHOOK)
        except SettingsError as error:
            raise NotPossible(str(error)) from error
    return Door(kind=kind, address=made, roll_up_s=int(period.total_seconds()))


def parse_period(words: str) -> timedelta:
    """A length of time as a person writes it. Raises NotPossible.

    >>> parse_period("90m"), parse_period("1d")
    (datetime.timedelta(seconds=5400), datetime.timedelta(days=1))
    """
    found = _PERIOD.fullmatch(words.strip())
    period = int(found[1]) * _UNITS[found[2]] if found else None
    if period is None or period > _LONGEST:
        raise NotPossible(f"{words!r} is no length of time up to 31 days; write it as 5m, 12h, 1d or 1w")
    return period


def check_kinds(kinds: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of these names, in their order; all where none is named. Raises NotPossible."""
    named = set(kinds)
    unknown = sorted(named - set(KINDS))
    if unknown:
        raise NotPossible(f"there is no kind of news {unknown[0]!r}; there are {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in named or not named)


def doors_as_plain(doors: Iterable[Door]) -> Iterator[dict[str, Any]]:
    """As a row keeps them."""
    return ({"kind": one.kind, "address": one.address, "roll_up_s": one.roll_up_s} for one in doors)


def _check_mail(address: str) -> None:
    """Raises NotPossible: one mailbox and nothing else, as what stands here becomes a line of a mail's head."""
    try:
        if not address.isascii() or not address.isprintable() or any(sign in address for sign in ' ,;<>"'):
            raise ValueError("it holds a sign that no address needs")
        domain = Address(addr_spec=address).domain
    except (ValueError, IndexError, MessageError) as error:
        raise NotPossible(f"{address!r} is no mail address: {error}; it should look like desk@example.org") from error
    if not domain:
        raise NotPossible(f"{address!r} is no mail address; it should look like desk@example.org")

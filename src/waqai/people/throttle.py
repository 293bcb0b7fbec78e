"""How often somebody may be wrong: counted for the name that was tried and for the address it came from, in the store, so that all processes count together.

A try is counted before the password is looked at, and taken back when it was right: of a hundred tries at once no more get through than of a hundred in a row.
After some free ones each wrong try doubles the wait. What is kept is a hash: people type passwords into the field for names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

import sqlalchemy as sa

from waqai.core import TooManyTries
from waqai.people.names import fold_name
from waqai.people.secrets import hash_secret
from waqai.schema.people import login_failures

FREE: Mapping[str, int] = {"name": 5, "address": 20}
"""Wrong tries without a wait. Many people may share an address."""
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
MOST_ROWS = 10_000
_C = login_failures.c


def count_try(connection: sa.Connection, name: str, address: str, *, at: datetime) -> None:
    """Count a try. Raises TooManyTries, and counts nothing, while the name or the address has to wait."""
    keys = _keys(name, address)
    rows = {row.hash: row for row in connection.execute(sa.select(login_failures).where(_C.hash.in_(keys.values())))}
    waits = [row.wait_until - at for row in rows.values() if row.wait_until > at]
    if waits:
        raise TooManyTries(ceil(max(waits).total_seconds()))
    for kind, key in keys.items():
        row = rows.get(key)
        failures = 1 + (row.failures if row is not None and at - row.last_at < FORGOTTEN_AFTER else 0)
        connection.execute(login_failures.delete().where(_C.hash == key))
        connection.execute(
            login_failures.insert(), {"hash": key, "failures": failures, "last_at": at, "wait_until": at + wait_after(failures, free=FREE[kind])}
        )
    _keep_small(connection, at=at)


def take_back(connection: sa.Connection, name: str, address: str, *, at: datetime) -> None:
    """The try was right: forget what was wrong with the name, and of the address this try only, else whoever has a name could clear the way to others'."""
    forget_name(name, connection)
    key = _keys(name, address)["address"]
    connection.execute(login_failures.update().where(_C.hash == key).values(failures=_C.failures - 1, wait_until=at))
    connection.execute(login_failures.delete().where(_C.hash == key, _C.failures <= 0))


def forget_name(name: str, connection: sa.Connection) -> None:
    """Forget what was wrong with a name."""
    connection.execute(login_failures.delete().where(_C.hash == _keys(name, "")["name"]))


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long the next try has to wait after so many wrong ones: 1 second, 2, 4 … up to 15 minutes.

    >>> [wait_after(n, free=5).seconds for n in (4, 5, 6, 10, 99)]
    [0, 1, 2, 32, 900]
    """
    return timedelta() if failures < free else min(LONGEST_WAIT, timedelta(seconds=2 ** min(failures - free, 20)))


def network_of(address: str) -> str:
    """What is counted as one address: of IPv6 the network of 64 bits that one customer has.

    >>> network_of("2001:db8::17"), network_of("::ffff:192.0.2.7"), network_of("192.0.2.7"), network_of("a pipe")
    ('2001:db8::/64', '192.0.2.7', '192.0.2.7', 'a pipe')
    """
    try:
        found = ip_address(address.split("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def _keys(name: str, address: str) -> dict[str, str]:
    return {"name": hash_secret(f"name:{fold_name(name)}"), "address": hash_secret(f"address:{network_of(address)}")}


def _keep_small(connection: sa.Connection, *, at: datetime) -> None:
    """Drop what is forgotten, and of too many rows the oldest, those that nobody has to wait for first."""
    connection.execute(login_failures.delete().where(_C.last_at <= at - FORGOTTEN_AFTER))
    surplus = (connection.scalar(sa.select(sa.func.count()).select_from(login_failures)) or 0) - MOST_ROWS
    if surplus > 0:
        oldest = sa.select(_C.hash).order_by(sa.case((_C.wait_until > at, 1), else_=0), _C.last_at, _C.hash).limit(surplus)
        connection.execute(login_failures.delete().where(_C.hash.in_(oldest)))

"""How a guest behaves: what robots.txt says is done, pages of one host come one after the other with a pause, and who asks to be left alone is."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import TypeVar

from waqai.core import FetchFailed
from waqai.fetching.headers import LONGEST_REST_S
from waqai.fetching.robots import SiteRules
from waqai.fetching.sharing import SharedTurns, Turns

DELAY_S = 2.0
"""Between two pages of one host, where its robots.txt asks for nothing else."""
LONGEST_WAIT_S = 60.0
"""Who would have to wait longer is told so instead, and comes again."""
KEPT_S, UNREACHED_S = 86_400.0, 600.0
"""How long a robots.txt is believed (a day: RFC 9309, § 2.4), and that there was none to be had."""
_MOST_HOSTS = 10_000
V = TypeVar("V")


class Politeness:
    """What is known of each host, for all fetchers that share it. Mutable; for use by several threads. Hosts are HOST or HOST:PORT.

    `asks_robots` False: a person said that robots.txt is not asked, which every retrieval then says. `shared`: what other programs of this machine know, too.
    """

    def __init__(
        self,
        *,
        delay_s: float = DELAY_S,
        longest_wait_s: float = LONGEST_WAIT_S,
        asks_robots: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        shared: SharedTurns | None = None,
    ) -> None:
        self.asks_robots, self._shared = asks_robots, shared
        self._delay_s, self._longest_wait_s, self._clock, self._sleep = delay_s, longest_wait_s, clock, sleep
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._resting: OrderedDict[str, float] = OrderedDict()
        self._rules: OrderedDict[str, tuple[SiteRules, float]] = OrderedDict()
        self._lock = Lock()

    def rules_of(self, site: str, fetch: Callable[[], SiteRules]) -> SiteRules:
        """The rules of a site (scheme and host), fetched at most once a day; those of a site that could not be reached, again after ten minutes."""
        with self._lock:
            kept = self._rules.get(site)
        if kept is not None and self._clock() < kept[1]:
            return kept[0]
        rules = fetch()
        with self._lock:
            _keep(self._rules, site, (rules, self._clock() + (KEPT_S if rules.refusal is None else UNREACHED_S)))
        return rules

    def wait(self, host: str, *, delay_s: float = 0.0) -> float:
        """Wait until a page of this host may be asked for; the seconds that it took. `delay_s`: what its robots.txt wants, if that is more than ours.

        Raises FetchFailed, with how long, where the wait is longer than anybody waits.
        """
        pause_s = max(self._delay_s, delay_s)
        with self._lock, self._known() as others:
            now = self._clock()
            rest = max(self._resting.get(host, now), _believed(others.resting.get(host), now, most_s=LONGEST_REST_S)) - now
            if rest > 0:
                raise FetchFailed(f"{host} asked to be left alone for another {rest:.0f} seconds", outcome="asked to wait", retry_after_s=rest)
            begin = max(now, self._free_at.get(host, now), _believed(others.free_at.get(host), now, most_s=self._longest_wait_s + pause_s))
            wait_s = begin - now
            if wait_s > self._longest_wait_s:
                raise FetchFailed(f"the next page of {host} may be asked for in {wait_s:.0f} seconds", outcome="asked to wait", retry_after_s=wait_s)
            _keep(self._free_at, host, begin + pause_s)
            others.free_at[host] = begin + pause_s
        if wait_s > 0:
            self._sleep(wait_s)
        return wait_s

    def rest(self, host: str, seconds: float) -> None:
        """Leave this host alone for so long: it said so."""
        with self._lock, self._known() as others:
            until = self._clock() + seconds
            _keep(self._resting, host, until)
            others.resting[host] = max(until, others.resting.get(host, until))

    def _known(self) -> AbstractContextManager[Turns]:
        return nullcontext(Turns()) if self._shared is None else self._shared.held(at=self._clock())


def _believed(until: float | None, now: float, *, most_s: float) -> float:
    """The moment that others wrote down; now, where they wrote none, or one further ahead than any of them writes.

    >>> _believed(None, 100.0, most_s=9), _believed(104.0, 100.0, most_s=9), _believed(4e9, 100.0, most_s=9), _believed(float("nan"), 100.0, most_s=9)
    (100.0, 104.0, 100.0, 100.0)
    """
    return until if until is not None and now <= until <= now + most_s else now


def _keep(kept: OrderedDict[str, V], key: str, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _MOST_HOSTS:
        kept.popitem(last=False)

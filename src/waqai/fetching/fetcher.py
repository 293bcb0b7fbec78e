"""The one fetcher: a page from an address, whatever the address, the name server or the server try.

An address is taken apart, its host looked up once, every number that it stands for held against the rule, and the connection goes to one of these numbers with
the host's name kept for the server and the certificate. A redirect is a new address and goes the same way. No proxy, no cookie, no password is ever used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NoReturn
from urllib.parse import urlsplit

from waqai import __version__
from waqai.core import FetchFailed, SettingsError
from waqai.fetching.address import host_of, shown, tidy
from waqai.fetching.decoding import CODINGS
from waqai.fetching.exchange import Answer, get
from waqai.fetching.fetched import Fetched, FetchLimits, Robots
from waqai.fetching.headers import find_header, find_validator, is_validator, parse_content_type, parse_retry_after
from waqai.fetching.politeness import Politeness
from waqai.fetching.robots import MOST_BYTES, SiteRules, read_rules
from waqai.posting.address import HostAddress, LookUp, Place, look_up_host, resolve_address
from waqai.posting.rule import PUBLIC_ONLY, AddressRule

AGENT = f"waqai/{__version__}"
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.8,text/plain;q=0.8,*/*;q=0.5"
_REDIRECTS = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT}
_FOR_GOOD = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
"""Answers of the kind "your fault" (4xx) that another try may not get."""
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_PLACE = Place(name="the address", example="https://example.org/page", with_query=True)
_ROBOTS_S = 10.0


class Fetcher:
    """Fetches pages, one at a time for each thread that calls it. `rule` says where a connection may lead: nothing but a test, or a host of one's own that the
    settings list, makes it another.

    `now` is the clock of retrievals, `politeness` what is known of hosts (shared by fetchers that work side by side); None: nobody is waited for and no
    robots.txt asked, for what is no page of others'. `agent` is what we call ourselves.
    """

    def __init__(
        self,
        *,
        rule: AddressRule = PUBLIC_ONLY,
        now: Callable[[], datetime],
        limits: FetchLimits | None = None,
        look_up: LookUp = look_up_host,
        politeness: Politeness | None,
        agent: str = AGENT,
    ) -> None:
        self._rule, self._now, self._limits, self._look_up, self._politeness = rule, now, limits or FetchLimits(), look_up, politeness
        self._agent = agent

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None, accept: str = ACCEPT) -> Fetched:
        """The page at an address. With what an earlier answer called its version (`etag`, `last_modified`), the server may say that nothing has changed.

        Raises FetchFailed: for an address that is none or may not be asked, for robots.txt, for any answer but a page, for one that passes a bound.
        """
        asked = tidy(address)
        headers = {"Accept": accept} | _conditions(etag, last_modified)
        try:
            return self._follow(asked, address, headers)
        except FetchFailed as error:
            raise _named(error, address) from error

    # -- inside

    def _follow(self, asked: str, address: str, headers: dict[str, str]) -> Fetched:
        """The page behind all redirects."""
        deadline = time.monotonic() + self._limits.total_s
        trail, greeted, for_good = [asked], set[str](), True
        while True:
            here = trail[-1]
            to = self._admitted(here, deadline)
            deadline += self._wait_for_turn(here, greeted)
            answer = self._get(to, here, headers, deadline)
            if answer.status not in _REDIRECTS or answer.location is None:
                return self._page(answer, address, trail, headers, for_good=for_good)
            trail.append(_led_to(here, answer.location, trail, most=self._limits.redirects))
            headers = {name: value for name, value in headers.items() if name != "If-Modified-Since"}  # the day is that of what lay elsewhere, perhaps
            for_good = for_good and answer.status in _FOR_GOOD

    def _admitted(self, address: str, deadline: float) -> HostAddress:
        """The address looked up, once, and found to lead where it may. Raises FetchFailed."""
        try:
            to = resolve_address(address, place=_PLACE, look_up=lambda host, port: _looked_up(self._look_up, host, port, deadline))
        except SettingsError as error:
            raise FetchFailed(f"the host {urlsplit(address).hostname!r} cannot be found", outcome="no host") from error
        refusal = self._rule.refusal(to)
        if refusal is not None:
            raise FetchFailed(f"{refusal}: who runs this waqai allows it by `allow_hosts` under [intake]", outcome="not allowed", permanent=True)
        return to

    def _get(self, to: HostAddress, address: str, headers: dict[str, str], deadline: float, *, limits: FetchLimits | None = None, cuts: bool = False) -> Answer:
        parts = urlsplit(address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        ours = {"Host": host_of(address), "User-Agent": self._agent, "Accept-Encoding": CODINGS, "Connection": "close"}
        return get(to, target, headers=ours | headers, deadline=deadline, limits=limits or self._limits, cuts=cuts)

    def _wait_for_turn(self, address: str, greeted: set[str]) -> float:
        """Do as robots.txt and the pause between pages say, once for each host of a trail; the seconds waited. Raises FetchFailed."""
        polite, host = self._politeness, host_of(address)
        if polite is None:
            return 0.0
        began = time.monotonic()
        rules = SiteRules()
        if polite.asks_robots:
            scheme = urlsplit(address).scheme
            rules = polite.rules_of(f"{scheme}://{host}", lambda: self._fetch_rules(f"{scheme}://{host}/robots.txt"))
            if not rules.allows(address):
                why = rules.refusal or "its robots.txt asks programs like this one to leave the page alone: open it in a browser and add the saved file"
                raise FetchFailed(why, outcome="robots" if rules.refusal is None else "robots unreachable")
        if host not in greeted:
            greeted.add(host)
            polite.wait(host, delay_s=rules.delay_s)
        return time.monotonic() - began

    def _fetch_rules(self, address: str) -> SiteRules:
        """The robots.txt of a site: none (4xx) allows everything, one that cannot be had (5xx, no connection) nothing (RFC 9309, § 2.3.1)."""
        limits = replace(self._limits, most_bytes=MOST_BYTES, total_s=min(_ROBOTS_S, self._limits.total_s))
        deadline, trail = time.monotonic() + limits.total_s, [address]
        try:
            while True:
                answer = self._get(self._admitted(trail[-1], deadline), trail[-1], {"Accept": "text/plain,*/*;q=0.5"}, deadline, limits=limits, cuts=True)
                if answer.status not in _REDIRECTS or answer.location is None:
                    break
                trail.append(_led_to(trail[-1], answer.location, trail, most=limits.redirects))
        except FetchFailed as error:
            return SiteRules(refusal=f"its robots.txt, which says what may be fetched, cannot be had ({error})")
        if 200 <= answer.status < 300:
            return read_rules(answer.body)
        if 400 <= answer.status < 500 and answer.status != HTTPStatus.TOO_MANY_REQUESTS:
            return SiteRules()
        return SiteRules(refusal=f"its robots.txt, which says what may be fetched, cannot be had (the server answered {_tell_status(answer.status)})")

    def _page(self, answer: Answer, address: str, trail: list[str], headers: dict[str, str], *, for_good: bool) -> Fetched:
        """The answer as a page, if it is one. Raises FetchFailed."""
        unchanged = answer.status == HTTPStatus.NOT_MODIFIED and bool({"If-None-Match", "If-Modified-Since"} & headers.keys())
        if not unchanged and not (200 <= answer.status < 300 and answer.status != HTTPStatus.PARTIAL_CONTENT):
            self._refuse(answer, trail[-1])
        media_type, charset = parse_content_type(find_header(answer.headers, "content-type"))
        return Fetched(
            address=address,
            final_address=trail[-1],
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            media_type=media_type,
            charset=charset,
            server=answer.server,
            at=self._now(),
            not_modified=unchanged,
            etag=find_validator(answer.headers, "etag"),
            last_modified=find_validator(answer.headers, "last-modified"),
            moved_to=trail[-1] if for_good and len(trail) > 1 else None,
            robots=self._robots(),
        )

    def _robots(self) -> Robots:
        if self._politeness is None:
            return "not asked"
        return "allowed" if self._politeness.asks_robots else "ignored"

    def _refuse(self, answer: Answer, address: str) -> NoReturn:
        status = answer.status
        wait_s = parse_retry_after(find_header(answer.headers, "retry-after"), at=self._now())
        if status in _BUSY and wait_s and self._politeness is not None:
            self._politeness.rest(host_of(address), wait_s)
        permanent = 400 <= status < 500 and status not in _PASSING
        raise FetchFailed(f"the server answered {_tell_status(status)}", outcome=f"answered {status}", status=status, retry_after_s=wait_s, permanent=permanent)


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers by which a server may say that nothing has changed; what cannot be sent is not."""
    named = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in named.items() if value is not None and is_validator(value)}


def _led_to(here: str, location: str, trail: list[str], *, most: int) -> str:
    """Where a redirect leads. Raises FetchFailed for a circle, for too many, and for one from https to http, where others read along and write in."""
    try:
        there = tidy(location, base=here)
    except FetchFailed as error:
        raise FetchFailed(f"it redirects where nothing is fetched ({error})", outcome="bad redirect") from error
    if there in trail:
        raise FetchFailed(f"its redirects lead in a circle ({shown(there)})", outcome="redirects in a circle")
    if len(trail) > most:
        raise FetchFailed(f"it redirects more than {most} times", outcome="too many redirects")
    if here.startswith("https:") and not there.startswith("https:"):
        raise FetchFailed(f"it redirects from https to {shown(there)}, which anybody on the way can change", outcome="insecure redirect")
    return there


def _looked_up(look_up: LookUp, host: str, port: int, deadline: float) -> list[str]:
    """The host's addresses, within the time there is: the system's look-up has a time of its own and cannot be ended. Raises OSError, FetchFailed."""
    found: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            found.put(list(look_up(host, port)))
        except (OSError, UnicodeError) as error:
            found.put(error)

    try:
        Thread(target=ask, daemon=True).start()
    except RuntimeError as error:  # a fault of another kind than FetchFailed would end the thread of whoever fetches many
        raise FetchFailed(f"this machine has no thread left to look {host} up ({error})", outcome="no host") from error
    try:
        said = found.get(timeout=max(0.01, deadline - time.monotonic()))
    except Empty:
        raise FetchFailed(f"the name server does not say where {host} is", outcome="timed out") from None
    if isinstance(said, list):
        return said
    raise said


def _named(error: FetchFailed, address: str) -> FetchFailed:
    """The same failure, of this address."""
    message = f"{shown(address)} cannot be fetched: {error}"
    return FetchFailed(message, outcome=error.outcome, status=error.status, retry_after_s=error.retry_after_s, permanent=error.permanent)


def _tell_status(status: int) -> str:
    """
    >>> _tell_status(404), _tell_status(799)
    ('404 (not found)', '799')
    """
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)

"""What a site's robots.txt lets us fetch (RFC 9309).

Read here in one pass that keeps what is said to us and to everybody, and nothing else: a file in which 25,000 programs are named before 10,000 rules costs a
reader that keeps each program's rules minutes (decision 0063).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PRODUCT = "waqai"
"""The name by which a robots.txt speaks to us."""
MOST_BYTES = 512_000
"""So much of a robots.txt is read: the RFC's least (§ 2.5)."""
LONGEST_DELAY_S = 86_400.0
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z -]{0,30}?)\s*:\s*([^#]*)")
_TOKEN = re.compile(r"\*|[A-Za-z_-]+")
_DELAY = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_HEX = re.compile(r"%([0-9A-Fa-f]{2})")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class Rule:
    """Pages whose path matches: "*" stands for anything, "$" at the end for the end."""

    allows: bool
    pattern: str

    def matches(self, path: str) -> bool:
        """Whether it speaks of this page, its path and query encoded as `encoded` does.

        >>> Rule(False, "/*.pdf$").matches("/a/b.pdf"), Rule(False, "/*.pdf$").matches("/a/b.pdf?x"), Rule(False, "/a").matches("/abc")
        (True, False, True)
        """
        to_end = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        last = rest.pop() if to_end and rest else None
        for part in rest:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if last is None:
            return not to_end or at == len(path)
        return len(path) - len(last) >= at and path.endswith(last)


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules of one site for us. `delay_s`: how long it wants us to wait between two pages. `refusal` says why nothing may be fetched, where that is so."""

    rules: tuple[Rule, ...] = ()
    delay_s: float = 0.0
    refusal: str | None = None

    def allows(self, address: str) -> bool:
        """Whether this page of the site may be fetched: the longest rule that matches says, of two as long the one that allows (§ 2.2.2)."""
        if self.refusal is not None:
            return False
        parts = urlsplit(address)
        path = encoded(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
        return max(((len(one.pattern), one.allows) for one in self.rules if one.matches(path)), default=(0, True))[1]


def read_rules(content: bytes) -> SiteRules:
    """The rules in a robots.txt for us, else for everybody; what is none in it is passed over.

    >>> rules = read_rules(b"User-agent: *\\nDisallow: /private\\nAllow: /private/open\\nCrawl-delay: 10")
    >>> rules.allows("https://a.example/private/x"), rules.allows("https://a.example/private/open/x"), rules.delay_s
    (False, True, 10.0)
    """
    said: dict[str, list[tuple[str, str]]] = {}
    spoken_to, naming = set[str](), False
    for field, value in _iter_lines(content):
        if field == "user-agent":
            spoken_to, naming = spoken_to if naming else set(), True
            token = _TOKEN.match(value)
            if token is not None and token[0].lower() in (PRODUCT, "*"):
                spoken_to.add(token[0].lower())
                said.setdefault(token[0].lower(), [])
        else:
            naming = False
            for one in spoken_to:
                said[one].append((field, value))
    return _rules_of(said.get(PRODUCT, said.get("*", [])))


def encoded(path: str) -> str:
    """A path in one form, however it was encoded: what needs no encoding has none, everything else has (§ 2.2.2).

    >>> encoded("/%7Ea/ü%2f"), encoded("/~a/%c3%bc%2F")
    ('/~a/%C3%BC%2F', '/~a/%C3%BC%2F')
    """
    return _HEX.sub(lambda found: char if _UNRESERVED.match(char := chr(int(found[1], 16))) else found[0].upper(), quote(path, safe=_ASCII, errors="replace"))


def _iter_lines(content: bytes) -> Iterator[tuple[str, str]]:
    """The lines that say something: what of whom or what."""
    for line in content[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        field = found[1].lower().replace(" ", "-") if found else ""
        field = "user-agent" if field == "useragent" else field
        if found and field in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield field, found[2].strip()


def _rules_of(said: list[tuple[str, str]]) -> SiteRules:
    rules = tuple(Rule(field == "allow", encoded(value)) for field, value in said if field != "crawl-delay" and value)
    delays = [float(value) for field, value in said if field == "crawl-delay" and _DELAY.fullmatch(value)]
    return SiteRules(rules=rules, delay_s=min(max(delays, default=0.0), LONGEST_DELAY_S))

"""What a site's robots.txt lets us fetch (RFC 9309): read by Protego, which knows wildcards and takes the longest rule, as the RFC has it."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

PRODUCT = "waqai"
"""The name by which a robots.txt speaks to us."""
MOST_BYTES = 512_000
"""So much of a robots.txt is read: the RFC's least (§ 2.5)."""
LONGEST_DELAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules of one site for us. `delay_s`: how long it wants us to wait between two pages. `refusal` says why nothing may be fetched, where that is so."""

    rules: Protego | None = None
    delay_s: float = 0.0
    refusal: str | None = None

    def allows(self, address: str) -> bool:
        """Whether this page of the site may be fetched."""
        return self.refusal is None and (self.rules is None or bool(self.rules.can_fetch(address, PRODUCT)))


def read_rules(content: bytes) -> SiteRules:
    """The rules in a robots.txt; what is none in it is passed over.

    >>> rules = read_rules(b"User-agent: *\\nDisallow: /private\\nAllow: /private/open\\nCrawl-delay: 10")
    >>> rules.allows("https://a.example/private/x"), rules.allows("https://a.example/private/open/x"), rules.delay_s
    (False, True, 10.0)
    """
    parsed = Protego.parse(content[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))
    delay = parsed.crawl_delay(PRODUCT)
    return SiteRules(rules=parsed, delay_s=min(float(delay or 0.0), LONGEST_DELAY_S))

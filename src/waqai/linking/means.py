"""By what means people got out of custody: dug out, or let out by force. A tunnel and a blown gate are two happenings, however alike the rest is told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

Means: TypeAlias = Literal["tunnel", "force"]

_TUNNEL = re.compile(r"\b(?:tunnel\w*|dug|dig(?:s|ging)?|burrow\w*)\b", re.I)
_FORCE = re.compile(
    r"\b(?:blasts?|bomb\w*|explo\w+|blew|blown|rockets?|grenades?|gunmen|suicide|"
    r"storm(?:s|ed|ing)?|raid(?:s|ed|ers|ing)?|assault\w*|attack(?:s|ed|ers))\b",
    re.I,
)


@lru_cache(maxsize=4096)
def find_means(words: str) -> Means | None:
    """The means that headline and first lines speak of; a tunnel first, since older raids are told beside it.

    >>> find_means("Dozens dig their way out of a jail"), find_means("Blast at gate lets inmates flee"), find_means("Inmates flee jail")
    ('tunnel', 'force', None)
    """
    return "tunnel" if _TUNNEL.search(words) else "force" if _FORCE.search(words) else None

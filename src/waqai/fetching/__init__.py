"""One page from an address, safely and politely: `Fetcher`.

Safely: the address leads to the open internet alone, to the number that was checked, within bounds of time, size and density. Politely: as robots.txt says,
with a pause between two pages of one host, under our own name. What to do with a page is for others to say.
"""

from waqai.core import FetchFailed
from waqai.fetching.address import host_of, tidy
from waqai.fetching.fetched import Fetched, FetchLimits, original_of, retrieval_of
from waqai.fetching.fetcher import ACCEPT, AGENT, Fetcher
from waqai.fetching.politeness import Politeness
from waqai.fetching.sharing import SharedTurns
from waqai.posting.address import look_up_host
from waqai.posting.rule import PUBLIC_ONLY, AddressRule

__all__ = [
    "ACCEPT",
    "AGENT",
    "PUBLIC_ONLY",
    "AddressRule",
    "FetchFailed",
    "FetchLimits",
    "Fetched",
    "Fetcher",
    "Politeness",
    "SharedTurns",
    "host_of",
    "look_up_host",
    "original_of",
    "retrieval_of",
    "tidy",
]

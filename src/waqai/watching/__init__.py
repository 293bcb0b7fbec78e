"""What is watched: feeds, sitemaps, pages and folders, looked at again and again; what they bring is fetched, read and kept once.

`run_round` is one round, which may be broken off at any time. The network, the reader and the clock are handed in (`Means`).
"""

from waqai.watching.feed import KINDS, Feed, Found, Item, Kind, parse_every
from waqai.watching.items import Counts, count_items, list_items, retry_items
from waqai.watching.keeping import add_feed, get_feed, list_feeds, pause_feed, remove_feed
from waqai.watching.rounds import Means, Round, run_round

__all__ = [
    "KINDS",
    "Counts",
    "Feed",
    "Found",
    "Item",
    "Kind",
    "Means",
    "Round",
    "add_feed",
    "count_items",
    "get_feed",
    "list_feeds",
    "list_items",
    "parse_every",
    "pause_feed",
    "remove_feed",
    "retry_items",
    "run_round",
]

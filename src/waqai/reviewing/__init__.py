"""What the pages of a person who reviews ask of a store: the queue of what waits, why it waits, near misses, and what stands beside incidents."""

from waqai.folding import Asides, Note
from waqai.reviewing.near_misses import find_judged, find_near_misses
from waqai.reviewing.notes import find_asides, find_open_questions, find_tags
from waqai.reviewing.queue import MOST, Order, QueueFilters, Waiting, count_queue, iter_queue
from waqai.reviewing.weighing import weigh

__all__ = [
    "MOST",
    "Asides",
    "Note",
    "Order",
    "QueueFilters",
    "Waiting",
    "count_queue",
    "find_asides",
    "find_judged",
    "find_near_misses",
    "find_open_questions",
    "find_tags",
    "iter_queue",
    "weigh",
]

"""The queue of accounts that wait for a person, doubtful first: its rows, and the questions that it answers."""

from waqai.queueing.find import MOST, QueueFilters, Waiting, count_queue, iter_queue
from waqai.queueing.rows import queue_rows

__all__ = ["MOST", "QueueFilters", "Waiting", "count_queue", "iter_queue", "queue_rows"]

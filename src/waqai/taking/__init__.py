"""Rows of others' datasets into a store: what a file would change, bringing it in as one batch, and taking a batch back."""

from waqai.taking.batches import Batch, list_batches
from waqai.taking.bringing import Brought, File, bring_in, make_taker
from waqai.taking.planning import Counts, Planned, iter_planned, plan_file
from waqai.taking.returning import Returned, undo_batch

__all__ = ["Batch", "Brought", "Counts", "File", "Planned", "Returned", "bring_in", "iter_planned", "list_batches", "make_taker", "plan_file", "undo_batch"]

"""Values, reviews and figures in words, for the screen and for pages; and the one catalogue in which all words that a person reads can be translated."""

from waqai.wording.catalogue import _, ngettext, speaking
from waqai.wording.entries import describe_entries, describe_entry
from waqai.wording.figures import MARKS, describe_range, shorten
from waqai.wording.retrievals import describe_retrieval, name_way
from waqai.wording.reviews import describe_correction, describe_was, iter_review_lines, name_author
from waqai.wording.values import (
    DOUBTFUL,
    describe_bounds,
    describe_candidates,
    describe_count,
    describe_gazetteers,
    describe_number,
    describe_when,
    describe_where,
    quote,
)
from waqai.wording.waiting import describe_waiting

__all__ = [
    "DOUBTFUL",
    "MARKS",
    "_",
    "describe_bounds",
    "describe_candidates",
    "describe_correction",
    "describe_count",
    "describe_entries",
    "describe_entry",
    "describe_gazetteers",
    "describe_number",
    "describe_range",
    "describe_retrieval",
    "describe_waiting",
    "describe_was",
    "describe_when",
    "describe_where",
    "iter_review_lines",
    "name_author",
    "name_way",
    "ngettext",
    "quote",
    "shorten",
    "speaking",
]

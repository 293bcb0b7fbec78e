"""Another's dataset beside our own record, incident by incident: what is in both, what only one has, where they part.

`take_records` and `take_rows` bring both into one form, `compare` holds them against each other, `sheet` and `telling` write it down.
"""

from waqai.comparing.comparison import Alone, Asked, Comparison, Held, Matched, compare, take_records, take_rows
from waqai.comparing.differing import tell_place, tell_span
from waqai.comparing.matching import require_parts
from waqai.comparing.schemes import SCHEMES, Scheme
from waqai.comparing.summing import Agreement, Difference, Places, count_agreement, count_places, count_reasons, list_differences

__all__ = [
    "SCHEMES",
    "Agreement",
    "Alone",
    "Asked",
    "Comparison",
    "Difference",
    "Held",
    "Matched",
    "Places",
    "Scheme",
    "compare",
    "count_agreement",
    "count_places",
    "count_reasons",
    "list_differences",
    "require_parts",
    "take_records",
    "take_rows",
    "tell_place",
    "tell_span",
]

"""What a person asks of many incidents at once: which are on this page, how many of each value, where on the map, when.

Answered from columns in memory that follow the store: see `Browser`.
"""

from waqai.browse.browser import Browser
from waqai.browse.cells import Cell, Cells
from waqai.browse.facets import FACETS, Facet, Value
from waqai.browse.pages import ORDERS, Order, Page
from waqai.browse.timeline import Timeline, Unit
from waqai.browse.words import Snippet

__all__ = ["FACETS", "ORDERS", "Browser", "Cell", "Cells", "Facet", "Order", "Page", "Snippet", "Timeline", "Unit", "Value"]

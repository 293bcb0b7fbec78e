"""What a person asks of many incidents at once: which are on this page, how many of each value, where on the map, when.

Answered from columns in memory that follow the store: see `Browser`.
"""

from waqai.browse.browser import Browser
from waqai.browse.cells import Cell, Cells
from waqai.browse.expectations import AHEAD, Expectation
from waqai.browse.facets import FACETS, Facet, Value
from waqai.browse.pages import ORDERS, Order, Page
from waqai.browse.quality import Band, Effort, FieldQuality, Quality, Run
from waqai.browse.tellers import Kind, Teller, Tellers, TellersPage
from waqai.browse.timeline import Timeline, Unit
from waqai.browse.words import Snippet

__all__ = [
    "AHEAD",
    "FACETS",
    "ORDERS",
    "Band",
    "Browser",
    "Cell",
    "Cells",
    "Effort",
    "Expectation",
    "Facet",
    "FieldQuality",
    "Kind",
    "Order",
    "Page",
    "Quality",
    "Run",
    "Snippet",
    "Teller",
    "Tellers",
    "TellersPage",
    "Timeline",
    "Unit",
    "Value",
]

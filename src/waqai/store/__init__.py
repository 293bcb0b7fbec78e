"""Append-only tables for the nouns, search, migrations; a file (SQLite) by default, PostgreSQL when told.

Reports, readings and the log are facts: added, never changed. Incidents are views that follow from them by the rules of the room `folding`.
"""

from waqai.folding import FACETS, Correction, Reviewed, is_by_person
from waqai.logbook.chain import LogCheck
from waqai.logbook.standing import Standing
from waqai.logbook.tombstones import Tombstone
from waqai.schema.engine import label_of
from waqai.schema.files import is_there, make_folder_of, make_private
from waqai.store.apart import Apart
from waqai.store.candidates import IncidentCards
from waqai.store.counts import StoreCounts
from waqai.store.erase import Erased
from waqai.store.facts import Added, Arrival
from waqai.store.find import Filters, Hit
from waqai.store.past import Past
from waqai.store.rebuild import Rebuilt
from waqai.store.rows import RowReading
from waqai.store.store import Store, open_store

__all__ = [
    "FACETS",
    "Added",
    "Apart",
    "Arrival",
    "Correction",
    "Erased",
    "Filters",
    "Hit",
    "IncidentCards",
    "LogCheck",
    "Past",
    "Rebuilt",
    "Reviewed",
    "RowReading",
    "Standing",
    "Store",
    "StoreCounts",
    "Tombstone",
    "is_by_person",
    "is_there",
    "label_of",
    "make_folder_of",
    "make_private",
    "open_store",
]

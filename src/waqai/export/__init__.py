"""What leaves waqai: readings in gold format 1; incidents as JSON and as rows, their figures combined by a rule where one was chosen; files of cleared records.

A file is planned by the name of its format (`make_plan`) and written from the store (`write_records`). What rows look like is a shape, how they are laid down a
writer; `registry` lists both.
"""

from waqai.export.about import ATTRIBUTION, NOT_ON, About
from waqai.export.csv import csv_columns, iter_csv_rows
from waqai.export.figures import Combiner
from waqai.export.geojson import incident_as_feature
from waqai.export.gold import reading_as_gold, set_aside_as_gold
from waqai.export.incidents import incident_as_json
from waqai.export.shapes import Making

__all__ = [
    "ATTRIBUTION",
    "NOT_ON",
    "About",
    "Combiner",
    "Making",
    "csv_columns",
    "incident_as_feature",
    "incident_as_json",
    "iter_csv_rows",
    "reading_as_gold",
    "set_aside_as_gold",
]

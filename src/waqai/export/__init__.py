"""What leaves waqai: readings in gold format 1; incidents as JSON and as rows, their figures combined by a rule where one was chosen."""

from waqai.export.csv import csv_columns, iter_csv_rows
from waqai.export.figures import Combiner
from waqai.export.geojson import incident_as_feature
from waqai.export.gold import reading_as_gold, set_aside_as_gold
from waqai.export.incidents import incident_as_json

__all__ = ["Combiner", "csv_columns", "incident_as_feature", "incident_as_json", "iter_csv_rows", "reading_as_gold", "set_aside_as_gold"]

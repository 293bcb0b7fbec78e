"""What leaves waqai: readings in gold format 1, incidents as JSON lines."""

from waqai.export.gold import reading_as_gold, set_aside_as_gold
from waqai.export.incidents import incident_as_json

__all__ = ["incident_as_json", "reading_as_gold", "set_aside_as_gold"]

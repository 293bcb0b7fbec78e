"""The run: settings, parts, and the rooms called in order. The only room that reads the clock."""

from waqai.flow.add import Summary, add_reports
from waqai.flow.clock import now
from waqai.flow.parts import READERS, Chain, Ground, build_chain, lay_ground
from waqai.flow.read import Outcome, iter_outcomes
from waqai.flow.settings import Settings, find_settings_file, load_settings

__all__ = [
    "READERS",
    "Chain",
    "Ground",
    "Outcome",
    "Settings",
    "Summary",
    "add_reports",
    "build_chain",
    "find_settings_file",
    "iter_outcomes",
    "lay_ground",
    "load_settings",
    "now",
]

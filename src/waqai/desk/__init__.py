"""The web pages where a person reads, accepts, corrects, splits, merges, and looks at maps and plots."""

from waqai.desk.app import make_app
from waqai.desk.house import Desk, make_desk, warm_up
from waqai.gates.reach import Reach, check_persons, make_reach

__all__ = ["Desk", "Reach", "check_persons", "make_app", "make_desk", "make_reach", "warm_up"]

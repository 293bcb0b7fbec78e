"""The web pages where a person reads, accepts, corrects, splits, merges, and looks at maps and plots."""

from waqai.desk.app import make_app
from waqai.desk.house import Desk, keep_warm, make_desk
from waqai.gates.reach import Reach, check_persons, make_reach
from waqai.gates.serving import bind, make_server

__all__ = ["Desk", "Reach", "bind", "check_persons", "keep_warm", "make_app", "make_desk", "make_reach", "make_server"]

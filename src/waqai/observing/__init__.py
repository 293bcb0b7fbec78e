"""Questions put to the record: what is counted, within which bounds, and the answer of a test in plain words.

Nothing here loads a test: `after` and its like do, when a question is put.
"""

from waqai.observing.answers import Answer, Table, describe_filters
from waqai.observing.asking import KINDS, Kind, Question, Record, put_question
from waqai.observing.happenings import Happening, Happenings, load_happenings
from waqai.observing.keeping import Kept
from waqai.observing.limits import check_period, check_question

__all__ = [
    "KINDS",
    "Answer",
    "Happening",
    "Happenings",
    "Kept",
    "Kind",
    "Question",
    "Record",
    "Table",
    "check_period",
    "check_question",
    "describe_filters",
    "load_happenings",
    "put_question",
]

"""The codebook: what may be written down about a happening, who may be named, and what it becomes in other people's schemes.

`load_codebook` gives the vocabulary (families, types, roles, statuses, stances, measures, precision), `load_actors` the register of bodies, `crosswalk` a
type's code in ACLED, PLOVER or CAMEO, `combine_figures` low, best and high of competing figures by a named rule, `grade_support` how well an incident is
supported.
"""

from waqai.codebook.actors import Actor, ActorRegister, load_actors
from waqai.codebook.arithmetic import check_tellings
from waqai.codebook.crosswalk import Code, Dropped, DropReason, crosswalk, drop_counts
from waqai.codebook.expressions import BadExpression, evaluate, parse_expression
from waqai.codebook.figures import (
    ACLED_LIKE,
    EVERY_CASUALTY_LIKE,
    RULES,
    UCDP_LIKE,
    FigureRange,
    FigureRule,
    FigureStanding,
    combine_figures,
    keep_latest,
    sort_out,
)
from waqai.codebook.grade import Graded, Support, Voice, grade_support, independent_speakers
from waqai.codebook.groups import FigureKey, group_figures, normalise_of_whom
from waqai.codebook.load import build_codebook, load_codebook
from waqai.codebook.nouns import Alias, ApproxWord, Attr, Codebook, EventType, Precision, Rule, Stance, StanceModifier, Target, TargetCode, VagueWord
from waqai.codebook.render import Table, codebook_markdown, codebook_tables, types_table

__all__ = [
    "ACLED_LIKE",
    "EVERY_CASUALTY_LIKE",
    "RULES",
    "UCDP_LIKE",
    "Actor",
    "ActorRegister",
    "Alias",
    "ApproxWord",
    "Attr",
    "BadExpression",
    "Code",
    "Codebook",
    "DropReason",
    "Dropped",
    "EventType",
    "FigureKey",
    "FigureRange",
    "FigureRule",
    "FigureStanding",
    "Graded",
    "Precision",
    "Rule",
    "Stance",
    "StanceModifier",
    "Support",
    "Table",
    "Target",
    "TargetCode",
    "VagueWord",
    "Voice",
    "build_codebook",
    "check_tellings",
    "codebook_markdown",
    "codebook_tables",
    "combine_figures",
    "crosswalk",
    "drop_counts",
    "evaluate",
    "grade_support",
    "group_figures",
    "independent_speakers",
    "keep_latest",
    "load_actors",
    "load_codebook",
    "normalise_of_whom",
    "parse_expression",
    "sort_out",
    "types_table",
]

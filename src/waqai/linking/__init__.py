"""Which accounts tell of one incident: roles in a report, pairs with scores and reasons, assignment to incidents. Reads no store, clock or network."""

from waqai.linking.assign import Link, Mint, gather_tellings, link_report, mint_incident_id
from waqai.linking.compare import Features, compare_tellings
from waqai.linking.fits import JOIN, UNSURE, Candidates, Fit, fit_incident, rank_nearest
from waqai.linking.imprints import make_imprint
from waqai.linking.merging import MERGE, Union, fit_union, make_moves
from waqai.linking.pairs import PairScore, Reason, score_pair
from waqai.linking.refit import PASSES, Move, Thoughts, refit_report
from waqai.linking.roles import ReportRoles, roles_of_report, sort_report
from waqai.linking.stories import Story, StoryFit, find_story, make_story, rank_stories
from waqai.linking.tellings import Telling, make_telling, tellings_of

__all__ = [
    "JOIN",
    "MERGE",
    "PASSES",
    "UNSURE",
    "Candidates",
    "Features",
    "Fit",
    "Link",
    "Mint",
    "Move",
    "PairScore",
    "Reason",
    "ReportRoles",
    "Story",
    "StoryFit",
    "Telling",
    "Thoughts",
    "Union",
    "compare_tellings",
    "find_story",
    "fit_incident",
    "fit_union",
    "gather_tellings",
    "link_report",
    "make_imprint",
    "make_moves",
    "make_story",
    "make_telling",
    "mint_incident_id",
    "rank_nearest",
    "rank_stories",
    "refit_report",
    "roles_of_report",
    "score_pair",
    "sort_report",
    "tellings_of",
]

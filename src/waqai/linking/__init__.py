"""Which accounts tell of one incident: roles in a report, pairs with scores and reasons, assignment to incidents. Reads no store, clock or network."""

from waqai.linking.assign import JOIN, UNSURE, Candidates, Link, Mint, link_report, mint_incident_id
from waqai.linking.compare import Features, compare_tellings
from waqai.linking.pairs import PairScore, Reason, score_pair, score_tellings
from waqai.linking.roles import ReportRoles, roles_of_report, sort_report
from waqai.linking.tellings import Telling, make_telling, tellings_of

__all__ = [
    "JOIN",
    "UNSURE",
    "Candidates",
    "Features",
    "Link",
    "Mint",
    "PairScore",
    "Reason",
    "ReportRoles",
    "Telling",
    "compare_tellings",
    "link_report",
    "make_telling",
    "mint_incident_id",
    "roles_of_report",
    "score_pair",
    "score_tellings",
    "sort_report",
    "tellings_of",
]

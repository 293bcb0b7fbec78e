"""The expectations register: what speakers say is to come, as questions that later incidents answer; frozen, resolved by persons, scored.

`draft_claim` makes a draft of a claim, `adjust` lets a person complete it, `register` freezes it, `get_registered` looks at it with what its rule proposes,
`resolve` logs a person's outcome, `score_all` scores what came out as yes or no, `clear_registered` lets entries leave under a profile.
"""

from waqai.expectations.adjusting import Given, adjust
from waqai.expectations.drafting import Means, Period, Told, draft_claim, draft_words, find_within
from waqai.expectations.finding import find_route
from waqai.expectations.leaving import ROW, Leaving, clear_registered, rows_as_text
from waqai.expectations.questions import FEWEST_REFERENCES, Answerable, describe_answer, look_for_references
from waqai.expectations.register import Registered, Resolution, families_in, find_report_of, get_registered, list_registered, register, resolve
from waqai.expectations.resolving import Cited, Proposal, describe_coverage, propose
from waqai.expectations.scoring import (
    CLIPPED,
    FEWEST_OF_SPEAKER,
    Calibration,
    Interval,
    Scored,
    Scores,
    SpeakerScore,
    Summary,
    brier,
    log_score,
    score_all,
    score_band,
    wilson,
)
from waqai.expectations.seeking import BaseRate, Covered, Evidence, Found, Sought, gather, measure_base, seek
from waqai.expectations.shapes import DIRECTIONS, OUTCOMES, ROUTES, Coverage, Draft, Frozen, Pattern, Rule, canonical_json, sha256_of
from waqai.expectations.wording import describe_entry, describe_rule, describe_state

__all__ = [
    "CLIPPED",
    "DIRECTIONS",
    "FEWEST_OF_SPEAKER",
    "FEWEST_REFERENCES",
    "OUTCOMES",
    "ROUTES",
    "ROW",
    "Answerable",
    "BaseRate",
    "Calibration",
    "Cited",
    "Coverage",
    "Covered",
    "Draft",
    "Evidence",
    "Found",
    "Frozen",
    "Given",
    "Interval",
    "Leaving",
    "Means",
    "Pattern",
    "Period",
    "Proposal",
    "Registered",
    "Resolution",
    "Rule",
    "Scored",
    "Scores",
    "Sought",
    "SpeakerScore",
    "Summary",
    "Told",
    "adjust",
    "brier",
    "canonical_json",
    "clear_registered",
    "describe_answer",
    "describe_coverage",
    "describe_entry",
    "describe_rule",
    "describe_state",
    "draft_claim",
    "draft_words",
    "families_in",
    "find_report_of",
    "find_route",
    "find_within",
    "gather",
    "get_registered",
    "list_registered",
    "log_score",
    "look_for_references",
    "measure_base",
    "propose",
    "register",
    "resolve",
    "rows_as_text",
    "score_all",
    "score_band",
    "seek",
    "sha256_of",
    "wilson",
]

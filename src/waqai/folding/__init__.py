"""The rules by which views follow from accounts and the log: pure functions, without a database.

`seats`: which account sits in which incident. `additions`: accounts that persons added.
`attachments`: beside which incident a report stands in which nothing was coded.
`reviews`: what persons said of single accounts. `incidents`: the view of one happening.
`near_misses`, `doubts`: what waits for a person, and how soon one should look. `notes`: what persons say beside an incident.
`tellers`: who was first, alone, contradicted. `checks`: what became of fields that persons looked at.
"""

from waqai.folding.additions import Additions, find_replaced, fold_additions
from waqai.folding.attachments import Attached, fold_attachment
from waqai.folding.checks import Outcome, check_rows
from waqai.folding.doubts import WAITING, Field, Hold, VerdictOn, Weighed, weigh_accounts
from waqai.folding.incidents import ROLE_ORDER, Telling, fold_incident
from waqai.folding.near_misses import NearMiss, find_near_misses
from waqai.folding.notes import ASIDE, Asides, Note, Question, fold_asides
from waqai.folding.queue_rows import queue_rows
from waqai.folding.reviews import FACETS, REVIEWS, Correction, Reviewed, review_account
from waqai.folding.seats import Home, Logged, Seat, find_homes, fold_seats, is_by_person, logged_accounts, undone_numbers
from waqai.folding.tellers import claims_on, teller_rows

__all__ = [
    "ASIDE",
    "FACETS",
    "REVIEWS",
    "ROLE_ORDER",
    "WAITING",
    "Additions",
    "Asides",
    "Attached",
    "Correction",
    "Field",
    "Hold",
    "Home",
    "Logged",
    "NearMiss",
    "Note",
    "Outcome",
    "Question",
    "Reviewed",
    "Seat",
    "Telling",
    "VerdictOn",
    "Weighed",
    "check_rows",
    "claims_on",
    "find_homes",
    "find_near_misses",
    "find_replaced",
    "fold_additions",
    "fold_asides",
    "fold_attachment",
    "fold_incident",
    "fold_seats",
    "is_by_person",
    "logged_accounts",
    "queue_rows",
    "review_account",
    "teller_rows",
    "undone_numbers",
    "weigh_accounts",
]

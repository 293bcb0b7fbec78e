"""What a record may say to whom: the profiles, applied in one place for every door by which something leaves (docs/safety.md).

`Bounds.clear` takes an incident and gives it as the profile allows it to be seen, or says that it is held back. What writes records takes `ClearedIncident`
and `Cleared` only, which nothing else makes.
"""

from waqai.bounds.clear import Bounds
from waqai.bounds.cleared import Cleared, ClearedAccount, ClearedClaim, ClearedCount, ClearedIncident, ClearedInvolvement, ClearedReport, HeldBack
from waqai.bounds.names import NameMask
from waqai.bounds.profiles import INTERNAL, PARTNER, PROFILES, PUBLIC, Profile, get_profile
from waqai.bounds.rows import WITHHELD
from waqai.bounds.terms import forbids_passing_on

__all__ = [
    "INTERNAL",
    "PARTNER",
    "PROFILES",
    "PUBLIC",
    "WITHHELD",
    "Bounds",
    "Cleared",
    "ClearedAccount",
    "ClearedClaim",
    "ClearedCount",
    "ClearedIncident",
    "ClearedInvolvement",
    "ClearedReport",
    "HeldBack",
    "NameMask",
    "Profile",
    "forbids_passing_on",
    "get_profile",
]

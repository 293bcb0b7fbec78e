"""What the reports of an incident say that tells of no coded happening: what is expected, what an expert judges."""

from __future__ import annotations

from dataclasses import replace

from waqai.bounds import Bounds, Cleared, ClearedClaim
from waqai.folding.records import Record, Told


def find_beside(record: Record, bounds: Bounds) -> tuple[ClearedClaim, ...]:
    """Those claims of the record's reports, as the profile lets them be seen; none of a record that is held back.

    The bounds give the claims that tell of an account: each of these is tied to the account of its report for that, and goes the same way as all others.
    """
    tied = bounds.clear(replace(record, told=tuple(map(_tie, record.told))))
    if not isinstance(tied, Cleared):
        return ()
    loose = {claim.id for told in record.told for claim in told.telling.claims.values() if not claim.accounts}
    return tuple({claim.id: claim for claim in tied.claims if claim.id in loose}.values())


def _tie(told: Told) -> Told:
    account = told.telling.account.id
    claims = {id: claim if claim.accounts else replace(claim, accounts=(account,)) for id, claim in told.telling.claims.items()}
    return replace(told, telling=replace(told.telling, claims=claims))

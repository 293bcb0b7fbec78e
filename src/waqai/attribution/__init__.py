"""Who says what, how firmly: claims with speaker, cue, stance and content, found in a parsed report. No network, database or clock."""

from waqai.attribution.claims import DraftClaim, find_claims
from waqai.attribution.model import digest_of_model

__all__ = ["DraftClaim", "digest_of_model", "find_claims"]

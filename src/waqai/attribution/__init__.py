"""Who says what, how firmly: claims with speaker, cue, stance and content, found in a parsed report. No network, database or clock."""

from waqai.attribution.claims import DraftClaim, find_claims

__all__ = ["DraftClaim", "find_claims"]

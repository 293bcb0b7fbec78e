"""Who says what, how firmly: claims with speaker, cue, stance and content, found in a parsed report. No network, database or clock."""

from waqai.attribution.claims import DraftClaim, find_claims, find_claims_with
from waqai.attribution.model import ClaimModel, digest_of_model, load_claim_model

__all__ = ["ClaimModel", "DraftClaim", "digest_of_model", "find_claims", "find_claims_with", "load_claim_model"]

"""What is computed over the record: how far coders agree."""

from waqai.analysis.agreement import Agreement, FieldAgreement, iter_differing, measure_agreement
from waqai.analysis.alignment import Unit, align_accounts
from waqai.analysis.coefficients import cohen_kappa, krippendorff_alpha, percent_agreement

__all__ = [
    "Agreement",
    "FieldAgreement",
    "Unit",
    "align_accounts",
    "cohen_kappa",
    "iter_differing",
    "krippendorff_alpha",
    "measure_agreement",
    "percent_agreement",
]

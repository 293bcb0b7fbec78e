"""Files, pages and pastes into reports, with guards against what is broken or hostile; and the copies among them.

`iter_reports` is the way in. `signature` and `CopyIndex` tell which reports are copies of one text. Nothing here reads a clock or the network.
"""

from waqai.intake.copies import NEAR_COPY, CopyIndex, NearCopy, Signature, estimate_jaccard, rank_copies, signature
from waqai.intake.files import STAGE_ASSUMED, STAGE_IGNORED, iter_reports, make_ignored_notice
from waqai.intake.guard import Limits
from waqai.intake.records import READ_FIELDS, Defaults, parse_day
from waqai.intake.sources import STAGE
from waqai.intake.web import Article, ArticleExtractor, extract_article

__all__ = [
    "NEAR_COPY",
    "READ_FIELDS",
    "STAGE",
    "STAGE_ASSUMED",
    "STAGE_IGNORED",
    "Article",
    "ArticleExtractor",
    "CopyIndex",
    "Defaults",
    "Limits",
    "NearCopy",
    "Signature",
    "estimate_jaccard",
    "extract_article",
    "iter_reports",
    "make_ignored_notice",
    "parse_day",
    "rank_copies",
    "signature",
]

"""Files, pages, documents, tables and pastes into reports, with guards against what is broken or hostile; and the copies among them.

`iter_reports` is the way in; `reports_of_upload` and `report_of_paste` for what comes without a path.
`signature` and `CopyIndex` tell which reports are copies of one text. Nothing here reads a clock or the network.
"""

from waqai.intake.bundles import Bundles
from waqai.intake.columns import check_columns, guess_columns, override_columns
from waqai.intake.copies import NEAR_COPY, CopyIndex, NearCopy, Signature, estimate_jaccard, rank_copies, signature
from waqai.intake.custody import as_reports, made_of, made_text
from waqai.intake.files import STAGE_IGNORED, UploadReader, incoming_of_upload, iter_incoming, iter_reports, make_ignored_notice, reports_of_upload
from waqai.intake.guard import Limits
from waqai.intake.layouts import Layout, load_layouts
from waqai.intake.pastes import incoming_of_paste, report_of_paste
from waqai.intake.preview import TablePreview, preview_table
from waqai.intake.records import READ_FIELDS, Defaults, parse_day
from waqai.intake.rows import STAGE, STAGE_ASSUMED
from waqai.intake.sources import READ
from waqai.intake.table_reports import STAGE_COLUMNS, ChooseColumns
from waqai.intake.web import Article, ArticleExtractor, extract_article

__all__ = [
    "NEAR_COPY",
    "READ",
    "READ_FIELDS",
    "STAGE",
    "STAGE_ASSUMED",
    "STAGE_COLUMNS",
    "STAGE_IGNORED",
    "Article",
    "ArticleExtractor",
    "Bundles",
    "ChooseColumns",
    "CopyIndex",
    "Defaults",
    "Layout",
    "Limits",
    "NearCopy",
    "Signature",
    "TablePreview",
    "UploadReader",
    "as_reports",
    "check_columns",
    "estimate_jaccard",
    "extract_article",
    "guess_columns",
    "incoming_of_paste",
    "incoming_of_upload",
    "iter_incoming",
    "iter_reports",
    "load_layouts",
    "made_of",
    "made_text",
    "make_ignored_notice",
    "override_columns",
    "parse_day",
    "preview_table",
    "rank_copies",
    "report_of_paste",
    "reports_of_upload",
    "signature",
]

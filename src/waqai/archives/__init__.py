"""Collections into reports: feeds, sitemaps, mailboxes, web archives, zips, exports of other services; lazily, within limits, each report with its bytes.

`FileBundles` is what `waqai add` asks; `read_feed` and `read_sitemap` serve who fetches, `iter_new_files` who watches a folder. Nothing here reads a clock or
the network, and what parses hostile bytes with C or quadratic code runs in the child processes of `intake`.
"""

from waqai.archives.bundles import OPENERS, FileBundles
from waqai.archives.documents import Documents
from waqai.archives.exports import iter_artlist, iter_gkg, iter_reliefweb_reports, recognise_export
from waqai.archives.feeds import iter_feed_reports, read_feed
from waqai.archives.folders import Mark, iter_new_files, mark_of
from waqai.archives.lists import read_list
from waqai.archives.mail import iter_mail_reports
from waqai.archives.mailboxes import Message, iter_maildir, iter_mbox
from waqai.archives.nouns import Feed, FeedEntry, Pointer, Sitemap, SitemapEntry
from waqai.archives.sitemaps import read_sitemap
from waqai.archives.unpacking import unpack
from waqai.archives.wacz import iter_wacz_reports
from waqai.archives.web_archives import iter_warc_reports
from waqai.archives.zips import iter_zip_reports

__all__ = [
    "OPENERS",
    "Documents",
    "Feed",
    "FeedEntry",
    "FileBundles",
    "Mark",
    "Message",
    "Pointer",
    "Sitemap",
    "SitemapEntry",
    "iter_artlist",
    "iter_feed_reports",
    "iter_gkg",
    "iter_mail_reports",
    "iter_maildir",
    "iter_mbox",
    "iter_new_files",
    "iter_reliefweb_reports",
    "iter_wacz_reports",
    "iter_warc_reports",
    "iter_zip_reports",
    "mark_of",
    "read_feed",
    "read_list",
    "read_sitemap",
    "recognise_export",
    "unpack",
]

"""A mail to reports: its words, and each attachment that is a document, as a report of its own.

No private person's address or name is put into a record: the publisher is the name of a mailing list, or of an address that an office uses (info@, press@ …).
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from waqai.archives.documents import KINDS, SUFFIXES, Documents, aside, incoming_of
from waqai.archives.feeds import day_or_none
from waqai.core import EmptyReport, Incoming, IntakeError, Notice, Retrieval, UnreadableReport
from waqai.intake import STAGE_ASSUMED, Article
from waqai.intake.guard import check_text, has_bad_character

_OFFICES = re.compile(
    r"(?:^|[._+-])(?:alerts?|admin|bulletins?|comms?|communications?|contact|daily|desk|digest|editors?|editorial|hello|hub|info|list|mail(?:er|ing)?|"
    r"media|monitor|news|newsletters?|newsroom|no-?reply|notifications?|office|pio|press|public|publications|reports?|secretariat|sitreps?|subscriptions?|"
    r"team|updates?|weekly)(?:[0-9._+-]|$)",
    re.IGNORECASE,
)
_LIST = re.compile(r"^(?P<name>[^<]*)<(?P<id>[^>]{1,200})>$")


def iter_mail_reports(raw: bytes, *, record: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    """The reports of one message, whose bytes these are; `record` names it in notices. Raises UnreadableReport where it is none."""
    if len(raw) > documents.limits.max_file_bytes:
        raise UnreadableReport(f"the mail has {len(raw)} bytes; at most {documents.limits.max_file_bytes} are read")
    found = documents.mails.ask(raw or b"\n")
    yield from (Notice(record=record, stage=STAGE_ASSUMED, reason=reason) for reason in found["notes"])
    said = {"title": _words(found["subject"]), "published": day_or_none(found["date"]), "publisher": find_publisher(found)}
    retrieval = Retrieval(how="mail", address=record, at=at, within=record)
    try:
        article = _article_of(found, documents)
    except IntakeError as error:
        if not (isinstance(error, EmptyReport) and found["attachments"]):
            yield aside(record, error)
    else:
        yield from incoming_of(article, raw, retrieval, id="", media_type="message/rfc822", **said)
    for attachment in found["attachments"]:
        yield from _attached(attachment, record, retrieval, said, documents)


def find_publisher(found: dict[str, Any]) -> str | None:
    """The name of the list or office that a mail came from, None where it may be a person.

    >>> find_publisher({"list": "Daily Updates <daily.monitor.example>", "from_name": "Ann Onymous", "from_address": "ann@a.example"})
    'Daily Updates'
    >>> find_publisher({"list": "", "from_name": "Prison Monitor", "from_address": "press@monitor.example"})
    'Prison Monitor'
    >>> find_publisher({"list": "", "from_name": "Ann Onymous", "from_address": "ann.onymous@monitor.example"})
    """
    named = _LIST.match(found["list"].strip())
    if named is not None:
        return _words(named["name"].strip(" \"'")) or _words(named["id"])
    name, local = found["from_name"].strip(" \"'"), found["from_address"].partition("@")[0]
    return _words(name) if name and "@" not in name and _OFFICES.search(local) else None


def _article_of(found: dict[str, Any], documents: Documents) -> Article:
    """The mail's plain words, else the article in its HTML, else all words of that."""
    bare = Article(text=found["plain"], title=None, published=None, publisher=None, language=_words(found["language"]), url=None)
    if found["plain"].strip() or not found["html"].strip():
        check_text(found["plain"])
        return bare
    try:
        article = documents.read(found["html"].encode("utf-8", "replace"), "html")
    except UnreadableReport:
        check_text(found["words"])
        return replace(bare, text=found["words"])
    return replace(bare, text=article.text, language=bare.language or article.language)


def _attached(found: dict[str, str], record: str, mail: Retrieval, said: dict[str, Any], documents: Documents) -> Iterator[Incoming | Notice]:
    name = "".join(char if char.isprintable() else "_" for char in found["name"]) or "attachment"
    kind = KINDS.get(found["type"]) or SUFFIXES.get(PurePosixPath(name).suffix.lower())
    within = f"{record}#{name}"
    if kind is None:
        yield aside(within, f"an attachment of the type {found['type'][:60]!r} is not read")
        return
    content = b64decode(found["content"])
    try:
        article = documents.read(content, kind, charset=found["charset"] or None)
    except IntakeError as error:
        yield aside(within, error)
        return
    about = {**said, "title": said["title"] and f"{said['title']}: {name}"}
    yield from incoming_of(article, content, replace(mail, address=name, within=within), id="", media_type=found["type"], **about)


def _words(said: str | None) -> str | None:
    return said if said and said.strip() and not has_bad_character(said) else None

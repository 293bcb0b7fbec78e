"""How a report came, in words."""

from __future__ import annotations

from waqai.core import How, Retrieval
from waqai.wording.catalogue import _


def describe_retrieval(retrieval: Retrieval) -> str:
    """One sentence: how it came, from where, when, and what the server said.

    >>> from datetime import UTC, datetime
    >>> describe_retrieval(Retrieval(how="upload", address="a.pdf", at=datetime(2026, 11, 28, 9, 30, tzinfo=UTC)))
    'came by an upload: a.pdf, 2026-11-28 09:30:00 UTC'
    """
    parts = [": ".join(part for part in (_("came by {how}").format(how=name_way(retrieval.how)), retrieval.address) if part)]
    if retrieval.final_address not in ("", retrieval.address):
        parts.append(_("which led to {address}").format(address=retrieval.final_address))
    if retrieval.within:
        parts.append(_("out of {holder}").format(holder=retrieval.within))
    if retrieval.captured_at is not None:
        parts.append(_("captured {moment:%Y-%m-%d %H:%M:%S} UTC").format(moment=retrieval.captured_at))
    parts.append(f"{retrieval.at:%Y-%m-%d %H:%M:%S} UTC")
    if retrieval.status is not None:
        parts.append(_("status {status}").format(status=retrieval.status))
    if retrieval.server:
        parts.append(_("from {server}").format(server=retrieval.server))
    return ", ".join(parts)


def name_way(how: How) -> str:
    """The way in words: "a request of ours"."""
    return {
        "fetched": _("a request of ours"),
        "file": _("a file"),
        "upload": _("an upload"),
        "paste": _("a paste"),
        "feed": _("a feed"),
        "mail": _("mail"),
        "web_archive": _("a web archive"),
        "export": _("another service’s export"),
    }[how]

"""Addresses of reports on the web."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of an address, in small letters, where it has one.

    >>> host_of("https://Example.org/a"), host_of("no address"), host_of("https://[broken"), host_of(None)
    ('example.org', None, None, None)
    """
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # a bracket without its other half
        return None

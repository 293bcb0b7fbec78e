"""The words of HTML fragments: what a feed's entry, a mail or a record of an export holds. Runs in the child process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from .refusal import Caps

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2")
) | frozenset(
    ("h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea"))
_ENDLESS = re.compile(r"<[^<>]{20000,}>?")  # a tag that holds a picture as text, or half a million attributes, which takes minutes: it has no words
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def prepare(_caps: Caps) -> Callable[[bytes], Any]:
    """What answers a JSON list of fragments with the list of their words, a line for each paragraph."""
    words_of("<p>loaded before the limits</p>")
    return lambda request: [words_of(fragment) for fragment in json.loads(request)]


def words_of(fragment: str) -> str:
    """The words of a fragment, a line for each paragraph; scripts, styles and comments are no words. A text without markup stays as it is, but for its ends."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from lxml import etree

    raw = _ENDLESS.sub(" ", fragment).encode("utf-8", "replace")
    tree = etree.fromstring(b"<div>" + raw + b"</div>", etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    return "" if tree is None else _tidy(_walk(etree.iterwalk(tree, events=("start", "end"))))


def _walk(walk: Any) -> list[str]:
    pieces: list[str] = []
    for event, element in walk:
        is_block = element.tag in _BLOCKS
        if event == "start":
            pieces.append("\n" if is_block else "")
            if element.tag in _UNSEEN:
                walk.skip_subtree()
            else:
                pieces.append(_BLANKS.sub(" ", element.text or ""))
        else:
            pieces += ["\n" if is_block else "", _BLANKS.sub(" ", element.tail or "")]
    return pieces


def _tidy(pieces: list[str]) -> str:
    lines = ("".join(line.split("\0")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(re.sub(" +", " ", line) for line in lines if line)

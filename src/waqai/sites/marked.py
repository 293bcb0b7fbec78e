"""The Markdown that releases hold (codebook and README, made by our own code) as HTML: headings, tables, lists, paragraphs, code, stress, links. No more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

_CELLS = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*([^*]+)\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\(((?:https?:|#)[^)\s]*)\)"), r'<a href="\2" rel="noreferrer">\1</a>'),
    (re.compile(r'(?<![">\w])(https?://[^\s<>()]*[^\s<>().,;:])'), r'<a href="\1" rel="noreferrer">\1</a>'),
)


def to_html(text: str) -> str:
    """The whole text as HTML; whatever tags it holds are shown, not followed.

    >>> to_html("# A *b*\\n\\none `<c>`\\ntwo")
    '<h1 id="a-b">A <em>b</em></h1>\\n<p>one <code>&lt;c&gt;</code> two</p>'
    """
    return "\n".join(_iter_blocks(_COMMENT.sub("", text)))


def sections_of(text: str) -> Mapping[str, tuple[str, ...]]:
    """The items of the lists of a text, by the heading under which they stand, each as HTML.

    >>> sections_of("# A\\n\\n## B\\n\\n- one\\n- **two**")
    {'B': ('one', '<strong>two</strong>')}
    """
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("- "):
            found.setdefault(heading, []).append(inline(line[2:]))
    return {name: tuple(items) for name, items in found.items()}


def inline(text: str) -> str:
    """One line as HTML; code keeps its signs."""
    parts = re.split(r"`([^`]*)`", text)
    return "".join(f"<code>{escape(part)}</code>" if n % 2 else _mark(escape(part)) for n, part in enumerate(parts))


def _mark(text: str) -> str:
    for pattern, made in _MARKS:
        text = pattern.sub(made, text)
    return text


def _iter_blocks(text: str) -> Iterator[str]:
    for kind, lines in groupby(text.splitlines(), key=_kind):
        if kind == "heading":
            yield from map(_heading, lines)
        elif kind == "table":
            yield _table(list(lines))
        elif kind == "list":
            yield "<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in lines) + "</ul>"
        elif kind == "paragraph":
            yield f"<p>{inline(' '.join(line.strip() for line in lines))}</p>"


def _kind(line: str) -> str:
    if not line.strip():
        return "nothing"
    return "heading" if re.match(r"#{1,6} ", line) else "table" if line.startswith("|") else "list" if line.startswith("- ") else "paragraph"


def _heading(line: str) -> str:
    level, words = len(line) - len(line.lstrip("#")), line.lstrip("# ")
    return f'<h{level} id="{anchor_of(words)}">{inline(words)}</h{level}>'


def anchor_of(words: str) -> str:
    """The name by which a heading is linked to.

    >>> anchor_of("`custody_exit`"), anchor_of("Time precision")
    ('custody_exit', 'time-precision')
    """
    return "-".join(re.findall(r"\w+", words.lower()))


def chapters_of(text: str) -> tuple[tuple[str, str], ...]:
    """The headings of the second level, each with its anchor.

    >>> chapters_of("# A\\n## B c\\n### D")
    (('b-c', 'B c'),)
    """
    return tuple((anchor_of(line), line.lstrip("# ")) for line in text.splitlines() if line.startswith("## "))


def _table(lines: list[str]) -> str:
    head, rows = _cells(lines[0]), [_cells(line) for line in lines[2:]]
    heads = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{inline(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    around = f'<div class="scroll" tabindex="0" role="group" aria-label="Table: {escape(head[0])}">'
    return f"{around}<table><thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table></div>"


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip())[1:-1]]

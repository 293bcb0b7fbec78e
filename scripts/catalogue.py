"""Gather every text that a person reads into src/waqai/wording/locale/waqai.pot, from which translations are made.

    python scripts/catalogue.py            (or: make docs)

Four places hold such texts: `_("…")` and `ngettext("…", "…", n)` in Python, the same in the desk's templates, and the names of the codebook, which the filter
`words` passes through `_`; what acts are, in words, stands in `waqai.people`, which knows no catalogue.
Places are named by file, without lines, and no day of making is kept: the file changes only with a text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "waqai"
POT = SOURCE / "wording" / "locale" / "waqai.pot"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
READERS = {".py": ("python", {}), ".html": ("jinja2.ext:babel_extract", {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"})}
NAMES = ("families", "types", "statuses", "roles", "stances", "measures", "grades", "relations", "attrs")
"""What of the codebook is a name that pages print."""


HEAD = """# The texts of waqai's interface, made by scripts/catalogue.py: change the code, not this file.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


class Text(NamedTuple):
    """A text, or its singular and plural, and the file in which it stands, seen from the package."""

    text: str | tuple[str, ...]
    file: str


def iter_texts() -> Iterator[Text]:
    """Every text of the interface, by file; some several times."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in READERS and "vendor" not in path.parts:
            yield from _read(path)
    yield from _codebook_texts()


def _read(path: Path) -> Iterator[Text]:
    method, options = READERS[path.suffix]
    found = extract(method, BytesIO(path.read_bytes()), keywords=KEYWORDS, options=options)
    yield from (Text(tuple(text) if isinstance(text, list | tuple) else text, path.relative_to(SOURCE).as_posix()) for _, text, _, _ in found if text)


def _codebook_texts() -> Iterator[Text]:
    from waqai.codebook import load_codebook
    from waqai.people import RIGHTS
    from waqai.wording import MARKS

    book = load_codebook()
    for kind in NAMES:
        yield from (Text(name.replace("_", " "), "codebook/ontology.yaml") for name in getattr(book, kind))
    yield from (Text(mark, "wording/figures.py") for mark in MARKS.values() if mark)
    yield from (Text(right.what, "people/roles.py") for right in RIGHTS.values())


def make_pot() -> str:
    """The catalogue as gettext's tools read it."""
    catalogue = Catalog()
    for text, file in iter_texts():
        catalogue.add(text, locations=[(file, 1)])
    written = BytesIO()
    write_po(written, catalogue, include_lineno=False, sort_output=True, width=160)
    _head, _blank, texts = written.getvalue().decode("utf-8").partition("\n\n")
    return HEAD + texts


def main() -> int:
    """Write the catalogue."""
    POT.parent.mkdir(exist_ok=True)
    POT.write_text(make_pot(), encoding="utf-8")
    print(POT.relative_to(ROOT), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

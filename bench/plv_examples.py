"""PLOVER's own coded example sentences as marked sentences (CC BY-SA 4.0, beside the checkout like PLV itself)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from bench.figures import ROOT, Skipped
from bench.plv import Marked, read_marks

DATA = ("../shared/bench/types/plover_gold/PLOVER_GSR_CAMEO.txt",)
# The examples carry the roots of PLOVER's first draft.
_RENAMED: Mapping[str, str] = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
}
_MARK = re.compile(r"\(([A-Z/]+): ([^()]*)\)")
_TAGS: Mapping[str, str] = {"SRC": "s", "SRC/TAR": "s", "TAR": "t"}


def load_examples(path: Path = ROOT / DATA[0]) -> list[Marked]:
    """The examples in order of the file. Raises Skipped where it is missing."""
    if not path.exists():
        raise Skipped(f"{path.name} is not beside this checkout (../shared/bench/types/plover_gold)")
    records = json.loads(path.read_text(encoding="utf-8"))
    coded = [r for r in records if r["event"] != "DOCUMENT" and isinstance(r.get("textInfo"), dict)]
    return [read_markup(r["textInfo"]["markup"], root=r["event"]) for r in coded]


def read_markup(markup: str, *, root: str) -> Marked:
    """The sentence of a text with (SRC: …), (TAR: …), (EVT: …); other brackets stay, and so does what lies in brackets within brackets.

    >>> one = read_markup("(SRC: The envoy) (EVT: asked) (TAR: Norway) for (help).", root="DEMAND")
    >>> one.text, one.targets[0].of(one.text), one.root
    ('The envoy asked Norway for (help).', 'Norway', 'REQUEST')
    """
    return read_marks(_MARK.sub(_as_tag, markup), root=_RENAMED.get(root, root))


def _as_tag(mark: re.Match[str]) -> str:
    tag = _TAGS.get(mark[1])
    return mark[2] if tag is None else f"<{tag}>{mark[2]}</{tag}>"

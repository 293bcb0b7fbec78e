"""Rewrite the golden readings in tests/golden from the present reader, so that a person reads the diff.

python scripts/golden.py            rewrites them
python scripts/golden.py --check    says whether they differ, changes nothing (exit 1 when they do)
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from waqai.core import Report, text_sha256
from waqai.export import reading_as_gold
from waqai.flow import Chain, build_chain, iter_outcomes, shipped_settings

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
PUBLISHED = {"twin": date(2023, 3, 11)}


def read_golden(name: str, chain: Chain) -> dict[str, Any]:
    """The present reading of the golden text of that name, in gold format 1. Raises RuntimeError when it is set aside."""
    text = (GOLDEN / f"{name}.txt").read_text("utf-8")
    report = Report(id=name, text=text, sha256=text_sha256(text), published=PUBLISHED[name], text_origin="composed")
    (outcome,) = iter_outcomes([report], chain)
    if outcome.reading is None:
        raise RuntimeError(f"{name!r} was set aside: {outcome.notice.reason if outcome.notice else 'no reason given'}")
    return reading_as_gold(report, outcome.reading)


def reduce_reading(gold: dict[str, Any]) -> dict[str, Any]:
    """A reading in gold format 1 as its values with their words: no ids, offsets, probabilities or rules, which change without a change in meaning."""
    return {
        "published": gold["published"],
        "accounts": [_account(a, gold) for a in gold["accounts"]],
        "claims": [_claim(c, gold) for c in gold["claims"]],
        "notices": [n["reason"] for n in gold["notices"]],
    }


def render(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _account(account: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    kept = {key: account[key] for key in ("key", "type", "status", "background", "attrs")}
    return {
        **kept,
        "words": _words(account["evidence"], gold),
        "said_by": _speaker(account, gold),
        "date": _facet(account["date"], ("earliest", "latest", "basis"), gold),
        "place": _facet(account["place"], ("name", "place_id", "country", "precision"), gold),
        "actors": [_facet(a, ("role", "name", "actor_id", "modality"), gold) for a in account["actors"]],
        "counts": [_facet(c, ("measure", "of_whom", "min", "max", "best", "kind", "unit"), gold) for c in account["counts"]],
        "relations": [f"{r['kind']} {r['to']}" for r in account["relations"]],
    }


def _facet(facet: dict[str, Any] | None, keys: Sequence[str], gold: dict[str, Any]) -> dict[str, Any] | None:
    if facet is None:
        return None
    return {**{key: facet[key] for key in keys}, "words": _words(facet["evidence"], gold), "said_by": _speaker(facet, gold)}


def _claim(claim: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any]:
    speaker = claim["speaker_evidence"]
    return {
        "speaker": claim["speaker"],
        "speaker_words": _words(speaker, gold) if speaker else None,
        "cue": _words(claim["cue"], gold),
        "stance": claim["stance"],
        "words": _words(claim["content"], gold),
        "about": claim["about"],
        "said_by": _speaker(claim, gold),
    }


def _words(span: Sequence[int], gold: dict[str, Any]) -> str:
    return str(gold["text"][span[0] : span[1]])


def _speaker(facet: dict[str, Any], gold: dict[str, Any]) -> str | None:
    return None if facet["said_by"] is None else str(gold["claims"][facet["said_by"]]["speaker"])


def main(arguments: Sequence[str]) -> int:
    """Rewrite or check every golden file; 1 when a check finds a difference."""
    chain, differs = build_chain(shipped_settings()), False
    for name in PUBLISHED:
        path = GOLDEN / f"{name}.json"
        before = path.read_text("utf-8") if path.exists() else ""
        after = render(reduce_reading(read_golden(name, chain)))
        diff = list(difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"{name}.json as it was", f"{name}.json as it is read now"))
        sys.stdout.writelines(diff)
        differs = differs or bool(diff)
        if "--check" not in arguments:
            path.write_text(after, "utf-8")
    return int(differs and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The claims bench: gold format 1 in, figures out."""

from __future__ import annotations

import json
from pathlib import Path

from bench.claims_gold import measure_claims

TEXT = "The ministry said that nine men fled the jail."
CODED = {
    "id": "x1",
    "url": None,
    "title": None,
    "publisher": None,
    "published": None,
    "language": "en",
    "category": "custody",
    "text": TEXT,
    "accounts": [],
    "claims": [{"speaker": "The ministry", "speaker_evidence": [0, 12], "cue": [13, 17], "stance": "reports", "content": [23, 45], "about": []}],
}


def test_a_claim_found_as_it_was_coded_scores_one(tmp_path: Path) -> None:
    (tmp_path / "x1.json").write_text(json.dumps(CODED), encoding="utf-8")
    values = {figure.name: figure.value for figure in measure_claims(tmp_path)}
    assert (values["claims"], values["claims_any_speaker"], values["stance of matched claims"]) == (1.0, 1.0, 1.0)

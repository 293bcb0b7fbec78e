"""PLOVER's records: which of them are examples, and how their mark-up is read."""

from __future__ import annotations

import json
from pathlib import Path

from bench.plv_examples import load_examples, read_markup


def test_headers_and_records_without_marks_are_no_examples(tmp_path: Path) -> None:
    file = tmp_path / "records.txt"
    coded = {"event": "FIGHT", "textInfo": {"markup": "(SRC: Rebels) (EVT: shelled) (TAR: the port)."}}
    file.write_text(json.dumps([{"event": "DOCUMENT", "eventText": "about"}, {"event": "AID", "textInfo": "Rebels fed the port."}, coded]), encoding="utf-8")
    (example,) = load_examples(file)
    assert (example.text, example.root) == ("Rebels shelled the port.", "ASSAULT")


def test_whoever_is_source_and_target_at_once_is_the_source() -> None:
    example = read_markup("(SRC/TAR: Two islands) (EVT: agreed) on a ferry.", root="AGREE")
    assert [span.of(example.text) for span in example.sources] == ["Two islands"] and example.targets == ()

from __future__ import annotations

from pathlib import Path

import pytest

from factories import make_report
from waqai.flow import Chain, Store, add_reports, make_imprints, open_named_store
from waqai.linking import make_imprint

TEXTS = {
    "a": "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city.",
    "b": "Fifteen prisoners broke out of the jail in Raqqa, Syria, on Monday, local officials said.\n\nThey are still at large.",
    "c": "A bomb killed three people in a market of Kabul, Afghanistan, on Friday, police said.",
    "d": "Prisoners got away from the jail in Raqqa, Syria, said the Observatory on Tuesday. Police hunt for them.",
}


def _imprints(store: Store) -> list[str]:
    return [line for line in store.iter_dump() if '"table":"imprints"' in line]


def _add(chain: Chain, path: Path, *, keep: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[str]]:
    """What the log of a new store says, and its imprints; `keep`: with the imprints, else as a store of before."""
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")
    if not keep:
        monkeypatch.setattr("waqai.flow.add.make_imprint", lambda report: b"\0" * 14)
    with open_named_store(str(path), must_exist=False) as store:
        add_reports([make_report(text, id=id, publisher=id) for id, text in TEXTS.items()], chain, store)
        return [(e.kind, e.subject, e.value, e.because) for e in store.iter_log()], _imprints(store)


def test_links_and_reasons_are_the_same_with_imprints_and_without(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_them, imprints = _add(chain, tmp_path / "with.sqlite", keep=True, monkeypatch=monkeypatch)
    without, empty = _add(chain, tmp_path / "without.sqlite", keep=False, monkeypatch=monkeypatch)
    assert with_them == without and imprints != empty and len(imprints) == len(TEXTS)


def test_imprints_are_made_for_a_store_of_before(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, imprints = _add(chain, tmp_path / "new.sqlite", keep=True, monkeypatch=monkeypatch)
    _add(chain, tmp_path / "old.sqlite", keep=False, monkeypatch=monkeypatch)
    with open_named_store(str(tmp_path / "old.sqlite"), must_exist=True) as store:
        make_imprints(store)
        assert _imprints(store) == imprints
        assert make_imprint(store.get_report("a"))

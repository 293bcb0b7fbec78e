"""Whole records as objects."""

from __future__ import annotations

import io
import json
from typing import Any

from exported import clear, cleared_of, make_about, make_figure, make_incident, make_making
from factories import make_when, make_where
from scenes import MARCH_5, fill
from waqai.bounds import PUBLIC, Cleared, Profile
from waqai.export.lines_file import write_lines
from waqai.export.record_lines import RecordLines
from waqai.export.tally import Tally
from waqai.export.writing import Writing
from waqai.store import Store


def _object(cleared: Cleared) -> Any:
    tally, file = Tally(), io.BytesIO()
    write_lines(RecordLines(make_making()), [cleared], file, Writing(tally=tally, about=lambda: make_about(tally)))
    (line,) = file.getvalue().splitlines()
    assert tally.rows == {"records": 1}
    return json.loads(line)


def test_a_record_holds_the_incident_with_its_figures_accounts_and_claims(store: Store) -> None:
    fill(store)
    found = _object(cleared_of(store)["i-escape"])
    assert (found["id"], found["family"], found["speakers"], found["reports"]) == ("i-escape", "custody_exit", 2, 2)
    assert (found["when"]["precision"], found["where"]["where_prec"]) == ("T1_day", 1)
    assert [(one["report"]["publisher"], one["type"]) for one in found["accounts"]] == [
        ("The Daily", "escape"),
        ("The Herald", "escape"),
        ("The Herald", "clash"),
    ]
    assert found["accounts"][0]["involved"][0]["name"] == "Qalat prison"
    assert [one["speaker"] for one in found["claims"]] == ["The Observatory"]
    assert {(one["measure"], one["low"], one["high"]) for one in found["ranges"]} == {("escaped", 12, 15), ("wounded", 2, 2)}
    assert len(found["figures"]) == 3


def test_an_incident_of_which_little_is_known_has_its_keys_all_the_same() -> None:
    found = _object(clear(make_incident(when=None, where=None)))
    assert (found["when"], found["where"], found["figures"], found["accounts"]) == (None, None, [], [])


def test_a_reviewers_name_in_a_rule_is_not_told() -> None:
    when, where = make_when(MARCH_5), make_where()
    incident = make_incident(
        when=type(when)(**_fields(when) | {"rule": "corrected by Jane Roe"}), where=type(where)(**_fields(where) | {"rule": "corrected by Jane Roe"})
    )
    for profile in (PUBLIC, Profile(name="bare")):
        assert "Jane Roe" not in json.dumps(_object(clear(incident, profile=profile)))


def _fields(noun: Any) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__dataclass_fields__}


def test_figures_are_told_with_their_standing() -> None:
    found = _object(clear(make_incident(figures=(make_figure(12, stance="denies"),))))
    assert found["figures"][0]["standing"] == "denied" and found["ranges"][0]["low"] is None

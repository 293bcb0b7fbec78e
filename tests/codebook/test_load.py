"""The codebook as shipped holds together, takes an installation's additions, and names every fault of a broken one at once."""

from __future__ import annotations

import copy
import pickle
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook import build_codebook, load_actors, load_codebook
from waqai.codebook.load import DATA
from waqai.codebook.shapes import load_yaml, parse_yaml
from waqai.core import CodebookError

CODEBOOK = load_codebook()
OWN_TYPE = """
roles: {negotiator: "who speaks for both sides"}
measures: [rescued]
attrs: {weather: {values: [clear, dust], def: "at the time"}}
types:
- id: prison_visit
  family: custody_inside
  def: "a body of inspection enters a place of custody"
  roles: [initiator, facility, negotiator]
  counts: [rescued]
  acled: [{when: 'weather == "dust"', code: Other}]
  ex: "Inspectors were let into the fort."
actors:
- {id: our-desk, name: Our Desk, kind: monitor, country: SY}
"""


@pytest.fixture
def shipped() -> tuple[dict[str, Any], dict[str, Any]]:
    return copy.deepcopy(load_yaml(DATA / "ontology.yaml")), copy.deepcopy(load_yaml(DATA / "targets.yaml"))


def test_the_shipped_codebook_has_twelve_families_and_forty_three_types() -> None:
    assert len(CODEBOOK.families) == 12
    assert len(CODEBOOK.types) == 43
    assert {t.family for t in CODEBOOK.types.values()} == set(CODEBOOK.families)


def test_the_targets_list_acleds_25_sub_events_and_plovers_16_events() -> None:
    assert len(CODEBOOK.targets["acled"].codes) == 25
    assert len({c.type for c in CODEBOOK.targets["acled"].codes.values()}) == 6
    assert len(CODEBOOK.targets["plover"].codes) == 16


def test_the_default_codebook_is_read_once() -> None:
    assert load_codebook() is CODEBOOK


def test_a_codebook_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(CODEBOOK)) == CODEBOOK


def test_an_unknown_type_is_an_error_that_names_it() -> None:
    with pytest.raises(CodebookError, match="'prison_party'"):
        CODEBOOK.get_type("prison_party")


def test_a_type_asked_for_by_its_alias_is_an_error_that_names_the_type() -> None:
    with pytest.raises(CodebookError, match="use 'escape'"):
        CODEBOOK.get_type("thwarted_escape")


@pytest.mark.parametrize("word", ["thwarted_escape", "Thwarted escape", "thwarted-escape", " thwarted_escape "])
def test_an_alias_resolves_however_it_is_written(word: str) -> None:
    alias = CODEBOOK.resolve_alias(word)
    assert alias is not None and (alias.type, alias.status) == ("escape", "foiled")


def test_an_ambiguous_alias_has_no_type_but_a_question() -> None:
    alias = CODEBOOK.resolve_alias("prison break")
    assert alias is not None and alias.type is None and alias.note and "outside" in alias.note


def test_a_word_that_is_no_alias_is_none() -> None:
    assert CODEBOOK.resolve_alias("escape") is None


@pytest.mark.parametrize(
    ("cue", "stance"),
    [("say", "reports"), ("Condemn", "evaluates"), ("according to", "reports"), ("is  expected to", "expects"), ("deny", "denies"), ("eat", None)],
)
def test_a_cue_gives_its_stance(cue: str, stance: str | None) -> None:
    assert CODEBOOK.stance_of_cue(cue) == stance


def test_phrase_cues_come_longest_first() -> None:
    lengths = [len(cue) for cue in CODEBOOK.phrase_cues]
    assert lengths == sorted(lengths, reverse=True) and "according to" in CODEBOOK.phrase_cues


@pytest.mark.parametrize(
    ("days", "precision", "ucdp", "acled"),
    [
        (1, "T1_day", 1, 1),
        (2, "T2_span_2_6_days", 2, 2),
        (6, "T2_span_2_6_days", 2, 2),
        (7, "T3_week", 3, 2),
        (8, "T4_month", 4, 3),
        (31, "T4_month", 4, 3),
        (32, "T5_longer", 5, 3),
    ],
)
def test_a_span_of_days_has_ucdps_and_acleds_codes(days: int, precision: str, ucdp: int, acled: int) -> None:
    first = date(2023, 6, 1)
    found = CODEBOOK.time_precision(first, first + timedelta(days=days - 1))
    assert (found.id, found.ucdp, found.acled) == (precision, ucdp, acled)


def test_no_day_is_an_unknown_precision() -> None:
    assert CODEBOOK.time_precision(None, None).id == "T0_unknown"


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="earliest <= latest"):
        CODEBOOK.time_precision(date(2023, 6, 2), date(2023, 6, 1))


@given(st.dates(), st.dates())
def test_a_longer_span_is_never_more_precise(first: date, second: date) -> None:
    earliest, latest = sorted((first, second))
    order = list(CODEBOOK.time_precisions)
    found = CODEBOOK.time_precision(earliest, latest)
    shorter = CODEBOOK.time_precision(earliest, max(earliest, latest - timedelta(days=1)) if latest > earliest else latest)
    assert order.index(shorter.id) <= order.index(found.id)


@pytest.mark.parametrize(
    ("phrase", "word"), [("Dozens of prisoners", "dozens"), ("tens of thousands of people", "tens of thousands"), ("a few men", "a few"), ("25 men", None)]
)
def test_the_longest_vague_word_of_a_phrase_counts(phrase: str, word: str | None) -> None:
    found = CODEBOOK.find_vague(phrase)
    assert (found.word if found else None) == word


def test_an_installation_adds_types_roles_measures_attrs_and_actors(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN_TYPE, encoding="utf-8")
    codebook = load_codebook(own)
    assert codebook.get_type("prison_visit").shipped is False and codebook.get_type("escape").shipped is True
    assert "negotiator" in codebook.roles and "rescued" in codebook.measures and "weather" in codebook.attrs
    assert codebook.digest != CODEBOOK.digest and codebook.version == CODEBOOK.version
    assert load_actors(own).find_actor("our desk") == "our-desk"
    assert load_actors().find_actor("our desk") is None


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ({"types": [{"id": "escape", "family": "combat", "def": "x", "roles": [], "counts": [], "ex": "x"}]}, "type 'escape' is shipped"),
        ({"types": [{"id": "mutiny", "family": "combat", "def": "x", "roles": [], "counts": [], "ex": "x"}]}, "type 'mutiny' is shipped"),  # an alias
        ({"roles": {"victim": "me"}}, "role 'victim' is shipped"),
        ({"measures": ["killed"]}, "measure 'killed' is shipped"),
        ({"attrs": {"violent": {"values": [True], "def": "x"}}}, "attr 'violent' is shipped"),
        ({"families": {"fun": "x"}}, "families"),  # families are not an installation's to add
        ({"attrs": {"status": {"values": ["x"], "def": "x"}}}, "expression language"),
        ([1], "own.yaml"),
    ],
)
def test_an_installation_cannot_change_what_is_shipped(shipped: Any, added: object, fault: str) -> None:
    with pytest.raises(CodebookError, match=fault):
        build_codebook(*shipped, extra=added, name="own.yaml")


def test_all_faults_of_a_broken_codebook_come_in_one_error(shipped: Any) -> None:
    ontology, targets = shipped
    ontology["types"][0].update(family="nowhere", roles=["wizard"], counts=["smiles"])
    ontology["types"][1]["acled"] = [{"code": "Fistfight"}, {"when": "violent = true", "code": "Attack"}]
    ontology["types"][2]["plover"] = [{"when": "mood == 'bad'", "code": "ASSAULT", "mode": "tickle"}]
    ontology["aliases"]["nap"] = {"type": "sleep", "status": "asleep", "attrs": {"violent": "very"}}
    ontology["stances"]["denies"]["cues"].append("say")
    with pytest.raises(CodebookError) as caught:
        build_codebook(ontology, targets)
    message = str(caught.value)
    for part in ("nowhere", "wizard", "smiles", "Fistfight", "violent = true", "mood", "tickle", "'sleep'", "'asleep'", "very", "'say'", "never tried"):
        assert part in message


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ('weapon == "spoon"', "weapon is never 'spoon'"),
        ('status == "happened"', "status is never 'happened'"),
        ("counts.smiles > 0", "no measure 'smiles'"),
        ('counts.killed == "many"', "is a number"),
        ("violent == 1", "violent is never 1"),
        ("weapon > 3", "has no order"),
    ],
)
def test_a_rule_may_only_ask_what_an_account_can_say(shipped: Any, when: str, fault: str) -> None:
    ontology, targets = shipped
    ontology["types"][0]["acled"] = [{"when": when, "code": "Attack"}]
    with pytest.raises(CodebookError, match=fault):
        build_codebook(ontology, targets)


def test_a_key_that_nobody_reads_is_a_fault(shipped: Any) -> None:
    ontology, targets = shipped
    ontology["types"][0]["colour"] = "red"
    with pytest.raises(CodebookError, match=r"types\.0\.colour"):
        build_codebook(ontology, targets)


@pytest.mark.parametrize("text", ["a: 1\na: 2", "a: [1", "a: {b: 1, b: 2}"])
def test_yaml_that_is_broken_or_says_a_key_twice_is_refused(text: str) -> None:
    with pytest.raises(CodebookError, match=r"own\.yaml"):
        parse_yaml(text, name="own.yaml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"nothing\.yaml"):
        load_codebook(tmp_path / "nothing.yaml")

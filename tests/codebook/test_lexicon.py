"""The lexicon: typed, and checked against the codebook with all its faults at once."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from waqai.codebook import load_codebook
from waqai.codebook.lexicon import build_lexicon, load_lexicon
from waqai.codebook.lexicon_shapes import TypeSets, WordLists
from waqai.codebook.load import DATA
from waqai.codebook.shapes import load_yaml
from waqai.core import CodebookError

RAW = load_yaml(DATA / "lexicon.yaml")


def faults_of(change: Callable[[Any], object]) -> str:
    """The faults of the shipped lexicon with a change made to it."""
    data = deepcopy(RAW)
    change(data)
    with pytest.raises(CodebookError) as caught:
        build_lexicon(data, codebook=load_codebook())
    return str(caught.value)


def test_the_shipped_lexicon_has_no_faults() -> None:
    assert load_lexicon().version == RAW["version"]


def test_a_rule_hangs_on_its_first_verb_and_on_its_last_noun() -> None:
    lexicon = load_lexicon()
    assert ("out",) in [rule.rest for rule in lexicon.verbs["break"]]
    assert ("hunger",) in [rule.rest for rule in lexicon.nouns["strike"]]


def test_rules_of_a_word_keep_the_order_of_the_file() -> None:
    rows = [row["type"] for row in RAW["verbs"] if "storm" in row["words"]]
    assert [rule.type for rule in load_lexicon().verbs["storm"] if not rule.rest] == rows


def test_conditions_are_read_by_slot() -> None:
    rule = load_lexicon().verbs["free"][0]
    assert (rule.slots, rule.near) == ({"subj": ("outlaw",), "obj": ("held", "facility")}, ("facility",))


def test_measures_are_turned_to_go_by_word() -> None:
    measures = load_lexicon().measures
    assert measures.of_verb["die"] == ("subj", "killed") and measures.of_noun["fatality"] == "killed"


def test_a_set_of_types_stands_for_its_members_in_told_by() -> None:
    lexicon = load_lexicon()
    assert lexicon.measures.told_by["killed"] == lexicon.types.violence | {"death_in_custody"}


def test_the_digest_changes_with_any_word() -> None:
    data = deepcopy(RAW)
    data["words"]["people"].append("folk")
    assert build_lexicon(data, codebook=load_codebook()).digest != load_lexicon().digest


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d["verbs"][0].update(type="fleeing"), "no type 'fleeing'"),
        (lambda d: d["verbs"][0].update(subj="outlaws"), "no word class 'outlaws'"),
        (lambda d: d["verbs"][0].update(subj="!outlaws"), "no word class 'outlaws'"),
        (lambda d: d["verbs"][0].update(near="!held"), "no word class '!held'"),  # near bars nothing
        (lambda d: d["verbs"][0].update(ojb="held"), "no slot 'ojb'"),  # a slip
        (lambda d: d["verbs"][0].update(p=1.5), "less than or equal to 1"),
        (lambda d: d["verbs"][0].update(attrs={"peacefull": True}), "no attr 'peacefull'"),
        (lambda d: d["verbs"][0].update(attrs={"peaceful": 1}), "attrs"),  # 1 is not true
        (lambda d: d["nouns"][0].pop("type"), "type: Field required"),
        (lambda d: d["frames"].update(fleeing={"subj": "victim"}), "frames: no type 'fleeing'"),
        (lambda d: d["frames"]["escape"].update(subj="runner"), "frames.escape: no role 'runner'"),
        (lambda d: d["frames"]["escape"].update({"underneath": "facility"}), "frames.escape: no slot 'underneath'"),
        (lambda d: d["statuses"].update(rumoured={"verbs": ["rumour"]}), "statuses: no status 'rumoured'"),
        (lambda d: d["statuses"].pop("foiled"), "statuses: 'foiled' is missing"),
        (lambda d: d["types"]["breaks"].append("fleeing"), "types.breaks: no type 'fleeing'"),
        (lambda d: d["types"].update(mine=["escape"]), "types.mine: Extra inputs"),
        (lambda d: d["measures"]["of_noun"].update(slain=["corpse"]), "measures.of_noun: no measure 'slain'"),
        (lambda d: d["measures"]["of_slot"].update(fleeing={"subj": "killed"}), "measures.of_slot: no type 'fleeing'"),
        (lambda d: d["measures"]["of_slot"]["escape"].update(subj="fled"), "measures.of_slot: no measure 'fled'"),
        (lambda d: d["measures"]["of_verb"]["wounded"]["obj"].append("kill"), "'kill' stands under two measures"),
        (lambda d: d["measures"]["told_by"].update(killed=["violent"]), "measures.told_by: no type 'violent'"),
        (lambda d: d["methods"].update(rope="abseiling"), "no method 'abseiling'"),
        (lambda d: d["classes"].pop("outlaw"), "classes: 'outlaw' is missing"),
        (lambda d: d["classes"].update(spare=["thing"]), "classes: no rule names 'spare'"),
        (lambda d: d["words"].pop("people"), "words.people: Field required"),
        (lambda d: d["words"]["people"].append("people"), "'people' stands twice"),
        (lambda d: d["words"]["people"].append("folk_"), "'folk_' has a space or an underscore"),  # never matches
        (lambda d: d["words"]["people"].append("Folk"), "'Folk' is not in lower case"),
        (lambda d: d["words"]["people"].append("towns-folk"), "'towns-folk' is taken apart at its hyphen"),
        (lambda d: d["words"]["people"].append(True), "words.people"),  # YAML's unquoted yes, on, no
        (lambda d: d["words"].update(people="folk"), "must be a list of words"),
        (lambda d: d.update(verb=[]), "verb: Extra inputs"),
    ],
)
def test_a_fault_is_named(change: Callable[[Any], object], fault: str) -> None:
    assert fault in faults_of(change)


def test_all_faults_are_named_at_once() -> None:
    def change(data: Any) -> None:
        data["verbs"][0]["type"] = "fleeing"
        data["methods"]["rope"] = "abseiling"

    message = faults_of(change)
    assert message.startswith("2 faults in lexicon.yaml") and "fleeing" in message and "abseiling" in message


@pytest.mark.parametrize(("section", "shape"), [("words", WordLists), ("types", TypeSets)])
def test_every_list_of_the_file_is_asked_for_by_name(section: str, shape: type[WordLists] | type[TypeSets]) -> None:
    sources = "".join(path.read_text("utf-8") for path in (DATA.parent / "reading").glob("*.py"))
    assert set(RAW[section]) == set(shape.model_fields)
    assert [name for name in shape.model_fields if f".{name}" not in sources] == []


def test_no_line_of_the_file_is_longer_than_two_hundred_characters() -> None:
    assert max(map(len, (DATA / "lexicon.yaml").read_text("utf-8").splitlines())) <= 200

from __future__ import annotations

import copy
from typing import Any

import pytest

from waqai.codebook import crosswalk, load_codebook
from waqai.codebook.crosswalk import Code
from waqai.codebook.homes import build_homes, load_homes
from waqai.codebook.load import DATA
from waqai.codebook.shapes import load_yaml
from waqai.core import CodebookError

CODEBOOK = load_codebook()
HOMES = load_homes(CODEBOOK)


@pytest.mark.parametrize("code", CODEBOOK.targets["acled"].codes)
def test_every_sub_event_type_of_acled_leads_to_a_type_that_leads_back(code: str) -> None:
    home = HOMES.find_home("acled", code)
    assert home is not None
    if home.type is None:
        assert code == "Other"
        return
    wounded = {"killed": 1.0} if code == "Excessive force against protesters" else {}  # this one needs harm done, which the row's fatalities tell
    found = crosswalk("acled", CODEBOOK, type=home.type, attrs=home.attrs, counts=wounded)
    assert isinstance(found, Code)
    assert found.code == code


def test_the_line_of_a_mode_stands_before_that_of_its_code() -> None:
    found = [HOMES.find_home("plover", "ASSAULT", mode=mode, against=against) for mode, against in (("aerial", "civilians"), ("x", "civilians"), (None, None))]
    assert [home.type for home in found if home] == ["air_strike", "attack_on_civilians", None]
    assert HOMES.find_home("plover", "DANCE") is None


@pytest.mark.parametrize(
    ("scheme", "code", "line", "fault"),
    [
        ("acled", "Attack", {"type": "picnic"}, "no type 'picnic'"),
        ("acled", "Attack", {"type": "protest"}, "no rule of the crosswalk leads from protest to Attack"),
        ("acled", "Attack", {"type": None}, "needs a note"),
        ("acled", "Attack", {"type": "attack_on_civilians", "attrs": {"weapon": "spoon"}}, "no attr 'weapon' with the value 'spoon'"),
        ("acled", "Dance", {"type": "clash"}, "there is no code 'Dance'"),
        ("plover", "ASSAULT/dance", {"type": "clash"}, "there is no code 'ASSAULT/dance'"),
    ],
)
def test_a_line_that_is_not_true_is_refused_when_loaded(scheme: str, code: str, line: dict[str, Any], fault: str) -> None:
    raw = copy.deepcopy(load_yaml(DATA / "homes.yaml"))
    raw[scheme][code] = line
    with pytest.raises(CodebookError, match=fault):
        build_homes(raw, CODEBOOK)


def test_a_code_of_which_nothing_is_said_is_a_fault() -> None:
    raw = copy.deepcopy(load_yaml(DATA / "homes.yaml"))
    del raw["ucdp"]["2"]
    with pytest.raises(CodebookError, match="nothing is said of '2'"):
        build_homes(raw, CODEBOOK)

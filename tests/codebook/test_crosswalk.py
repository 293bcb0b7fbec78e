"""Every type reaches the codes it should, or is dropped with a reason that can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.codebook import Code, Dropped, Rule, crosswalk, drop_counts, load_codebook, parse_expression
from waqai.codebook.expressions import iter_comparisons
from waqai.core import AttrValue, CodebookError

CODEBOOK = load_codebook()
TARGETS = ("acled", "plover", "cameo")
NO_ACLED = {"detention", "sentence", "amnesty", "transfer", "statement", "aid", "sanction", "policy", "return"}
attrs_strategy = st.fixed_dictionaries({}, optional={a.id: st.sampled_from(a.values) for a in CODEBOOK.attrs.values()})
counts_strategy = st.dictionaries(st.sampled_from(CODEBOOK.measures), st.integers(0, 500))


def rules_of(target: str, type: str) -> tuple[Rule, ...]:
    return (*CODEBOOK.targets[target].before, *CODEBOOK.types[type].crosswalk.get(target, ()))


def iter_tellings(target: str, type: str) -> Iterator[tuple[Mapping[str, AttrValue], str, Mapping[str, float]]]:
    """Every combination of what the rules of a type ask for: each attr absent or at each of its values, every status, each count absent, 0 or 1."""
    names = {c.name for rule in rules_of(target, type) if rule.when for c in iter_comparisons(parse_expression(rule.when))}
    attrs = sorted(names & set(CODEBOOK.attrs))
    measures = sorted(n.removeprefix("counts.") for n in names if n.startswith("counts."))
    spaces = [*([None, *CODEBOOK.attrs[a].values] for a in attrs), *([None, 0, 1] for _ in measures), CODEBOOK.statuses]
    for *values, status in product(*spaces):
        said = dict(zip((*attrs, *measures), values, strict=True))
        yield {a: said[a] for a in attrs if said[a] is not None}, str(status), {m: said[m] for m in measures if said[m] is not None}  # type: ignore[misc]


def outcomes(target: str, type: str) -> list[Code | Dropped]:
    return [crosswalk(target, CODEBOOK, type=type, attrs=a, status=s, counts=c) for a, s, c in iter_tellings(target, type)]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("type", CODEBOOK.types)
def test_every_rule_of_a_type_is_reached_by_some_telling(target: str, type: str) -> None:
    codes = outcomes(target, type)
    got = {(c.code, c.mode, c.because) for c in codes if isinstance(c, Code)}
    excluded = {d.detail for d in codes if isinstance(d, Dropped) and d.reason == "excluded"}
    for rule in CODEBOOK.types[type].crosswalk.get(target, ()):
        assert (rule.code, rule.mode, rule.when or "always") in got or (rule.code is None and rule.note in excluded), rule


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("type", CODEBOOK.types)
def test_every_type_reaches_the_target_or_is_dropped_with_a_reason(target: str, type: str) -> None:
    codes = outcomes(target, type)
    if target in CODEBOOK.types[type].crosswalk:
        assert any(isinstance(c, Code) for c in codes)
    else:
        assert all(isinstance(c, Dropped) and c.reason == "no_home" and c.detail for c in codes)


def test_every_acled_sub_event_and_every_plover_event_is_reached() -> None:
    for target in ("acled", "plover"):
        reached = {c.code for type in CODEBOOK.types for c in outcomes(target, type) if isinstance(c, Code)}
        assert reached == set(CODEBOOK.targets[target].codes)


def test_the_types_without_a_home_are_the_known_ones() -> None:
    assert {t.id for t in CODEBOOK.types.values() if "acled" not in t.crosswalk} == NO_ACLED
    assert {t.id for t in CODEBOOK.types.values() if "plover" not in t.crosswalk} == {"escape", "group_change"}


@pytest.mark.parametrize(
    ("target", "type", "attrs", "status", "counts", "code", "mode"),
    [
        ("acled", "territory_change", {"violent": False, "taken_by": "government"}, "occurred", {}, "Non-violent transfer of territory", None),
        ("acled", "territory_change", {"taken_by": "government"}, "occurred", {}, "Government regains territory", None),
        ("acled", "territory_change", {"taken_by": "non_state"}, "occurred", {}, "Non-state actor overtakes territory", None),
        ("acled", "territory_change", {"taken_by": "non_state"}, "foiled", {}, "Armed clash", None),  # the ground did not change hands
        ("acled", "bombing", {"weapon": "grenade"}, "occurred", {}, "Grenade", None),
        ("acled", "bombing", {}, "foiled", {}, "Disrupted weapons use", None),
        ("acled", "escape", {}, "occurred", {}, "Other", None),
        ("acled", "prison_riot", {"peaceful": True}, "occurred", {}, "Other", None),
        ("acled", "prison_riot", {}, "occurred", {}, "Mob violence", None),
        ("acled", "protest_repression", {}, "occurred", {"killed": 2}, "Excessive force against protesters", None),
        ("acled", "protest_repression", {}, "occurred", {"killed": 0}, "Protest with intervention", None),
        ("acled", "arrest", {"judicial": False}, "occurred", {}, "Abduction/forced disappearance", None),
        ("plover", "release", {"by": "third_party_force"}, "occurred", {}, "AID", None),
        ("plover", "release", {}, "occurred", {}, "RETREAT", "release"),
        ("plover", "aid", {}, "pledged", {}, "AGREE", None),
        ("plover", "aid", {}, "occurred", {}, "AID", None),
        ("plover", "air_strike", {"weapon": "drone"}, "occurred", {}, "ASSAULT", "drone"),
        ("plover", "shelling", {}, "threatened", {}, "THREATEN", "violence"),
        ("plover", "transfer", {"cross_border": True, "forced": True}, "occurred", {}, "COERCE", "deport"),
        ("cameo", "transfer", {"cross_border": True, "forced": True}, "occurred", {}, "174", None),
        ("cameo", "release", {}, "occurred", {}, "0841", None),
    ],
)
def test_what_the_account_says_decides_the_code(
    target: str, type: str, attrs: dict[str, AttrValue], status: str, counts: dict[str, float], code: str, mode: str | None
) -> None:
    found = crosswalk(target, CODEBOOK, type=type, attrs=attrs, status=status, counts=counts)
    assert isinstance(found, Code) and (found.code, found.mode) == (code, mode)


@pytest.mark.parametrize(
    ("target", "type", "attrs", "status", "reason"),
    [
        ("plover", "escape", {}, "occurred", "no_home"),
        ("acled", "aid", {}, "pledged", "no_home"),
        ("acled", "jailbreak", {}, "planned", "status"),
        ("plover", "jailbreak", {}, "denied_only", "status"),
        ("acled", "execution", {"judicial": True}, "occurred", "excluded"),
        ("acled", "arrest", {}, "foiled", "excluded"),  # nobody was arrested
        ("acled", "execution", {}, "occurred", "undecided"),
        ("acled", "territory_change", {}, "occurred", "undecided"),
        ("acled", "release", {}, "occurred", "undecided"),
        ("plover", "statement", {}, "occurred", "undecided"),
        ("acled", "death_in_custody", {"cause": "illness"}, "occurred", "undecided"),
    ],
)
def test_a_row_without_a_code_says_why(target: str, type: str, attrs: dict[str, AttrValue], status: str, reason: str) -> None:
    found = crosswalk(target, CODEBOOK, type=type, attrs=attrs, status=status)
    assert isinstance(found, Dropped) and found.reason == reason and found.detail


def test_acled_codes_carry_their_event_and_disorder_type() -> None:
    found = crosswalk("acled", CODEBOOK, type="clash")
    assert isinstance(found, Code) and (found.event, found.disorder) == ("Battles", "Political violence")


@settings(max_examples=300)
@given(st.sampled_from(TARGETS), st.sampled_from(sorted(CODEBOOK.types)), attrs_strategy, st.sampled_from(sorted(CODEBOOK.statuses)), counts_strategy)
def test_any_account_gets_a_code_of_the_target_or_a_reason(target: str, type: str, attrs: dict[str, AttrValue], status: str, counts: dict[str, float]) -> None:
    found = crosswalk(target, CODEBOOK, type=type, attrs=attrs, status=status, counts=counts)
    if isinstance(found, Code):
        known = CODEBOOK.targets[target].codes[found.code]
        assert found.mode is None or found.mode in known.modes
    else:
        assert found.reason in ("no_home", "status", "excluded", "undecided") and found.detail


@pytest.mark.parametrize(("target", "type", "status"), [("gtd", "clash", "occurred"), ("acled", "picnic", "occurred"), ("acled", "clash", "done")])
def test_an_unknown_target_type_or_status_is_an_error(target: str, type: str, status: str) -> None:
    with pytest.raises(CodebookError, match=r"no (target|type|status)"):
        crosswalk(target, CODEBOOK, type=type, status=status)


def test_dropped_rows_are_counted_by_target_and_reason() -> None:
    rows = [crosswalk(target, CODEBOOK, type=type) for target in ("acled", "plover") for type in ("escape", "aid", "policy", "clash")]
    assert drop_counts(rows) == {"acled": {"no_home": 2}, "plover": {"no_home": 1, "undecided": 1}}

from __future__ import annotations

from expecting import cover, day, draft, enter, happen, look, settle
from waqai.expectations import describe_entry, describe_rule, describe_state
from waqai.expectations.wording import describe_silence
from waqai.store import Store


def test_a_rule_reads_as_a_question_with_its_days(store: Store) -> None:
    said = {}
    for name, words in {
        "plain": "an attack in Syria is likely within 10 days",
        "none": "there will not be a riot in Syria within 10 days",
        "if": "if there is an air strike in Syria, protests will follow",
    }.items():
        made = draft(store, words, id=name)
        assert made.rule is not None
        said[name] = describe_rule(made.rule)
    assert said["plain"] == "at least one incident of combat, remote violence or violence on civilians in SY, 2021-06-02 to 2021-06-11"
    assert said["none"].startswith("no incident of prison riot or crowd violence in SY")
    assert said["if"] == (
        "if there is air strike in SY, 2021-06-02 to 2021-11-28: at least one incident of protest, crowd violence or protest repression in SY, "
        "in the 30 days after it"
    )


def test_the_lines_of_an_entry_say_what_is_imputed_what_silence_means_and_what_came_of_it(store: Store) -> None:
    one = enter(store, "an attack in Syria is likely")
    lines = "\n".join(describe_entry(look(store, one, on=day(2))))
    assert "horizon imputed: 30 days" in lines and "“likely”: .60–.80, midpoint .70" in lines and "silence: no, if 10 reports" in lines
    happen(store, "hit", on=day(3))
    resolved = settle(store, one, on=day(5))
    lines = "\n".join(describe_entry(resolved))
    assert "resolved yes, citing i-hit, by ana" in lines
    assert "caused" not in lines


def test_the_state_says_what_waits_for_a_person(store: Store) -> None:
    one = enter(store, "an attack in Syria is likely within 10 days")
    assert describe_state(look(store, one, on=day(2))) == "open"
    cover(store)
    assert describe_state(look(store, one, on=day(30))) == "proposed: no"
    assert describe_state(settle(store, one, on=day(30))) == "no"
    moving = draft(store, "the fugitives are expected to head into Turkish territory", id="move")
    assert moving.rule is not None and "seldom seen" in describe_silence(moving.rule)

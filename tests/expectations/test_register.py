from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from expecting import AT, BY, ISSUED, MEANS, day, draft, enter, happen, look, say, settle
from waqai.core import NotPossible, StoreError, UnknownId
from waqai.expectations import Told, canonical_json, find_report_of, list_registered, look_for_references, measure_base, register, sha256_of
from waqai.patterns.testable import NotTestable
from waqai.schema import tables
from waqai.store import Store

ATTACK = "an attack in Syria is likely within 10 days"


def listed(store: Store, **asked: object) -> list[str]:
    return [one.id for one in list_registered(store, codebook=MEANS.codebook, **asked)]  # type: ignore[arg-type]


def test_an_entry_is_kept_as_it_was_registered_with_who_when_and_its_hash_in_the_log(store: Store) -> None:
    one = enter(store, ATTACK)
    found = look(store, one, on=day(2))
    assert (found.frozen, found.sha256, found.by, found.at, found.state) == (one.frozen, sha256_of(one.frozen), BY, AT, "open")
    (entry,) = store.iter_log(subject=one.id)
    assert (entry.kind, entry.value["sha256"], entry.value["late"]) == ("expected", one.sha256, False)
    assert store.verify().holds


def test_on_each_database_an_entry_is_registered_resolved_scored_guarded_and_erased(each: Store) -> None:
    one = enter(each, ATTACK)
    rate = enter(each, "one success tempts it to try again and again", id="rate", stance="assesses", told=Told(country="SY", types=("escape",)))
    happen(each, "hit", on=day(3))
    happen(each, "escape", on=day(-30), type="escape")
    resolved = settle(each, one, on=day(5))
    assert resolved.state == "yes"
    with each.reading(incidents=True) as connection:
        base = measure_base(connection, one.frozen.rule, issued=ISSUED, families=("combat",))
        assert isinstance(look_for_references(connection, rate.frozen.rule), NotTestable)
    assert (base.windows, base.left_out) == (0, 73)
    for change in (tables.expectations.update().values(sha256="0"), tables.expectations.delete()):
        with pytest.raises(StoreError, match=r"never updated|are kept|only"), each.writing() as connection:
            connection.execute(change)
    each.erase_report("claim", because="asked for", by=BY, at=AT)
    assert listed(each) == [rate.id]
    assert each.verify().holds


def test_the_hash_is_over_canonical_json_and_changes_with_anything_of_the_rule(store: Store) -> None:
    frozen = enter(store, ATTACK).frozen
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
    others = [
        replace(frozen, rule=replace(frozen.rule, last=day(11))),
        replace(frozen, rule=replace(frozen.rule, coverage=replace(frozen.rule.coverage, reports=9))),
        replace(frozen, band=replace(frozen.band, low=0.61)),
        replace(frozen, words="other words"),
    ]
    assert len({sha256_of(frozen), *map(sha256_of, others)}) == 5


def test_an_entry_refuses_to_be_changed_or_deleted_and_one_that_was_is_noticed(store: Store) -> None:
    one = enter(store, ATTACK)
    with pytest.raises(StoreError, match="never updated"), store.writing() as connection:
        connection.execute(tables.expectations.update().values(sha256="0"))
    with pytest.raises(StoreError, match="are kept"), store.writing() as connection:
        connection.execute(tables.expectations.delete())
    with store.writing() as connection:
        connection.execute(sa.text("DROP TRIGGER expectations_no_update"))
        connection.execute(sa.text("UPDATE expectations SET plain = replace(plain, '2021-06-11', '2021-06-12')"))
    with pytest.raises(StoreError, match="not what was registered"):
        look(store, one, on=day(2))


def test_after_the_days_began_it_is_registered_only_as_late_and_marked_so(store: Store) -> None:
    with pytest.raises(NotPossible, match="--late"):
        enter(store, ATTACK, today=day(1))
    one = register(draft(store, ATTACK, id="again"), store, today=day(1), accept_late=True, because="", by=BY, at=AT)
    assert one.frozen.late
    happen(store, "hit", on=day(3))
    resolved = settle(store, one, on=day(5))
    assert (resolved.state, resolved.is_scored) == ("yes", False)


def test_on_the_day_of_the_claim_it_is_not_late(store: Store) -> None:
    assert not enter(store, ATTACK, today=ISSUED, late=True).frozen.late


def test_a_draft_without_a_rule_cannot_be_registered_and_the_reason_is_told(store: Store) -> None:
    with pytest.raises(NotPossible, match="nothing to come about"):
        enter(store, "better times will come")


def test_the_same_words_are_registered_once_and_again_after_they_were_withdrawn(store: Store) -> None:
    made = draft(store, ATTACK)
    said = {"today": ISSUED, "accept_late": False, "because": "", "by": BY, "at": AT}
    one = register(made, store, **said)  # type: ignore[arg-type]
    with pytest.raises(NotPossible, match=f"already, as {one.id}"):
        register(made, store, **said)  # type: ignore[arg-type]
    undo = store.undo(one.entry, because="wrong country", by=BY, at=AT)
    withdrawn = look(store, one, on=day(2))
    assert (withdrawn.state, withdrawn.withdrawn) == ("withdrawn", undo.id)
    second = register(made, store, **said)  # type: ignore[arg-type]
    assert second.id == f"{one.id}-2"
    assert listed(store) == [second.id, one.id]


def test_a_withdrawn_entry_is_not_resolved(store: Store) -> None:
    one = enter(store, ATTACK)
    store.undo(one.entry, because="", by=BY, at=AT)
    from waqai.expectations import Proposal, resolve

    looked = replace(look(store, one, on=day(2)), proposal=Proposal(outcome="yes", why="", incidents=()))
    with pytest.raises(NotPossible, match="withdrawn"):
        resolve(looked, "yes", store, because="", by=BY, at=AT)


def test_an_erased_report_takes_its_entries_and_what_was_said_of_them(store: Store) -> None:
    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    settle(store, one, on=day(5))
    store.erase_report("claim", because="asked for", by=BY, at=AT)
    assert listed(store) == []
    assert [entry.value for entry in store.iter_log(subject=one.id)] == [{}, {}]
    assert store.verify().holds
    with pytest.raises(UnknownId):
        look(store, one, on=day(5))


def test_a_rebuild_and_a_second_opening_change_nothing(store: Store) -> None:
    one = enter(store, ATTACK)
    happen(store, "hit", on=day(3))
    resolved = settle(store, one, on=day(5))
    assert store.rebuild().is_equal
    assert look(store, one, on=day(5)) == resolved


def test_entries_of_one_report_can_be_asked_for_and_a_claim_leads_to_its_report(store: Store) -> None:
    enter(store, ATTACK, id="a")
    other = enter(store, ATTACK.replace("Syria", "Iraq"), id="b")
    assert listed(store, reports=[other.report_sha256]) == [other.id]
    claim, _ = say(store, "nothing", id="c")
    assert (find_report_of(claim.id, store), find_report_of("c-none", store)) == ("c", None)

"""The end of a run: moves found on a picture of the store, written with the row of the run, and none against a person's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from factories import family_of, make_account, make_count, make_reading, make_report, make_when, make_where
from scenes import AT, MARCH_5, QALAT, join, open_by
from waqai.core import Card, Report
from waqai.flow import Chain, Store, add_reports, erase_report, judge_different, judge_same, lock_incident
from waqai.flow.picture import Picture
from waqai.flow.settling import log_move, settle
from waqai.linking import Move, Thoughts

LATER = (
    "Talks ended a second riot in Ghweran prison in Hasakah, Syria, on Sunday, 3 May 2020, a spokesman said.\n\n"
    "In March 2020 inmates rioted in the same prison."
)
FIRST = "Inmates rioted in Ghweran prison in Hasakah, Syria, on Sunday, 29 March 2020, the director of the prison said.\n\nGuards fired into the air."


pytestmark = pytest.mark.usefixtures("fixed_clock")


def reports() -> list[Report]:
    return [make_report(LATER, id="later", title="Second riot in Hasakah prison ends"), make_report(FIRST, id="first", title="Riot in Ghweran prison")]


def test_a_run_says_up_to_which_entry_it_settled(chain: Chain, store: Store) -> None:
    add_reports(reports(), chain, store)
    assert store.find_unsettled() == ()
    add_reports([make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")], chain, store)
    assert store.find_unsettled() == ()


def test_what_a_broken_run_left_is_settled_by_the_next(chain: Chain, store: Store, break_off: Callable[[Sequence[Report]], None]) -> None:
    break_off(reports())
    assert len(store.find_unsettled()) == 2
    add_reports([], chain, store)
    assert store.find_unsettled() == ()


def test_what_an_older_waqai_linked_counts_as_settled_up_to_the_day_of_its_last_run(chain: Chain, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reports(reports(), chain, store)
    store.add_run(at=datetime(2024, 1, 1, tzinfo=UTC), settings={}, versions={}, counts={"opened": 2})
    assert store.find_unsettled() == ()
    monkeypatch.setenv("WAQAI_NOW", "2024-01-02T00:00:00+00:00")
    new = make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")
    told: list[tuple[int, int]] = []
    add_reports([new], chain, store, on_turn=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]


def test_a_second_look_at_a_settled_store_moves_nothing(chain: Chain, store: Store) -> None:
    add_reports(reports(), chain, store)
    before = store.last_entry()
    add_reports(reports(), chain, store)
    assert store.last_entry() == before


def test_an_account_that_a_person_told_apart_is_not_moved_back(chain: Chain, store: Store) -> None:
    twice = [make_report(FIRST, id="first", title="Riot in Ghweran prison"), make_report(FIRST.replace("Guards", "Soldiers"), id="other", title="Ghweran riot")]
    add_reports(twice, chain, store)
    (one, *_), (other, *_) = (store.find_linked_cards(name) for name in ("first", "other"))
    assert store.find_incident_of(one.account.id) == store.find_incident_of(other.account.id)
    judge_different(one.account.id, other.account.id, store, because="two riots", by="person:ana")
    assert one.account.id in store.find_fixed(store.get_report("first").sha256)
    add_reports([make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")], chain, store)
    assert store.find_incident_of(one.account.id) != store.find_incident_of(other.account.id)


def test_an_erased_report_that_a_person_had_judged_has_no_turn(chain: Chain, store: Store) -> None:
    add_reports(reports(), chain, store)
    (one, *_), (other, *_) = (store.find_linked_cards(name) for name in ("first", "later"))
    judge_different(one.account.id, other.account.id, store, because="two riots", by="person:ana")
    erase_report("first", store, because="asked for", by="person:ana")
    summary = add_reports(reports()[1:], chain, store)
    assert summary.notices[0].reason.startswith("its text was erased on ") and store.find_unsettled() == ()


# ------------------------------------------------------------------ on a store that was linked by hand: the news of Qalat prison, in whatever incident

ANA = {"because": "I was there", "by": "person:ana"}
SAID = ("twelve men fled Qalat prison at night", "at night twelve men fled from Qalat prison", "it was at night that twelve men fled Qalat prison")


def tell(store: Store, name: str, incident: str, *, n: int = 0, role: str = "main", part: bool = False, **account: Any) -> Card:
    """A report of the escape from Qalat prison, put into this incident by the linker; with `part`, it tells of a clash too."""
    report = make_report(f"{SAID[n % 3]}, said {name}. Guards shot.", id=name, publisher=f"The {name}", published=date(2021, 3, 6), title="Twelve flee Qalat")
    said: dict[str, Any] = {"when": make_when(MARCH_5), "where": make_where(), "involved": [QALAT], "words": SAID[n % 3]} | account
    counts = [make_count(12, report=report, words="twelve men")]
    accounts = [make_account(report, counts=counts, background=role == "background", **said)]
    accounts += [make_account(report, type="clash", words="Guards shot", key="2")] if part else []
    with store.transaction():
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=accounts), family_of=family_of)
        head, *parts = store.iter_cards(report=name)
        (join if store.find_incident(incident) else open_by)(store, head, incident, role=role)
        for card in parts:
            join(store, card, incident, right=head.account.id, role="part")
    return head


def close_run(store: Store) -> None:
    store.add_run(at=AT, settings={}, versions={}, counts={"last_entry": store.last_entry()})


def nobody_apart(cards: Sequence[Card], store: Store) -> Mapping[str, frozenset[str]]:
    return {}


def moves_of(store: Store) -> list[tuple[Move, tuple[Card, ...]]]:
    return settle(store, find_apart=nobody_apart).moves


def routes_of(store: Store) -> list[tuple[str, str, str]]:
    """Who moves from where to where."""
    return [(cards[0].account.report, move.source, move.target) for move, cards in moves_of(store)]


def log_all(store: Store) -> list[bool]:
    return [log_move(move, cards, store, by="linker 2", at=AT) for move, cards in moves_of(store)]


def test_a_telling_that_stands_alone_moves_with_its_parts(store: Store) -> None:
    alone = tell(store, "alone", "i-alone", part=True)
    both = [tell(store, name, "i-both", n=n) for n, name in enumerate(("b", "c"), start=1)]
    assert log_all(store) == [True]
    assert set(store.find_seats(alone.anchor.report_sha256).values()) == {"i-both"}
    lead, part = list(store.iter_log(after=store.last_entry() - 2))
    assert lead.value["right"] in {card.account.id for card in both} and lead.because.startswith("on second thoughts: same facility")
    assert (part.value["right"], part.value["role"], part.because) == (alone.account.id, "part", "moves with what it is part of")
    assert store.rebuild().is_equal and moves_of(store) == []


def test_a_mention_stays_a_mention_where_it_moves(store: Store) -> None:
    tell(store, "mention", "i-alone", role="background")
    tell(store, "mention-too", "i-alone", role="background", n=1, type="clash", when=None)
    tell(store, "b", "i-both", n=1)
    tell(store, "c", "i-both", n=2)
    log_all(store)
    assert {(a.report, a.role) for a in store.get_incident("i-both").accounts} >= {("mention", "background"), ("b", "main")}


def test_three_that_stand_alone_end_in_one_incident(store: Store) -> None:
    cards = [tell(store, name, f"i-{name}", n=n) for n, name in enumerate("abc")]
    log_all(store)
    assert len({store.find_incident_of(card.account.id) for card in cards}) == 1 and moves_of(store) == []


def test_a_report_of_an_earlier_run_is_fitted_anew_where_a_new_one_joined_it(store: Store) -> None:
    tell(store, "old", "i-mixed")
    tell(store, "b", "i-both", n=1)
    tell(store, "c", "i-both", n=2)
    close_run(store)
    assert moves_of(store) == []
    tell(store, "new", "i-mixed", type="clash", when=None, where=None, involved=())
    assert ("old", "i-mixed", "i-both") in routes_of(store)


def test_mates_are_other_reports_of_the_same_incidents_and_so_many_at_most(store: Store) -> None:
    new, old, other = tell(store, "new", "i-one"), tell(store, "old", "i-one", n=1), tell(store, "other", "i-one", n=2)
    tell(store, "elsewhere", "i-two")
    mates = store.find_mates((new.anchor.report_sha256,), most=9)
    assert mates == tuple(sorted(card.anchor.report_sha256 for card in (old, other)))
    assert store.find_mates((new.anchor.report_sha256,), most=1) == mates[:1]


@pytest.mark.parametrize("locked", ["i-alone", "i-both"])
def test_nothing_leaves_or_enters_an_incident_that_a_person_locked(store: Store, locked: str) -> None:
    alone = tell(store, "alone", "i-alone")
    tell(store, "b", "i-both", n=1)
    tell(store, "c", "i-both", n=2)
    found = moves_of(store)
    lock_incident(locked, store, **ANA)  # while the moves were looked for
    before = store.last_entry()
    assert [log_move(move, cards, store, by="linker 2", at=AT) for move, cards in found] == [False]
    assert store.last_entry() == before and store.find_incident_of(alone.account.id) == "i-alone"
    if locked == "i-alone":
        assert moves_of(store) == [] and store.find_fixed(alone.anchor.report_sha256) == {alone.account.id}


def test_a_move_that_a_person_came_before_is_not_made(store: Store) -> None:
    alone = tell(store, "alone", "i-alone")
    tell(store, "b", "i-both", n=1)
    tell(store, "c", "i-both", n=2)
    far = tell(
        store, "far", "i-far", type="clash", when=make_when(date(2019, 1, 1)), where=make_where("Lima", place_id="x", lat=-12.0, country="PE"), involved=()
    )
    (found,) = [move for move in moves_of(store) if move[1][0].account.id == alone.account.id]
    judge_same(alone.account.id, far.account.id, store, **ANA)
    assert not log_move(*found, store, by="linker 2", at=AT) and store.find_incident_of(alone.account.id) == "i-far"
    assert "alone" not in {report for report, _, _ in routes_of(store)}


def test_what_persons_told_apart_is_not_joined(store: Store) -> None:
    alone = tell(store, "alone", "i-alone")
    tell(store, "b", "i-both", n=1)
    tell(store, "c", "i-both", n=2)
    assert len(moves_of(store)) == 1
    apart = settle(store, find_apart=lambda cards, _: {c.account.id: frozenset({"i-both"}) for c in cards if c.account.id == alone.account.id})
    assert apart.moves == []


class Scripted:
    """Second thoughts that move reports as they are told to: a list of (source, target) for each report, one for each of its turns. Mutable."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **script: list[tuple[str, str] | None]) -> None:
        self.script, self.turns, self.seen = script, list[str](), list[dict[str, set[str]]]()
        monkeypatch.setattr("waqai.flow.picture.refit_report", self.refit)

    def refit(self, cards: Sequence[Card], seats: Mapping[str, str], *, candidates: Any, **_: object) -> Thoughts:
        (card,) = cards
        name = card.account.report
        self.turns.append(name)
        self.seen.append({incident: {c.account.report for c in members} for incident, members in candidates(card)})
        steps = self.script.get(name, [])
        step = steps.pop(0) if steps else None
        if step is None:
            return Thoughts(moves=(), near=frozenset())
        assert seats[card.account.id] == step[0], "a later turn knows where the earlier one moved it"
        move = Move(accounts=(card.account.id,), source=step[0], target=step[1], right=card.account.id, score=0.9, because="told to")
        return Thoughts(moves=(move,), near=frozenset())


def test_a_move_is_seen_by_those_whose_turn_comes_after_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, (name, incident) in enumerate({"a": "i-a", "b": "i-b", "c": "i-a"}.items()):
        tell(store, name, incident, n=n)
    scripted = Scripted(monkeypatch, a=[("i-a", "i-b")])
    moves_of(store)
    assert scripted.seen[:3] == [{"i-a": {"a", "c"}, "i-b": {"b"}}, *[{"i-a": {"c"}, "i-b": {"a", "b"}}] * 2]


def test_only_reports_of_incidents_that_changed_have_another_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, (name, incident) in enumerate({"a": "i-left", "b": "i-left", "c": "i-joined", "d": "i-other"}.items()):
        tell(store, name, incident, n=n)
    scripted, told = Scripted(monkeypatch, a=[("i-left", "i-joined")]), list[tuple[int, int]]()
    settle(store, find_apart=nobody_apart, on_turn=lambda done, of: told.append((done, of)))
    assert scripted.turns == [*"abcd", *"abc"]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4), (1, 3), (2, 3), (3, 3)]


def test_a_telling_that_moves_twice_is_moved_once_and_one_that_comes_back_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, name in enumerate("abc"):
        tell(store, name, f"i-{name}", n=n)
    Scripted(monkeypatch, a=[("i-a", "i-b"), ("i-b", "i-c")], b=[("i-b", "i-c"), ("i-c", "i-b")])
    assert routes_of(store) == [("a", "i-a", "i-c")]


def test_a_picture_says_where_a_report_sits_now(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = tell(store, "a", "i-a").anchor.report_sha256
    tell(store, "b", "i-b", n=1)
    Scripted(monkeypatch, a=[("i-a", "i-b")])
    picture = Picture(store, nobody_apart)
    picture.refit(sha256)
    assert picture.incidents_of(sha256) == {"i-b"} and set(store.find_seats(sha256).values()) == {"i-a"}


def two_waves(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[Card, Card]:
    """Two incidents of two reports each, of which single reports stay where they are and a telling fits both; the first report of each."""
    old, _, young, _ = (
        tell(store, name, incident, n=n) for n, (name, incident) in enumerate({"a": "i-old", "b": "i-old", "c": "i-young", "d": "i-young"}.items())
    )
    monkeypatch.setattr("waqai.flow.picture.refit_report", lambda *_, **__: Thoughts(moves=(), near=frozenset({("i-young", "i-old")})))
    return old, young


def incidents_of(store: Store) -> dict[str, set[str]]:
    return {one.id: {account.report for account in one.accounts} for one in store.iter_incidents()}


def test_two_incidents_that_fit_become_the_older_one_and_the_younger_ones_id_leads_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    two_waves(store, monkeypatch)
    assert log_all(store) == [True, True]
    assert incidents_of(store) == {"i-old": {"a", "b", "c", "d"}}
    assert store.get_incident("i-young").id == "i-old" and store.rebuild().is_equal
    assert all("both incidents are one" in entry.because for entry in store.iter_log() if entry.by == "linker 2")


def test_incidents_that_a_person_told_apart_or_locked_do_not_become_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    old, young = two_waves(store, monkeypatch)
    assert settle(store, find_apart=lambda cards, _: {c.account.id: frozenset({"i-old"}) for c in cards if c.account.id == young.account.id}).moves == []
    assert settle(store, find_apart=lambda cards, _: {c.account.id: frozenset({"i-young"}) for c in cards if c.account.id == old.account.id}).moves == []
    lock_incident("i-old", store, **ANA)
    assert moves_of(store) == []


def test_an_incident_that_a_persons_word_holds_is_joined_by_the_older_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _, young = two_waves(store, monkeypatch)
    other = tell(store, "e", "i-else", n=1)
    judge_same(other.account.id, young.account.id, store, **ANA)
    log_all(store)
    assert incidents_of(store) == {"i-young": {"a", "b", "c", "d", "e"}}


def test_two_incidents_that_persons_words_hold_stay_two(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    old, young = two_waves(store, monkeypatch)
    for n, (name, there) in enumerate({"e": old, "f": young}.items()):
        judge_same(tell(store, name, f"i-{name}", n=n).account.id, there.account.id, store, **ANA)
    assert moves_of(store) == []


def test_two_incidents_that_do_not_fit_well_enough_stay_two(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    two_waves(store, monkeypatch)
    monkeypatch.setattr("waqai.flow.settling.MERGE", 1.1)
    assert moves_of(store) == []

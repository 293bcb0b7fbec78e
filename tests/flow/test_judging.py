"""A person's word holds: against later reports, against other readers; or it is listed as without a home."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from factories import STAMP, make_account, make_involved, make_reading, make_report, make_when, make_where
from scenes import AT
from waqai.codebook import load_actors
from waqai.core import Account, Notice, NotPossible, ReaderStamp, Reading, Report, StoreError, UnknownId
from waqai.flow import (
    Chain,
    Store,
    add_reports,
    erase_report,
    judge_different,
    judge_same,
    judge_unsure,
    lock_incident,
    split_incident,
    undo_entry,
)
from waqai.store import open_store
from waqai.store.homes import home_of

ANA = {"because": "I was there", "by": "person:ana"}
FIRST = "12 prisoners escaped by night from Qalat prison in Tel Salam."
SECOND = "Guards of the prison fought a clash near the river."


@dataclass(frozen=True)
class Scripted:
    """A reader that finds an escape and a clash in each report; version 2 sees some of them otherwise, by the report's number."""

    stamp: ReaderStamp

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        for report in reports:
            kinds = (("escape", FIRST), ("clash", SECOND)) if self.stamp.version == "1" else self._otherwise(int(report.id[1:]) % 5)
            accounts = [self._account(report, type, words, str(n)) for n, (type, words) in enumerate(kinds)]
            yield make_reading(report, accounts=accounts, stamp=self.stamp)

    def _otherwise(self, way: int) -> tuple[tuple[str, str], ...]:
        head, tail = "12 prisoners escaped by night from", "Qalat prison in Tel Salam."
        return (
            (("escape", FIRST), ("clash", SECOND)),
            (("jailbreak", head), ("clash", "fought a clash")),  # fewer words, another type of the family
            (("escape", head), ("jailbreak", tail), ("clash", SECOND)),  # one telling read as two
            (("clash", FIRST), ("escape", SECOND)),  # other families: no home
            (("escape", FIRST),),  # the second is not read any more
        )[way]

    def _account(self, report: Report, type: str, words: str, key: str) -> Account:
        place, prison = make_where(), make_involved("facility", "Qalat prison")
        return make_account(report, type=type, words=words, key=key, stamp=self.stamp, when=make_when(date(2021, 3, 5)), where=place, involved=[prison])


class NoPlaces:
    def resolve_accounts(self, report: Report, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
        return accounts


def report_of(n: int) -> Report:
    day = date(2021, 3, 6 + n % 3)
    return make_report(f"{FIRST} {SECOND} Report number {n}, word {n * 7919 % 1000}.", id=f"r{n}", publisher=f"Paper {n}", published=day)


@pytest.fixture
def first(chain: Chain) -> Chain:
    return replace(chain, reader=Scripted(STAMP), resolver=NoPlaces())


@pytest.fixture
def second(chain: Chain) -> Chain:
    return replace(chain, reader=Scripted(replace(STAMP, version="2")), resolver=NoPlaces())


def accounts_of(store: Store, n: int) -> tuple[str, ...]:
    return tuple(card.account.id for card in store.iter_cards(report=f"r{n}"))


def incident_of(store: Store, account: str) -> str:
    found = store.find_incident_of(account)
    assert found is not None
    return found


def test_an_account_moves_with_its_parts_and_comes_back_when_the_word_is_taken_back(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(3)], first, store)
    escape, clash = accounts_of(store, 1)
    whole = incident_of(store, escape)
    assert incident_of(store, clash) == whole == incident_of(store, accounts_of(store, 0)[0])
    change = judge_different(escape, accounts_of(store, 0)[0], store, **ANA)
    alone = incident_of(store, escape)
    assert alone != whole and incident_of(store, clash) == alone
    assert [(m.before, m.after) for m in change.moved] == [(whole, alone)] * 2
    undo_entry(change.entries[0].id, store, because="no", by="person")
    assert incident_of(store, escape) == incident_of(store, clash) == whole


def test_a_part_leaves_its_main_account_when_a_person_tells_the_two_apart(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    escape, clash = accounts_of(store, 1)
    whole = incident_of(store, escape)
    judge_different(clash, escape, store, **ANA)
    assert incident_of(store, escape) == whole != incident_of(store, clash)
    assert [a.role for a in store.get_incident(incident_of(store, clash)).accounts] == ["main"]


def test_two_incidents_become_one_under_the_older_id_and_the_younger_leads_there(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(3)], first, store)
    older = incident_of(store, accounts_of(store, 0)[0])
    split = split_incident(older, [accounts_of(store, 2)[0]], store, **ANA)
    younger = incident_of(store, accounts_of(store, 2)[0])
    with pytest.raises(NotPossible, match=f"undo {split.entries[0].id}"):
        judge_same(older, younger, store, **ANA)
    undo_entry(split.entries[0].id, store, because="", by="person")
    judge_same(accounts_of(store, 2)[0], accounts_of(store, 1)[0], store, **ANA)
    assert store.get_incident(younger).id == older


def test_a_merge_of_incidents_is_one_act_and_goes_back_as_one(first: Chain, store: Store) -> None:
    add_reports([report_of(0)], first, store)
    far = replace(report_of(1), text="40 rebels met.", sha256=make_report("40 rebels met.").sha256)
    store.add_report(far)
    account = make_account(far, type="meeting")
    store.add_reading(make_reading(far, accounts=[account]), family_of=first.ground.codebook.family_of)
    (card,) = store.iter_cards(report="r1")
    store.open_incident("i-far", account=account.id, anchor=card.anchor, role="main", because="", by="linker", at=AT)
    older = incident_of(store, accounts_of(store, 0)[0])
    merged = judge_same(older, "i-far", store, **ANA)
    assert store.get_incident("i-far").id == older and [m.before for m in merged.moved] == ["i-far"]
    undo_entry(merged.entries[-1].id, store, because="", by="person")
    assert store.get_incident("i-far").id == "i-far"


def test_an_unsure_word_moves_nothing_and_is_kept(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    change = judge_unsure(accounts_of(store, 0)[0], accounts_of(store, 1)[0], store, **ANA)
    assert (len(change.entries), change.moved) == (1, ())


def test_what_cannot_be_judged_is_said(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    (one, part), (other, _) = accounts_of(store, 0), accounts_of(store, 1)
    whole = incident_of(store, one)
    with pytest.raises(UnknownId, match="is a report; name one of its accounts: a-"):
        judge_same("r0", other, store, **ANA)
    with pytest.raises(NotPossible, match="one already"):
        judge_same(one, one, store, **ANA)
    with pytest.raises(NotPossible, match="all accounts of incident"):
        split_incident(whole, [one, other], store, **ANA)
    with pytest.raises(NotPossible, match="no account is named"):
        split_incident(whole, [], store, **ANA)
    with pytest.raises(UnknownId, match="'a-none'"):
        judge_different("a-none", other, store, **ANA)
    alone = judge_different(one, whole, store, **ANA)
    with pytest.raises(NotPossible, match="nothing to tell it apart from"):
        judge_different(one, incident_of(store, one), store, **ANA)
    with pytest.raises(NotPossible, match="is no account of incident"):
        split_incident(whole, [part], store, **ANA)
    assert incident_of(store, part) == incident_of(store, one) and alone.moved


def test_the_opening_of_an_incident_is_not_undone_and_an_undone_joining_opens_one(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    (one, _), (other, part) = accounts_of(store, 0), accounts_of(store, 1)
    by_account = {e.subject if e.kind == "judgement" else e.value["account"]: e.id for e in store.iter_log()}
    with pytest.raises(NotPossible, match="opened incident"):
        undo_entry(by_account[one], store, because="", by="person")
    undone = undo_entry(by_account[other], store, because="", by="person")
    assert incident_of(store, other) == incident_of(store, part) != incident_of(store, one)
    again = undo_entry(undone.entries[0].id, store, because="", by="person")
    assert incident_of(store, other) == incident_of(store, part) == incident_of(store, one)
    assert {before for _, before, _ in again.incidents} and store.rebuild().is_equal
    with pytest.raises(NotPossible, match="undone already"):
        undo_entry(undone.entries[0].id, store, because="", by="person")


def test_a_new_account_on_words_that_were_told_apart_does_not_join_again(first: Chain, second: Chain, store: Store) -> None:
    """The newer reader reads one telling as two: the one without a home is linked anew, like any other, but for what a person said."""
    add_reports([report_of(n) for n in range(3)], first, store)
    escape, _ = accounts_of(store, 2)
    whole = incident_of(store, escape)
    judge_different(escape, whole, store, **ANA)
    alone = incident_of(store, escape)
    add_reports([report_of(2)], second, store)
    head, tail, clash = accounts_of(store, 2)
    assert incident_of(store, head) == incident_of(store, clash) == alone
    assert incident_of(store, tail) != whole


def test_after_a_split_neither_side_s_reports_join_the_other_again(first: Chain, second: Chain, store: Store) -> None:
    """The newer reader reads one telling as two; the one without a home must join neither incident that a person told its words apart from."""
    add_reports([report_of(n) for n in range(5)], first, store)
    staying, leaving = accounts_of(store, 2)[0], accounts_of(store, 1)[0]
    whole = incident_of(store, staying)
    change = split_incident(whole, [leaving], store, **ANA)
    opened = incident_of(store, leaving)
    add_reports([report_of(2)], second, store)
    assert opened not in {incident_of(store, account) for account in accounts_of(store, 2)}
    with pytest.raises(NotPossible, match="does not tell of incident"):
        judge_same(accounts_of(store, 0)[0], opened, store, **ANA)
    undo_entry(change.entries[-1].id, store, because="one after all", by="person")
    assert incident_of(store, leaving) == whole and store.rebuild().is_equal


def test_no_later_report_joins_a_locked_incident(first: Chain, store: Store) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    whole = incident_of(store, accounts_of(store, 0)[0])
    lock = lock_incident(whole, store, **ANA).entries[0].id
    add_reports([report_of(2)], first, store)
    apart = incident_of(store, accounts_of(store, 2)[0])
    assert apart != whole == incident_of(store, accounts_of(store, 1)[0])
    undo_entry(lock, store, because="open again", by="person")
    add_reports([report_of(3)], first, store)
    assert incident_of(store, accounts_of(store, 3)[0]) in (whole, apart)


def test_two_hundred_words_of_a_person_outlive_further_reports_and_another_reader(first: Chain, second: Chain, store: Store) -> None:
    """Each is kept, or one of its two accounts is listed as without a home."""
    random, reports = Random(7), [report_of(n) for n in range(60)]
    add_reports(reports[:40], first, store)
    made = list(iter_words(store, random, wanted=200))
    standing = [(one, other, verdict) for one, other, verdict in made if holds(store, one, other, verdict)]
    assert len(made) == 200 and len(standing) > 150  # a later word may overrule an earlier one
    add_reports(reports, first, store)
    assert [word for word in standing if not holds(store, *word)] == []
    add_reports(reports, second, store)
    homeless = {e.subject if e.kind == "judgement" else str(e.value["account"]) for e in store.find_homeless()}
    lost = {(one, other) for one, other, verdict in standing if not holds(store, one, other, verdict)}
    assert {pair for pair in lost if not homeless & set(pair)} == set()
    kept = [(o, t, v) for o, t, v in standing if (o, t) not in lost]
    assert len(kept) > 60 and {v for _, _, v in kept} == {"same", "different"}
    assert store.rebuild().is_equal and store.verify().holds


def test_two_hundred_reviews_and_corrections_outlive_another_reader_or_are_listed(first: Chain, second: Chain, store: Store) -> None:
    reports = [report_of(n) for n in range(50)]
    add_reports(reports, first, store)
    made: dict[int, str] = {}
    with store.transaction():  # as `waqai accept`, `reject` and `correct` log it, folded once
        for k, card in enumerate([card for n in range(50) for card in store.iter_cards(report=f"r{n}")]):
            days = {"earliest": f"2021-03-{1 + k % 9:02}", "latest": "2021-03-10"}
            for kind, value in (("accepted" if k % 2 else "rejected", {}), ("corrected", {"facet": "when", "value": days})):
                entry = store.append(kind=kind, subject=card.account.id, value={**value, "anchor": card.anchor}, at=AT, **ANA)
                made[entry.id] = card.account.id
    add_reports(reports, second, store)
    homeless = {entry.id for entry in store.find_homeless()}
    kept = {number for number, account in made.items() if (today := home(store, account)) is not None and number in said_of(store, today)}
    assert len(made) == 200 and kept | homeless >= made.keys() and not kept & homeless and len(kept) >= 120
    assert store.rebuild().is_equal and store.verify().holds


def said_of(store: Store, account: str) -> set[int]:
    """The numbers of the entries by which persons reviewed or corrected an account."""
    seen = store.get_reviewed(account)
    return {one.entry.id for one in seen.corrections} | ({seen.verdict.id} if seen.verdict else set())


def iter_words(store: Store, random: Random, *, wanted: int) -> Iterator[tuple[str, str, str]]:
    """Judgements on accounts drawn at random, until so many were accepted."""
    known = [a for n in range(40) for a in accounts_of(store, n)]
    while wanted:
        one, other = random.sample(known, 2)
        verdict = "same" if store.find_incident_of(one) != store.find_incident_of(other) and random.random() < 0.5 else "different"
        try:
            (judge_same if verdict == "same" else judge_different)(one, other, store, **ANA)
        except NotPossible:
            continue
        wanted -= 1
        yield one, other, verdict


def holds(store: Store, one: str, other: str, verdict: str) -> bool:
    """Whether the two sit as the person said; and, told apart, whether no other account on the words of the one sits with the other."""
    today = [home(store, account) for account in (one, other)]
    if None in today:
        return False
    seats = [store.find_incident_of(account) for account in today if account is not None]
    if verdict == "same":
        return seats[0] == seats[1]
    words, report = store.get_account(one).evidence, store.get_account(one).report
    overlapping = [c.account.id for c in store.iter_cards(report=report) if c.anchor.evidence.overlaps(words)]
    return seats[0] != seats[1] and seats[1] not in [store.find_incident_of(a) for a in overlapping if a != today[1]]


def home(store: Store, account: str) -> str | None:
    sha256 = store.get_report(store.get_account(account).report).sha256
    with store._reading() as connection:
        return home_of(connection, account, sha256=sha256)


def test_an_erasure_that_could_not_clear_the_files_says_so_and_is_mended_by_another(first: Chain, store: Store, tmp_path: Path) -> None:
    add_reports([report_of(n) for n in range(2)], first, store)
    file = tmp_path / "store.sqlite"
    with sqlite3.connect(file, isolation_level=None) as reader, open_store(file, actors=load_actors(), wait_seconds=0.2) as impatient:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reports").fetchone()
        with pytest.raises(StoreError, match="'r1' is erased, but freed pages"):
            erase_report("r1", impatient, **ANA)
        reader.execute("COMMIT")
    with pytest.raises(NotPossible, match="erased already"):
        erase_report("r1", store, **ANA)
    assert not any(b"Report number 1," in file.read_bytes() for file in tmp_path.iterdir())
    assert add_reports([report_of(1)], first, store).notices[0].reason.startswith("its text was erased on ")

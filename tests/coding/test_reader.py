"""The learned reader on reports of our own: what it must handle, by the sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from coding.conftest import Read
from factories import make_report
from waqai.coding.impressions import with_rule
from waqai.coding.model import CoderModel
from waqai.coding.reader import LearnedReader, load_coder
from waqai.coding.scene import Scene
from waqai.core import Account, MissingPart, Reading
from waqai.learned.calibration import Steps
from waqai.parsing.text import prepare
from waqai.reading.timing import Timeline

ROUND_UP = """In Mogadishu a roadside bomb killed three soldiers on Saturday, police said.

In Kismayo gunmen shot dead a local official outside his home on Sunday.

In Baidoa troops arrested 12 suspected militants in a raid on Friday."""


def types_of(reading: Reading) -> list[str]:
    return [account.type for account in reading.accounts]


def only(reading: Reading, type: str) -> Account:
    (account,) = [a for a in reading.accounts if a.type == type]
    return account


def test_a_round_up_gives_an_account_to_each_of_its_happenings(read: Read) -> None:
    reading = read(ROUND_UP)
    assert {"bombing", "attack_on_civilians", "arrest"} <= set(types_of(reading))


def test_one_happening_told_twice_is_one_account(read: Read) -> None:
    reading = read(
        "A suicide bomber attacked a mosque in Kabul on Friday, killing 14 people.\n\nThe attack took place during prayers, officials said. The bombing was the"
        " third in the city this month."
    )
    assert types_of(reading).count("suicide_attack") == 1


def test_a_happening_of_an_earlier_year_is_background(read: Read) -> None:
    reading = read(
        "A car bomb exploded near a police station in Maiduguri on Sunday, killing four officers.\n\nIn 2010 Boko Haram gunmen stormed a prison in Bauchi and"
        " freed more than 700 inmates."
    )
    assert [a.background for a in reading.accounts if a.when is not None and a.when.latest.year == 2010] == [True]
    assert any(not a.background for a in reading.accounts)


def test_who_did_it_and_to_whom_are_told_apart(read: Read) -> None:
    arrest = only(read("Police arrested three suspected smugglers in Zinder on Monday."), "arrest")
    roles = {i.role: i.name.lower() for i in arrest.involved}
    assert roles["initiator"] == "police" and "smugglers" in roles["person_held"]


def test_figures_of_different_measures_stay_apart(read: Read) -> None:
    reading = read("A car bomb exploded near a market in Baghdad on Thursday, killing seven people and wounding 22 others, police said.")
    figures = {(c.measure, c.low) for a in reading.accounts for c in a.counts}
    assert {("killed", 7), ("wounded", 22)} <= figures


def test_at_least_has_no_upper_end_and_dozens_are_a_range(read: Read) -> None:
    reading = read("At least nine civilians were killed and dozens were injured when shells hit a market in Idlib on Tuesday, rescuers said.")
    counts = {c.measure: c for a in reading.accounts for c in a.counts}
    assert (counts["killed"].low, counts["killed"].high, counts["killed"].kind) == (9, None, "at_least")
    assert (counts["wounded"].low, counts["wounded"].high, counts["wounded"].kind) == (24, 99, "vague")


def test_what_is_planned_has_not_occurred(read: Read) -> None:
    reading = read("The two sides plan to exchange 60 prisoners next week, the Red Cross said.")
    assert all(a.status.value != "occurred" for a in reading.accounts)


def test_the_day_comes_from_the_words_and_never_from_the_day_of_publication(read: Read) -> None:
    dated = only(read("Police arrested four men in Agadez on Saturday.", published=date(2021, 3, 15)), "arrest")
    undated = read("Police arrested four men in Agadez.", published=date(2021, 3, 15))
    assert dated.when is not None and dated.when.earliest == date(2021, 3, 13)
    assert all(a.when is None for a in undated.accounts)


@pytest.mark.parametrize(
    "text",
    [
        "The Bombers crushed the Rebels 31-10 in the league on Saturday. A late raid by the striker killed off any hope of a comeback, and the home fans were"
        " released from their misery when the referee blew for full time. The coach praised his team's defence before next week's cup match.",  # sport
        "In the new film, released on Friday, a gang breaks out of prison and storms a bank; the director said the cast trained for months.",  # film
        "Players of the console game can now storm a prison level and free the hostages in its latest release, the studio said.",  # game
    ],
)
def test_other_worlds_give_no_account(text: str, read: Read) -> None:
    assert read(text).accounts == ()


@pytest.mark.parametrize("text", ["", "Escape", "\x00\x01\x02\x03", "…" * 50, "a" * 50_000])
def test_what_is_no_report_gives_no_account_and_says_so_or_nothing(text: str, read: Read) -> None:
    assert read(text).accounts == ()


def test_another_language_is_not_guessed_at(read: Read) -> None:
    reading = read("La police a arrêté trois hommes dans la ville de Zinder lundi, selon un communiqué publié par le ministère de l'intérieur du pays.")
    assert reading.accounts == () and reading.notices


def test_capitals_alone_are_read_as_other_text_is(read: Read) -> None:
    plain = "Gunmen killed two police officers in San Salvador on Tuesday, the army said."
    shouted, told = read(plain.upper()), read(plain)
    assert types_of(shouted) == types_of(told) != [] and len(shouted.claims) == 1
    (one, other) = (reading.accounts[0] for reading in (shouted, told))
    assert one.when is not None and other.when is not None and one.when.phrase == other.when.phrase
    assert [m.phrase for m in one.place_mentions] == [m.phrase for m in other.place_mentions]
    assert ("killed", 2) in {(c.measure, c.low) for c in one.counts}


@pytest.mark.parametrize(
    "text", ["Gunmen killed two soldiers in Mosul on Monday.", "Police arrested four men in Zinder.", "A car bomb exploded in Homs on Friday."]
)
def test_one_sentence_is_enough_for_an_account(text: str, read: Read) -> None:
    assert len(read(text).accounts) == 1


def test_a_report_that_may_be_about_something_else_gives_only_what_is_beyond_doubt(learned: LearnedReader) -> None:
    text = "Police are said to have had a word with someone in Agadez. A few people moved." + " The weather in the old town was fine all day." * 6
    model, _ = load_coder()
    bold, timid = (
        LearnedReader(
            places=learned.account_reader.places,
            actors=learned.account_reader.actors,
            model=replace(model, thresholds={**model.thresholds, "tellings": 0.001, "reports": least}),
        )
        for least in (0.0, 1.1)
    )
    kept = timid.read(make_report(text))
    assert bold.read(make_report(text)).accounts and not kept.accounts
    assert any("perhaps not about conflict" in notice.reason for notice in kept.notices)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("At least four inmates died and two guards were injured on Friday during an attempted prison escape in Santiago, officials say.", "attempted"),
        ("Police said on Monday that a foiled escape at the jail of Zinder had left two guards dead.", "foiled"),
    ],
)
def test_what_is_told_not_to_have_come_off_has_not_occurred(text: str, status: str, read: Read) -> None:
    told = [a.status for a in read(text).accounts if a.type == "escape"]
    assert [s.value for s in told] == [status]
    assert status in told[0].phrase.of(text) and "escape" in told[0].phrase.of(text)


def test_what_is_told_as_going_on_is_ongoing_by_the_words_that_say_so(read: Read) -> None:
    text = "The army continued to shell the villages near Idlib on Monday, and three people were killed, residents said."
    status = read(text).accounts[0].status
    assert (status.value, status.phrase.of(text)) == ("ongoing", "continued to shell")


def test_every_value_quotes_the_report(read: Read) -> None:
    reading = read(ROUND_UP)
    spans = [a.evidence for a in reading.accounts] + [f.phrase for a in reading.accounts for f in (*a.involved, *a.counts, *a.place_mentions, a.status)]
    assert spans and all(0 <= s.start < s.end <= len(ROUND_UP) for s in spans)


def test_a_report_is_read_the_same_twice(read: Read) -> None:
    assert read(ROUND_UP) == read(ROUND_UP)


def test_curly_and_straight_quotes_read_alike(read: Read) -> None:
    straight = read('"We arrested nine men in Gao on Monday," the army\'s spokesman said.')
    curly = read("“We arrested nine men in Gao on Monday,” the army’s spokesman said.")
    assert types_of(straight) == types_of(curly) and len(straight.claims) == len(curly.claims)


def test_accounts_have_keys_and_ids_of_their_own(read: Read) -> None:
    accounts = read(ROUND_UP).accounts
    assert len({a.id for a in accounts}) == len({a.key for a in accounts}) == len(accounts)


def test_a_model_file_that_is_not_there_says_what_brings_it(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="pip install"):
        load_coder(tmp_path / "coder.npz")


def test_the_model_comes_back_from_its_arrays_as_it_was(learned: LearnedReader) -> None:
    model, _ = load_coder()
    back = CoderModel.from_arrays(model.to_arrays())
    candidates = [["lemma=escape", "pos=VERB"], ["lemma=film"]]
    assert back.chances("tellings", candidates) == pytest.approx(model.chances("tellings", candidates), abs=1e-3)
    assert back.thresholds == pytest.approx(model.thresholds) and back.tellers == model.tellers and set(back.curves) == {"accounts", "counts"}


def test_probabilities_of_accounts_and_counts_are_those_of_the_curves(learned: LearnedReader) -> None:
    model, _ = load_coder()
    flat = replace(model, curves={"accounts": Steps((0.0, 1.0), (0.25, 0.25)), "counts": Steps((0.0, 1.0), (0.75, 0.75))})
    reader = LearnedReader(places=learned.account_reader.places, actors=learned.account_reader.actors, model=flat)
    accounts = reader.read(make_report(ROUND_UP)).accounts
    assert {a.p for a in accounts} == {0.25} and {c.p for a in accounts for c in a.counts} == {0.75}


def test_the_type_of_the_rules_weighs_more_than_another(learned: LearnedReader) -> None:
    text = "Police arrested three men in Zinder on Monday."
    doc = learned.nlp(text)
    timeline = Timeline(make_report(text), doc, (), types=learned.lexicon.types)
    told = learned.account_reader.tell(doc, prepare(text), timeline=timeline)
    families = {"arrest": "custody_entry", "raid": "security_ops"}
    scene = Scene(make_report(text), doc, prepare(text), (), timeline, told, learned.lexicon, learned.account_reader.actors, families)
    even = np.array([0.4, 0.6])
    (arrested,) = [t for t in doc if t.text == "arrested"]
    assert with_rule(scene, arrested, even, ("arrest", "raid")).argmax() == 0
    assert with_rule(scene, doc[0], even, ("arrest", "raid")).argmax() == 1


def test_a_report_about_a_prison_that_tells_nothing_clearly_gives_its_likeliest_break(read: Read) -> None:
    text = (
        "On Sunday every one of the 900 inmates, from thieves to killers, was free, and so were the militants, around 200 of them, whom the army feared. "
        "Few jail breaks have let so many go at once.\n\nThe prison stands by a road in Kano, a city of soldiers and insurgents. "
        "Its towers had been given new paint."
    )
    (account,) = read(text, title="How the rebels sprang the prisoners of Kano").accounts
    assert account.type == "jailbreak" and account.evidence.start == text.index("free") and account.p < 0.5
    assert ("escaped", 200) in [(c.measure, c.best) for c in account.counts]  # nobody was released


@pytest.mark.parametrize(
    "text",
    [
        "The old prison of Kano takes guests since May. Every one of its 40 inmates, as the house calls them, is free to leave at noon.",  # short
        "The prison of Kano opens its gate to visitors. Nobody is kept longer than he likes, and all are let go with a cup of tea.",
    ],
)
def test_a_hotel_in_a_prison_tells_of_no_break(text: str, read: Read) -> None:
    assert read(text, title="A night behind bars").accounts == ()

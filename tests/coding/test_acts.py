"""To which happening a person, a number or a place belongs, by the word that it hangs on."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from factories import make_report
from waqai.attribution import find_claims_with
from waqai.codebook import load_codebook
from waqai.coding.acts import Acts, Belonging
from waqai.coding.days import day_traits
from waqai.coding.reader import LearnedReader
from waqai.coding.relevance import report_features
from waqai.coding.scene import Scene
from waqai.coding.sites import site_traits
from waqai.coding.teller import Teller
from waqai.learned.linear import label_number
from waqai.parsing.text import prepare
from waqai.reading.timing import Timeline

TEXT = "Gunmen stormed the jail on Monday. Police arrested two drivers. The attackers killed five guards. Nobody spoke."
FAMILIES = {"jailbreak": "custody_exit", "arrest": "custody_entry"}


@pytest.fixture(scope="module")
def scene(learned: LearnedReader) -> Scene:
    report, text = make_report(TEXT), prepare(TEXT)
    doc = learned.nlp(text.text)
    timeline = Timeline(report, doc, (), types=learned.lexicon.types)
    told = learned.account_reader.tell(doc, text, timeline=timeline)
    return Scene(report, doc, text, (), timeline, told, learned.lexicon, learned.account_reader.actors, FAMILIES)


def word(scene: Scene, text: str) -> int:
    (found,) = [t.i for t in scene.doc if t.text == text]
    return found


@pytest.fixture(scope="module")
def belonging(scene: Scene) -> Belonging:
    types = {word(scene, w): np.array(row) for w, row in (("stormed", [0.9, 0.1]), ("arrested", [0.1, 0.9]), ("killed", [0.8, 0.2]))}
    acts = Acts(labels=list(FAMILIES), families=list(FAMILIES.values()), types=types, chances=dict.fromkeys(types, 0.5))
    tellers = [
        Teller(token=scene.doc[word(scene, w)], type=type, family=FAMILIES[type], p=0.9, type_p=0.9)
        for w, type in (("stormed", "jailbreak"), ("arrested", "arrest"))
    ]
    return Belonging(scene, acts, tellers)


def test_an_item_fits_the_happening_that_its_verb_tells_again(scene: Scene, belonging: Belonging) -> None:
    guards = scene.doc[word(scene, "guards")]
    broke, arrested = (belonging.numbers(guards, teller) for teller in belonging.tellers)
    assert (broke[1], broke[2]) == (0.8, 0.8) and (arrested[1], arrested[2]) == (0.2, 0.2)
    assert broke[4] == pytest.approx(0.2) and arrested[4] == pytest.approx(0.8)  # how well it fits the other


def test_the_teller_told_last_before_an_item_is_known(scene: Scene, belonging: Belonging) -> None:
    guards = scene.doc[word(scene, "guards")]
    broke, arrested = (belonging.numbers(guards, teller) for teller in belonging.tellers)
    assert (broke[7], arrested[7]) == (0.0, 1.0)


def test_an_item_of_the_telling_itself_is_told_from_one_of_another_telling(scene: Scene, belonging: Belonging) -> None:
    drivers = scene.doc[word(scene, "drivers")]
    assert [belonging.numbers(drivers, teller)[3] for teller in belonging.tellers] == [-1.0, 1.0]


def test_an_item_that_hangs_on_no_act_leaves_the_numbers_open(scene: Scene, belonging: Belonging) -> None:
    nobody = belonging.numbers(scene.doc[word(scene, "Nobody")], belonging.tellers[0])
    assert all(math.isnan(n) for n in nobody[:5])


def test_no_two_labels_of_the_codebook_share_a_number() -> None:
    codebook = load_codebook()
    for labels in (codebook.types, codebook.roles, codebook.measures, {t.family for t in codebook.types.values()}):
        assert len({label_number(label) for label in labels}) == len(labels)


def laid_out(learned: LearnedReader, text: str) -> Scene:
    doc = learned.nlp(text)
    timeline = Timeline(make_report(text), doc, (), types=learned.lexicon.types)
    told = learned.account_reader.tell(doc, prepare(text), timeline=timeline)
    return Scene(make_report(text), doc, prepare(text), (), timeline, told, learned.lexicon, learned.account_reader.actors, FAMILIES)


def test_a_day_is_narrower_than_a_month_and_a_month_than_a_year(learned: LearnedReader) -> None:
    text = "It began in 2014 and again in June 2019. On Sunday, two weeks ago and on May 3, 2021 men fled. Overnight one came back."
    scene = laid_out(learned, text)
    ranks = {d.phrase.span.of(text).lower(): day_traits(scene, d)[0] for d in scene.timeline.phrases}
    found = {key: rank for word in ("2014", "june", "sunday", "weeks", "may", "overnight") for key, rank in ranks.items() if word in key}
    assert [found[key] for key in ranks] == [0.0, 1.0, 3.0, 2.0, 3.0, 3.0]


def test_a_town_is_narrower_than_its_country(learned: LearnedReader) -> None:
    text = "Gunmen killed two men in Mosul, Iraq, on Monday."
    scene = laid_out(learned, text)
    ranks = {place.name: site_traits(scene, place)[0] for place in scene.told.places}
    assert ranks["Mosul"] > ranks["Iraq"] == 0.0


def test_a_report_is_judged_by_its_words_their_sense_and_its_lead(scene: Scene) -> None:
    features = report_features(scene)
    assert {"word=storm", "lead=storm", "about=v.storm", "about=n.guard"} <= set(features) and "lead=guard" not in features


def test_a_speaker_is_no_place_but_the_town_that_he_stands_in_may_be_one(learned: LearnedReader) -> None:
    text = "The officer Foobar Bazquux said on Monday that gunmen stormed Quuxabad. A guard in Wibblestan said the same."
    plain = laid_out(learned, text)
    claims = find_claims_with(None, plain.doc)
    assert any(c.speaker is not None and "Foobar" in c.speaker.of(text) for c in claims)
    scene = replace(plain, claims=claims)
    names = {place.name for place in scene.sites}
    assert "Quuxabad" in names and not any("Foobar" in name for name in names)
    assert any("Foobar" in place.name for place in plain.sites)

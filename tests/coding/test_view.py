"""The view of a small language model beside the coder's own models."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from spacy.tokens import Doc, Token
from threadpoolctl import threadpool_info

from factories import make_report
from reading.parsing import parse
from waqai.coding.reader import LearnedReader
from waqai.coding.view import ROOM, VIEW_FILE, View, Viewer, iter_stretches, load_viewer, tuned_arrays
from waqai.core import MissingPart
from waqai.learned.encoder import Encoder
from waqai.learned.files import load_model
from waqai.learned.minilm import HEADS
from waqai.learned.quick_encoder import quick_encoder
from waqai.learned.wordpieces import WordPieces
from waqai.parsing.text import WorkingText, prepare


@pytest.fixture(scope="module")
def viewer() -> Viewer:
    return load_viewer()[0]


def laid_out(text: str) -> tuple[Doc, WorkingText]:
    working = prepare(text)
    return parse(working.text), working


def seen(viewer: Viewer, text: str, word: str) -> tuple[View, Token]:
    doc, working = laid_out(text)
    token = next(t for t in doc if t.text == word)
    return viewer.view(doc, working, [token]), token


def test_stretches_hold_every_word_once_and_no_more_pieces_than_have_room(viewer: Viewer) -> None:
    text = "\n\n".join(f"Gunmen stormed the jail of town {i} and freed {i + 2} inmates before dawn, a warden said." for i in range(60))
    doc, working = laid_out(text)
    stretches = list(iter_stretches(doc, working, viewer.pieces))
    held = [i for stretch in stretches for i in stretch.places]
    assert held == [t.i for t in doc if not t.is_space] and len(stretches) > 1
    assert all(len(stretch.ids) <= ROOM + 2 for stretch in stretches)


def test_a_paragraph_without_room_is_cut_and_loses_nothing(viewer: Viewer) -> None:
    doc, working = laid_out("The inmates fled, " * 400)
    held = [i for stretch in iter_stretches(doc, working, viewer.pieces) for i in stretch.places]
    assert held == [t.i for t in doc if not t.is_space]


def test_only_the_paragraphs_that_were_asked_about_are_seen(viewer: Viewer) -> None:
    doc, working = laid_out("Inmates fled a jail.\n\nTroops shelled a town.\n\nA minister resigned.")
    shelled = next(t for t in doc if t.text == "shelled")
    view = viewer.view(doc, working, [shelled])
    assert view.types_of(shelled) is not None and view.types_of(doc[1]) is None
    assert math.isnan(view.labels_of(shelled, [doc[0]], ["place"])[0])


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("Forty detainees vanished through a hole in the wall of the lock-up.", "vanished", "escape"),
        ("Warplanes bombed the outskirts of the town on Monday.", "bombed", "air_strike"),
        ("Officers nabbed three suspected smugglers at the border.", "nabbed", "arrest"),
    ],
)
def test_words_of_all_kinds_tell_what_they_mean(viewer: Viewer, text: str, word: str, type: str) -> None:
    view, token = seen(viewer, text, word)
    chances = view.types_of(token)
    assert chances is not None and chances.sum() == pytest.approx(1, abs=1e-4)
    assert viewer.types[1 + int(chances[1:].argmax())] == type


def test_an_item_belongs_more_to_its_own_telling(viewer: Viewer) -> None:
    view, token = seen(viewer, "A bomb killed nine soldiers in Mosul on Monday.", "killed")
    doc = token.doc
    words = [t for t in doc if t.i in view.where]
    killed = dict(zip(map(str, words), view.labels_of(token, words, ["killed"] * len(words)), strict=True))
    assert max(killed, key=lambda word: killed[word]) in ("nine", "soldiers")
    place = dict(zip(map(str, words), view.labels_of(token, words, ["place"] * len(words)), strict=True))
    assert max(place, key=lambda word: place[word]) == "Mosul"
    victim = dict(zip(map(str, words), view.roles_of(token, words, ["victim"] * len(words)), strict=True))
    assert max(victim, key=lambda word: victim[word]) == "soldiers"
    assert math.isnan(view.labels_of(token, [doc[1]], ["no such measure"])[0])


def test_what_stands_in_another_stretch_belongs_to_no_telling_of_this_one(viewer: Viewer) -> None:
    doc, working = laid_out("\n\n".join(f"A bomb killed nine soldiers in Mosul on Monday, the mayor of quarter {i} said." for i in range(30)))
    words = [t for t in doc if t.text == "nine"]
    view = viewer.view(doc, working, words)
    near, far = view.labels_of(doc[2], [words[0], words[-1]], ["killed", "killed"])
    assert doc[2].text == "killed" and near > 0.5 and math.isnan(far)


def test_whole_numbers_see_what_the_weights_see(viewer: Viewer) -> None:
    arrays = load_model(VIEW_FILE).arrays
    doc, working = laid_out("A bomb killed nine soldiers at a checkpoint in Mosul on Monday, police said; the attackers got away.")
    (stretch,) = iter_stretches(doc, working, viewer.pieces)
    exact, quick = Encoder(tuned_arrays(arrays), int(arrays["layers"]), HEADS).encode(stretch.ids), viewer.encoder.encode(stretch.ids)
    likeness = (exact * quick).sum(axis=1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(quick, axis=1)
    assert likeness.mean() > 0.991 and likeness.min() > 0.98
    assert np.allclose(viewer.encoder.encode(stretch.ids, wanted=[3, 1]), quick[[3, 1]], atol=0.1)


def test_an_encoder_without_its_weights_says_so() -> None:
    arrays = load_model(VIEW_FILE).arrays
    whole = tuned_arrays(arrays)
    with pytest.raises(MissingPart, match="trained for another version"):
        quick_encoder({name: array for name, array in whole.items() if "query" not in name}, arrays["graph"])


def test_the_view_of_one_text_is_always_the_same(viewer: Viewer) -> None:
    views = [seen(viewer, "Rebels shelled the town.", "shelled") for _ in range(2)]
    one, other = (view.types_of(token) for view, token in views)
    assert one is not None and other is not None and np.array_equal(one, other)


def test_matrices_are_multiplied_on_one_thread_once_there_is_a_view(viewer: Viewer) -> None:
    assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} <= {1}


def test_what_the_view_sees_is_heard(learned: LearnedReader) -> None:
    blind = replace(load_viewer()[0], pieces=WordPieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}))
    plain = LearnedReader(places=learned.account_reader.places, actors=learned.account_reader.actors, viewer=blind)
    heard = LearnedReader(places=learned.account_reader.places, actors=learned.account_reader.actors)
    report = make_report(
        "Gunmen fell on a village near Kano on Monday and left nine farmers dead, residents said. The raiders also burned barns and drove off cattle."
    )
    unheard, heard_of = ({a.evidence: a.p for a in reader.read(report).accounts} for reader in (plain, heard))
    assert heard_of and heard_of != unheard

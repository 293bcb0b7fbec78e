"""The tagger: what it sees, what it marks, and that a report goes through it whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from waqai.attribution.cues import with_extras
from waqai.attribution.layout import lay_out, sentence_bounds
from waqai.attribution.model import SHIPPED, load_claim_model
from waqai.attribution.opinions import ROOM, rows_of
from waqai.attribution.role_features import window_of
from waqai.attribution.tagging import Seen, label_span, rows_at, runs, see, tagger_arrays, tagger_of
from waqai.attribution.utterances import find_utterances
from waqai.codebook import load_codebook
from waqai.learned.wordpieces import WordPieces
from waqai.parsing.pipeline import load_pipeline

TEXT = 'The mayor said on Monday that nine men fled. "Two were caught," Karim Nader added. "The hunt goes on. It will be long."'


def look_at(doc: Doc) -> Seen:
    layout, lookup = lay_out(doc), with_extras(load_codebook().stance_of_cue)
    return see(doc, layout=layout, lookup=lookup, saids=find_utterances(doc, layout=layout, lookup=lookup))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4)), max_size=3))
def test_spans_written_as_labels_are_read_again(spans: list[tuple[int, int]]) -> None:
    labels, apart, end = ["O"] * 20, [], 0
    for gap, length in spans:
        if end + gap + length <= 20:
            apart.append((end + gap, end + gap + length))
            end += gap + length
    for span in apart:
        label_span(labels, span, "cue")
    assert runs(labels, "cue") == apart


def test_a_window_holds_its_cue_and_one_row_a_token() -> None:
    seen = look_at(load_pipeline()(TEXT))
    for said in seen.saids:
        window = window_of(seen.columns, said.cue)
        start, rows = rows_at(seen, said.cue, cued=set())
        assert window.start <= said.cue[0] < said.cue[1] <= window.end
        assert (start, len(rows)) == (window.start, window.end - window.start)


def test_no_feature_holds_a_line_break() -> None:
    seen = look_at(load_pipeline()("The mayor said:\n\n“Nine men fled.”\nNader added that two were caught."))
    features = [feature for said in seen.saids for row in rows_at(seen, said.cue, cued=set())[1] for feature in row]
    assert features and not any("\n" in feature for feature in features)


def test_the_shipped_tagger_comes_back_from_its_arrays_and_has_no_encoder() -> None:
    model = load_claim_model(SHIPPED)
    assert model is not None and model.tagger.opinions is None
    again, seen = tagger_of(tagger_arrays(model.tagger)), look_at(load_pipeline()(TEXT))
    assert again.find(seen) == model.tagger.find(seen)


@pytest.mark.parametrize("text", [TEXT, "word " * 400, " \n ", "a" * 500])
def test_rows_for_an_encoder_hold_every_word_once_and_have_room(text: str) -> None:
    doc = load_pipeline()(text)
    rows = rows_of(doc, layout=lay_out(doc), pieces=WordPieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "word": 3}))
    assert [token for _, firsts in rows for _, token in firsts] == [t.i for t in doc if not t.is_space]
    assert all(len(ids) <= ROOM + 2 for ids, _ in rows)


def test_sentences_cover_the_report() -> None:
    doc = load_pipeline()(TEXT)
    bounds = sentence_bounds(lay_out(doc))
    assert bounds[0][0] == 0 and bounds[-1][1] == len(doc)
    assert all(a[1] == b[0] for a, b in pairwise(bounds))

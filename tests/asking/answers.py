"""Answers of a model, made by hand, and what the reader makes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from factories import make_report
from reading.parsing import ACTORS, MONDAY, PLACES
from waqai.asking.material import Ground, Material, lay_out
from waqai.asking.question import Question
from waqai.asking.reader import ModelReader, ModelSettings
from waqai.codebook import load_codebook
from waqai.codebook.lexicon import load_lexicon
from waqai.core import Notice, Reader, ReaderStamp, Reading
from waqai.parsing.pipeline import load_pipeline
from waqai.parsing.text import prepare

TEXT = (
    "The Observatory said on Tuesday that at least 25 prisoners escaped from Ghweran prison in Hasakah, Syria, on Sunday.\n\n"
    "Guards of the SDF killed three men, an official said. The escape came a year after 40 prisoners escaped in Raqqa.\n"
)


def account(trigger: str = "escaped", **fields: Any) -> dict[str, Any]:
    """An account as a model would list it: an escape that occurred, without facets unless given."""
    plain = {"type": "escape", "trigger": trigger, "sentence": "", "status": "occurred", "status_words": None, "date": None}
    return plain | {"places": [], "involved": [], "counts": []} | fields


def claim(content: str, *, cue: str = "said", speaker: str | None = "The Observatory", **fields: Any) -> dict[str, Any]:
    """A claim as a model would list it."""
    return {"speaker": speaker, "speaker_name": speaker, "cue": cue, "stance": "reports", "content": content} | fields


def answer(*accounts: dict[str, Any], claims: Sequence[dict[str, Any]] = ()) -> str:
    return json.dumps({"accounts": accounts, "claims": list(claims)})


def model_reader(ask: Callable[[Question], str], *, fallback: Reader | None = None, model: str = "test", longest: int = 60_000) -> ModelReader:
    settings = ModelSettings(model=model, longest=longest)
    return ModelReader(ask=ask, codebook=load_codebook(), places=PLACES, actors=ACTORS, settings=settings, fallback=fallback)


def read(said: str, text: str = TEXT, *, published: date | None = MONDAY) -> Reading:
    """The reading of a text for which the model says this."""
    result = model_reader(lambda _: said).read(make_report(text, published=published))
    assert isinstance(result, Reading), result
    return result


def material_of(text: str = TEXT, *, published: date | None = MONDAY) -> Material:
    ground = Ground(
        codebook=load_codebook(),
        lexicon=load_lexicon(),
        places=PLACES,
        actors=ACTORS,
        stamp=ReaderStamp(name="llm", version="0", settings_hash="test"),
    )
    return lay_out(make_report(text, published=published), prepare(text), parse=load_pipeline(), ground=ground)


def reasons(notices: Sequence[Notice]) -> str:
    return "\n".join(n.reason for n in notices)

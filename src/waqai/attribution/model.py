"""What has been learned about claims, where a model file is there: it mends the contents that rules get wrong, adds claims that they miss, and says how sure
each claim is. Without it the rules go on alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from waqai.attribution.role_features import head_of
from waqai.attribution.said import Said
from waqai.attribution.tagging import Bounds, Seen, Tagged, Tagger, tagger_arrays, tagger_of
from waqai.attribution.utterances import is_speech
from waqai.core import MissingPart
from waqai.learned.files import Array, load_model
from waqai.learned.weights import Weighing, weighing_arrays, weighing_of

LEARNED = "learned"  # the rule of a claim that only the tagger found
SHIPPED = Path(str(files("waqai.attribution"))) / "models" / "claims.npz"
# Measured out of fold on data/gold, November 2026: contents taken over from 0.3 to 0.9, cues from 0.3 to 0.7; both lie in the middle of a flat top.
_SURE_OF_CONTENT, _SURE_OF_CUE, _SURE_OF_NEW_CONTENT = 0.6, 0.5, 0.4
SETTLED = 0.87  # rules at least so often right keep their contents


@dataclass(frozen=True, slots=True)
class Weighed:
    """An utterance as it is to be read; `tagged` is what the tagger made of its cue, None where it was not asked."""

    said: Said
    tagged: Tagged | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimModel:
    """`worth` are the words that are cues now and then where the rules see none: only sentences that hold one are searched. `judge` says how likely a claim is
    right; None while it is being trained.
    """

    tagger: Tagger
    worth: frozenset[str]
    judge: Weighing | None = None

    def amend(self, seen: Seen, *, precision: Mapping[str, float]) -> tuple[Weighed, ...]:
        """The utterances of the rules, some with other bounds, and those that only the tagger found, in text order. `precision` is that of each rule."""
        ruled = set(seen.ruled)
        found = [(cue, p) for cue, p in self._cues_worth_a_look(seen) if not ruled.intersection(range(*cue))]
        cued = ruled | {i for cue, _ in found for i in range(*cue)}
        weighed = [Weighed(said, None) if _is_settled(said, precision) else self._amended(seen, said, cued) for said in seen.saids]
        for cue, p in found:
            if p >= _SURE_OF_CUE and _may_speak(seen, cue):
                tagged = self.tagger.roles_at(seen, cue, cued=cued, cue_p=p)
                if tagged.speakers and tagged.contents and tagged.content_p >= _SURE_OF_NEW_CONTENT:
                    weighed.append(Weighed(said_of(seen, tagged), tagged))
        return tuple(sorted(weighed, key=lambda one: (one.said.verb, one.said.cue)))

    def _cues_worth_a_look(self, seen: Seen) -> list[tuple[Bounds, float]]:
        lemmas, ruled = seen.columns.lemmas, seen.ruled
        return self.tagger.find_cues(seen, where=lambda start, end: any(i not in ruled and lemmas[i] in self.worth for i in range(start, end)))

    def _amended(self, seen: Seen, said: Said, cued: set[int]) -> Weighed:
        tagged = self.tagger.roles_at(seen, said.cue, cued=cued)
        if tagged.contents and tagged.content_p >= _SURE_OF_CONTENT and _meet(longest(tagged.contents), said.content):
            start, end = longest(tagged.contents)
            start += start + 1 == said.content[0] and seen.columns.lowers[start] in ("to", "that")  # what opens a content is no part of it
            between = seen.columns.doc[start : said.content[0]]
            start = said.content[0] if any(t.ent_type_ == "DATE" for t in between) else start  # "reported by her on Sunday | to have fled": the day of speech
            return Weighed(replace(said, content=(start, max(end, start + 1))), tagged)
        return Weighed(said, tagged)


def _is_settled(said: Said, precision: Mapping[str, float]) -> bool:
    """Whether the rules' content stands without being asked about. That of a clause which goes on after its speaker does: the tagger likes its first half."""
    return said.rule == "clause: resumed after" or precision.get(said.rule, 0.0) >= SETTLED


def _may_speak(seen: Seen, cue: Bounds) -> bool:
    """Whether these words can be an utterance that somebody made: "nobody claimed the attack" is none."""
    head = seen.columns.doc[head_of(seen.columns, cue)]
    return head.pos_ != "VERB" or is_speech(head)


def said_of(seen: Seen, tagged: Tagged) -> Said:
    """An utterance that only the tagger found, in the form of those of the rules."""
    heads = seen.columns.heads
    speaker = None
    if tagged.speakers:
        start, end = tagged.speakers[0]
        speaker = next((i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i), start)
    around = (tagged.cue, *tagged.speakers[:1])
    group = (min(start for start, _ in around), max(end for _, end in around))
    return Said(tagged.cue, head_of(seen.columns, tagged.cue), speaker, longest(tagged.contents), group, LEARNED)


def _meet(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def longest(spans: tuple[Bounds, ...]) -> Bounds:
    """The longest of these spans, the first of equals."""
    return max(spans, key=lambda span: span[1] - span[0])


def model_arrays(model: ClaimModel) -> dict[str, Array]:
    """The arrays of a model file that hold this model. Raises ValueError where it has no judge."""
    if model.judge is None:
        raise ValueError("a claim model without its judge is not kept")
    return {
        **tagger_arrays(model.tagger),
        "worth": np.frombuffer("\n".join(sorted(model.worth)).encode(), dtype=np.uint8),
        **weighing_arrays(model.judge, prefix="judge_"),
    }


@cache
def digest_of_model(path: Path = SHIPPED) -> str:
    """Twelve hex digits that stand for the model file, "" where there is none: readings with another model are other readings."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.exists() else ""


@cache
def load_claim_model(path: Path = SHIPPED) -> ClaimModel | None:
    """The model of a file, None where there is no such file. Raises MissingPart where it is broken."""
    if not path.exists():
        return None
    arrays = load_model(path).arrays
    try:
        return ClaimModel(tagger=tagger_of(arrays), worth=frozenset(bytes(arrays["worth"]).decode().split("\n")), judge=weighing_of(arrays, prefix="judge_"))
    except (KeyError, ValueError) as error:
        raise MissingPart(
            f"the model file {path.name!r} is of another version of waqai ({error}); `pip install --force-reinstall waqai` brings it back"
        ) from error

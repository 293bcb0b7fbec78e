"""Claims as a learned tagger sees them: first the cues, then, for each cue, who speaks and what is said.

Two linear chains do it. The first labels the words of a sentence as cue or not; the second labels the words around one cue as speaker and content, by what
they are to that cue. Their weights come from a model file; the features are made here, for training and for reading alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from waqai.attribution.columns import Columns, columns_of
from waqai.attribution.cue_features import cue_features
from waqai.attribution.cues import StanceOfCue
from waqai.attribution.layout import Layout, sentence_bounds
from waqai.attribution.mentions import mention_of
from waqai.attribution.opinions import KINDS, PLACES, Opinions, opinions_arrays, opinions_of
from waqai.attribution.role_features import head_of, role_features, window_of
from waqai.attribution.said import Said
from waqai.attribution.subjects import agent_of, subject_of
from waqai.learned.chains import Chain, Floats, chain_arrays, chain_of
from waqai.learned.files import Array

Bounds = tuple[int, int]
NEITHER, CUE, SPEAKER, CONTENT = "O", "cue", "speaker", "content"


@dataclass(frozen=True, slots=True)
class Seen:
    """A parsed report as the tagger looks at it: its columns, what the rules read in it, which tokens they took for a cue ("B" its first, "I" the rest),
    and the opinions of an encoder on its words, where there is one.
    """

    columns: Columns
    saids: tuple[Said, ...]
    ruled: Mapping[int, str]
    heard: Floats | None = None

    def said_at(self, cue: Bounds) -> Said | None:
        """What the rules read at this cue."""
        return next((said for said in self.saids if said.cue[0] < cue[1] and cue[0] < said.cue[1]), None)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A cue with its speakers and the stretches of its content, token bounds; `cue_p` and `content_p` say how sure the chains are of them."""

    cue: Bounds
    speakers: tuple[Bounds, ...]
    contents: tuple[Bounds, ...]
    cue_p: float
    content_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """The two chains. `boldness` is taken off the score of "no cue": the higher, the more cues are found, and the more wrong ones. `opinions` are a second
    voice on every word; None in what is shipped.
    """

    cues: Chain
    roles: Chain
    boldness: float = 0.0
    opinions: Opinions | None = None

    def find(self, seen: Seen) -> tuple[Tagged, ...]:
        """Every cue that has a content, in text order."""
        found = self.find_cues(seen)
        cued = {i for (start, end), _ in found for i in range(start, end)}
        tagged = (self.roles_at(seen, cue, cued=cued, cue_p=p) for cue, p in found)
        return tuple(one for one in tagged if one.contents)

    def find_cues(self, seen: Seen, *, where: Callable[[int, int], bool] = lambda start, end: True) -> list[tuple[Bounds, float]]:
        """The cues and how probable each is, sentence by sentence; only in sentences [start, end) for which `where` is true."""
        found: list[tuple[Bounds, float]] = []
        for start, end in sentence_bounds(seen.columns.layout):
            if not where(start, end):
                continue
            scores = self.cues.scores(cue_features(seen.columns, start, end, ruled=seen.ruled)) + self._heard_of_cues(seen, start, end)
            bold = scores.copy()
            bold[:, self.cues.labels.index(NEITHER)] -= self.boldness
            labels = self.cues.best(bold)
            if any(label != NEITHER for label in labels):
                marginals = self.cues.marginals(scores)
                found += [((start + a, start + b), _sureness(self.cues, marginals, labels, a, b)) for a, b in runs(labels, CUE)]
        return found

    def roles_at(self, seen: Seen, cue: Bounds, *, cued: Set[int], cue_p: float = 1.0) -> Tagged:
        """Who speaks at this cue and what is said there; `cued` are the tokens of all cues of the report."""
        start, rows = rows_at(seen, cue, cued=cued)
        scores = self.roles.scores(rows) + self._heard_of_roles(seen, start, start + len(rows))
        labels = self.roles.best(scores)
        contents = runs(labels, CONTENT)
        content_p = 0.0
        if contents:
            content_p = _sureness(self.roles, self.roles.marginals(scores), labels, *max(contents, key=lambda span: span[1] - span[0]))
        return Tagged(cue, _moved(runs(labels, SPEAKER), start), _moved(contents, start), cue_p, content_p)

    def _heard_of_cues(self, seen: Seen, start: int, end: int) -> Floats | float:
        if self.opinions is None or seen.heard is None:
            return 0.0
        return self.opinions.on_cues * _by_label(seen.heard[start:end], self.cues.labels, (CUE,))

    def _heard_of_roles(self, seen: Seen, start: int, end: int) -> Floats | float:
        if self.opinions is None or seen.heard is None:
            return 0.0
        return self.opinions.on_roles * _by_label(seen.heard[start:end], self.roles.labels, (SPEAKER, CONTENT))


def _by_label(heard: Floats, labels: Sequence[str], kinds: Sequence[str]) -> Floats:
    """Opinions of these kinds, summed, for each label of a chain: a label of another kind is "outside" to this one, (n_tokens, n_labels)."""
    columns = []
    for label in labels:
        place, _, kind = label.partition("-")
        columns.append(sum(heard[:, KINDS.index(one), PLACES.index(place if one == kind else "O")] for one in kinds))
    return np.asarray(np.stack(columns, axis=1), dtype=np.float32)


def see(doc: Doc, *, layout: Layout, lookup: StanceOfCue, saids: tuple[Said, ...], opinions: Opinions | None = None) -> Seen:
    """A parsed report, made ready for the tagger."""
    heard = None if opinions is None else opinions.of(doc, layout=layout)
    ruled = {i: "B" if i == said.cue[0] else "I" for said in saids for i in range(*said.cue)}
    return Seen(columns_of(doc, layout=layout, lookup=lookup), saids, ruled, heard)


def rows_at(seen: Seen, cue: Bounds, *, cued: Set[int]) -> tuple[int, list[list[str]]]:
    """Where the cue's window begins, and the features of each of its tokens."""
    window, said = window_of(seen.columns, cue), seen.said_at(cue)
    return window.start, role_features(seen.columns, cue, window, cued=cued, said=said, subject=_subject(seen, cue, said))


def _subject(seen: Seen, cue: Bounds, said: Said | None) -> Bounds | None:
    doc = seen.columns.doc
    if said is not None and said.speaker is not None:
        return mention_of(doc[said.speaker]).span
    noun = _speaker_of(doc[head_of(seen.columns, cue)])
    return None if noun is None else mention_of(noun).span


def _speaker_of(head: Token) -> Token | None:
    if head.pos_ in ("VERB", "AUX"):
        return agent_of(head) or subject_of(head)
    return next((c for c in head.children if c.dep_ == "poss"), None) if head.pos_ == "NOUN" else None


def label_span(labels: list[str], span: Bounds, kind: str) -> None:
    """Write a span of this kind over the labels; what lies outside them is left out."""
    for i in range(max(span[0], 0), min(span[1], len(labels))):
        labels[i] = f"B-{kind}" if i == span[0] else f"I-{kind}"


def runs(labels: Sequence[str], kind: str) -> list[Bounds]:
    """The spans of this kind in a row of labels.

    >>> runs(["O", "B-cue", "I-cue", "B-cue", "O"], "cue")
    [(1, 3), (3, 4)]
    """
    first, rest, found, start = f"B-{kind}", f"I-{kind}", [], None
    for i, label in enumerate([*labels, NEITHER]):
        if start is not None and label != rest:
            found.append((start, i))
            start = None
        if label == first or (label == rest and start is None):
            start = i
    return found


def _moved(spans: Sequence[Bounds], by: int) -> tuple[Bounds, ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _sureness(chain: Chain, marginals: Floats, labels: Sequence[str], start: int, end: int) -> float:
    """How probable the least sure of a span's labels is, the one that ends it included."""
    reach = min(end + 1, len(labels))
    return min(float(marginals[i, chain.labels.index(labels[i])]) for i in range(start, reach))


def tagger_arrays(tagger: Tagger) -> dict[str, Array]:
    """The arrays of a model file that hold this tagger."""
    more = {"boldness": np.array(tagger.boldness, dtype=np.float32)}
    if tagger.opinions is not None:
        more |= opinions_arrays(tagger.opinions)
    return {**chain_arrays(tagger.cues, prefix="cues_"), **chain_arrays(tagger.roles, prefix="roles_"), **more}


def tagger_of(arrays: Mapping[str, Array]) -> Tagger:
    """The tagger that `tagger_arrays` made these from. Raises KeyError where they are not there."""
    cues, roles = chain_of(arrays, prefix="cues_"), chain_of(arrays, prefix="roles_")
    return Tagger(cues=cues, roles=roles, boldness=float(arrays["boldness"]), opinions=opinions_of(arrays))

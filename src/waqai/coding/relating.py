"""How a word stands to the word that tells of a happening: the features that all decisions about pairs share."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from waqai.coding.scene import Scene

_LONGEST_PATH = 5
_SHORT_GAP = 5  # words
_LONG_GAP = 40  # words of a gap that are looked at
_SMALL = frozenset(("ADP", "SCONJ", "CCONJ", "PART", "AUX", "PUNCT"))


def path_between(scene: Scene, teller: Token, word: Token) -> str:
    """The steps of the parse from the teller up and down to the word: "^conj^nsubj" up, "vprep:in vpobj" down; "far" where they share no sentence.

    Prepositions are named, other words only by their relation.
    """
    if scene.sentence_of(teller) != scene.sentence_of(word):
        return "far"
    above = [word, *word.ancestors]
    up: list[str] = []
    node = teller
    while node not in above:
        up.append(f"^{node.dep_}")
        if node.head.i == node.i or len(up) > _LONGEST_PATH:
            return "far"
        node = node.head
    down: list[str] = []
    step = word
    while step.i != node.i:
        down.append(f"v{step.dep_}:{step.lower_}" if step.dep_ in ("prep", "agent") else f"v{step.dep_}")
        step = step.head
        if len(down) > _LONGEST_PATH:
            return "far"
    return "".join(up) + "".join(reversed(down))


def is_of_older_time(scene: Scene, word: Token, *, than: Token) -> bool:
    """Whether the word stands in a dated clause of how long there was nothing of the kind, "since it was beaten at Baghuz in March 2019", and the other not."""
    clauses = [a for a in word.ancestors if any(t.dep_ == "mark" and t.lower_ == "since" for t in a.children)]
    return any(a != than and not a.is_ancestor(than) and any(a.is_ancestor(d.token) for d in scene.timeline.phrases) for a in clauses)


def pair_features(scene: Scene, teller: Token, word: Token, *, tellers: frozenset[int]) -> Iterator[str]:
    """Path, distance and order of the two, and which other tellers stand between them. `tellers` are the indices of all tellers of the report."""
    gap = scene.sentence_of(word) - scene.sentence_of(teller)
    path = path_between(scene, teller, word)
    yield f"path={path}"
    yield f"path of {teller.lemma_.lower()}={path}"
    yield f"path of {teller.pos_}={path}"
    yield f"sentences={max(-4, min(4, gap))}"
    first, last = sorted((teller.i, word.i))
    yield f"tokens={_bucket(last - first)}/{'before' if word.i < teller.i else 'behind'}/{gap == 0}"
    between = sum(i in tellers for i in range(first + 1, last)) if last - first < len(tellers) else sum(first < i < last for i in tellers)
    yield f"tellers between={min(3, between)}/{gap == 0}"
    if gap == 0 and teller.is_ancestor(word):
        yield "below"
        if any(i != teller.i and teller.is_ancestor(scene.doc[i]) and scene.doc[i].is_ancestor(word) for i in tellers):
            yield "below another"
    owner = next((a for a in word.ancestors if a.i in tellers), None)
    yield f"owned={'own' if owner is not None and owner.i == teller.i else 'other' if owner is not None else 'none'}"
    if scene.text.block_at(teller.idx) == scene.text.block_at(word.idx):
        yield "same block"
    if scene.text.block_at(word.idx) in scene.text.headings:
        yield "word in heading"


def words_between(scene: Scene, teller: Token, word: Token) -> Iterator[str]:
    """The words between the two in one sentence, for where the parse goes wrong: all of a short gap by their kind, of any gap the small words and how many
    verbs and commas; and the words beside the phrase."""
    first, last = sorted((teller.i, word.i))
    side = "before" if word.i < teller.i else "behind"
    words = scene.doc[first + 1 : min(last, first + _LONG_GAP)]
    if len(words) <= _SHORT_GAP:
        yield f"gap={' '.join(t.lower_ if t.pos_ in _SMALL else t.pos_ for t in words)}/{side}"
    yield from (f"over={small}/{side}" for small in {t.lower_ for t in words if t.pos_ in ("ADP", "SCONJ", "CCONJ", "PRON")})
    verbs, commas = sum(t.pos_ == "VERB" for t in words), sum(t.text == "," for t in words)
    yield f"over verbs={min(3, verbs)} commas={min(2, commas)}/{side}"
    left = word.left_edge.i
    if left > 0:
        yield f"led in by={scene.doc[left - 1].lower_}"
    if word.i + 1 < len(scene.doc):
        yield f"followed by={scene.doc[word.i + 1].lower_}"


def _bucket(gap: int) -> int:
    """
    >>> [_bucket(gap) for gap in (1, 3, 9, 200)]
    [1, 3, 12, 100]
    """
    return next((limit for limit in (1, 2, 3, 5, 8, 12, 20, 40) if gap <= limit), 100)

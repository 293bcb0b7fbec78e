"""How many, of what: every number near a telling is weighed, and every single person ("a policeman")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from waqai.coding.relating import pair_features, path_between
from waqai.coding.scene import Scene, words_at
from waqai.coding.teller import Teller
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import char_span
from waqai.reading.slots import head_noun

_REACH = range(-3, 7)  # sentences before and behind the telling
_ONE = frozenset(("a", "an", "another", "one", "his", "her", "its", "the", "their", "this"))
_ONE_MORE = frozenset(("another", "second", "third", "fourth", "fifth"))
_PARTS_OF_CLAUSE = frozenset(("nsubj", "nsubjpass", "dobj", "conj", "pobj", "appos"))
_PEOPLE = frozenset(
    (
        "civilian",
        "armed",
        "held",
        "outlaw",
        "n.civilian",
        "n.soldier",
        "n.police",
        "n.guard",
        "n.militant",
        "n.official",
        "n.leader",
        "n.held",
        "n.fugitive",
        "n.crowd",
    )
)


def find_figures(scene: Scene) -> tuple[Quantity, ...]:
    """The numbers of the report and its single persons, in order of the text."""
    taken = {q.head.i for q in scene.quantities}
    single = [q for token in scene.doc if token.i not in taken and (q := _single_person(scene, token) or _one_more(token) or _both(scene, token)) is not None]
    return tuple(sorted((*scene.quantities, *single), key=lambda q: q.phrase))


def near_figures(scene: Scene, teller: Token, figures: Sequence[Quantity]) -> list[Quantity]:
    """Those that stand near enough to the telling."""
    own = scene.sentence_of(teller)
    return [q for q in figures if scene.sentence_of(q.head) - own in _REACH]


def figure_features(scene: Scene, teller: Teller, figure: Quantity, *, tellers: frozenset[int]) -> list[str]:
    """What speaks for and against the figure as one of this happening, and for what it counts."""
    pair = list(pair_features(scene, teller.token, figure.head, tellers=tellers))
    own = scene.once(("figure", figure.phrase.start), lambda: [*_of_figure(scene, figure), *_governed(scene, figure)])
    typed = [f"{teller.type} {f}" for f in (*pair[:1], *own)] + [f"{teller.family} {f}" for f in (*pair, *own)]
    return [*pair, *own, *typed, f"type={teller.type}", *_by_rule(scene, teller, figure)]


def figure_traits(scene: Scene, figure: Quantity) -> tuple[float, ...]:
    """Whether it is more than one (0, 1), how many digits it has, how firm it is, whether it counts money or stands without a noun."""
    one = figure.low == 1 and figure.high == 1
    return (
        0.0 if one else 1.0,
        float(len(str(int(figure.low)))),
        float(figure.kind == "exact"),
        float(figure.unit is not None),
        float(figure.noun is None),
        float(scene.sentence_of(figure.head)),
    )


def _single_person(scene: Scene, token: Token) -> Quantity | None:
    """One person: "a policeman", "his driver", a named one."""
    if token.tag_ not in ("NN", "NNP") or token.dep_ in ("compound", "nmod", "poss", "attr") or head_noun(token).i != token.i:
        return None
    article = next((t for t in token.lefts if t.lower_ in _ONE or t.tag_ == "PRP$"), None)
    person = token.ent_type_ in ("PERSON", "NORP") or bool(_PEOPLE.intersection((*scene.classes_of(token), *scene.senses_of(token))))
    if not person or token.lemma_.lower() in scene.lexicon.words.collective or (article is None and token.ent_type_ != "PERSON"):
        return None
    return Quantity(low=1, high=1, best=1, kind="exact", phrase=char_span(article if article is not None else token, token), head=token, noun=token.text)


def _one_more(token: Token) -> Quantity | None:
    """One person of some kind told before: "wounded another", "a fourth has fled"."""
    if token.lower_ not in _ONE_MORE or token.dep_ not in _PARTS_OF_CLAUSE or any(t.dep_ == "nummod" for t in token.children):
        return None
    first = token.nbor(-1) if token.i > 0 and token.nbor(-1).lower_ in ("a", "the") else token
    return Quantity(low=1, high=1, best=1, kind="exact", phrase=char_span(first, token), head=token, noun=None)


def _both(scene: Scene, token: Token) -> Quantity | None:
    """Two people: "both soldiers"; not "both local and foreign soldiers", who are two kinds."""
    both = next((t for t in token.lefts if t.lower_ == "both"), None) if token.tag_ == "NNS" else None
    if (
        both is None
        or any(t.dep_ == "conj" for kind in token.lefts for t in kind.children)
        or not _PEOPLE.intersection((*scene.classes_of(token), *scene.senses_of(token)))
    ):
        return None
    return Quantity(low=2, high=2, best=2, kind="exact", phrase=char_span(both, token), head=token, noun=token.text)


def _of_figure(scene: Scene, figure: Quantity) -> Iterator[str]:
    noun = head_noun(figure.head)
    yield f"noun={noun.lemma_.lower()}"
    yield f"kind={figure.kind}"
    yield from (f"class={name}" for name in scene.classes_of(noun))
    yield from (f"noun~{sense}" for sense in scene.senses_of(noun))
    if figure.noun is None:
        yield "alone"
    if figure.unit is not None:
        yield "money"
    if figure.low == 1 and figure.high == 1:
        yield f"one/{words_at(scene.doc, figure.phrase)[0].lower_}"
        yield "one"
    else:
        yield f"size={len(str(int(figure.low)))}"
    yield from (f"adj={t.lemma_.lower()}" for t in noun.lefts if t.dep_ == "amod")


def _governed(scene: Scene, figure: Quantity) -> Iterator[str]:
    """The verbs above it, with what it is to them, and the words beside it."""
    steps = 0
    for above in figure.head.ancestors:
        if above.pos_ in ("VERB", "AUX") or above.i in scene.triggers:
            path = path_between(scene, above, figure.head)
            yield f"under={above.lemma_.lower()}{path}"
            yield f"under={above.lemma_.lower()}"
            yield from (f"under~{sense}{path}" for sense in scene.senses_of(above))
            if above.i in scene.triggers:
                yield f"under type={scene.triggers[above.i].type}{path}"
            steps += 1
            if steps == 2:
                break
    doc, words = scene.doc, words_at(scene.doc, figure.phrase)
    yield from (f"behind={t.lemma_.lower()}" for t in doc[words.end : words.end + 4] if not t.is_punct)
    yield from (f"ahead={t.lemma_.lower()}" for t in doc[max(0, words.start - 4) : words.start] if not t.is_punct)
    yield from (f"beside={t.lemma_.lower()}" for t in scene.sentence_span(figure.head) if t.pos_ == "VERB")
    yield from {f"beside~{sense}" for t in scene.sentence_span(figure.head) if t.pos_ in ("VERB", "NOUN") for sense in scene.senses_of(t)}


def _by_rule(scene: Scene, teller: Teller, figure: Quantity) -> Iterator[str]:
    """What the rules take it to count."""
    telling = scene.telling_of.get(teller.token.i)
    own = {c.measure for c in telling.counts if c.phrase.overlaps(figure.phrase)} if telling is not None else set()
    yield from (f"rule measure={m}" for m in own)
    if own:
        yield "rule counts here"
    others = {c.measure for t in scene.told.tellings if t is not telling for c in t.counts if c.phrase.overlaps(figure.phrase)}
    yield from (f"rule measure elsewhere={m}" for m in others)
    if others:
        yield "rule counts elsewhere"

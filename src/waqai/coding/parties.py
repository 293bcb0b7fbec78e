"""Who takes part in a happening, and in which role: every noun phrase near its telling is weighed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.coding.relating import pair_features, words_between
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.core import Span
from waqai.reading.phrases import bare_phrase, words_of
from waqai.reading.slots import head_noun

_REACH = range(-3, 5)  # sentences before and behind the telling
_DATED = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"))
_NAMED = frozenset(("ORG", "NORP", "GPE", "PERSON", "FAC"))
_SLOTS = frozenset(("nsubj", "nsubjpass", "dobj"))
_PARTS = frozenset(("compound", "amod", "nmod", "poss"))
_KIN = (
    frozenset(("n.soldier", "n.army", "n.police", "n.guard")),
    frozenset(("n.militant", "n.group")),
    frozenset(("n.civilian", "n.crowd", "n.refugee")),
    frozenset(("n.held", "n.fugitive")),
    frozenset(("n.official", "n.body", "n.leader")),
    frozenset(("n.building", "n.vehicle", "n.base", "n.checkpoint", "n.patrol")),
    frozenset(("n.prison", "n.camp")),
)


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that may take part: the noun that it hangs on, its bare words and where they stand, whether people are held there."""

    head: Token
    name: str
    phrase: Span
    is_facility: bool


def find_parties(scene: Scene) -> tuple[Party, ...]:
    """Every noun phrase of the report, and the names of groups inside one ("ISIS" of "ISIS detainees")."""
    return tuple(party for token in scene.doc if _can_take_part(scene, token) and (party := _party(scene, token)) is not None)


def near_parties(scene: Scene, teller: Token, parties: Sequence[Party]) -> list[Party]:
    """Those that stand near enough to the telling; prisons and camps from anywhere."""
    own = scene.sentence_of(teller)
    return [p for p in parties if p.head.i != teller.i and (scene.sentence_of(p.head) - own in _REACH or p.is_facility)]


def party_features(scene: Scene, teller: Teller, party: Party, *, tellers: frozenset[int]) -> list[str]:
    """What speaks for and against the party in each role of this happening."""
    pair = list(pair_features(scene, teller.token, party.head, tellers=tellers))
    plain = [*pair, *_turn(scene, teller, party), *_stands_for(scene, teller, party), *_hangs_on(scene, party), *_in_slot(scene, teller, party)]
    own = scene.once(("party", party.head.i), lambda: list(_of_party(scene, party)))
    typed = [f"{teller.type} {f}" for f in (*plain[:1], *own)] + [f"{teller.family} {f}" for f in (*plain, *own)]
    return [*plain, *own, *typed, f"type={teller.type}", *_crossed(scene, teller, party, plain), *_by_rule(scene, teller, party)]


def party_traits(scene: Scene, party: Party) -> tuple[float, ...]:
    """Whether it is a name (0, 1), a prison, a place, a speaker, part of another phrase, told before; and what the thesaurus makes of it."""
    senses = scene.senses_of(party.head)
    return (
        float(party.head.pos_ == "PROPN"),
        float(scene.told.classes.is_facility(party.head)),
        float(scene.told.classes.is_place(party.head)),
        float(any(c.speaker is not None and c.speaker.overlaps(party.phrase) for c in scene.claims)),
        float(party.head.dep_ in _PARTS),
        float(min(3, scene.times_before(party.head))),
        float(scene.actors.find_actor(party.name) is not None),
        *(float(bool(kin.intersection(senses))) for kin in _KIN),
    )


def _can_take_part(scene: Scene, token: Token) -> bool:
    if token.ent_type_ in _DATED or not token.text[:1].isalnum():
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return token.dep_ not in ("compound", "nmod") or _is_group_name(scene, token)
    if token.pos_ == "ADJ":
        return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") or _is_group_name(scene, token)
    return False


def _is_group_name(scene: Scene, token: Token) -> bool:
    """The last word of a name inside a noun phrase: "ISIS | detainees", "Islamic State | prisoners"."""
    if token.dep_ not in _PARTS or not token.text[:1].isupper():
        return False
    if token.i + 1 < len(scene.doc) and token.nbor().ent_iob_ == "I":
        return False
    return token.ent_type_ in ("ORG", "NORP") or scene.actors.find_actor(token.text) is not None


def _party(scene: Scene, token: Token) -> Party | None:
    noun = head_noun(token)
    if noun.i != token.i:
        return None  # the noun behind "three of the" is a party of its own
    is_facility = scene.told.classes.is_facility(token)
    if token.dep_ in _PARTS:
        first, start = token, scene.sentence_span(token).start
        while first.i > start and first.ent_iob_ == "I":
            first = first.nbor(-1)
        phrase = Span(first.idx, token.idx + len(token))
    else:
        phrase = bare_phrase(token, site=is_facility)
    name = words_of(phrase, token)
    return Party(token, name, phrase, is_facility) if name else None


def _of_party(scene: Scene, party: Party) -> Iterator[str]:
    head = party.head
    yield f"noun={head.lemma_.lower()}"
    yield from (f"class={name}" for name in scene.classes_of(head))
    yield from (f"noun~{sense}" for sense in scene.senses_of(head))
    yield f"entity={head.ent_type_}"
    if party.is_facility:
        yield "is facility"
    if scene.told.classes.is_place(head):
        yield "is place"
    if scene.actors.find_actor(party.name) is not None:
        yield "in register"
    if head.dep_ in _PARTS:
        yield f"part of={head.head.lemma_.lower()}"
        yield from (f"part of~{sense}" for sense in scene.senses_of(head.head))
        yield from (f"part of class={name}" for name in scene.classes_of(head.head))
    if any(c.speaker is not None and c.speaker.overlaps(party.phrase) for c in scene.claims):
        yield "speaks"


def _crossed(scene: Scene, teller: Teller, party: Party, plain: Sequence[str]) -> Iterator[str]:
    """Class and place in the parse together, under the type."""
    path = plain[0]
    names = scene.classes_of(party.head) or ("none",)
    for name in (*names, *(("facility!",) if scene.told.classes.is_facility(party.head) else ()), *((party.head.ent_type_,) if party.head.ent_type_ else ())):
        yield f"{teller.type} {name} {path}"
        yield f"{teller.family} {name} {path}"
        yield f"{teller.token.lemma_.lower()} {name} {path}"
    for sense in scene.senses_of(party.head):
        yield f"{teller.type} ~{sense} {path}"
        yield f"{teller.family} ~{sense} {path}"
        yield from (f"~{own} ~{sense} {path}" for own in scene.senses_of(teller.token))


def _turn(scene: Scene, teller: Teller, party: Party) -> Iterator[str]:
    """As how manieth noun of its sentence it stands before or behind the telling."""
    number, here, there = scene.sentence_of(teller.token), teller.token.i, party.head.i
    if scene.sentence_of(party.head) != number:
        return
    nouns = scene.nouns_at(number)
    before = there < here
    turn = bisect_left(nouns, here) - bisect_left(nouns, there) if before else bisect_right(nouns, there) - bisect_right(nouns, here)
    yield f"turn={'before' if before else 'behind'} {min(4, max(1, turn))}"
    yield from words_between(scene, teller.token, party.head)


def _stands_for(scene: Scene, teller: Teller, party: Party) -> Iterator[str]:
    """Whether the telling has a pronoun, or nobody, where the party could be meant: "they fled" behind a sentence about inmates."""
    token, head = teller.token, party.head
    gap = scene.sentence_of(head) - scene.sentence_of(token)
    if gap > 0 or (gap == 0 and head.i > token.i):
        return
    many = head.tag_ in ("NNS", "NNPS")
    found = False
    for child in token.children:
        if child.dep_ in _SLOTS:
            found = True
            if child.pos_ == "PRON":
                yield f"{child.lower_} as {child.dep_}: {head.dep_} {max(-2, gap)} {many}"
                yield f"{teller.family} {child.lower_} as {child.dep_}: {head.dep_} {many}"
    if not found and token.pos_ == "VERB":
        yield f"nobody: {head.dep_} {max(-2, gap)} {token.tag_}"


def _hangs_on(scene: Scene, party: Party) -> list[str]:
    """What the party is to the verb or noun that it hangs on, and how many there are."""
    return scene.once(("hangs on", party.head.i), lambda: list(_governed(scene, party)))


def _governed(scene: Scene, party: Party) -> Iterator[str]:
    head = party.head
    governor = head.head
    yield f"governor={governor.lemma_.lower()}/{head.dep_}"
    yield from (f"governor~{sense}/{head.dep_}" for sense in scene.senses_of(governor))
    if head.dep_ == "pobj":
        yield f"governor={governor.head.lemma_.lower()}/{governor.lower_}"
        yield from (f"governor~{sense}/{governor.lower_}" for sense in scene.senses_of(governor.head))
    yield f"dep={head.dep_}"
    for child in head.children:
        if child.dep_ in ("det", "nummod", "poss"):
            yield f"has {child.dep_}"
            if child.dep_ == "det":
                yield f"det={child.lower_}"
    yield f"told before={min(2, scene.times_before(head))}"


def _in_slot(scene: Scene, teller: Teller, party: Party) -> Iterator[str]:
    trigger = scene.triggers.get(teller.token.i)
    if trigger is not None:
        yield from (f"slot={slot}" for slot, heads in trigger.slots.items() if any(head_noun(t).i == party.head.i for t in heads))


def _by_rule(scene: Scene, teller: Teller, party: Party) -> Iterator[str]:
    """The role that the rules give it."""
    telling = scene.telling_of.get(teller.token.i)
    if telling is None:
        yield "no rule"
        return
    roles = {i.role for i in telling.involved if i.phrase.overlaps(party.phrase)}
    yield from (f"rule role={role}" for role in roles)
    yield from (f"rule role={role}/{telling.draft.type == teller.type}" for role in roles)
    yield from (f"rule role={role}/{teller.type}" for role in roles)
    if not roles:
        yield "rule role=none"

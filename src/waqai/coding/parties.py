"""Who takes part in a happening, and in which role: every noun phrase near its telling is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.coding.relating import pair_features
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.core import Span
from waqai.reading.phrases import bare_phrase, words_of
from waqai.reading.slots import head_noun

_REACH = range(-3, 5)  # sentences before and behind the telling
_DATED = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"))
_NAMED = frozenset(("ORG", "NORP", "GPE", "PERSON", "FAC"))
_PARTS = frozenset(("compound", "amod", "nmod", "poss"))


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that may take part: the noun that it hangs on, its bare words and where they stand."""

    head: Token
    name: str
    phrase: Span


def find_parties(scene: Scene) -> tuple[Party, ...]:
    """Every noun phrase of the report, and the names of groups inside one ("ISIS" of "ISIS detainees")."""
    return tuple(party for token in scene.doc if _can_take_part(scene, token) and (party := _party(scene, token)) is not None)


def near_parties(scene: Scene, teller: Token, parties: Sequence[Party]) -> list[Party]:
    """Those that stand near enough to the telling; prisons and camps from anywhere."""
    own = scene.sentence_of(teller)
    return [p for p in parties if p.head.i != teller.i and (scene.sentence_of(p.head) - own in _REACH or scene.told.classes.is_facility(p.head))]


def party_features(scene: Scene, teller: Teller, party: Party, *, tellers: frozenset[int]) -> list[str]:
    """What speaks for and against the party in each role of this happening."""
    pair = list(pair_features(scene, teller.token, party.head, tellers=tellers))
    plain = [*pair, *_hangs_on(scene, party), *_in_slot(scene, teller, party)]
    own = scene.once(("party", party.head.i), lambda: list(_of_party(scene, party)))
    typed = [f"{teller.type} {f}" for f in (*plain[:1], *own)] + [f"{teller.family} {f}" for f in (*plain, *own)]
    return [*plain, *own, *typed, f"type={teller.type}", *_crossed(scene, teller, party, plain), *_by_rule(scene, teller, party)]


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
    if token.dep_ in _PARTS:
        first, start = token, scene.sentence_span(token).start
        while first.i > start and first.ent_iob_ == "I":
            first = first.nbor(-1)
        phrase = Span(first.idx, token.idx + len(token))
    else:
        phrase = bare_phrase(token, site=scene.told.classes.is_facility(token))
    name = words_of(phrase, token)
    return Party(token, name, phrase) if name else None


def _of_party(scene: Scene, party: Party) -> Iterator[str]:
    head = party.head
    yield f"noun={head.lemma_.lower()}"
    yield from (f"class={name}" for name in scene.classes_of(head))
    yield f"entity={head.ent_type_}"
    if scene.told.classes.is_facility(head):
        yield "is facility"
    if scene.told.classes.is_place(head):
        yield "is place"
    if scene.actors.find_actor(party.name) is not None:
        yield "in register"
    if head.dep_ in _PARTS:
        yield f"part of={head.head.lemma_.lower()}"
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


def _hangs_on(scene: Scene, party: Party) -> list[str]:
    """What the party is to the verb or noun that it hangs on, and how many there are."""
    return scene.once(("hangs on", party.head.i), lambda: list(_governed(scene, party)))


def _governed(scene: Scene, party: Party) -> Iterator[str]:
    head = party.head
    governor = head.head
    yield f"governor={governor.lemma_.lower()}/{head.dep_}"
    if head.dep_ == "pobj":
        yield f"governor={governor.head.lemma_.lower()}/{governor.lower_}"
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

"""Where: which of a report's place names is the happening's."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.coding.relating import pair_features
from waqai.coding.scene import Scene, words_at
from waqai.coding.teller import Teller
from waqai.reading.phrases import text_of
from waqai.reading.placenames import FoundPlace

_CHAIN = 30  # characters between the names of "Baghuz, a village in eastern Deir ez-Zor"


def site_features(scene: Scene, teller: Teller, place: FoundPlace, *, tellers: frozenset[int]) -> list[str]:
    """What speaks for and against the name as the place of this happening."""
    pair = list(pair_features(scene, teller.token, place.head, tellers=tellers))
    own = list(_of_place(scene, teller, place))
    return [*pair, *own, *(f"{teller.family} {f}" for f in (*pair, *own)), f"type={teller.type}", *(f"{teller.type} {f}" for f in own)]


def site_traits(scene: Scene, place: FoundPlace) -> tuple[float, ...]:
    """How narrow the place is (0 country to 3 site), and how it stands among the other names: in a chain "town, province", how often named, where first."""
    rank = _rank(place)
    others = [p for p in scene.sites if p is not place]
    near = [p for p in others if max(place.phrase.start - p.phrase.end, p.phrase.start - place.phrase.end) < _CHAIN]
    same = [p for p in scene.sites if p.name == place.name]
    return (
        rank,
        float(any(_rank(p) > rank and p.phrase.start < place.phrase.start for p in near)),
        float(any(_rank(p) < rank and p.phrase.start > place.phrase.start for p in near)),
        float(len(same)),
        float(same[0] is place),
        float(place.dateline),
        float(scene.sentence_of(place.head)),
        float(not place.kinds),
        float(place.guessed),
        float(sum(_rank(p) > rank for p in others)),
        float(place.prep in ("in", "at", "near", "inside", "outside")),
    )


def _rank(place: FoundPlace) -> float:
    return 0.0 if place.country else 1.0 if place.wide else 3.0 if place.site else 2.0


def _of_place(scene: Scene, teller: Teller, place: FoundPlace) -> Iterator[str]:
    yield f"prep={place.prep}"
    yield f"relation={place.relation}"
    yield f"dep={place.head.dep_}"
    yield f"governor={place.head.head.lemma_.lower()}"
    size = _size(place)
    yield f"size={size}"
    yield f"{size} by {place.prep}"
    yield f"called={place.kind}"
    if place.dateline:
        yield "dateline"
    if not place.kinds:
        yield "unknown"
    if place.guessed:
        yield f"guessed {place.head.ent_type_} {place.head.dep_} {place.prep}"
        yield f"guessed {size} called={place.kind}"
        yield f"guessed before={_word_behind(scene, place)}"
        yield f"guessed actor={scene.actors.find_actor(place.name) is not None}"
    elif not place.prep:
        yield f"before={_word_behind(scene, place)}"
    yield f"ahead={_word_ahead(scene, place)}"
    yield f"entity={place.head.ent_type_}"
    if any(c.speaker is not None and c.speaker.overlaps(place.phrase) for c in scene.claims):
        yield "in a speaker"
    yield from _in_chain(scene, place, size)
    beside = [p for p in scene.sites if p is place or not p.guessed]
    names = [p for p in beside if p.name == place.name]
    yield f"named={min(3, len(names))}"
    yield f"first of name={names[0] is place}"
    sentence = scene.sentence_of(teller.token)
    here = [p for p in beside if scene.sentence_of(p.head) == sentence]
    yield f"places in sentence={min(3, len(here))}/{place in here}"
    narrow = [p for p in here if not p.wide and not p.country]
    yield f"narrower in sentence={bool(narrow)}/{size}"
    before = [p for p in beside if p.head.i < teller.token.i]
    yield f"last before={bool(before) and before[-1] is place}"
    yield f"first place={beside[0] is place}"
    yield from _by_rule(scene, teller, place)


def _in_chain(scene: Scene, place: FoundPlace, size: str) -> Iterator[str]:
    """What stands between it and the names right before and behind it: "Baghuz | , a village in | Deir ez-Zor"."""
    at = scene.sites.index(place)
    text = text_of(scene.doc)
    if at + 1 < len(scene.sites) and 0 <= (gap := scene.sites[at + 1].phrase.start - place.phrase.end) < _CHAIN:
        yield f"leads{text[place.phrase.end : place.phrase.end + gap].lower()}"
        yield f"{size} leads to {_size(scene.sites[at + 1])}"
    if at and 0 <= (gap := place.phrase.start - scene.sites[at - 1].phrase.end) < _CHAIN:
        yield f"follows{text[place.phrase.start - gap : place.phrase.start].lower()}"
        yield f"{size} follows {_size(scene.sites[at - 1])}"


def _size(place: FoundPlace) -> str:
    return "country" if place.country else "wide" if place.wide else "site" if place.site else "town"


def _word_ahead(scene: Scene, place: FoundPlace) -> str:
    first = words_at(scene.doc, place.phrase)[0]
    return str(scene.doc[first.i - 1].lower_) if first.i else ""


def _word_behind(scene: Scene, place: FoundPlace) -> str:
    """The word behind the name; behind a comma, the two that follow it: ", a town"."""
    words = words_at(scene.doc, place.phrase)
    behind = [t.lower_ for t in scene.doc[words.end : words.end + 3]]
    return " ".join(behind) if behind[:1] == [","] else next(iter(behind), "")


def _by_rule(scene: Scene, teller: Teller, place: FoundPlace) -> Iterator[str]:
    telling = scene.telling_of.get(teller.token.i)
    if telling is None:
        yield "rule=none"
        return
    own = next((m for m in telling.mentions if m.phrase == place.phrase), None)
    yield f"rule={own.role if own is not None else 'not here'}"
    same = {m.role for m in telling.mentions if m.name == place.name}
    yield from (f"rule of name={role}" for role in same)

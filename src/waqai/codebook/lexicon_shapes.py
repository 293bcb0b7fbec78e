"""The shape of lexicon.yaml: its word lists, each under the name that the reader asks for. What a list is for stands beside it in the file."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StrictStr

from waqai.codebook.shapes import Id, Scalar, Shape

_INNER_HYPHEN = re.compile(r"[a-z]-[a-z]")  # where every English pipeline of spaCy splits


def _check_words(value: Any) -> Any:
    """The list as it is. Raises ValueError for words that could never match, and for one that stands twice."""
    if not isinstance(value, list):
        raise ValueError("must be a list of words")
    faults = [f"{w!r} stands twice" for w in sorted({w for w in value if value.count(w) > 1}, key=str)]
    faults += [f"{w!r} is not in lower case" for w in value if isinstance(w, str) and w != w.lower()]
    faults += [f"{w!r} has a space or an underscore at its end" for w in value if isinstance(w, str) and w.strip(" _") != w]
    faults += [f"{w!r} is taken apart at its hyphen, so it never matches" for w in value if isinstance(w, str) and _INNER_HYPHEN.search(w)]
    if faults:
        raise ValueError("; ".join(faults))
    return value


Words = Annotated[frozenset[StrictStr], BeforeValidator(_check_words)]
OrderedWords = Annotated[tuple[StrictStr, ...], BeforeValidator(_check_words)]


class RuleRow(Shape):
    """A line of `verbs` or `nouns`; every key that is not named here is a slot with its condition."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, StrictStr] = Field(init=False)

    words: OrderedWords
    type: StrictStr
    p: float = Field(ge=0, le=1)
    told: Literal["act", "effect"] = "act"
    near: StrictStr | None = None
    not_near: StrictStr | None = None
    attrs: dict[str, Scalar] = Field(default_factory=dict)


class StatusWords(Shape):
    """What gives a happening one status."""

    verbs: Words = frozenset()
    nouns: Words = frozenset()
    modifiers: Words = frozenset()
    objects: Words = frozenset()


class TypeSets(Shape):
    """Sets of types that are read alike."""

    violence: Words
    breaks: Words
    attacks: Words
    context: Words
    politics: Words
    own_day: Words
    follow_ups: Words
    custody: Words
    in_facility: Words
    with_victims: Words
    remote: Words
    moves: Words
    departures: Words


class MeasureRows(Shape):
    """What a number counts, as it stands in the file: measure -> words, but for `of_slot` and `in_type`, which go by type."""

    of_verb: dict[StrictStr, dict[StrictStr, Words]]
    of_expression: dict[StrictStr, dict[StrictStr, OrderedWords]]
    of_slot: dict[StrictStr, dict[StrictStr, StrictStr]]
    in_type: dict[StrictStr, dict[StrictStr, StrictStr]]
    of_noun: dict[StrictStr, Words]
    phrases_behind: dict[StrictStr, OrderedWords]
    words_behind: dict[StrictStr, Words]
    stems: dict[StrictStr, OrderedWords]
    phrases_before: dict[StrictStr, OrderedWords]
    told_by: dict[StrictStr, OrderedWords]
    also_told_by: dict[StrictStr, OrderedWords]


class PlaceWords(Shape):
    """How reports call and place places."""

    kinds: Words
    wide: Words
    naming: Words
    generic: Words
    bodies: Words
    directions: Words
    countryside: Words
    near: Words
    locative: Words


class WordLists(Shape):
    """Word lists for single questions."""

    common_english: Words
    light_verbs: Words
    steering_verbs: Words
    fulfilled_verbs: Words
    acting: Words
    habit_adverbs: Words
    pledging_verbs: Words
    lasting_verbs: Words
    raging_verbs: Words
    combating_verbs: Words
    telling_again: Words
    abstract: Words
    members: Words
    affiliating: Words
    attaching: Words
    running: Words
    authority: Words
    facility_again: Words
    escaped: Words
    going: Words
    goals: Words
    doubting: Words
    expecting: Words
    parties: Words
    collective: Words
    strikes: Words
    not_people: Words
    people: Words
    numbering: Words
    measuring: Words


class LexiconShape(Shape):
    """lexicon.yaml."""

    version: StrictStr
    classes: dict[Id, Words]
    frames: dict[StrictStr, dict[StrictStr, StrictStr]]
    verbs: tuple[RuleRow, ...]
    nouns: tuple[RuleRow, ...]
    statuses: dict[StrictStr, StatusWords]
    types: TypeSets
    measures: MeasureRows
    methods: dict[StrictStr, StrictStr]
    places: PlaceWords
    words: WordLists
    other_worlds: dict[Id, Words]
    conflict_words: Words

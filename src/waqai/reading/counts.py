"""Which number counts what, for which happening: "25 prisoners escaped" is 25 escaped, "killing six" is six killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from waqai.core import Count
from waqai.reading.bounds import Quantity
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import Draft
from waqai.reading.measures import Measured, Measurer
from waqai.reading.phrases import char_span, plain_phrase, words_of
from waqai.reading.quantities import find_quantities
from waqai.reading.slots import head_noun
from waqai.reading.triggers import Trigger

_NO_GROUP = frozenset(("hurt", "wounded", "injured", "dead", "dozen", "other", "hundred", "thousand", "death", "casualty", "life", "more"))
_ONE = frozenset(("a", "an", "another"))
_NOT_COUNTED = frozenset(("participants", "perpetrators"))  # "a man attacked" is no figure of attackers


def assign_counts(doc: Doc, drafts: Sequence[Draft], classes: WordClasses) -> dict[int, list[Count]]:
    """Counts by the index of their draft; a number that counts nothing we know is left out, and so is a figure told twice."""
    measurer = Measurer(classes.lexicon, drafts)
    assigned: dict[int, list[Count]] = {i: [] for i in range(len(drafts))}
    for quantity in (*find_quantities(doc, lexicon=classes.lexicon), *_iter_single_persons(drafts, classes)):
        measured = measurer.find_measure(quantity)
        if measured is None:
            continue
        count = _count(quantity, measured)
        if not any(_same_figure(count, other) for other in assigned[measured.draft]):
            assigned[measured.draft].append(count)
    return assigned


def _count(quantity: Quantity, measured: Measured) -> Count:
    return Count(
        measure=measured.measure,
        of_whom=quantity.unit or name_counted(quantity),
        low=quantity.low,
        high=quantity.high,
        best=quantity.best,
        kind=quantity.kind,
        phrase=quantity.phrase,
        p=0.75,
        rule=measured.rule,
        unit=quantity.unit,
    )


def name_counted(quantity: Quantity) -> str:
    noun = head_noun(quantity.head)
    if quantity.noun is None or noun.like_num or noun.lemma_.lower() in _NO_GROUP:
        return "people"
    return words_of(plain_phrase(noun), noun) if noun.pos_ in ("NOUN", "PROPN") else quantity.noun


def _same_figure(one: Count, other: Count) -> bool:
    return (one.measure, one.low, one.high, one.of_whom) == (other.measure, other.low, other.high, other.of_whom)


def _iter_single_persons(drafts: Sequence[Draft], classes: WordClasses) -> Iterator[Quantity]:
    """ "a policeman was killed" counts one; so does "another man", in the slots that a measure looks at."""
    for draft in drafts:
        for trigger in draft.triggers if draft.status in ("occurred", "ongoing") else ():
            for head in trigger.heads(*_counted_slots(trigger, draft.type, classes)):
                article = next((t for t in head.lefts if t.lower_ in _ONE), None)
                if article is not None and is_one_person(head, classes):
                    yield Quantity(low=1, high=1, best=1, kind="exact", phrase=char_span(article, head), head=head, noun=head.text)


def _counted_slots(trigger: Trigger, type: str, classes: WordClasses) -> list[str]:
    """The slots whose people the trigger's verb counts, else those that its type counts."""
    measures = classes.lexicon.measures
    verb = trigger.token.lemma_.lower()
    if verb in measures.of_verb:
        return [measures.of_verb[verb][0]]
    return [slot for slot, measure in measures.of_slot.get(type, {}).items() if measure not in _NOT_COUNTED]


def is_one_person(head: Token, classes: WordClasses) -> bool:
    if head.tag_ != "NN" or head_noun(head) is not head or head.lemma_.lower() in classes.lexicon.words.collective:
        return False
    return classes.has_any(head, "civilian", "armed", "held", "outlaw")

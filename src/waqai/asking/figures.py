"""The figures of an account: the answer points at the words and says what they count; how many they are, our own reading of numbers says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from waqai.asking.facets import RULE, iter_items
from waqai.asking.form import CountShape
from waqai.asking.material import SURE, Material
from waqai.core import Count, Span
from waqai.reading.bounds import Quantity, read_bounds
from waqai.reading.classes import WordClasses
from waqai.reading.counts import is_one_person, name_counted
from waqai.reading.phrases import char_span
from waqai.reading.quantities import find_quantities

_ONE = frozenset(("a", "an", "another"))
_MONEY = "amount"


def read_counts(values: Iterable[Any], *, trigger: Span, material: Material) -> tuple[Count, ...]:
    """The counts of an account, a figure told twice once."""
    counts: dict[tuple[str, float, float | None, str | None], Count] = {}
    for item in iter_items(CountShape, values, what="count", material=material):
        if item.measure not in material.ground.codebook.measures:
            material.set_aside("count", item.words, f"the codebook has no measure {item.measure!r}")
        elif (span := material.find(item.words, what="count", near=trigger.start)) is not None:
            count = _count(item, span, material)
            if count is not None:
                counts.setdefault((count.measure, count.low, count.high, count.of_whom), count)
    return tuple(counts.values())


def _count(item: CountShape, span: Span, material: Material) -> Count | None:
    quantity = _find_quantity(item, span, material)
    if quantity is None:
        return None
    if (quantity.unit is not None) != (item.measure == _MONEY):
        material.set_aside("count", item.words, f"it is {'a' if quantity.unit else 'no'} sum of money, the measure says {item.measure!r}")
        return None
    return Count(
        measure=item.measure,
        of_whom=quantity.unit or name_counted(quantity),
        low=quantity.low,
        high=quantity.high,
        best=quantity.best,
        kind=quantity.kind,
        phrase=quantity.phrase,
        p=SURE,
        rule=f"{RULE}: {item.measure}",
        unit=quantity.unit,
    )


def _find_quantity(item: CountShape, span: Span, material: Material) -> Quantity | None:
    """The one number that the words hold, or None with a notice."""
    numbered = any(t.like_num for t in material.tokens(span))
    touched = [q for q in material.quantities if q.phrase.overlaps(span) and (numbered or q.kind == "vague" or q.unit is not None)]
    found = touched if len(touched) == 1 else [q for q in touched if q.phrase == span]
    if len(found) == 1:
        return found[0]
    if touched:
        material.set_aside("count", item.words, "it holds several numbers")
        return None
    number = _read_alone(span, material) or _one_person(span, material)
    if number is None:
        material.set_aside("count", item.words, "no number can be read in it")
    return number


def _read_alone(span: Span, material: Material) -> Quantity | None:
    """The number of the words parsed by themselves, where the sentence around them hid it ("On the third day 48 members were held"): only with its noun."""
    words = material.parse(span.of(material.doc.text))
    found = [q for q in find_quantities(words, lexicon=material.ground.lexicon) if q.noun is not None or q.unit is not None]
    if len(found) != 1:
        return None
    phrase = Span(span.start + found[0].phrase.start, span.start + found[0].phrase.end)
    if found[0].kind != "exact":
        return replace(found[0], phrase=phrase)
    bounds = read_bounds(material.doc.text, phrase.start, found[0].low)
    return replace(found[0], low=bounds.low, high=bounds.high, kind=bounds.kind, phrase=Span(bounds.start, phrase.end))


def _one_person(span: Span, material: Material) -> Quantity | None:
    """ "a policeman" counts one."""
    head = material.tokens(span).root
    article = next((t for t in head.lefts if t.lower_ in _ONE), None)
    classes = WordClasses(material.ground.lexicon, material.ground.places)
    if article is None or not is_one_person(head, classes):
        return None
    return Quantity(low=1, high=1, best=1, kind="exact", phrase=char_span(article, head), head=head, noun=head.text)

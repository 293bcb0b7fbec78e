"""What a person writes into the form of a field, on the review page and on that of a blind coding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form

from waqai.core import NotPossible, Span
from waqai.flow import find_all_words
from waqai.wording import _

Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """A field's value as typed, and the words that say it.

    `kind` is the role or measure of a name or figure, `whom` whom a figure is of; `at` is where it stands ("start-end"; "": it is new). `place` is an id of the
    gazetteer that was clicked instead of typed, `none` says that it is not told. `words` are typed or copied, `span` is where they were selected or chosen.
    """

    facet: str
    value: str
    kind: str
    whom: str
    at: str
    place: str
    none: str
    words: str
    span: str

    @property
    def is_of_several(self) -> bool:
        """Whether an account can have several of these."""
        return self.facet in ("actor", "count")

    def given(self) -> str:
        """The value as `correct_account` takes it. Raises NotPossible where nothing was written."""
        typed = "none" if self.none else self.place or self.value
        if not typed:
            raise NotPossible(_("nothing was written for {facet}: write a value, or say that the report does not tell it").format(facet=self.facet))
        if not self.is_of_several:
            return typed
        return f"{self.kind}:{self.whom}={typed}" if self.facet == "count" and self.whom else f"{self.kind}={typed}"

    def find_span(self, text: str) -> Span | None:
        """Where the words stand if the form says it: selected there, or left as they were, which are not the same words elsewhere. Raises NotPossible."""
        if self.span:
            return read_span(self.span)
        return read_span(self.at) if self.at and self.words and are_at(self.words, read_span(self.at), text) else None


def read_field(
    facet: Text,
    value: Text = "",
    kind: Text = "",
    whom: Text = "",
    at: Text = "",
    place: Text = "",
    none: Text = "",
    words: Text = "",
    span: Text = "",
    meant: Text = "",
) -> FieldForm:
    """A route's dependency: the field as its form was filled in; `meant` is the place that was chosen of several that have the words."""
    return FieldForm(facet=facet, value=value.strip(), kind=kind, whom=whom.strip(), at=at, place=place, none=none, words=words.strip(), span=span or meant)


Filled = Annotated[FieldForm, Depends(read_field)]


def read_span(said: str) -> Span:
    """A span as forms hold it. Raises NotPossible.

    >>> read_span("4-9")
    Span(start=4, end=9)
    """
    start, _dash, end = said.partition("-")
    try:
        return Span(int(start), int(end))
    except ValueError as error:
        raise NotPossible(_("{said} names no words: it should be two numbers, where they begin and end").format(said=repr(said))) from error


def are_at(words: str, span: Span, text: str) -> bool:
    """Whether these are the words that stand there, whatever the blanks between them."""
    return span.end <= len(text) and span.of(text).split() == words.split()


def find_places(words: str, span: str, text: str, *, inside: Span | None = None) -> tuple[Span, ...]:
    """Where the words can stand: where they were selected; else all places that have them, but the only one `inside` these words if there is one.

    Raises NotPossible where there is none.

    >>> find_places("he", "", "he said that he fled"), find_places("he", "", "he said that he fled", inside=Span(8, 20))
    ((Span(start=0, end=2), Span(start=13, end=15)), (Span(start=13, end=15),))
    """
    if span:
        return (read_span(span),)
    found = find_all_words(words, text)
    near = tuple(one for one in found if inside is not None and inside.covers(one))
    return near if len(near) == 1 else found

"""Numbers in a report that count people, strikes or money: how many, how firmly, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import Lexicon
from waqai.core import Span
from waqai.parsing.numbers import SCALES, TENS, UNITS, is_figure, is_integer, is_small_word, parse_number
from waqai.parsing.word_sets import DAY_NAMES, MONTHS
from waqai.reading.bounds import Quantity, read_bounds, read_range
from waqai.reading.money import find_money
from waqai.reading.phrases import text_of
from waqai.reading.slots import head_noun
from waqai.reading.vague import counts_no_people, find_vague

_YEAR = re.compile(r"(19|20)\d\d")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?")
_BEFORE_YEAR = frozenset(("in", "since", "of", "by", "until", "from", "early", "late", "mid", "to", "and", "-", ","))
_MARKS_BEHIND = frozenset(("-", "/", ":", "%", "th", "st", "nd", "rd", "°"))
_OF_PEOPLE = ("civilian", "armed", "held", "outlaw")
_SIGNS = frozenset((":", "-", "/"))
_POINTING = frozenset(("no", "any", "this", "that", "the", "each", "every"))
_COUNTING = frozenset(("nummod", "nsubj", "nsubjpass", "dobj", "pobj"))
_NO_COUNT = frozenset(("DATE", "TIME", "PERCENT", "ORDINAL", "MONEY"))
_NOUN_REACH = 6  # tokens between a number and its noun that still make one phrase
_OPENING = frozenset(("that", "which", "who", "when", "as", "after", "least", "than", "about", "around", "some", "between"))  # begin a clause or bound a number
_LAST_DAY = 31
_THEM = frozenset(("them", "these", "those", "whom"))
_OF_AGE = frozenset(("age", "turn"))


def find_quantities(doc: Doc, *, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Every number of the report that can count people, strikes or money, in order."""
    money = tuple(find_money(doc))
    taken = {i for q in money for i in range(q.phrase.start, q.phrase.end)}
    people = [q for q in (*_find_numbers(doc, lexicon), *find_vague(doc, lexicon=lexicon)) if q.phrase.start not in taken and q.phrase.end - 1 not in taken]
    return tuple(sorted((*money, *people), key=lambda q: q.phrase))


@dataclass(frozen=True, slots=True)
class _Number:
    """The tokens [start, end) of a number, and what it is worth."""

    doc: Doc
    start: int
    end: int
    value: float

    @property
    def first(self) -> Token:
        return self.doc[self.start]

    @property
    def last(self) -> Token:
        return self.doc[self.end - 1]

    def word_at(self, steps: int) -> str:
        """The word `steps` before (negative) or behind (positive) the number, "" beyond the text."""
        i = self.start + steps if steps < 0 else self.end - 1 + steps
        return str(self.doc[i].text) if 0 <= i < len(self.doc) else ""

    @property
    def before(self) -> str:
        return self.word_at(-1).lower()

    @property
    def behind(self) -> Token | None:
        return self.doc[self.end] if self.end < len(self.doc) else None


def _find_numbers(doc: Doc, lexicon: Lexicon) -> Iterator[Quantity]:
    i = 0
    while i < len(doc):
        if not _starts_number(doc[i], lexicon):
            i += 1
            continue
        end = _number_end(doc, i)
        quantity = _quantity(doc, i, end, lexicon)
        if quantity is not None:
            yield quantity
        i = end


def _starts_number(token: Token, lexicon: Lexicon) -> bool:
    """Digits, a number word, or "a hundred"; not inside a date, an ordinal, a share or a sum, but for "three people" taken for a span of time."""
    word = token.lower_
    if _is_half(token):
        return True
    of_one = word in ("hundred", "thousand", "dozen", "million") and token.i > 0 and token.nbor(-1).lower_ == "a"
    if not (is_figure(token.text) or is_small_word(word) or of_one):
        return False
    return token.ent_type_ not in _NO_COUNT or (token.ent_type_ == "DATE" and _counts_people(token, lexicon))


def _is_half(token: Token) -> bool:
    """Begins "half a dozen", "half a million"."""
    if token.lower_ != "half":
        return False
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return len(behind) == 2 and behind[0] == "a" and behind[1] in SCALES


def _counts_people(number: Token, lexicon: Lexicon) -> bool:
    """ "three people", "June 9 that 25 prisoners", which the model takes for a span of time or a part of the date."""
    if _is_day_of_month(number):
        return False
    if _follows_date(number) and (noun := _next_noun(number.doc, number.i + 1)) is not None:
        return _is_people(noun, lexicon)
    if (number.dep_ == "nummod" and _is_people(number.head, lexicon)) or _is_object(number):
        return True
    doc = number.doc
    beside = [doc[i].lower_ for i in (number.i - 1, number.i + 1) if 0 <= i < len(doc)]
    if DAY_NAMES.intersection(beside) or _YEAR.fullmatch(number.text):
        return False
    phrase = takewhile(lambda t: t.pos_ in ("NUM", "ADJ", "NOUN", "PROPN", "CCONJ"), doc[number.i + 1 : number.i + _NOUN_REACH])
    noun = next((t for t in phrase if t.tag_ == "NNS"), None)
    return noun is not None and not counts_no_people(noun, lexicon) and _opens_clause(number)


def _is_day_of_month(number: Token) -> bool:
    """ "7 May", whatever the parse makes of it."""
    following = number.nbor() if number.i + 1 < len(number.doc) else None
    return following is not None and _DAY.fullmatch(number.text) is not None and _is_month(following)


def _is_month(token: Token) -> bool:
    return token.lower_ in MONTHS and token.text[0].isupper()


def _follows_date(number: Token) -> bool:
    """Behind "7 May", "7th of May", "May 2021" a number is no part of the date, if it is none of its year."""
    if number.i < 2 or _YEAR.fullmatch(number.text):
        return False
    first, last = number.nbor(-2), number.nbor(-1)
    if _is_month(last):
        return first.lower_ == "of" or _DAY.fullmatch(first.text) is not None
    return _is_month(first) and _YEAR.fullmatch(last.text) is not None


def _is_object(number: Token) -> bool:
    """ "they caught only 18", "for 70 who fled": a day is no object, nobody who does anything; nor is a year, or a boy's age."""
    if _YEAR.fullmatch(number.text) is not None:
        return False
    followed = number.i + 1 < len(number.doc) and number.nbor().lower_ in ("who", "whom")
    return followed or (number.dep_ == "dobj" and number.head.lemma_.lower() not in _OF_AGE)


def _is_people(noun: Token, lexicon: Lexicon) -> bool:
    """People, or soldiers, inmates, smugglers: any word of a class of them."""
    lemma = noun.lemma_.lower()
    return lemma in lexicon.words.people or (noun.tag_ == "NNS" and any(lemma in lexicon.classes[name] for name in _OF_PEOPLE))


def _opens_clause(number: Token) -> bool:
    """First in its sentence, or behind "that", "at least", "between" ..., the number begins a phrase of its own and goes on with no date."""
    before = number.doc[max(number.sent.start, number.i - 3) : number.i]
    return not before or any(t.lower_ in _OPENING for t in before)


def _number_end(doc: Doc, start: int) -> int:
    """Index after the last token of the number that starts here."""
    end = start + (3 if _is_half(doc[start]) else 1)
    while end < len(doc) and _goes_on(doc, end):
        end += 1
    return end


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether the number before token `i` goes on with it: "six | hundred", "twenty | - | five", "hundred | and | four"."""
    word, before, beyond = doc[i].lower_, doc[i - 1].lower_, doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if word in UNITS:
        return before in TENS or before in ("hundred", "thousand", "and", "-")
    if word == "-":
        return before in TENS and beyond in UNITS
    if word == "and":
        return before == "hundred" and is_small_word(beyond)
    if word == "m":
        return doc[i].dep_ in ("nummod", "compound", "nmod")  # "1.3m people"; a "tunnel of 360m" is as long
    return word in SCALES or word in TENS


def _quantity(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Quantity | None:
    value = parse_number(doc[start:end].text)
    if value is None or _is_other_number(_Number(doc, start, end, value), lexicon):
        return None
    last = doc[end - 1]
    counted = _counted_noun(last) or _next_noun(doc, end)
    if counted is not None and counted.i < start and (following := _next_noun(doc, end)) is not None and following.tag_ == "NNS":
        counted = following  # "according to the Service 879 inmates fled"
    elif counted is not None and counted.i < start and _is_share_of_pronoun(doc, end):
        counted = last  # "by the army's reckoning 374 of these were soldiers"
    noun = head_noun(counted) if counted is not None else None
    if noun is not None and counts_no_people(noun, lexicon):
        return None
    article = start > 0 and doc[start].lower_ in SCALES and doc[start - 1].lower_ == "a"
    first = doc[start - article].idx
    bounds = read_range(text_of(doc), first, value) or read_bounds(text_of(doc), first, value)
    closing = noun if noun is not None and 0 <= noun.i - end <= _NOUN_REACH else last
    return Quantity(
        low=bounds.low,
        high=bounds.high,
        best=None if bounds.kind == "range" else value,
        kind=bounds.kind,
        phrase=Span(bounds.start, closing.idx + len(closing)),
        head=last if counted is None else counted,
        noun=noun.text if noun is not None else None,
    )


def _is_other_number(number: _Number, lexicon: Lexicon) -> bool:
    """A number that counts nothing: a year, a name ("Article 5"), a time, an age, a share, the first of a range, the pronoun "one"."""
    if number.behind is not None and number.behind.lower_ in ("m", "m.") and not number.last.whitespace_:
        return True  # metres
    words = lexicon.words
    if _is_year(number) or (number.value != int(number.value) and number.last.lower_ not in SCALES and is_figure(number.last.text)):
        return True  # a day ("on 20.1 gunmen came"), a size: people come whole
    apart = number.before in _SIGNS and number.start > 0 and bool(number.doc[number.start - 1].whitespace_)  # the dash of "AMMAN - Ten smugglers"
    counting = number.behind is not None and number.behind.tag_ == "NNS" and not counts_no_people(number.behind, lexicon)  # "the same day four persons"
    if number.before in words.numbering and not apart and not (counting and number.before.isalpha()):
        return not (number.before == "-" and is_integer(number.word_at(-2)))
    if number.behind is not None and (number.behind.text in _MARKS_BEHIND or number.behind.lower_ in words.measuring):
        return not _is_compound(number)
    return _opens_range(number) or _is_pronoun(number) or _is_day(number, lexicon)


def _is_year(number: _Number) -> bool:
    if not _YEAR.fullmatch(number.first.text):
        return False
    dated = number.before in _BEFORE_YEAR or number.first.dep_ in ("pobj", "npadvmod")
    return dated and not (number.behind is not None and number.behind.pos_ == "NOUN")


def _is_compound(number: _Number) -> bool:
    """ "a 12-man cell", but not "10-15", "5-year" or "3-"."""
    beyond = number.word_at(2)
    return number.word_at(1) == "-" and beyond != "" and not is_integer(beyond) and "year" not in beyond.lower()


def _opens_range(number: _Number) -> bool:
    """The first number of "10 to 15", "five or six", "between 10 and 15": the second tells the range."""
    joiner, second = number.word_at(1).lower(), number.word_at(2).lower()
    return (is_integer(second) or is_small_word(second)) and (joiner in ("to", "or") or (joiner == "and" and number.before == "between"))


def _is_pronoun(number: _Number) -> bool:
    """ "one" that counts nothing: "no one", "the one", "one of the most"."""
    alone = number.end == number.start + 1
    return alone and number.first.lower_ == "one" and (number.first.dep_ not in _COUNTING or number.before in _POINTING)


def _is_day(number: _Number, lexicon: Lexicon) -> bool:
    if _is_day_of_month(number.first):
        return True
    return number.first.ent_type_ in ("DATE", "TIME") and number.value <= _LAST_DAY and number.first.head.lemma_.lower() in lexicon.words.not_people


def _counted_noun(number: Token) -> Token | None:
    """The noun that a number counts, or None where it stands alone ("six were killed")."""
    head = number.head
    if number.dep_ in ("nummod", "compound", "quantmod") and head.pos_ in ("NOUN", "PROPN", "NUM"):
        return _counted_noun(head) if head.pos_ == "NUM" and head.i != number.i else head
    return number if any(t.dep_ == "prep" and t.lower_ == "of" for t in number.children) else None


def _is_share_of_pronoun(doc: Doc, end: int) -> bool:
    return end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in _THEM


def _next_noun(doc: Doc, end: int) -> Token | None:
    """The noun right behind a number that the parse left alone ("between 10 and 15 guards")."""
    for token in doc[end : end + 3]:
        if token.pos_ == "NOUN" and token.tag_ in ("NNS", "NN"):
            return token.head if token.dep_ == "compound" and token.head.i > token.i else token
        if token.pos_ not in ("ADJ", "PROPN"):
            return None
    return None

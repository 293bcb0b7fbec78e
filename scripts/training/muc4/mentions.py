"""Candidate phrases: for each noun the phrases that a coder might copy into a template, and what speaks for each as the filler of a role."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from scripts.training.muc4.kin import kin_of
from scripts.training.muc4.parsed import Parsed
from waqai.codebook.lexicon import Lexicon
from waqai.parsing.word_sets import word_set
from waqai.reading.governors import iter_governors
from waqai.reading.phrases import bare_phrase, plain_phrase

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_TITLES = word_set(
    "president minister general colonel major captain lieutenant sergeant corporal cadet father monsignor bishop archbishop "
    "priest mr mrs dr doctor senator deputy mayor judge governor ambassador gen col maj capt lt sgt msgr fr attorney former "
    "journalist reporter leader engineer professor rector vice lawyer magistrate candidate businessman union citizen retired "
    "police commander secretary ex-president"
)
_NAMED = frozenset(("PERSON", "ORG", "FAC", "GPE", "NORP", "PRODUCT", "LOC", "WORK_OF_ART"))
_LINKS = word_set("de la del las los y di da dos")
_LONGEST = 10  # words of a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens [start, end) with their head; `key` is the phrase as the scorers compare it, `cut` says how it was cut out."""

    start: int
    end: int
    head: int
    key: str
    cut: str


def normalise(words: str) -> str:
    """As the scorers compare phrases: lower case, without punctuation and articles.

    >>> normalise('The "Las Canas" Bridge')
    'las canas bridge'
    """
    return " ".join(_ARTICLES.sub(" ", words.lower().translate(_NO_PUNCTUATION)).split())


def find_mentions(doc: Doc) -> list[Mention]:
    """The candidate phrases in order, each once for its head."""
    found: dict[tuple[int, str], Mention] = {}
    for start, end, head, cut in _iter_spans(doc):
        key = normalise(doc[start:end].text)
        if key and end - start <= _LONGEST and not key.isdigit():
            found.setdefault((head, key), Mention(start=start, end=end, head=head, key=key, cut=cut))
    return sorted(found.values(), key=lambda m: (m.start, m.end))


def _iter_spans(doc: Doc) -> Iterator[tuple[int, int, int, str]]:
    for ent in doc.ents:
        if ent.label_ in _NAMED:
            yield ent.start, ent.end, ent.root.i, "name"
            start = ent.start
            while start < ent.end - 1 and doc[start].lower_.strip(".") in _TITLES:
                start += 1
            if start > ent.start:
                yield start, ent.end, ent.root.i, "untitled"
    yield from _name_runs(doc)
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN") and token.is_alpha | ("-" in token.text):
            yield from _of_noun(token)


def _name_runs(doc: Doc) -> Iterator[tuple[int, int, int, str]]:
    """The longest rows of capitalised words, without their titles: "Dr Jose Antonio | Rodriguez Porth", which the parser may part."""
    start = 0
    while start < len(doc):
        end = _run_end(doc, start)
        first = start
        while first < end and doc[first].lower_.strip(".") in _TITLES:
            first += 1
        if end - first >= 2:
            yield first, end, end - 1, "run"
        start = max(end, start + 1)


def _run_end(doc: Doc, start: int) -> int:
    end = start
    while end < len(doc) and (_is_capital(doc[end]) or (end > start and doc[end].lower_ in _LINKS and end + 1 < len(doc) and _is_capital(doc[end + 1]))):
        end += 1
    return end


def _is_capital(token: Token) -> bool:
    opens = token.is_sent_start and token.pos_ not in ("PROPN", "NOUN")
    return token.text[:1].isupper() and token.is_alpha and not opens and token.pos_ not in ("DET", "ADP", "SCONJ", "CCONJ", "PRON", "VERB", "AUX", "ADV")


def _of_noun(head: Token) -> Iterator[tuple[int, int, int, str]]:
    """The noun with what stands before it, with its complement, without its adjectives, without its titles, and alone."""
    doc = head.doc
    if head.dep_ != "compound" or head.head.i < head.i:
        plain = doc.char_span(plain_phrase(head).start, plain_phrase(head).end)
        if plain is not None:
            yield plain.start, plain.end, head.i, "plain"
            yield from _shorter(doc, plain.start, plain.end, head.i)
        bare = bare_phrase(head)
        whole = doc.char_span(bare.start, bare.end)
        if whole is not None:
            yield whole.start, whole.end, head.i, "whole"
            edge = max(head.left_edge.i, head.i - 5)
            if plain is not None and edge < plain.start and not any(t.is_punct or t.pos_ == "PRON" for t in doc[edge : plain.start]):
                yield edge, plain.end, head.i, "counted"
    if head.pos_ == "NOUN":
        yield head.i, head.i + 1, head.i, "alone"


def _shorter(doc: Doc, start: int, end: int, head: int) -> Iterator[tuple[int, int, int, str]]:
    names = start
    while names < end - 1 and (doc[names].lower_.strip(".") in _TITLES or doc[names].is_punct):
        names += 1
    if names > start:
        yield names, end, head, "untitled"
    first = next((i for i in range(start, end) if doc[i].text[:1].isupper() and doc[i].pos_ == "PROPN"), None)
    if first is not None and first > start:
        yield first, end, head, "from capital"
    compound = next((i for i in range(start, end) if doc[i].pos_ in ("NOUN", "PROPN")), None)
    if compound is not None and start < compound < end:
        yield compound, end, head, "from noun"
    if end - start > 2:
        yield end - 2, end, head, "two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known of words: our lexicon's types, and the groups of words used alike."""

    lexicon: Lexicon
    kin: Mapping[str, tuple[str, ...]]


def mention_features(parsed: Parsed, mention: Mention, *, words: Words) -> list[str]:
    """What speaks for and against the phrase as a filler: its words, its cut, what governs it, what stands around it."""
    doc = parsed.doc
    head = doc[mention.head]
    own = [*_own(doc, mention, head), *(f"kin={group}" for group in kin_of(head.lemma_, words.kin))]
    return [*own, *_governed(head, words), *_around(parsed, mention, words.lexicon), *_placed(parsed, mention)]


def _own(doc: Doc, mention: Mention, head: Token) -> Iterator[str]:
    words = [t.lower_ for t in doc[mention.start : mention.end]]
    yield from (f"phrase={mention.key}", f"head={head.lemma_.lower()}", f"cut={mention.cut}", f"cut={mention.cut}/{head.pos_}", f"tag={head.tag_}")
    yield from (f"word={w}" for w in words)
    yield f"first={words[0]}"
    yield f"last={words[-1]}"
    yield f"words={min(6, len(words))}"
    label = next((t.ent_type_ for t in doc[mention.start : mention.end] if t.ent_type_), "")
    yield from (f"name={head.ent_type_}", f"any name={label}", f"name={head.ent_type_}/{min(4, len(words))}")
    capitals = sum(t.text[:1].isupper() for t in doc[mention.start : mention.end])
    yield f"capitals={'all' if capitals == len(words) else 'some' if capitals else 'none'}"
    yield f"ends at head={mention.end - 1 == mention.head}"
    yield f"goes on={mention.end < len(doc) and _is_capital(doc[mention.end])}"
    yield f"comes from={mention.start > 0 and _is_capital(doc[mention.start - 1]) and doc[mention.start - 1].lower_.strip('.') not in _TITLES}"
    left = doc[mention.start - 1] if mention.start else None
    if left is not None and (left.dep_ in ("amod", "compound", "nmod") and left.head.i == mention.head):
        yield "leaves out"
        yield f"leaves out={left.pos_}"
    yield from (f"modifier={t.lemma_.lower()}" for t in head.children if t.dep_ in ("amod", "nummod", "poss", "compound"))
    yield from (f"apposition={t.lemma_.lower()}" for t in head.children if t.dep_ == "appos")
    yield from (f"of={o.lemma_.lower()}" for t in head.children if t.lower_ == "of" for o in t.children)


def _governed(head: Token, words: Words) -> Iterator[str]:
    """The verbs and nouns whose slots the phrase fills; of an apposition and a member of a row also those of the first."""
    node = head
    steps = [node]
    while node.dep_ in ("appos", "conj", "compound", "flat", "nmod") and node.head.i != node.i and len(steps) < 4:
        node = node.head
        steps.append(node)
    for step in {steps[0].i: steps[0], steps[-1].i: steps[-1]}.values():
        for slot, verb in iter_governors(step):
            lemma = verb.lemma_.lower()
            yield f"{slot}:{lemma}"
            yield from (f"{slot}:{name}" for name in types_of_word(verb, words.lexicon))
            yield from (f"{slot}:{group}" for group in kin_of(lemma, words.kin))
            yield from (f"{slot}:{lemma}/{group}" for group in kin_of(head.lemma_, words.kin)[:1])
            if any(t.dep_ == "neg" for t in verb.children):
                yield "negated"
    yield f"dep={head.dep_}"
    yield f"up={head.dep_}>{head.head.lemma_.lower()}"
    yield f"up={head.dep_}>{head.head.dep_}>{head.head.head.lemma_.lower()}"
    above = [t.lemma_.lower() for t in head.ancestors][:6]
    yield from (f"under={lemma}" for lemma in above)
    clause = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
    if clause is not None:
        yield f"verb={clause.lemma_.lower()}/{'before' if clause.i < head.i else 'after'}"
        yield f"verb form={clause.tag_}/{'passive' if any(t.dep_ == 'auxpass' for t in clause.children) else 'active'}/{head.dep_}"


def types_of_word(token: Token, lexicon: Lexicon) -> frozenset[str]:
    """The types of happening that our lexicon knows the word to tell of."""
    rules = lexicon.verbs if token.pos_ in ("VERB", "AUX") else lexicon.nouns
    return frozenset(rule.type for rule in rules.get(token.lemma_.lower(), ()))


def _around(parsed: Parsed, mention: Mention, lexicon: Lexicon) -> Iterator[str]:
    doc = parsed.doc
    start, end = parsed.sentences[parsed.sentence_of[mention.head]]
    left = [t.lower_ for t in doc[max(0, mention.start - 3) : mention.start]]
    right = [t.lower_ for t in doc[mention.end : mention.end + 3]]
    yield from (f"left={w}" for w in left)
    yield from (f"right={w}" for w in right)
    yield f"-1={left[-1] if left else '^'}"
    yield f"+1={right[0] if right else '$'}"
    yield f"-2={' '.join(left[-2:])}"
    yield f"+2={' '.join(right[:2])}"
    for token in doc[start:end]:
        if token.pos_ in ("VERB", "NOUN") and not mention.start <= token.i < mention.end:
            side = "before" if token.i < mention.start else "after"
            yield f"with={token.lemma_.lower()}"
            yield from (f"{side}={name}" for name in types_of_word(token, lexicon))
            if token.pos_ == "VERB":
                yield f"{side}={token.lemma_.lower()}"


def _placed(parsed: Parsed, mention: Mention) -> Iterator[str]:
    number = parsed.sentence_of[mention.head]
    yield f"sentence={min(number, 5)}"
    yield f"sentence from end={min(len(parsed.sentences) - number, 4)}"
    before = parsed.doc[parsed.sentences[number][0] : mention.start]
    if sum(t.text == '"' for t in before) % 2:
        yield "quoted"

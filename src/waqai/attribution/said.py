"""What a cue verb introduces: its speaker, the words around it, and the stretch of text that is the content.

News puts the content after the cue ("X said that ..."), before it ("..., X said"), on both sides of it ("..., X said, ...") or in quotation marks.
All indices are token indices, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.attribution.contents import right_content
from waqai.attribution.cues import ADDRESSED, BODY_NOUNS, PERSON_NOUNS, PREPOSITIONS, TRAILING, takes_clause
from waqai.attribution.layout import Layout
from waqai.attribution.stretches import JOINERS, clause_end, has_finite, is_subordinate, left_content, skip_comma, skip_dateline, starts_clause
from waqai.attribution.subjects import DAY_WORDS, can_speak, dependent_of, is_passive, is_told_of, noun_end, past_days, speaker_of

_ADJUNCTS = frozenset(("prep", "npadvmod", "advmod", "dative", "agent", "prt", "neg", "obl", "tmod", "mark", "cc", "pcomp", "pobj"))
_CONTRASTING = frozenset(("while", "whereas"))


@dataclass(frozen=True, slots=True)
class Said:
    """A cue with what it introduces. `group` is the stretch of speaker, cue and the words between and after them that belong to neither content."""

    cue: tuple[int, int]
    verb: int
    speaker: int | None
    content: tuple[int, int]
    group: tuple[int, int]
    rule: str


def find_said(verb: Token, *, layout: Layout) -> Said | None:
    """The utterance that an active cue verb introduces, or None where it introduces none."""
    doc, lemma = verb.doc, verb.lemma_.lower()
    cue = _cue_bounds(verb)
    start, end = layout.starts[verb.i], layout.ends[verb.i]
    start = max(start, skip_dateline(doc, start, end))
    speaker = speaker_of(verb, start=start, layout=layout)
    if lemma == "go" and (doc[cue[1] - 1].lower_ != "on" or speaker is None or not can_speak(speaker)):
        return None
    group = _group(verb, speaker, cue, start=start, end=end)
    after = _skip_adjuncts(doc, cue[1] if group[1] <= cue[1] else group[1], end=end, verb=verb, layout=layout)
    detached = _is_detached(doc, group[0], start=start)
    right = right_content(verb, after, end=end, layout=layout, detached=detached)
    if right is not None:
        return Said(cue, verb.i, _index(speaker), right[0], (group[0], right[0][0]), f"{_family(lemma)}: {right[1]}")
    if (rest := _after_as(doc, group[0], after, start=start, end=end)) is not None and lemma in TRAILING:
        return Said(cue, verb.i, _index(speaker), (rest, clause_end(doc, rest, end)), (group[0], rest), "as: after")
    if detached and lemma in TRAILING and _closes(doc, after, end) and (left := left_content(doc, group[0], start=start, layout=layout, verb=verb)):
        rest = skip_comma(doc, after)
        if is_subordinate(doc, left) and rest > after and has_finite(doc, rest, end) and rest < end - 2:
            return Said(cue, verb.i, _index(speaker), (rest, clause_end(doc, rest, end)), (group[0], rest), "clause: resumed after")
        if not has_finite(doc, *left) and has_finite(doc, rest, end) and rest > after:
            return Said(cue, verb.i, _index(speaker), (rest, clause_end(doc, rest, end)), (group[0], rest), "clause: resumed after")
        if not has_finite(doc, *left) and after < end and doc[after].text == "," and rest < end - 2:
            left = _longer(left, (rest, end))
        left = _behind_while(doc, left) if doc[group[0]].lower_ == "as" else left
        return Said(cue, verb.i, _index(speaker), left, (group[0], after), "quote: before" if layout.quote_ending_at(left[1]) else "clause: before")
    return None


def _after_as(doc: Doc, low: int, after: int, *, start: int, end: int) -> int | None:
    """Where the content begins after "As X said," at the start of a sentence; None where the words are built otherwise."""
    opens = doc[low].lower_ == "as" and not any(doc[i].is_alpha for i in range(start, low))
    rest = after + 1 if after < end and doc[after].text == "," else after if doc[after - 1].text == "," else None
    return rest if opens and rest is not None and has_finite(doc, rest, end) else None


def _behind_while(doc: Doc, left: tuple[int, int]) -> tuple[int, int]:
    """ "Twelve were caught, while nine fled, as X confirmed": what "as" bears out is the clause beside it."""
    opening = next((i for i in range(left[1] - 2, left[0], -1) if doc[i].lower_ in _CONTRASTING and doc[i - 1].text == ","), None)
    return left if opening is None or not has_finite(doc, opening + 1, left[1]) else (opening + 1, left[1])


def _longer(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return left if left[1] - left[0] >= right[1] - right[0] else right


def _closes(doc: Doc, after: int, end: int) -> bool:
    """Whether the cue's clause ends here, so that its content can only stand before it: no object follows."""
    return after >= end or doc[after].is_punct or doc[after].is_space or doc[after].lower_ in JOINERS


def _family(lemma: str) -> str:
    return "clause" if takes_clause(lemma) else "object"


def _index(token: Token | None) -> int | None:
    return None if token is None else token.i


def _cue_bounds(verb: Token) -> tuple[int, int]:
    """The verb with its particle or the preposition that makes it a cue ("pointed out", "called on", "spoke of")."""
    end = verb.i + 1
    doc = verb.doc
    if end < len(doc):
        following = doc[end]
        wanted = PREPOSITIONS.get(verb.lemma_.lower(), frozenset())
        if (
            (following.dep_ == "prt" and following.head.i == verb.i)
            or (following.lower_ in wanted and verb.lemma_.lower() in ("call", "speak"))
            or (verb.lemma_.lower() == "go" and following.lower_ == "on")
        ):
            end += 1
    return verb.i, end


def _group(verb: Token, speaker: Token | None, cue: tuple[int, int], *, start: int, end: int) -> tuple[int, int]:
    """Bounds of speaker and cue together, from the auxiliary or "as" before them to the last word of an inverted speaker."""
    doc, low, high = verb.doc, cue[0], cue[1]
    if speaker is not None and start <= speaker.i < end:
        if speaker.i < verb.i:
            low = min(low, max(start, _left_edge(speaker)))
        elif all(doc[i].text not in ('"', ":") for i in range(verb.i, speaker.i)):
            high = max(high, min(end, noun_end(speaker)))
    while low > start and (
        doc[low - 1].pos_ in ("AUX",)
        or doc[low - 1].lower_ in ("as", "also", "has", "had", "and", "but", "who", "while", "though")
        or doc[low - 1].pos_ == "ADV"
    ):
        low -= 1
    return low, high


def _left_edge(speaker: Token) -> int:
    """Where the speaker's phrase begins, with the noun in front that says what a name is ("the rights group Open Cells").

    Not before a quotation mark, nor a comma where the parser found no subject: there it may have hung the end of what is said on the speaker.
    """
    doc, edge = speaker.doc, int(speaker.left_edge.i)
    stops = ('"', "''") if speaker.dep_ in ("nsubj", "nsubjpass") else ('"', "''", ",")
    edge = next((i + 1 for i in range(speaker.i - 1, edge, -1) if doc[i].text in stops), edge)
    edge = _title_edge(speaker, edge)
    before = doc[edge - 1] if edge else speaker
    if before.i < speaker.i and before.pos_ == "NOUN" and before.lemma_.lower() in BODY_NOUNS | PERSON_NOUNS and before.sent == speaker.sent:
        return next(
            (i + 1 for i in range(before.i - 1, max(0, before.i - 8), -1) if doc[i].text in (*stops, ",") or doc[i].pos_ in ("VERB", "AUX", "ADP")), edge
        )
    return edge


def _title_edge(speaker: Token, edge: int) -> int:
    """Where the title before a name begins that the parser hung elsewhere: "the director of the place | Ada Bell"; `edge` itself where there is none."""
    doc, low = speaker.doc, max(0, edge - 8)
    opening = next((i for i in range(edge - 1, low, -1) if doc[i].text == "," and doc[i].sent == speaker.sent), None)
    if opening is None or speaker.pos_ != "PROPN" or doc[edge - 1].pos_ != "NOUN":
        return edge
    title = doc[opening + 1 : edge]
    described = title[0].pos_ == "DET" and any(t.lemma_.lower() in PERSON_NOUNS for t in title) and any(t.lower_ == "of" for t in title)
    return edge if not described or any(t.pos_ in ("VERB", "AUX") for t in title) else opening + 1


def _is_detached(doc: Doc, low: int, *, start: int) -> bool:
    """Whether a comma or a quotation mark parts the group from words before it."""
    return low > start + 1 and doc[low - 1].text in (",", '"', "''", "?", "!", "-", "--", ";", "...")


def _skip_adjuncts(doc: Doc, index: int, *, end: int, verb: Token, layout: Layout) -> int:
    """Past day words, addressees and "in a statement", up to whatever else comes."""
    i = index
    while i < end:
        token = doc[i]
        if token.text == "," and (rest := past_days(doc, i, end)) > i:
            i = rest
            continue
        if token.lower_ in ("that", "how") or token.text in (":", ",", '"', ";"):
            break
        if token.lower_ in DAY_WORDS or token.ent_type_ in ("DATE", "TIME") or (token.is_digit and i > index and doc[i - 1].is_space):
            i += 1
        elif _is_adjunct(token, verb) or _is_addressee(token, verb):
            i = _up_to_break(doc, i, min(end, int(dependent_of(token, verb).right_edge.i) + 1))
        else:
            break
    return i


def _is_adjunct(token: Token, verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if token.dep_ in ("prep", "agent") and token.head.i == verb.i:
        return token.lower_ not in PREPOSITIONS.get(lemma, frozenset()) or (lemma == "appeal" and token.lower_ == "to")
    return (
        token.dep_ in ("advmod", "npadvmod", "prt", "dative", "neg")
        and dependent_of(token, verb).head.i == verb.i
        and dependent_of(token, verb).dep_ in _ADJUNCTS
    )


def _is_addressee(token: Token, verb: Token) -> bool:
    top = dependent_of(token, verb)
    return (
        verb.lemma_.lower() in ADDRESSED
        and top.head.i == verb.i
        and top.dep_ in ("dobj", "dative", "nsubj", "obj")
        and top.left_edge.i == token.i
        and not is_passive(verb)
    )


def _is_relative(that: Token) -> bool:
    """ "said in a statement that the agency passed on": what the agency passed on is the statement, not what is said."""
    clause = that.head
    handed_on = any(c.dep_ == "prt" for c in clause.children) and not any(c.dep_ == "dobj" and c.i != that.i for c in clause.children)
    return clause.dep_ in ("relcl", "acl") and clause.head.i == that.i - 1 and (that.dep_ == "dobj" or handed_on)


def _up_to_break(doc: Doc, start: int, end: int) -> int:
    """Where a "that", colon or quotation begins inside [start, end), else `end`: the parser hangs clauses on the last noun before them."""
    for i in range(start + 1, end):
        token = doc[i]
        if token.text in (":", '"') or (
            token.lower_ == "that"
            and token.dep_ in ("mark", "nsubj", "nsubjpass", "dobj", "det", "advmod", "pobj")
            and token.tag_ in ("IN", "WDT", "DT")
            and starts_clause(doc, i, end)
            and not _is_relative(token)
        ):
            return i if doc[i - 1].text != "," else i - 1
        if is_told_of(token, token.head.head):
            return i
        if token.text == "," and i + 1 < end and doc[i + 1].text == '"':
            return i
    return end

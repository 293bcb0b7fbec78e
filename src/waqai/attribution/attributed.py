"""Attributions that are no active verb: "according to X", "was confirmed by X", "are believed to", "reportedly", "there were reports that"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from waqai.attribution.cues import ACCORDING, CITING, CLAUSE, HEDGES, NOUN, RAISED, REPORT_NOUNS, UNNAMED
from waqai.attribution.layout import Layout
from waqai.attribution.said import Said
from waqai.attribution.stretches import clause_end, has_finite, left_content, run_on, skip_comma
from waqai.attribution.subjects import agent_of, can_describe, is_day_word, noun_end, past_days

_FILLERS = frozenset(["also", "now", "still", "widely", "so", "far", "initially", "later", "reportedly", "already", "originally", "first"])


def find_according(doc: Doc, *, layout: Layout) -> Iterator[Said]:
    """ "According to X, ..." and "..., according to X": the content is the side that is a clause, the left one first."""
    for match in ACCORDING.finditer(layout.text):
        span = doc.char_span(match.start(), match.end())
        if span is None or span.end >= len(doc) or span.end >= layout.ends[span.start]:
            continue
        start, end = layout.starts[span.start], layout.ends[span.start]
        speaker = _phrase_head(doc, span.end, end)
        verb = span.start if span[-1].lower_ != "by" or span[0].lower_ != "as" else span.end - 2
        if speaker.lower_ in ("what", "some", "many"):
            continue
        stop = _speaker_stop(doc, span.end, speaker, end)
        low = span.start
        left = left_content(doc, low, start=start, layout=layout, verb=doc[span.start]) if low > start else None
        joined = low > start and (doc[low - 1].lower_ in ("and", "but", "while") or doc[_last_word_before(doc, low, start)].lower_ == "that")
        if left is not None and not joined and has_finite(doc, *left):
            yield Said((span.start, span.end), verb, speaker.i, left, (low, _past_day(doc, stop, end)), "according: before")
        elif (rest := skip_comma(doc, stop)) < end - 1:
            yield Said((span.start, span.end), verb, speaker.i, (rest, clause_end(doc, rest, end)), (low, rest), "according: after")
        elif left is not None:
            yield Said((span.start, span.end), verb, speaker.i, left, (low, stop), "according: phrase")


def _last_word_before(doc: Doc, index: int, start: int) -> int:
    """The last token before `index` that is no comma."""
    i = index - 1
    while i > start and doc[i].text == ",":
        i -= 1
    return i


def _past_day(doc: Doc, index: int, end: int) -> int:
    """Past "on Friday, June 18" at `index`; `index` itself where no date stands there."""
    i = index + 1
    if i >= end or doc[index].lower_ not in ("on", "in", "last", "late", "early") or not is_day_word(doc[i]):
        return index
    while i < end and is_day_word(doc[i]):
        i += 1
    return past_days(doc, i, end) if i < end else i


def _phrase_head(doc: Doc, start: int, end: int) -> Token:
    """The noun that a phrase starting at `start` is about."""
    token = doc[start]
    while (
        start <= token.head.i < end
        and token.head.i != token.i
        and token.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
        and token.head.left_edge.i >= start
        and token.dep_ not in ("conj", "appos")
    ):
        token = token.head
    i = start
    while token.pos_ not in ("NOUN", "PROPN", "PRON") and i + 1 < end and doc[i].text not in (",", "."):
        i += 1
        token = doc[i]
    return token


def _speaker_stop(doc: Doc, start: int, speaker: Token, end: int) -> int:
    """One past the speaker's phrase; for a phrase at the start of a sentence, the comma that ends it at the latest."""
    stop = min(max(noun_end(speaker), start + 1), end)
    depth, dated = 0, start
    for i in range(start, end):
        if i < dated:
            continue
        if (dated := past_days(doc, i, end)) > i:
            continue
        depth += doc[i].text == "("
        depth -= doc[i].text == ")"
        if doc[i].text == "," and i > speaker.i and not depth and not _goes_on(doc, i, stop):
            return i
        if (
            i > start
            and doc[i].pos_ in ("DET", "NUM", "PRON")
            and doc[i - 1].pos_ in ("NOUN", "PROPN", "PRON")
            and not is_day_word(doc[i - 1])
            and doc[i].tag_ not in ("WP", "WDT")
            and has_finite(doc, i, end)
        ):
            return i
    return stop


def _goes_on(doc: Doc, comma: int, stop: int) -> bool:
    """Whether the words after this comma describe the speaker: an apposition or relative clause that the parser saw and that a comma or full stop closes."""
    if comma + 1 >= stop:
        return False
    following = doc[comma + 1]
    if following.lower_ in ("who", "which", "whose"):
        return True
    top = following
    while top.head.i != top.i and top.head.i > comma and top.dep_ not in ("appos", "conj"):
        top = top.head
    return top.dep_ == "appos" and can_describe(top) and top.right_edge.i + 1 < len(doc) and doc[top.right_edge.i + 1].text in (",", ".")


def find_passive(verb: Token, *, layout: Layout) -> Said | None:
    """A cue verb in the passive: with "by X" said by X, impersonal otherwise."""
    lemma = verb.lemma_.lower()
    agent = agent_of(verb)
    if lemma not in CLAUSE | NOUN | RAISED | CITING and agent is None:
        return None
    low = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("auxpass", "aux") and c.i < verb.i)])
    subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj", "expl")), None)
    if agent is None and any(c.dep_ == "neg" for c in verb.children):
        return None
    impersonal = subject is not None and subject.lower_ == "it"
    if impersonal and any(c.tag_ == "MD" for c in verb.children):
        return None  # "it should be added that": the report's own voice
    end = layout.ends[verb.i]
    speaker = None if agent is None else agent.i
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > verb.i), None)
    if lemma in ("tell", "inform") and subject is not None and agent is None and not (clause and clause.dep_ == "ccomp"):
        return None
    cue = (subject.i if impersonal and subject is not None and subject.i < low else low, verb.i + 1)
    if impersonal and agent is None and (before := _before_parenthesis(verb.doc, cue[0], verb, layout=layout)) is not None:
        return Said(cue, verb.i, None, before, cue, "passive: it")
    if clause is not None and (impersonal or lemma in ("tell", "inform")) and clause.dep_ != "xcomp":
        start = _after_that(verb.doc, clause.left_edge.i)
        reach = max(c.right_edge.i + 1 for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > verb.i)
        return Said(cue, verb.i, speaker, (start, clause_end(verb.doc, start, min(end, reach))), (cue[0], start), "passive: it")
    if agent is not None and impersonal:
        that = next((i for i in range(agent.i + 1, end - 1) if verb.doc[i].lower_ == "that" and verb.doc[i].tag_ in ("IN", "WDT")), None)
        return None if that is None else Said(cue, verb.i, speaker, (that + 1, clause_end(verb.doc, that + 1, end)), (cue[0], that + 1), "passive: it")
    if agent is not None:
        return _with_agent(verb, agent, subject, layout=layout)
    if lemma in RAISED and clause is not None and clause.dep_ == "xcomp":
        start = clause.left_edge.i + (verb.doc[clause.left_edge.i].lower_ == "to")
        return Said((low, verb.i + 1), verb.i, None, (start, clause_end(verb.doc, start, min(end, clause.right_edge.i + 1))), (low, start), "passive: to")
    if lemma in ("accuse", "suspect", "blame") and (prep := next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("of", "for")), None)):
        return Said(
            (low, prep.i + 1), verb.i, None, (prep.i + 1, clause_end(verb.doc, prep.i + 1, min(end, prep.right_edge.i + 1))), (low, prep.i + 1), "passive: of"
        )
    if lemma in ("report", "announce") and subject is not None and not impersonal and subject.i < verb.i and subject.pos_ != "PRON":
        return Said((low, verb.i + 1), verb.i, None, (subject.left_edge.i, subject.right_edge.i + 1), (low, verb.i + 1), "passive: subject")
    return None


def _before_parenthesis(doc: Doc, low: int, verb: Token, *, layout: Layout) -> tuple[int, int] | None:
    """The clause before ", it was said at the time,"; None where "that" or a clause of its own follows."""
    start = layout.starts[verb.i]
    if low <= start + 1 or doc[low - 1].text not in (",", ";") or any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children):
        return None
    left = left_content(doc, low, start=start, layout=layout, verb=verb)
    return left if left is not None and has_finite(doc, *left) else None


def _with_agent(verb: Token, agent: Token, subject: Token | None, *, layout: Layout) -> Said | None:
    doc, lemma = verb.doc, verb.lemma_.lower()
    low = min([verb.i, *(c.i for c in verb.children if c.dep_ in ("auxpass", "aux") and c.i < verb.i)])
    start = layout.starts[verb.i]
    if lemma in ("tell", "inform"):
        low = subject.left_edge.i if subject is not None else low
        left = left_content(doc, low, start=start, layout=layout, verb=verb)
        return Said((verb.i, verb.i + 1), verb.i, agent.i, left, (low, noun_end(agent)), "passive: told by") if left else None
    if (raised := _raised(verb)) is not None:
        reach = run_on(doc, max(raised, int(doc[raised - 1].head.right_edge.i)) + 1, layout.ends[verb.i])
        content = (raised, clause_end(doc, raised, reach))
        return Said((low, verb.i + 1), verb.i, agent.i, content, (low, content[0]), "passive: by to")
    if subject is None or subject.i > verb.i or lemma not in NOUN | {"claim", "give"}:
        return None
    content = (subject.left_edge.i, subject.right_edge.i + 1)
    if lemma == "claim" and (inner := next((c for c in subject.children if c.lower_ == "for"), None)):
        content = (inner.i + 1, inner.right_edge.i + 1)
    return Said((verb.i, verb.i + 1), verb.i, agent.i, content, (low, noun_end(agent)), "passive: by")


def _raised(verb: Token) -> int | None:
    """Where that begins which is said of the subject: "have fled" in "were reported by X to have fled". None for a purpose ("was announced to calm them")."""
    if verb.lemma_.lower() not in RAISED - {"announce", "reveal", "describe", "see"}:
        return None
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > verb.i]
    return next((to.i + 1 for clause in clauses for to in clause.children if to.lower_ == "to" and to.dep_ == "aux"), None)


def _after_that(doc: Doc, index: int) -> int:
    return index + 1 if doc[index].lower_ == "that" else index


def find_likely(adjective: Token, *, layout: Layout) -> Said | None:
    """ "is likely to": nobody is named, the content is what is likely."""
    clause = next((c for c in adjective.children if c.dep_ == "xcomp"), None)
    if clause is None or adjective.head.lemma_ != "be" or adjective.head.i > adjective.i:
        return None
    start = clause.left_edge.i + 1
    end = min(layout.ends[adjective.i], clause.right_edge.i + 1)
    return Said((adjective.head.i, adjective.i + 1), adjective.i, None, (start, end), (adjective.head.i, start), "likely to") if start < end else None


def find_hedge(adverb: Token, *, layout: Layout) -> Said | None:
    """ "reportedly", "allegedly", "Unofficially": nobody is named; the content is the clause after the word, from the verb on."""
    unnamed = adverb.lower_ in UNNAMED and adverb.i == layout.starts[adverb.i]
    if adverb.lower_ not in HEDGES and not unnamed:
        return None
    doc, start, end = adverb.doc, adverb.i + 1, layout.ends[adverb.i]
    if start < end and doc[start].text == ",":
        start += 1
    head = adverb.head
    reach = max((t.i for t in head.subtree if t.i < end), default=start) + 1 if head.i != adverb.i else end
    stop = clause_end(doc, start, max(min(reach, end), start + 1))
    speaker = adverb.i if unnamed else None
    return Said((adverb.i, adverb.i + 1), adverb.i, speaker, (start, stop), (adverb.i, start), "hedge") if start < stop <= end else None


def find_report_noun(noun: Token, *, layout: Layout) -> Said | None:
    """ "there were reports that ...", "confirmation that ...": a noun of speech with a clause of its own."""
    if noun.lemma_.lower() not in REPORT_NOUNS:
        return None
    doc, i = noun.doc, noun.i + 1
    if i + 1 >= layout.ends[noun.i] or doc[i].lower_ != "that" or doc[i].dep_ != "mark" or doc[i].head.dep_ == "relcl":
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if noun.tag_ != "NNS" and owner is None and noun.lemma_.lower() not in ("confirmation", "suspicion", "news", "hope", "allegation", "accusation"):
        return None
    stop = min(layout.ends[noun.i], max(doc[i].head.right_edge.i + 1, i + 2))
    return Said((noun.i, noun.i + 1), noun.i, None if owner is None else owner.i, (i + 1, clause_end(doc, i + 1, stop)), (noun.i, i + 1), "noun that")


def find_cited(verb: Token, *, layout: Layout, governing: Said | None) -> Said | None:
    """ "..., citing X" and "cited by X": X says what the clause beside it says."""
    doc, lemma = verb.doc, verb.lemma_.lower()
    if lemma not in CITING or governing is None:
        return None
    source = agent_of(verb)
    if verb.tag_ == "VBG":
        source = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if source is None:
        return None
    return Said((verb.i, verb.i + 1), verb.i, source.i, governing.content, (verb.i, min(noun_end(source), layout.ends[verb.i], len(doc))), "cited")

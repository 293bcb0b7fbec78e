"""How firmly: the stance of a cue, and what the content does to it.

A verb that only reports ("say", "tell", "add") takes the stance of its content: "said the hunt would be widened" is a plan or an expectation, "said it was
regrettable" an evaluation. A verb with a stance of its own keeps it.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from waqai.attribution.cues import CLAIMED_ACT, HEDGES, REPORT_NOUNS, StanceOfCue
from waqai.attribution.said import Said
from waqai.core import Span

# verbs that only carry: their content says how firmly
_NEUTRAL = frozenset(
    ("say", "tell", "add", "state", "declare", "write", "note", "announce", "go", "continue", "report", "remark", "stress", "underline", "speak", "point")
) | {"explain", "reply"}
_EXPECTED = re.compile(
    r"(?:\b(?:is|are|was|were)\s+(?:widely\s+)?expected\s+to\b|\b(?:is|are)\s+(?:also\s+)?likely\s+to\b|\bis\s+set\s+to\b|\bcould\s+(?:eventually|soon)\b)",
    re.IGNORECASE,
)
_CONTENT_STANCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stance, re.compile(pattern, re.IGNORECASE | re.VERBOSE))
    for stance, pattern in (
        (
            "evaluates",
            r"^[\"]?(?:he|she|they|it|we|I)\s+(?:is|was|are|were|am)\s+(?:glad|pleased|sorry|sad(?:dened)?|shocked|proud|grateful|appalled|horrified)\b",
        ),
        (
            "plans",
            r"^[\"]?(?:we|I|he|she|they|it|the\s+\w+)\s+(?:is|are|was|were)\s+(?:about|planning|preparing|ready)\s+to\b|^[\"]?(?:we|they)\s+(?:go\s+on|mean\s+to|intend)\b",
        ),
        ("pledges", r"^[\"]?(?:we|I|he|she|they|it)\s+(?:will|would|shall)\b(?!\s+(?:be|have)\b)"),
        (
            "assesses",
            r"\b(?:may|might)\s+(?:well\s+)?(?:have|be)\b|\b(?:probably|perhaps|impossible|appears?\s+to|seems?\s+to|it\s+is\s+clear|no\s+solution)\b",
        ),
        ("urges", r"^(?:the|an?)\s+(?:need|necessity|importance)\s+(?:to|of|for)\b"),
        ("urges", r"\b(?:must|should|ought\s+to|needs?\s+to)\s+(?:be|do|act|stop|take|end|help|not)\b"),
    )
)
_MENACE = re.compile(r"\b(?:find|punish|avenge|revenge|hunt|wipe|destroy|pay|mercy|crush)\b", re.IGNORECASE)
_CARRIES = frozenset(("say", "add", "note", "tell", "write", "stress", "remark", "continue", "state"))  # what an expert says so is a judgement
_EXPLAINING = frozenset(("explain", "indicate", "observe"))
_EXPERT = re.compile(
    r"\b(?:analysts?|experts?|researchers?|scholars?|professor|historian|specialists?|author|fellow|academics?|lecturer"
    r"|speciali[sz](?:es?|ing)\s+in|who\s+(?:has\s+|have\s+)?(?:stud(?:y|ies|ied)|research(?:es|ed)?|teach(?:es)?|taught))\b",
    re.IGNORECASE,
)


def stance_of(said: Said, *, doc: Doc, speaker: str, lookup: StanceOfCue) -> tuple[str, Span | None]:
    """The stance, and the words inside the content that set it (None when the cue alone does)."""
    head = doc[said.verb]
    lemma = head.lemma_.lower()
    if head.lower_ in HEDGES:
        return HEDGES[head.lower_], None
    if head.pos_ == "NOUN" and lemma in REPORT_NOUNS:
        return REPORT_NOUNS[lemma], None
    if _is_denied(said, doc=doc):
        return "declines", None
    if lemma in _EXPLAINING and not _EXPERT.search(speaker):
        return _by_content(said, doc=doc)
    if lemma in _CARRIES and _EXPERT.search(speaker):
        return "assesses", None
    if (own := _own_stance(said, doc=doc, lookup=lookup)) not in (None, "reports") or lemma not in _NEUTRAL:
        return own or "reports", None
    return _by_content(said, doc=doc)


def _is_denied(said: Said, *, doc: Doc) -> bool:
    """ "did not say", "would not confirm", "declined to say": the speaker withholds."""
    head = doc[said.verb]
    negated = any(c.dep_ == "neg" for c in head.children)
    return negated and head.lemma_.lower() in (
        "say",
        "confirm",
        "give",
        "explain",
        "answer",
        "reveal",
        "disclose",
        "comment",
        "specify",
        "tell",
        "mention",
        "announce",
    )


def _own_stance(said: Said, *, doc: Doc, lookup: StanceOfCue) -> str | None:
    head = doc[said.verb]
    lemma = head.lemma_.lower()
    words = [doc[i].lower_ for i in range(*said.cue)]
    if lemma == "claim" and CLAIMED_ACT.search(_text(doc, said.content)) and not said.rule.startswith("clause: that"):
        return "confirms" if said.rule in ("clause: what", "passive: by") else lookup("claim")
    if lemma == "go":
        return "reports"
    if lemma in ("verify",) and any(c.dep_ == "neg" for c in head.children):
        return "doubts"
    if lemma in ("vow", "promise", "swear"):
        return "threatens" if _MENACE.search(_text(doc, said.content)) else "pledges"
    if lemma == "call":
        return "urges" if words[-1] in ("on", "for", "upon") or said.rule.endswith(": of") else "evaluates"
    if lemma == "denounce" and said.rule.startswith("clause") and not said.rule.endswith("what"):
        return "alleges"
    if lemma == "describe":
        return "assesses"
    if said.rule.startswith("passive: to") and lemma in ("believe", "think", "suspect", "say", "allege", "accuse"):
        return "assesses" if lemma in ("believe", "think") else "alleges" if lemma != "say" else "reports"
    return (lookup(" ".join([lemma, *words[1:]])) if len(words) > 1 else None) or lookup(lemma)


def _by_content(said: Said, *, doc: Doc) -> tuple[str, Span | None]:
    text = _text(doc, said.content)
    offset = doc[said.content[0]].idx
    if (match := _EXPECTED.search(text)) is not None and match.start() < max(90, len(text) // 2):
        return "expects", Span(offset + match.start(), offset + match.end())
    for stance, pattern in _CONTENT_STANCES:
        if (match := pattern.search(text)) is not None:
            return stance, Span(offset + match.start(), offset + match.end())
    return "reports", None


def _text(doc: Doc, bounds: tuple[int, int]) -> str:
    return str(doc[bounds[0] : bounds[1]].text)

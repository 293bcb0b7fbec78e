"""Whether the clause of a date tells of what is still to come: a hint by words, which only decides where the date itself leaves it open.

The nearest verb in front of the date speaks ("will meet on Friday", "was expected to land, officials said on Friday" looks back); where none stands in
front, the first behind it ("On Friday the court will rule").
"""

from __future__ import annotations

import re

_MODAL = r"(?:(?<!own )(?<!free )will|would(?!-)|shall|(?-i:may)|must|should|might)"
_COMES = (
    rf"{_MODAL}\s+(?:\w+ly\s+)?be(?:\s+\w+)?|{_MODAL}|'ll|won't|going\s+to|(?:is|are|it's)\s+to(?=\s+[a-z])"
    r"|(?:is|are|was|were|be|been)?\s*(?:scheduled|slated|expected|due|poised|supposed\s+to)|set\s+(?:for|to|\w+\s+as)|plan(?:s|ned|ning)?\s+(?:to|for|on)|plans"
    r"|intends?\s+to|hopes?\s+to|wants?\s+to|deadline|upcoming|effective|payable|takes?\s+effect|(?:which|that)\s+expires?|expires?|reconvenes?"
    r"|(?:as|until)\s+(?:early|soon|late)\s+as|no\s+later\s+than|(?:extended|prolonged)(?:\s+\w+){0,8}?\s+(?:until|through|to(?=\s+$))"
    r"|(?:postponed|delayed)(?:\s+\w+){0,3}\s+(?:to|until)|(?:has|have|gave|give|given)(?:\s+[\w']+){0,5}?\s+until|holders\s+of\s+record|record\s+date|has\s+set(?=\s+$)"
)
_WAS = (
    r"said|says|told|was|were|had|has|have|did|since|ago|fell|rose|came|went|took|met|left|held|began|broke|shot|struck|hit|died|fled|made|gave|got|saw|found|won"
    r"|lost|led|brought|sent|spoke|wrote|ran|beat|flew|sank|blew|drove|grew|knew|caught|fought|stood|sold|bought|paid|kept|thought|became|drew|threw|tore|shook"
    r"|spent|woke|chose|sat|let|hid|rode|swore|slept|lay|laid|put|swept|freed|agreed|decreed|\w{2,}[^e\W]ed"
)
_EARLIER = r"had\s+been\s+\w+|(?:(?-i:may)|might|could|would|must|should)\s+(?:not\s+)?have"
_CUE = re.compile(rf"\b(?:(?P<early>{_EARLIER})|(?P<comes>{_COMES})|(?P<was>{_WAS}))\b", re.IGNORECASE)
_WILL = r"will|would|shall|must|should|going\s+to|(?:is|are)\s+to(?=\s+[a-z])|(?:is|are)\s+(?:scheduled|slated|expected|due|set)"
_CUE_BEHIND = re.compile(rf"\b(?:(?P<comes>{_WILL})|(?P<was>{_WAS}))\b", re.IGNORECASE)
_TITLES = r"(?<!\b(?:Mr|Dr|Lt|St))(?<!\b(?:Mrs|Col|Gen|Rep|Sen|Inc|Ltd|Gov|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Aug|Cpl|Sgt|Maj))"
_STOP = re.compile(rf"[;!?]|:(?=\s)|,\s+but\b|(?<![A-Z]\.[A-Z])(?<!\b\w){_TITLES}\.(?=\s|[\"'])|\n\s*\n")
_INFINITIVE = re.compile(r"\bto\s+(?!(?:the|an?|th[ei]m|him|her|his|it|its|us|me|their|this|that|one|two|three)\b)[a-z]+\b(?!\s*$)")
_DEADLINE = re.compile(r"\s*(?:deadline|runoff|elections?|launch|ballot)\b")
_BEFORE, _BEHIND = 200, 90


def points_ahead(plain: str, start: int, end: int, *, bounded: bool = False, otherwise: bool = False) -> bool:
    """Whether what stands around `plain[start:end]` tells of what is to come; `otherwise` where no verb says.

    `bounded`: "by" or "until" stands before it, so that an infinitive looks ahead too ("asked him to answer by Friday").

    >>> points_ahead("Talks will resume on Friday.", 21, 27), points_ahead("Troops who will leave were told on Friday.", 35, 41)
    (True, False)
    >>> points_ahead("On Friday, the court will rule.", 3, 9)
    True
    """
    before = plain[max(0, start - _BEFORE) : start]
    clause = before[max((stop.end() for stop in _STOP.finditer(before)), default=0) :]
    last = max(_CUE.finditer(clause), key=lambda cue: cue.start(), default=None)
    if (named := _DEADLINE.match(plain, end)) is not None:
        return last is None or last["comes"] is not None or named[0].strip() == "deadline"
    if last is not None:
        return last["comes"] is not None or (bounded and _INFINITIVE.search(clause, last.end()) is not None)
    behind = plain[end : end + _BEHIND]
    halt = _STOP.search(behind)
    first = _CUE_BEHIND.search(behind[: halt.start()] if halt else behind)
    return otherwise if first is None else first["comes"] is not None

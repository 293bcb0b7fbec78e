"""What words tell beside names: exact points, days, one or two persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.core import Span

_POINT = re.compile(
    r"-?\d{1,3}[.,]\d{2,}°?\s*[NSEW]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{2,}°?\s*[NSEW]?"
    r"|\d{1,3}°\s*\d{1,2}(?:[.,]\d+)?\s*['′’](?:\s*\d{1,2}(?:[.,]\d+)?\s*[\"″”])?\s*[NSEW]"
    r"|\b\d{1,2}[A-Z]\s?[A-Z]{2}\s?\d{3,5}\s?\d{3,5}\b"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![\w-])|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)"
    rf"|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
    r"|\b(?:yesterday|today|tonight|overnight|last night|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_PERSONS = (
    r"(?:people|persons?|men|man|women|woman|boys?|girls?|child(?:ren)?|minors?|teen(?:s|agers?)?|youths?|prisoners?|inmates?|detainees?|captives?|convicts?|fugitives?"
    r"|escapees?|suspects?|guards?|soldiers?|officers?|policem[ae]n|civilians?|fighters?|militants?|rebels?|journalists?|activists?|teachers?|students?|pupils?"
    r"|patients?|workers?|drivers?|victims?|survivors?|hostages?|migrants?|refugees?|residents?|villagers?|shepherds?|brothers?|sisters?|sons?|daughters?|bodies"
    r"|dead|wounded|injured|killed|missing|members?|others?|more)"
)
_DONE = (
    r"(?:were|was|are|is|had|have|has|got|escaped|fled|died|killed|wounded|injured|hurt|arrested|detained|held|freed|released"
    r"|captured|recaptured|caught|remain(?:ed)?|survived)"
)
_DOING = (
    r"(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|free(?:d|ing)|releas(?:ed|ing)"
    r"|captur(?:ed|ing)|recaptur(?:ed|ing)|leaving|only|least)"
)
_FEW = r"(?:one|two|both|1|2)(?: or (?:one|two|1|2))?"
_ONE_OR_TWO = re.compile(
    rf"(?<![\w.,/:-]){_FEW}(?:[ -](?:of|hundred|thousand|million|dozen)\b)?(?=\s+(?:[\w-]+\s+){{0,2}}?{_PERSONS}\b|\s+{_DONE}\b)"
    rf"|(?<![\w.,/:-]){_FEW}(?= of (?:them|these|those|whom|the (?:[\w-]+ )?{_PERSONS})\b)"
    rf"|\b{_DOING} (?:at )?(?P<after>{_FEW})(?=\s*(?:[.,;:)]|$|and\b|in\b|on\b|at\b))"
    rf"|(?<![\w-])(?:an?|another|a (?:single|lone|couple of|pair of)|single|lone|sole)(?=\s+(?:[\w-]+\s+)?{_PERSONS}\b)"
    r"|\b(?:a couple|a pair|twins?|duo)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"(?:hundred|thousand|million|dozen)$", re.IGNORECASE)


def iter_points(words: str) -> Iterator[Span]:
    """Where coordinates stand, in degrees finer than a tenth or as a grid reference."""
    return (Span(*found.span()) for found in _POINT.finditer(words))


def iter_days(words: str) -> Iterator[Span]:
    """Where a day is named."""
    return (Span(*found.span()) for found in _DAY.finditer(words))


def iter_few(words: str) -> Iterator[Span]:
    """Where one or two persons are told of, in figures or words.

    >>> [span.of("Two prisoners fled, 22 men stayed") for span in iter_few("Two prisoners fled, 22 men stayed")]
    ['Two']
    """
    for found in _ONE_OR_TWO.finditer(words):
        if not _MANY.search(found[0]):
            yield Span(*(found.span("after") if found["after"] is not None else found.span()))

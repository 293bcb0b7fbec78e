"""Who has a public role in a report: in office, speaking for a body, quoted as an expert. All others are private persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from waqai.bounds.capitals import Run, iter_words
from waqai.codebook.naming import PRIVATE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES = _words(
    "ambassador attaché ceo chair chairman chairperson chairwoman chancellor chief co-chair colonel commander commissar commissioner congressman congresswoman"
    " consul coordinator deputy diplomat director envoy general governor head high-commissioner lawmaker leader legislator mayor minister monarch mp"
    " ombudsman premier president prosecutor rapporteur representative secretary secretary-general senator sheriff spokesman spokesmen"
    " spokesperson spokespersons spokeswoman superintendent treasurer warden gen col gov sen"
    " academic adviser advisor analyst anthropologist economist expert fellow historian lecturer professor researcher scholar scientist"
)
"""What somebody is who holds a public office, speaks for one, or is quoted as an expert. Ranks below a colonel's and trades ("officer", "lawyer") are none."""
ROYAL = _words("king queen prince princess sultan emir")
"""These are first names and surnames, too: they stand for an office behind an article, a nation or "Crown" only."""
_NOT_PUBLIC = PRIVATE | _words("gang cell ring class team-mate band prayer cult choir scout former-prisoner")
_NAME = (
    r"(?:[A-ZÀ-ÞŚŠŞÇĞİÖÜ][\w'’ʼ-]*\.?|(?:al|el)-[A-Z][\w'’ʼ-]+)"
    r"(?:[ \t]+(?:(?:al|el|ul|ur|bin|ibn|abu|abd|ould|de|da|del|van|von)[ -])?(?:[A-ZÀ-ÞŚŠŞÇĞİÖÜ][\w'’ʼ-]*(?:\.(?= [A-Z]))?|(?:al|el)-[A-Z][\w'’ʼ-]+)){0,5}"
)
_ROLE = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted({*ROLES, *(role.capitalize() for role in ROLES)}, key=len, reverse=True))})(?![\w-])")
_HIM = re.compile(rf"\.?[ \t]+(?P<name>{_NAME})")
_OFFICE_HIM = re.compile(rf"\s(?:of|for)\s(?:the\s)?(?P<first>[A-Z][a-z]+)[ \t](?P<name>{_NAME})")
_COMMA_HIM = re.compile(rf"(?P<of>(?:\s(?:of|for|in|at|to|on)\s[^,.;:()\"“”]{{1,60}})?), (?P<name>{_NAME})(?=,| said| told| has| had| was|$)")
_AFTER = re.compile(rf"(?P<name>{_NAME})(?=, (?P<said>[^.;!?\n]{{2,80}}))")
_PORTFOLIOS = _words(
    "agriculture defence defense development economy education energy environment finance foreign health immigration information interior justice labour labor"
    " migration oil peshmerga planning police prisons staff state trade transport treasury war water works"
)
_DOES = re.compile(r"who (?:also )?(?:(?:heads|leads|directs|commands|chairs|governs)\b|speaks for\b)")
_BESIDE_ROLE = re.compile(
    r"(?:an?|the|its|their|acting|deputy|senior|chief|top|local|regional|provincial|national|media|press|official|prime|foreign|interior|defen[cs]e|justice"
    r"|security|police|army|military|political|humanitarian|human|rights|state|government|group|ministry|vice|information|home|health|education|district"
    r"|federal|former|ex|interim|current|then|policy|council|party|another|also|likewise|\w+'s|[A-ZÀ-Þ]\w*)"
)


@dataclass(frozen=True, slots=True)
class PublicNames:
    """The names of those whom a text names beside a role: all that each is called, and the last name of each, by which he may be called again."""

    whole: tuple[frozenset[str], ...]
    last: frozenset[str]

    def holds(self, run: Run) -> bool:
        """Whether the run names one of them: by his last name, or by several of his names, the last among them."""
        low = [word.low for word in run if word.is_capital]
        return low[-1] in self.last and (len(run) == 1 or any(low[-1] in one and one.issuperset(low) for one in self.whole))

    def __or__(self, other: PublicNames) -> PublicNames:
        return PublicNames(self.whole + other.whole, self.last | other.last) if other.last else self


@lru_cache(maxsize=256)
def find_public(text: str) -> PublicNames:
    """Those whom the text names beside a role: "governor X", "the governor of Y, X,", "X, spokesman of …", "X, who heads …"."""
    names = [[word.low for word in iter_words(name) if word.is_capital] for name in _iter_public(text)]
    return PublicNames(tuple(frozenset(one) for one in names), frozenset(one[-1] for one in names))


def says_role(said: str) -> bool:
    """Whether these words, which stand behind a name and a comma, begin with a role: nothing but what belongs to one stands before it.

    >>> says_role("director of the SOHR"), says_role("a brother of the director"), says_role("SOHR director Omar Aziz")
    (True, False, False)
    """
    if _DOES.match(said):
        return True
    words = said.split()[:9]
    for word, after in zip(words, [*words[1:], ""], strict=True):
        bare = word.strip("\"“”'’(),").replace("’", "'")
        if bare.casefold() in ROLES:
            return word[-1] == "," or not after[:1].isupper()
        if _NOT_PUBLIC & {bare.casefold().removesuffix("'s")} or not _BESIDE_ROLE.fullmatch(bare) or word[-1] == ",":
            return False
    return False


def _iter_public(text: str) -> Iterator[str]:
    for role in _ROLE.finditer(text):
        yield from _iter_behind(role, text)
    for match in _AFTER.finditer(text):
        if says_role(match["said"]):
            yield _whose(match["name"])


def _iter_behind(role: re.Match[str], text: str) -> Iterator[str]:
    """Whom a role that stands before him names: "governor X", "Secretary of State X", "the governor of Y, X,"."""
    start, end = role.span()
    alone = not _is_private(text[max(0, start - 30) : start])
    him, of, behind = _HIM.match(text, end), _OFFICE_HIM.match(text, end), _COMMA_HIM.match(text, end)
    if him is not None and alone:
        yield _whose(him["name"])
    if of is not None and of["first"].casefold() in _PORTFOLIOS and alone:
        yield _whose(of["name"])
    if behind is not None and not any(
        _is_private(beside, last=12) for beside in (text[max(0, start - 40) : start], behind["of"], text[behind.end() : behind.end() + 30])
    ):
        yield _whose(behind["name"])


def _whose(name: str) -> str:
    """The name up to a possessive: of "Karim Aziz's Omar" the first two are his."""
    return re.split(r"(?<=\w)['’]s\b", name)[0]


def _is_private(beside: str, *, last: int = 3) -> bool:
    words = [word.low for word in iter_words(beside)][-last:]
    return not _NOT_PUBLIC.isdisjoint(words)

"""Why a text is not read at all (no words, no paragraphs, another language), or not to its end."""

from __future__ import annotations

import re

from waqai.core import Notice, Report
from waqai.parsing.text import WorkingText

LONGEST_BLOCK = 60_000
"""Characters of one paragraph that the parser is given; beyond it the text is no report."""
_SAMPLE = 4_000  # characters that the language is told by
_ENOUGH_WORDS = 12  # fewer tell no language
_LATIN_SHARE = 0.5
_COMMON_SHARE = 0.08  # of the commonest English words; English news has some 0.35


def find_refusal(report: Report, text: WorkingText, *, common: frozenset[str]) -> str | None:
    """The reason not to read a text, or None. `common` are the commonest words of English."""
    if not text.blocks:
        return "there are no words in it"
    if max(end - start for start, end in text.blocks) > LONGEST_BLOCK:
        return f"one of its paragraphs has more than {LONGEST_BLOCK:,} characters, which no report has; put blank lines between the paragraphs"
    if report.language not in (None, "", "und") and not str(report.language).lower().startswith("en"):
        return f"its language is given as {report.language!r}; this reader reads English only"
    return _find_other_language(text.text, common=common)


def cut_short(report: Report, *, longest: int, stage: str = "reading") -> tuple[Notice, ...]:
    """A notice where a report has more characters than are read of one."""
    if len(report.text) <= longest:
        return ()
    reason = f"only the first {longest:,} of {len(report.text):,} characters were read; the setting `reader.longest` raises that"
    return (Notice(record=report.id, stage=stage, reason=reason),)


def _find_other_language(text: str, *, common: frozenset[str]) -> str | None:
    """A reason when the words are not English: few of its commonest words among many, or letters of another script.

    >>> _find_other_language("les hommes ont fui la prison de la ville dans la nuit de lundi", common=frozenset({"the", "of"}))
    'it does not read like English; this reader reads English only'
    """
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if len(words) < _ENOUGH_WORDS:
        return None
    if sum(w.isascii() for w in words) / len(words) < _LATIN_SHARE:
        return "it is not written in Latin letters; this reader reads English only"
    if sum(w in common for w in words) / len(words) < _COMMON_SHARE:
        return "it does not read like English; this reader reads English only"
    return None

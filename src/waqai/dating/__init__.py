"""Dates of a report: finds the phrases (`find_date_phrases`) and puts them on the calendar (`TextClock`, `resolve_phrase`).

News drops the year, often the month, sometimes all but "on Sunday". What it drops is filled from the day of publication, or from the text's own bounds
when none is known. A weekday is a check digit: it confirms the year, or tells us that the report contradicts itself, and then nobody guesses.
"""

from waqai.dating.clock import TextClock
from waqai.dating.find import find_date_phrases, overlapping_phrases
from waqai.dating.phrase import Dated, DatePhrase, DayRange, Named
from waqai.dating.resolve import resolve_in_order, resolve_phrase

__all__ = ["DatePhrase", "Dated", "DayRange", "Named", "TextClock", "find_date_phrases", "overlapping_phrases", "resolve_in_order", "resolve_phrase"]

"""The lunar Hijri and the Solar Hijri calendar on ours.

Lunar days are those of Umm al-Qura (the package `hijridate`, tables of 1343..1500 AH). Countries that wait for the moon to be seen may be a day off either
way; who asks for one lunar day gets three. Solar Hijri days (Iran, Afghanistan) follow the sun and are exact (the package `persiantools`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, TypeAlias

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from waqai.dating.days import Days

Calendar: TypeAlias = Literal["lunar", "solar"]

LUNAR_MONTHS = {
    r"Muharram|Moharram": 1,
    r"Safar": 2,
    r"Rabi'?(?:\s+al)?[ -]?(?:al-)?(?:Awwal|Awal)|Rabi'?\s+I": 3,
    r"Rabi'?(?:\s+al|\s+ath)?[ -]?(?:al-)?(?:Thani|Akhir|Akhar)|Rabi'?\s+II": 4,
    r"Jumada(?:\s+al)?[ -](?:al-)?(?:Awwal|Ula|Awal)|Jumada\s+I": 5,
    r"Jumada(?:\s+al|\s+ath)?[ -](?:al-)?(?:Thani|Thaniya|Akhira)|Jumada\s+II": 6,
    r"Rajab": 7,
    r"Sha'?a?ban": 8,
    r"Ramadh?an|Ramazan": 9,
    r"Shawwal|Shawal": 10,
    r"Dh?u[ -](?:al-|l-|ul-)?Qi?'?[ai]da?h?|Zil?[ -]?Qad": 11,
    r"Dh?u[ -](?:al-|l-|ul-)?Hijj[ae]h?|Zil?[ -]?Hajj?": 12,
}
_IRANIAN = "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand"
_AFGHAN = "hamal sawr jawza saratan asad sunbula mizan aqrab qaws jadi dalw hut"
SOLAR_MONTHS = {name: number for names in (_IRANIAN, _AFGHAN) for number, name in enumerate(re.findall(r"\w+", names), start=1)}


def hijri_day(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day on our calendar, or None where that calendar has no such day or its tables do not reach.

    >>> hijri_day("lunar", 1445, 9, 1), hijri_day("solar", 1402, 3, 20)
    (datetime.date(2024, 3, 11), datetime.date(2023, 6, 10))
    >>> hijri_day("lunar", 1445, 9, 31) is None
    True
    """
    try:
        if calendar == "solar":
            found: date = JalaliDate(year, month, day).to_gregorian()
            return found
        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    except (ValueError, OverflowError):
        return None


def hijri_month(calendar: Calendar, year: int, month: int) -> Days | None:
    """First and last day of a month, or None where the tables do not reach.

    >>> hijri_month("lunar", 1445, 9)
    (datetime.date(2024, 3, 11), datetime.date(2024, 4, 9))
    """
    first, following = hijri_day(calendar, year, month, 1), hijri_day(calendar, year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(1)) if first and following else None


def hijri_year(calendar: Calendar, day: date) -> int | None:
    """The year of that calendar that the day lies in, or None where the tables do not reach.

    >>> hijri_year("lunar", date(2024, 3, 11)), hijri_year("solar", date(2023, 6, 10))
    (1445, 1402)
    """
    try:
        if calendar == "solar":
            return int(JalaliDate(day).year)
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None

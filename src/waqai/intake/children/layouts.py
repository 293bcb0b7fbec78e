"""A page read by what is known of its publisher's layout: which elements hold title, text, day and byline. Runs in the child process."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MONTHS = (
    "jan|january|janv|janvier|يناير|كانون الثاني|ocak",
    "feb|february|févr|février|فبراير|شباط|şubat",
    "mar|march|mars|مارس|آذار|اذار|mart",
    "apr|april|avr|avril|أبريل|ابريل|إبريل|نيسان|nisan",
    "may|mai|مايو|أيار|ايار|mayıs",
    "jun|june|juin|يونيو|حزيران|haziran",
    "jul|july|juil|juillet|يوليو|تموز|temmuz",
    "aug|august|août|أغسطس|اغسطس|آب|ağustos",
    "sep|sept|september|septembre|سبتمبر|أيلول|ايلول|eylül",
    "oct|october|octobre|أكتوبر|اكتوبر|تشرين الأول|تشرين الاول|ekim",
    "nov|november|novembre|نوفمبر|تشرين الثاني|kasım",
    "dec|december|déc|décembre|ديسمبر|كانون الأول|كانون الاول|aralık",
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_NAMES = "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+({_NAMES})\.?,?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def address_of(tree: Any) -> str:
    """The address that a page gives for itself, "" for none."""
    found = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return str(found[0]) if found else ""


def layouts_for(address: str, layouts: list[dict[str, Any]], *, captured: str | None) -> list[dict[str, Any]]:
    """The layouts of a host, first the one that was in use on the day that the page was captured, then the others from new to old."""
    host = _host_of(address)
    fitting = [one for one in layouts if any(host == known or host.endswith(f".{known}") for known in one["hosts"])]
    newest_first = sorted(fitting, key=lambda one: str(one["since"]), reverse=True)
    return sorted(newest_first, key=lambda one: bool(captured) and str(one["since"]) > str(captured))


def read_by(layout: dict[str, Any], tree: Any) -> dict[str, str | None] | None:
    """Title, text, day, byline and so on as the layout finds them; None where the page has no title or no text in these places."""
    from copy import deepcopy

    tree = deepcopy(tree)
    for path in layout["drop"]:
        for element in tree.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()
    title = _first(tree, layout["title"])
    paragraphs = [words for element in _outermost(tree.xpath(" | ".join(layout["body"]))) if (words := _words_of(element))]
    if not title or not paragraphs:
        return None
    return {
        "title": title,
        "text": "\n".join(paragraphs),
        "published": next((day for path in layout["published"] for one in tree.xpath(path) if (day := find_day(_words_of(one)))), None),
        "byline": _first(tree, layout["byline"]),
        "publisher": _first(tree, layout["source"]) or layout["publisher"],
    }


def _outermost(elements: list[Any]) -> list[Any]:
    """Those of the elements, in the page's order, that stand in none of the others: a paragraph in a list's item is told once."""
    found = set(elements)
    return [one for one in elements if isinstance(one, str) or not any(above in found for above in one.iterancestors())]


def find_day(words: str) -> str | None:
    """The first day that the words write out, as YYYY-MM-DD: ISO, or day, month's name and year in English, French, Turkish or Arabic.

    >>> find_day("2023-06-18T09:30:00+03:00"), find_day("Sunday, June 18, 2023"), find_day("١٨ حزيران 2023"), find_day("soon")
    ('2023-06-18', '2023-06-18', '2023-06-18', None)
    """
    words = words.translate(_DIGITS)
    iso, first, month = _ISO.search(words), _DAY_FIRST.search(words), _MONTH_FIRST.search(words)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if first:
        return _day(int(first[3]), _MONTH_OF[first[2].lower()], int(first[1]))
    return _day(int(month[3]), _MONTH_OF[month[1].lower()], int(month[2])) if month else None


def _day(year: int, month: int, day: int) -> str | None:
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _first(tree: Any, paths: list[str]) -> str | None:
    return next((words for path in paths for one in tree.xpath(path) if (words := _words_of(one))), None)


def _words_of(found: Any) -> str:
    """The words of an element, or an attribute's value, on one line."""
    return " ".join((found if isinstance(found, str) else "".join(found.itertext())).split())


def _host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""

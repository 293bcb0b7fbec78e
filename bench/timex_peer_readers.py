"""What other date finders see in the same texts, written as TIMEX3 values. Run by `bench.timex_peers` in the peers' own environment, never in ours.

    python timex_peer_readers.py PEER < documents.jsonl > predictions.jsonl

Each peer has an adapter in its favour: a value is no finer than the words (a year, month, week or day), and of several readings the latest that is not
after the report counts, as news looks back.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

Timex = dict[str, Any]
Reader = Callable[[str, datetime], Iterator[Timex]]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = re.compile(r"\d{1,2}:\d\d|\d\s*[ap]\.?m\b|\bnoon\b|\bmidnight\b", re.IGNORECASE)
_DAY = re.compile(rf"day\b|tonight|tomorrow|{_MONTH}\s*\d{{1,2}}(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:of\s*)?{_MONTH}|\d[/.-]\d", re.IGNORECASE)
_GRAINS = ((_DAY, "%Y-%m-%d"), (re.compile(r"week", re.IGNORECASE), "%G-W%V"), (re.compile(rf"month|\b{_MONTH}\b", re.IGNORECASE), "%Y-%m"))
_WEEKDAY = re.compile(r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_TIMELY = re.compile(rf"{_DAY.pattern}|{_CLOCK.pattern}|week|month|year|decade|hour|\bago\b|\bnow\b|\b{_MONTH}\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = re.compile(r"year|decade|\b(?:1[5-9]|20)\d\d\b", re.IGNORECASE)


def written(day: datetime, words: str) -> str:
    """The value as fine as the words.

    >>> written(datetime(1998, 2, 1), "February"), written(datetime(1997, 1, 1), "in 1997"), written(datetime(1998, 2, 3, 9), "9 a.m. Tuesday")
    ('1998-02', '1997', '1998-02-03T09:00')
    """
    if _CLOCK.search(words):
        return f"{day:%Y-%m-%dT%H:%M}"
    form = next((form for pattern, form in _GRAINS if pattern.search(words)), "%Y" if _YEAR.search(words) else "%Y-%m-%d")
    return day.strftime(form)


def read_dateparser() -> Reader:
    from dateparser.search import search_dates

    def read(text: str, reference: datetime) -> Iterator[Timex]:
        settings = {"RELATIVE_BASE": reference, "PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
        at = 0
        for words, day in search_dates(text, languages=["en"], settings=settings) or ():
            start = text.find(words, at)
            if start >= 0 and _TIMELY.search(words):
                at = start + len(words)
                if _WEEKDAY.fullmatch(words.strip()) and (reference.date() - day.date()).days == 7:
                    day = reference  # told on its own weekday: that day
                yield {"start": start, "end": at, "type": "DATE", "value": written(day, words)}

    return read


def read_timexy() -> Reader:
    import spacy
    import timexy  # noqa: F401 - names its part of the pipeline

    english = spacy.blank("en")
    english.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    said = re.compile(r'type="(?P<type>\w+)" value="(?P<value>[^"]*)"')

    def read(text: str, reference: datetime) -> Iterator[Timex]:
        for entity in english(text).ents:
            match = said.search(entity.kb_id_)
            if entity.label_ != "timexy" or match is None:
                continue
            value = match["value"]
            if re.match(r"\d{4}-\d\d-\d\dT", value):
                value = written(datetime.fromisoformat(value), entity.text)
            yield {"start": entity.start_char, "end": entity.end_char, "type": match["type"], "value": value}

    return read


def read_recognizers() -> Reader:
    from recognizers_date_time import recognize_datetime

    def read(text: str, reference: datetime) -> Iterator[Timex]:
        for found in recognize_datetime(text, "en-us", reference=reference):
            values = (found.resolution or {}).get("values") or ()
            if values:
                yield {"start": found.start, "end": found.end + 1, **_recognized(values, reference, found.text)}

    return read


def _recognized(values: list[dict[str, str]], reference: datetime, words: str) -> Timex:
    """Of the readings of one stretch the latest that is not after the report, else the first."""
    past = [v for v in values if (v.get("value") or v.get("start") or "9")[:10] <= f"{reference:%Y-%m-%d}"]
    value = past[-1] if past else values[0]
    timex, kind = value.get("timex", ""), value.get("type", "")
    if kind == "date" and not _DAY.search(words) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.get("value", "")):
        return {"type": "DATE", "value": written(datetime.fromisoformat(value["value"]), words)}
    if kind in ("duration", "set") or timex.endswith("_REF") or re.fullmatch(r"\d{4}(?:-(?:\d\d|Q\d|W\d\d|SP|SU|FA|WI|H\d)(?:-(?:\d\d|WE))?)?", timex):
        return {"type": {"duration": "DURATION", "set": "SET"}.get(kind, "DATE"), "value": timex}
    day = value.get("value") or value.get("start") or ""
    if kind == "time":
        return {"type": "TIME", "value": f"{reference:%Y-%m-%d}T{day[:5]}"}
    if kind == "datetime":
        return {"type": "TIME", "value": day[:16].replace(" ", "T")}
    if kind.endswith("timerange"):
        part = re.search(r"T(?:MO|AF|EV|NI)$", timex)
        return {"type": "TIME", "value": (day[:10] if "-" in day else f"{reference:%Y-%m-%d}") + (part[0] if part else "")}
    return {"type": "DATE", "value": _range_value(timex, day)}


def _range_value(timex: str, day: str) -> str:
    """A day, or the week, month, quarter or year that begins on it."""
    if not re.match(r"\d{4}-\d\d-\d\d", day):
        return timex
    length = re.search(r"P1?([WMY3])", timex)
    if re.fullmatch(r"XXXX-\d\d", timex):
        return day[:7]
    if timex.endswith("P3M)"):
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    form = {"W": "%G-W%V", "M": "%Y-%m", "Y": "%Y"}.get(length[1] if length else "", "%Y-%m-%d")
    return datetime.fromisoformat(day[:10]).strftime(form)


READERS = {"dateparser": read_dateparser, "recognizers-text": read_recognizers, "timexy": read_timexy}


def main() -> None:
    read = READERS[sys.argv[1]]()
    for line in sys.stdin:
        document = json.loads(line)
        found = list(read(document["text"], datetime.fromisoformat(document["dct"])))
        print(json.dumps({"doc_id": document["doc_id"], "timexes": found}), flush=True)


if __name__ == "__main__":
    main()

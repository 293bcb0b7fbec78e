"""`waqai incidents`, `waqai show`, `waqai search`: what the store holds."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import typer
from rich.padding import Padding
from rich.text import Text

from waqai.codebook import RULES, load_actors, load_codebook
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import Incident, StoreError, UnknownId, to_plain
from waqai.export import Combiner, csv_columns, incident_as_json, iter_csv_rows, reading_as_gold
from waqai.flow import Filters, Hit, Store, check_incident
from waqai.reviewing import find_asides
from waqai.terminal.incidents import print_incident, print_incident_list
from waqai.terminal.printing import err, out
from waqai.terminal.readings import print_reading
from waqai.terminal.reviews import iter_reviews
from waqai.wording import iter_review_lines


def incidents_command(*, store: str | None, filters: Mapping[str, Any], rule: str | None, format: str) -> int:
    """Exit status 0; an empty list is an answer."""
    combiner = make_combiner(rule)
    wanted = check_filters(filters, load_codebook())
    with open_named_store(store, must_exist=True) as opened:
        found = opened.iter_incidents(Filters(**wanted))
        if format == "text":
            print_incident_list(out, list(found), opened, combiner)
        elif format == "csv":
            writer = csv.writer(sys.stdout, lineterminator="\r\n")  # with "\n" alone, a cell that holds "\r" would stand unquoted and break its row
            writer.writerow(csv_columns(combiner))
            writer.writerows(iter_csv_rows(found, combiner))
        elif format == "jsonl":
            for incident in found:
                sys.stdout.write(json.dumps(incident_as_json(incident, combiner=combiner), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(json.dumps([incident_as_json(i, combiner=combiner) for i in found], ensure_ascii=False, indent=1) + "\n")
    return 0


def make_combiner(rule: str | None) -> Combiner:
    """How figures are looked at: by the rule of this name, if one is named."""
    return Combiner(rule=RULES[rule] if rule else None, codebook=load_codebook(), actors=load_actors())


def show_command(id: str, *, as_of: date | None, rule: str | None, store: str | None, format: str) -> int:
    """An incident, or a report or account by its id. Raises UnknownId, and typer.BadParameter for a report as of a day."""
    combiner = make_combiner(rule)
    with open_named_store(store, must_exist=True) as opened:
        if id.startswith("i-") and opened.find_report(id) is None:
            incident, last = (opened.get_incident(id), None) if as_of is None else _incident_as_of(id, as_of, opened)
            if format == "text":
                print_incident(out, incident, opened, combiner, last=last)
            else:
                plain = incident_as_json(incident, combiner=combiner, notices=check_incident(incident, opened, last=last))
                plain["asides"] = to_plain(find_asides(opened, incident.id, last=last))
                plain["reviews"] = list(iter_reviews(incident, opened, last=last))
                plain["uncoded"] = [to_plain(one) for one in opened.find_attached(incident.id) if last is None or one.entry <= last]
                sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1 if format == "json" else None) + "\n")
            return 0
        if as_of is not None:
            raise typer.BadParameter(f"only incidents (i-…) are shown as of a day; {id!r} is none: a report's text and a reading never change")
        return _show_report(_report_of(id, opened), opened, format)


def _incident_as_of(id: str, day: date, store: Store) -> tuple[Incident, int]:
    """The incident then, and the last entry of then; what else is to be known of it goes to stderr."""
    past = store.get_incident_as_of(id, day)
    err.print(f"as of {day.isoformat()}: the log up to entry {past.last_entry} of {store.last_entry()}", soft_wrap=True)
    if past.erased:
        several = "1 report was" if past.erased == 1 else f"{past.erased} reports were"
        err.print(f"{several} erased since; what they told of it, if anything, is left out", soft_wrap=True)
    if past.incident.id != id:
        err.print(f"{id} was part of {past.incident.id} by then", soft_wrap=True)
    return past.incident, past.last_entry


def _report_of(id: str, store: Store) -> str:
    if store.find_report(id) is not None:
        return id
    if (grave := store.find_tombstone(id)) is not None:
        raise UnknownId(f"report {id!r} is not there any more: {grave.refusal}")
    try:
        return store.get_account(id).report
    except UnknownId as error:
        raise UnknownId(f"nothing in store {store.address} has the id {id!r}; `waqai incidents` and `waqai search` list ids") from error


def _show_report(id: str, store: Store, format: str) -> int:
    report, reading = store.get_report(id), store.find_reading(id)
    if reading is None:
        raise StoreError(f"report {id!r} is kept, but no reader has read it; `waqai add` reads it again")
    if format == "text":
        print_reading(out, report, reading)
        if (beside := store.find_attachment(id)) is not None:
            out.print(f"nothing was coded in it; it tells the story of incident {beside.incident} (score {beside.score:.2f}): {beside.because}", soft_wrap=True)
        for account in reading.accounts:
            for line in iter_review_lines(store.get_reviewed(account.id)):
                out.print(f"{account.id} {line}", soft_wrap=True)
    else:
        sys.stdout.write(json.dumps(reading_as_gold(report, reading), ensure_ascii=False, indent=1 if format == "json" else None) + "\n")
    return 0


def search_command(words: str, *, store: str | None, format: str) -> int:
    """Reports that hold all the words, newest first, with the incidents they tell of."""
    with open_named_store(store, must_exist=True) as opened:
        hits = opened.search(words)
    if format != "text":
        rows = [
            {
                "report": h.report,
                "title": h.title,
                "publisher": h.publisher,
                "published": h.published.isoformat() if h.published else None,
                "snippet": h.snippet,
                "text_origin": h.text_origin,
                "url": h.url,
                "incidents": list(h.incidents),
            }
            for h in hits
        ]
        lines = [json.dumps(r, ensure_ascii=False) for r in rows] if format == "jsonl" else [json.dumps(rows, ensure_ascii=False, indent=1)]
        sys.stdout.write("".join(line + "\n" for line in lines))
        return 0
    for hit in hits:
        _print_hit(hit)
    if not hits:
        out.print(f"no report holds {words!r}")
    return 0


def _print_hit(hit: Hit) -> None:
    """Title and origin, the found words in their sentence, the incidents told of."""
    snippet = Text(hit.snippet.replace("\n", " "))
    for mark in hit.marks:
        snippet.stylize("bold yellow", mark.start, mark.end)
    origin = f"{hit.publisher or 'publisher not given'}, {hit.published.isoformat() if hit.published else 'day not given'}"
    origin += "" if hit.text_origin == "original" else f" (text {hit.text_origin}, the outlet's own words: {hit.url or 'no address given'})"
    out.print(Text.assemble((hit.report, "cyan"), "  ", (hit.title or "", "bold"), f"  {origin}"))
    out.print(Padding(snippet, (0, 0, 0, 6)))
    out.print(Padding(Text(f"incidents: {', '.join(hit.incidents) or 'none'}", style="dim"), (0, 0, 1, 6)))

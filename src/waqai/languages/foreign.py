"""Whether a reader is to read a report, by its language. A garbage reading would be worse than none; a wrong word of a page about itself is no reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from waqai.core import Report
from waqai.languages.names import code_of, name_of
from waqai.languages.recognise import recognise


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The report as the reader is to take it, None: it is kept and not read; and what is to be said of that, in a sentence, "" for nothing."""

    report: Report | None
    note: str = ""


def look_at(report: Report, *, reads: frozenset[str] | None, reader: str) -> Look:
    """Whether a reader of this name, which `reads` these languages (None: any), is to read the report.

    What is surely recognised counts, then what is declared; where neither says anything the reader is to try, as where nobody had asked. A report that is
    declared to be in another language than it surely is goes to the reader under the one that it is.
    """
    if reads is None:
        return Look(report=report)
    declared, seen = code_of(report.language), recognise(report.text)
    found = seen.language if seen is not None else declared
    if found is not None and found not in reads:
        how = f"it is {name_of(found)}" + (f", though given as {name_of(declared)}" if declared not in (None, found) else "")
        return Look(report=None, note=_refusal(how if seen is not None else f"it is given as {name_of(found)}", reads, reader))
    if declared is None or declared in reads or found is None:
        return Look(report=report)
    return Look(report=replace(report, language=found), note=f"it is given as {name_of(declared)}, and was read as {name_of(found)}, which its words are")


def _refusal(what: str, reads: frozenset[str], reader: str) -> str:
    """
    >>> _refusal("it is Arabic", frozenset({"en", "fr"}), "learned")
    'kept, not read: it is Arabic, and the reader learned reads English, French'
    """
    return f"kept, not read: {what}, and the reader {reader} reads {', '.join(sorted(map(name_of, reads)))}"

"""Why a reader does not read a report: it is in another language. A garbage reading would be worse than none."""

from __future__ import annotations

from waqai.core import Report
from waqai.languages.names import code_of, name_of
from waqai.languages.recognise import recognise


def find_foreign(report: Report, *, reads: frozenset[str] | None, reader: str) -> str | None:
    """The reason, in a sentence, that the report is kept and not read by a reader that `reads` these languages (None: any); None where it is to be read.

    What is declared counts, and what is surely recognised; where neither says anything, the reader is to try.
    """
    if reads is None:
        return None
    declared, seen = code_of(report.language), recognise(report.text)
    found = seen.language if seen is not None else None
    if declared is not None and declared not in reads:
        doubt = f", though its words look {name_of(found)}: correct that and add it again" if found in reads and found is not None else ""
        return _sentence(f"it is given as {name_of(declared)}{doubt}", reads, reader)
    if found is None or found in reads:
        return None
    return _sentence(f"it is {name_of(found)}" + (f", though given as {name_of(declared)}" if declared else ""), reads, reader)


def _sentence(what: str, reads: frozenset[str], reader: str) -> str:
    """
    >>> _sentence("it is Arabic", frozenset({"en", "fr"}), "learned")
    'kept, not read: it is Arabic, and the reader learned reads English, French'
    """
    return f"kept, not read: {what}, and the reader {reader} reads {', '.join(sorted(map(name_of, reads)))}"

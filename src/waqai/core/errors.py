"""What can go wrong, as one tree. Leaves also inherit the builtin that a caller would expect.

WaqaiError
├── IntakeError                 a file or line that cannot become a report
│   ├── ReportNotFound          (FileNotFoundError)
│   ├── EmptyReport             (ValueError)
│   ├── UnreadableReport        (ValueError)  not text, wrong encoding, nothing extracted
│   └── BadRecord               (ValueError)  wrong JSON, missing or wrong field, with its line
├── UnresolvedDate              (ValueError)  a phrase that names no day we can stand by
├── CodebookError               (ValueError)  a codebook that contradicts itself or names what is not there
├── GazetteerError              (RuntimeError)  missing, damaged or out-of-date gazetteer
├── StoreError                  (RuntimeError)  a store that cannot be opened, or holds another schema
│   ├── UnknownId               (LookupError)  no such incident, account, report or entry
│   ├── ErasedReport            (ValueError)  a text that was erased and comes in again
│   └── NotPossible             (ValueError)  an entry that cannot be undone, a judgement that contradicts another
├── BadQuestion                 (ValueError)  incidents are asked for in a way that has no answer
├── SettingsError               (ValueError)  a settings file with a wrong key or value
├── NoAnswer                    (RuntimeError)  a language model that was asked and gave nothing that can be used
└── MissingPart                 (RuntimeError)  a model or program that this machine lacks
"""

from __future__ import annotations


class WaqaiError(Exception):
    """Any error that waqai raises on purpose; its message is meant for the person who reads it."""


class IntakeError(WaqaiError):
    """A file or line that cannot become a report."""


class ReportNotFound(IntakeError, FileNotFoundError):
    """No file at that path."""


class EmptyReport(IntakeError, ValueError):
    """A report without words."""


class UnreadableReport(IntakeError, ValueError):
    """Not text, an encoding we cannot read, or a page without an article."""


class BadRecord(IntakeError, ValueError):
    """A JSON record that breaks the format; the message names its line."""


class UnresolvedDate(WaqaiError, ValueError):
    """A date phrase that cannot be put on the calendar.

    >>> str(UnresolvedDate("Monday, June 18", "no such day by 2023-06-20"))
    "cannot date 'Monday, June 18': no such day by 2023-06-20"
    """

    def __init__(self, phrase: str, reason: str) -> None:
        super().__init__(f"cannot date {phrase!r}: {reason}")
        self.phrase, self.reason = phrase, reason


class CodebookError(WaqaiError, ValueError):
    """A codebook that contradicts itself or names what is not there."""


class GazetteerError(WaqaiError, RuntimeError):
    """A gazetteer that is missing, damaged or of another version."""


class StoreError(WaqaiError, RuntimeError):
    """A store that cannot be opened, or that holds another schema."""


class UnknownId(StoreError, LookupError):
    """No such incident, account, report or entry in this store."""


class ErasedReport(StoreError, ValueError):
    """A text that was erased and comes in again."""


class NotPossible(StoreError, ValueError):
    """Something that a person asked of the log and that it cannot do: the message says why, and what to do instead."""


class BadQuestion(WaqaiError, ValueError):
    """A question about incidents that has no answer: an order or a cursor that there is not, a map without an extent."""


class SettingsError(WaqaiError, ValueError):
    """A settings file with a wrong key or value."""


class NoAnswer(WaqaiError, RuntimeError):
    """A language model that was asked about a report and gave nothing that can be used; the message says what would help.

    `outcome` is the same in two or three words ("timed out"), without anything of the report or the answer.
    """

    def __init__(self, message: str, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class MissingPart(WaqaiError, RuntimeError):
    """A model or program that this machine lacks; the message names the command that brings it."""

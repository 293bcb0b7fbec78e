"""What can go wrong, as one tree. Leaves also inherit the builtin that a caller would expect.

WaqaiError
├── IntakeError                 a file or line that cannot become a report
│   ├── ReportNotFound          (FileNotFoundError)
│   ├── EmptyReport             (ValueError)
│   ├── UnreadableReport        (ValueError)  not text, wrong encoding, nothing extracted
│   ├── BadRecord               (ValueError)  wrong JSON, missing or wrong field, with its line
│   ├── FetchFailed             a page that was asked for and did not come, or may not be asked for
│   └── MissingColumn           (LookupError)  a table of which nobody said which column holds what
├── UnresolvedDate              (ValueError)  a phrase that names no day we can stand by
├── CodebookError               (ValueError)  a codebook that contradicts itself or names what is not there
├── GazetteerError              (RuntimeError)  missing, damaged or out-of-date gazetteer
├── StoreError                  (RuntimeError)  a store that cannot be opened, or holds another schema
│   ├── NoStore                 (LookupError)  a file or database that holds no store yet
│   ├── UnknownId               (LookupError)  no such incident, account, report or entry
│   ├── ErasedReport            (ValueError)  a text that was erased and comes in again
│   └── NotPossible             (ValueError)  an entry that cannot be undone, a judgement that contradicts another
│       └── ChangedMeanwhile    somebody else wrote on the same report or incident since the person looked
├── AccessError                 (PermissionError)  somebody who is not known here, or may not do this
│   ├── WrongLogin              a name and a password, or a token, that let nobody in
│   ├── TooManyTries            wrong so often that there is a wait; `wait_seconds` says how long
│   └── NotAllowed              a known person whose role, or a token whose scopes, do not reach
├── WeakPassword                (ValueError)  a password that is too easily guessed
├── BadQuestion                 (ValueError)  incidents are asked for in a way that has no answer
│   └── BeyondBounds            a pattern or forecast that nobody gets: of a facility, a person, an hour
├── NoRelease                   (ValueError)  a folder that is no release, or cannot be held to its checksums
├── NotWritten                  (OSError)  a file that cannot be put where it was to go
├── SettingsError               (ValueError)  a settings file with a wrong key or value
├── NoWorkers                   (RuntimeError)  processes or machines that were to read and do not start, do not fit, or are gone
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


class FetchFailed(IntakeError):
    """A page that was asked for and did not come, or that may not be asked for; the message says why.

    `outcome` is the same in two or three words ("timed out"), `status` the server's answer, `retry_after_s` how long it asks to be left alone.
    `permanent`: the same request will fail in the same way until somebody changes something (a wrong address, a page that is gone).
    """

    def __init__(self, message: str, *, outcome: str, status: int | None = None, retry_after_s: float | None = None, permanent: bool = False) -> None:
        super().__init__(message)
        self.outcome, self.status, self.retry_after_s, self.permanent = outcome, status, retry_after_s, permanent


class MissingColumn(IntakeError, LookupError):
    """A table of which it is not known, or wrongly said, which columns hold what; the message lists its headers."""


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


class NoStore(StoreError, LookupError):
    """A file that is not there, or a file or database with nothing in it. The message says what makes a store."""

    def __init__(self, address: str) -> None:
        super().__init__(f"there is no store at {address!r} yet; `waqai add PATH…` makes one, `waqai demo` shows an example")


class UnknownId(StoreError, LookupError):
    """No such incident, account, report or entry in this store."""


class ErasedReport(StoreError, ValueError):
    """A text that was erased and comes in again."""


class NotPossible(StoreError, ValueError):
    """Something that a person asked of the log and that it cannot do: the message says why, and what to do instead."""


class ChangedMeanwhile(NotPossible):
    """Somebody else's word stands on the same report or incident since the person looked; `entries` are its numbers in the log. Nothing was written."""

    def __init__(self, message: str, entries: tuple[int, ...]) -> None:
        super().__init__(message)
        self.entries = entries


class AccessError(WaqaiError, PermissionError):
    """Somebody who is not known here, or who may not do what was asked."""


class WrongLogin(AccessError):
    """A name and a password that do not go together, or a token that is used up, over or unknown; which of these is not said."""


class TooManyTries(AccessError):
    """Wrong so often that the next try has to wait.

    >>> TooManyTries(90).wait_seconds, str(TooManyTries(1))
    (90, 'too many wrong tries: wait 1 second, then try again')
    """

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many wrong tries: wait {wait_seconds} second{'' if wait_seconds == 1 else 's'}, then try again")
        self.wait_seconds = wait_seconds


class NotAllowed(AccessError):
    """A known person whose role does not reach, or a token whose scopes do not; the message says what would."""


class WeakPassword(WaqaiError, ValueError):
    """A password that is too easily guessed; the message says why."""


class BadQuestion(WaqaiError, ValueError):
    """A question about incidents that has no answer: an order or a cursor that there is not, a map without an extent."""


class BeyondBounds(BadQuestion):
    """A question whose answer could help to harm somebody: finer than province and week, of a facility or a person. The message says what may be asked."""


class NoRelease(WaqaiError, ValueError):
    """A folder that is no release of waqai, or that has no checksums to be held to."""


class NotWritten(WaqaiError, OSError):
    """A file that cannot be put where it was to go: one is there already, there is no such folder, the disk or the format takes no more."""


class SettingsError(WaqaiError, ValueError):
    """A settings file with a wrong key or value."""


class NoWorkers(WaqaiError, RuntimeError):
    """Processes or machines that were to read, and that do not start, are of another version, or are gone. What was read until then is kept."""


class NoAnswer(WaqaiError, RuntimeError):
    """A language model that was asked about a report and gave nothing that can be used; the message says what would help.

    `outcome` is the same in two or three words ("timed out"), without anything of the report or the answer.
    """

    def __init__(self, message: str, outcome: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class MissingPart(WaqaiError, RuntimeError):
    """A model or program that this machine lacks; the message names the command that brings it."""

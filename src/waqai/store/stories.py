"""The open store's reports in which nothing was coded, and the incidents beside which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from waqai.core import Attachment, Entry, Verdict
from waqai.folding import Attached
from waqai.store import attachments, facts, turns
from waqai.store.viewing import Views


class Stories(Views):
    """What is said and asked of reports without an account."""

    def attach(self, sha256: str, incident: str, *, right: str, verdict: Verdict, score: float, because: str, by: str, at: datetime) -> Entry:
        """Log whether a report in which nothing was coded tells the story of an incident; `right` is the account there that it was held against."""
        value = {"incident": incident, "right": right, "verdict": verdict, "score": score}
        return self.append(kind="attached", subject=sha256, value=value, because=because, by=by, at=at)

    def find_attachment(self, report: str) -> Attachment | None:
        """The incident whose story a report tells in which nothing was coded. Raises UnknownId for an unknown report."""
        with self._reading(incidents=True) as connection:
            return attachments.find_attachment(connection, facts.get_sha256(connection, report))

    def find_attached(self, incident: str) -> tuple[Attachment, ...]:
        """The reports beside an incident in which nothing was coded, by day of publication."""
        with self._reading(incidents=True) as connection:
            return attachments.find_attached(connection, incident)

    def find_said_of_attachment(self, sha256: str) -> Attached:
        """What the log says of a report's attachment: where it stands, where it must not."""
        with self._reading() as connection:
            return attachments.find_said(connection, sha256)

    def find_uncoded(self, beside: Sequence[str] = ()) -> tuple[str, ...]:
        """Hashes of the reports without an account: those read since the last run, then older ones, attached to nothing, that share names with one `beside`."""
        with self._reading() as connection:
            return attachments.find_uncoded(connection, beside, common=self._common)

    def last_reading(self) -> int:
        """The number of the newest reading; 0 for a store without any."""
        with self._reading() as connection:
            return turns.last_reading(connection)

"""What nothing may be learned from: reports under terms that forbid to pass them on, and rows of other people's datasets.

Models leave with waqai, and a model remembers what it learned. Every script that trains asks here before it looks at a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from waqai.bounds import forbids_passing_on
from waqai.core import IMPORTED, WaqaiError

R = TypeVar("R", bound=Mapping[str, Any])


class NotLearnable(WaqaiError, ValueError):
    """A report among the training data that nothing may be learned from."""


def check_learnable(reports: Iterable[R], *, source: str) -> list[R]:
    """The same reports, as the JSON objects that they are kept as. Raises NotLearnable for the first that must not be among them.

    >>> check_learnable([{"id": "r1", "terms": "ACLED terms of use: no redistribution"}], source="mine")
    Traceback (most recent call last):
    scripts.learnable.NotLearnable: mine: nothing may be learned from report 'r1': its terms are 'ACLED terms of use: no redistribution'; take it out
    """
    checked = list(reports)
    for report in checked:
        why = find_bar(report)
        if why is not None:
            raise NotLearnable(f"{source}: nothing may be learned from report {report.get('id')!r}: {why}; take it out")
    return checked


def find_bar(report: Mapping[str, Any]) -> str | None:
    """Why nothing may be learned from a report; None: it may."""
    terms = report.get("terms")
    if forbids_passing_on(terms):
        return f"its terms are {terms!r}"
    publisher, text = report.get("publisher") or "", str(report.get("text") or "")
    told = any(str(account.get("rule") or "").startswith(IMPORTED) for account in report.get("accounts") or ())
    if told or (publisher and text.startswith(f"{publisher}, row ")):
        return f"it is a row of the dataset {publisher!r}, which `waqai import` brought in"
    return None

"""Whether the terms under which a report came in forbid that its rows are passed on: they leave in no file, whatever the profile."""

from __future__ import annotations

import re

_FORBIDS = re.compile(
    r"\b(?:no[- ]?(?:re)?distribution|no[- ](?:sharing|publication)|do not (?:re)?distribute|not? (?:for|to be) (?:re)?distribut\w*"
    r"|not for (?:publication|sharing|release)|(?:re)?distribution (?:is )?(?:forbidden|prohibited|not (?:allowed|permitted))"
    r"|confidential|restricted|private|internal(?: use)?(?: only)?|embargo(?:ed)?|acled)\b",
    re.IGNORECASE,
)


def forbids_passing_on(terms: str | None) -> bool:
    """Whether these terms say so; terms that nobody noted forbid nothing, as facts are nobody's property.

    >>> [forbids_passing_on(terms) for terms in ("no redistribution", "ACLED terms of use", "Confidential", "CC BY 4.0", None)]
    [True, True, True, False, False]
    """
    return terms is not None and _FORBIDS.search(terms) is not None

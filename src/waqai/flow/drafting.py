"""A person's own coding of a report, made blind: accounts and their fields put into a draft, changed and taken out.

Every change says which revision of the draft it was made from, and is refused where another window has saved since. Values are checked as those of corrections
are. The record is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from waqai.codebook import Codebook
from waqai.core import Account, NotPossible, Reading, Span, Status, short_hash
from waqai.flow.adding import claims_around, with_facet
from waqai.flow.clock import now
from waqai.flow.correcting import check_span, value_of
from waqai.flow.values import status_value, type_value
from waqai.people import Coding, Visitor, get_draft, save_draft
from waqai.places import Gazetteer
from waqai.store import Store

CODED = "coded by a person"
"""The rule of what a coder gave."""
SEVERAL = ("actor", "count")
"""The facets of which an account can have several."""


def code_account(report: str, span: Span, type: str, store: Store, *, status: str, codebook: Codebook, visitor: Visitor, revision: int) -> Coding:
    """The visitor's draft with one more account, of this type and status, in the words at `span`; it is the last one.

    Raises UnknownId and NotPossible: as `get_draft`, for words that are not there, values that the codebook has not, and the same account once more.
    """
    coding, told = get_draft(report, store, visitor=visitor, revision=revision), store.get_report(report)
    evidence = check_span(span, told.text)
    type_, state = type_value(type, codebook)["value"], status_value(status, codebook)["value"]
    if any((one.type, one.evidence) == (type_, evidence) for one in coding.draft.accounts):
        raise NotPossible(f"you have coded the {type_} in these words already: change that account, or choose other words")
    key = _free_key(coding.draft)
    said = _said(evidence, coding.draft)
    account = Account(
        id="a-" + short_hash(told.sha256, coding.coder, key),
        key=key,
        report=told.id,
        type=type_,
        status=Status(value=state, phrase=evidence, p=1.0, rule=CODED, said_by=said["said_by"]),
        evidence=evidence,
        p=1.0,
        rule=CODED,
        said_by=said["said_by"],
    )
    return _save(coding, (*coding.draft.accounts, account), store, visitor)


def code_field(
    report: str,
    account: str,
    facet: str,
    value: str,
    store: Store,
    *,
    span: Span | None = None,
    nth: int | None = None,
    codebook: Codebook,
    gazetteer: Callable[[], Gazetteer],
    visitor: Visitor,
    revision: int,
) -> Coding:
    """The visitor's draft with this value for a field of the account of this key, in the words at `span`; the value is written as for `correct_account`, "none"
    takes the field out. `nth` is which of several names or figures is meant, from 0; None: one more. Without a span, a value that is changed keeps its words, a
    day or place has those of the account. Of a type, the words are those of the account.

    Raises UnknownId and NotPossible: as `get_draft`, for a value that does not fit, words that are not there, a name or figure without words.
    """
    made = value_of(facet, value.strip(), codebook=codebook, gazetteer=gazetteer)
    coding, told = get_draft(report, store, visitor=visitor, revision=revision), store.get_report(report)
    found = _get_account(coding.draft, account)
    words = None if span is None else check_span(span, told.text)
    changed = _with_several(found, facet, made, words, nth, coding.draft) if facet in SEVERAL else _with_single(found, facet, made, words, coding.draft)
    return _save(coding, (changed if one is found else one for one in coding.draft.accounts), store, visitor)


def drop_account(report: str, account: str, store: Store, *, visitor: Visitor, revision: int) -> Coding:
    """The visitor's draft without the account of this key. Raises UnknownId and NotPossible as `get_draft`."""
    coding = get_draft(report, store, visitor=visitor, revision=revision)
    gone = _get_account(coding.draft, account)
    return _save(coding, (one for one in coding.draft.accounts if one is not gone), store, visitor)


def _save(coding: Coding, accounts: Iterable[Account], store: Store, visitor: Visitor) -> Coding:
    """Relations and claims lead to no account that is not there any more."""
    kept = tuple(accounts)
    ids = {one.id for one in kept}
    linked = tuple(replace(one, relations=tuple(relation for relation in one.relations if relation.to in ids)) for one in kept)
    claims = tuple(replace(claim, accounts=tuple(id for id in claim.accounts if id in ids)) for claim in coding.draft.claims)
    return save_draft(replace(coding.draft, accounts=linked, claims=claims), store, visitor=visitor, revision=coding.revision, at=now())


def _get_account(draft: Reading, key: str) -> Account:
    found = next((one for one in draft.accounts if one.key == key), None)
    if found is None:
        raise NotPossible(f"your coding has no account {key!r} (any more): look at it as it is now")
    return found


def _free_key(draft: Reading) -> str:
    """
    >>> from waqai.core import ReaderStamp
    >>> _free_key(Reading(report="r", report_sha256="0", reader=ReaderStamp(name="person:ana", version="blind 1", settings_hash="")))
    '1'
    """
    taken = {one.key for one in draft.accounts}
    return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)


def _with_single(account: Account, facet: str, made: dict[str, Any], span: Span | None, draft: Reading) -> Account:
    if facet == "type":
        return replace(account, type=made["value"], evidence=span or account.evidence, p=1.0, rule=CODED)
    if made["value"] is None:
        return replace(account, when=None) if facet == "when" else replace(account, where=None)
    old = {"status": account.status, "when": account.when, "where": account.where}[facet]
    return with_facet(account, facet, made, _said(span or (old.phrase if old else account.evidence), draft))


def _with_several(account: Account, facet: str, made: dict[str, Any], span: Span | None, nth: int | None, draft: Reading) -> Account:
    there: tuple[Any, ...] = account.involved if facet == "actor" else account.counts
    if nth is None and made["value"] is None:
        raise NotPossible(f"which {facet} is not told? Take out one of those that are there")
    if nth is not None and not 0 <= nth < len(there):
        raise NotPossible(f"the account has no {facet} number {nth + 1}: it has {len(there)}")
    if made["value"] is None:
        return _put(account, facet, tuple(one for n, one in enumerate(there) if n != nth))
    words = span or (there[nth].phrase if nth is not None else None)
    if words is None:
        raise NotPossible("a name or figure needs the words of the report that say it: select them, or type them as they stand there")
    alone = with_facet(_put(account, facet, ()), facet, made, _said(words, draft))
    new = alone.involved[0] if facet == "actor" else alone.counts[0]
    return _put(account, facet, (*there, new) if nth is None else (*there[:nth], new, *there[nth + 1 :]))


def _put(account: Account, facet: str, several: tuple[Any, ...]) -> Account:
    return replace(account, involved=several) if facet == "actor" else replace(account, counts=several)


def _said(phrase: Span, draft: Reading) -> dict[str, Any]:
    """What a facet holds beside its value, as plain values: said in the innermost claim of the draft that these words stand in."""
    around = claims_around(phrase, draft.claims)
    return {"phrase": [phrase.start, phrase.end], "p": 1.0, "rule": CODED, "said_by": around[0].id if around else None}

"""The accounts of an answer: type and status in the codebook's words, the trigger found in the text, the facets read from theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from waqai.asking.claims import mark_said, said_by
from waqai.asking.facets import RULE, iter_items, read_involved, read_places, read_when
from waqai.asking.figures import read_counts
from waqai.asking.form import AccountShape
from waqai.asking.material import SURE, Material
from waqai.core import Account, Claim, Span, Status, When, account_id
from waqai.reading.standing import with_standing

_LONGEST_TRIGGER = 80  # characters; what is longer is a passage and no trigger


@dataclass(frozen=True, slots=True)
class _Told:
    """An account of the answer whose type, trigger and status hold."""

    item: AccountShape
    trigger: Span
    status: Span


def read_accounts(values: Iterable[Any], *, claims: Sequence[Claim], material: Material) -> tuple[Account, ...]:
    """The accounts in order of the text, with keys, background and relations as the rules give them."""
    told = [t for item in iter_items(AccountShape, values, what="account", material=material) if (t := _told(item, material)) is not None]
    accounts: dict[str, Account] = {}
    anchor: When | None = None
    for one in sorted(told, key=lambda t: t.trigger):
        account = _account(one, anchor=anchor, claims=claims, material=material)
        anchor = account.when or anchor
        if account.id in accounts:
            material.set_aside("account", one.item.trigger, "the same words are listed twice with the same type")
        accounts.setdefault(account.id, account)
    return with_standing(tuple(accounts.values()), published=material.report.published, types=material.ground.lexicon.types)


def _told(item: AccountShape, material: Material) -> _Told | None:
    codebook = material.ground.codebook
    if item.type not in codebook.types:
        material.set_aside("account", item.trigger, f"the codebook has no type {item.type!r}")
    elif item.status not in codebook.statuses:
        material.set_aside("account", item.trigger, f"the codebook has no status {item.status!r}")
    elif len(item.trigger) > _LONGEST_TRIGGER:
        material.set_aside("account", item.trigger, f"a trigger has at most {_LONGEST_TRIGGER} characters, this is a passage")
    elif (trigger := _find_trigger(item, material)) is not None:
        status = material.find(item.status_words, what=f"account {item.trigger!r}, status {item.status},", near=trigger.start) if item.status_words else trigger
        return _Told(item, trigger, status) if status is not None else None
    return None


def _find_trigger(item: AccountShape, material: Material) -> Span | None:
    """The trigger in the sentence that the answer names, else where it stands first."""
    sentence = material.quotes.find(item.sentence) if item.sentence else None
    inside = material.quotes.find(item.trigger, within=sentence) if sentence is not None else None
    return inside or material.find(item.trigger, what="account with the trigger")


def _account(told: _Told, *, anchor: When | None, claims: Sequence[Claim], material: Material) -> Account:
    item, trigger = told.item, told.trigger
    when = read_when(item.date, trigger=trigger, status=item.status, anchor=anchor, material=material)
    (status,) = mark_said([Status(value=item.status, phrase=told.status, p=SURE, rule=RULE)], claims)
    return Account(
        id=account_id(report_sha256=material.report.sha256, reader=material.ground.stamp, evidence=trigger, type=item.type),
        key="",
        report=material.report.id,
        type=item.type,
        status=status,
        evidence=trigger,
        p=SURE,
        rule=f"{RULE}: {item.type}",
        when=mark_said([when], claims)[0] if when is not None else None,
        place_mentions=mark_said(read_places(item.places, trigger=trigger, material=material), claims),
        involved=mark_said(read_involved(item.involved, trigger=trigger, material=material), claims),
        counts=mark_said(read_counts(item.counts, trigger=trigger, material=material), claims),
        said_by=said_by(trigger, claims),
    )

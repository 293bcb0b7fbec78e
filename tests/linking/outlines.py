"""Outlines of cards, as the store hands them out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from waqai.core import Card, LinkRole, Outline, Report, Unread, to_plain
from waqai.indexes.company import told_of
from waqai.linking import make_imprint


def outline_of(card: Card, role: LinkRole, *, imprint: bytes | None) -> Outline:
    account, where = card.account, card.where
    return Outline(
        account=account.id,
        role=role,
        report_sha256=card.anchor.report_sha256,
        order=card.order,
        type=account.type,
        family=card.family,
        earliest=card.earliest,
        latest=card.latest,
        place_id=where.place_id if where else None,
        precision=where.precision if where else None,
        country=where.country if where else None,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        told=json.dumps(told_of(to_plain(account))),
        imprint=imprint,
    )


def unread(seated: Sequence[tuple[Report, Card, LinkRole]], *, on_load: Callable[[], None] = lambda: None) -> Unread:
    """These accounts in an incident, not read yet; `on_load` is called when they are."""
    outlines = [outline_of(card, role, imprint=make_imprint(report)) for report, card, role in seated]

    def load() -> tuple[Card, ...]:
        on_load()
        return tuple(replace(card, role=role) for _, card, role in seated)

    return Unread(outlines, load)

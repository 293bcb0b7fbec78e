"""Why an account waits for a person, in a sentence: made when it is shown, from what was weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.core import Count, Figure, Involvement, Status, When, Where
from waqai.folding import Field, Hold, Weighed
from waqai.wording.catalogue import _, ngettext
from waqai.wording.values import describe_bounds, describe_count, describe_when, describe_where

LEAST = 0.1
"""A field is named as doubtful if it is wrong more often than this, however sure the rest is."""
NAMED = 3
"""So many doubtful fields are named, the most doubtful first."""


def describe_waiting(weighed: Weighed) -> str:
    """What hangs on the account, then what is doubtful, then what it stands against."""
    parts = [*_iter_weight(weighed.holds), *_iter_doubt(weighed.fields), *_iter_open(weighed)]
    return _("; ").join(dict.fromkeys(parts)) or _("nobody has looked at it yet")


def _iter_weight(holds: Sequence[Hold]) -> Iterator[str]:
    told = next((hold for hold in holds if hold.name == "told"), None)
    if told is not None and told.share == 1:
        yield _("alone tells this incident")
        return
    if told is not None:
        wires = round(1 / told.share)
        yield ngettext("one of {wires} that tell this incident", "one of {wires} that tell this incident", wires).format(wires=wires)
    alone = [_NAMES[hold.name] for hold in holds if hold.share == 1 and hold.name in _NAMES]
    if alone:
        yield _("alone gives its {fields}").format(fields=_(", ").join(_(name) for name in alone))
    bounds = [hold for hold in holds if hold.name in ("low", "high") and hold.share == 1 and hold.figure is not None]
    for hold in bounds[:2]:
        assert hold.figure is not None
        low = _("its {figure} is the lowest told") if hold.name == "low" else _("its {figure} is the highest told")
        yield low.format(figure=_figure(hold.figure))


def _iter_doubt(fields: Sequence[Field]) -> Iterator[str]:
    doubtful = sorted((field for field in fields if field.wrong > LEAST), key=lambda field: -field.wrong)
    for field in doubtful[:NAMED]:
        yield _("{field} {percent} % sure").format(field=_describe(field), percent=round(100 * (1 - field.wrong)))
    if len(doubtful) > NAMED:
        more = len(doubtful) - NAMED
        yield ngettext("{more} more field in doubt", "{more} more fields in doubt", more).format(more=more)


def _iter_open(weighed: Weighed) -> Iterator[str]:
    for hold in weighed.holds:
        if hold.name == "against" and hold.figure is not None and hold.other is not None:
            other = describe_bounds(hold.other.low, hold.other.high, hold.other.best)
            yield _("its {figure} stands against {other} ({who})").format(figure=_figure(hold.figure), other=other, who=hold.other.speaker)
        elif hold.name == "contested":
            yield _("whether it happened is contested")
        elif hold.name == "unsure":
            yield _("perhaps tells of another incident")


def _describe(field: Field) -> str:
    value = field.value
    if isinstance(value, Status):
        return _("status {value}").format(value=value.value)
    if isinstance(value, When):
        return describe_when(value)
    if isinstance(value, Where):
        return describe_where(value)
    if isinstance(value, Involvement):
        return f"{value.role} {value.name}"
    return describe_count(value) if isinstance(value, Count) else _("type {value}").format(value=value)


def _figure(figure: Figure) -> str:
    return f"{describe_bounds(figure.low, figure.high, figure.best)} {figure.measure}"


_NAMES = {"type": "type", "status": "status", "when": "day", "where": "place"}

"""What is asked of those who read, and what they give back. All of it can be pickled: it goes to other processes and other machines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

from waqai import __version__
from waqai.core import Notice, ReaderStamp, Reading
from waqai.flow import Chain, Settings

Result: TypeAlias = Reading | Notice
_SHARE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one report may cost: `seconds` on the clock, `megabytes` beyond what a worker holds when it is ready, and how many tries that end a worker."""

    seconds: float = 10.0
    megabytes: int = 512
    attempts: int = 3

    def first_s(self, number: int) -> float:
        """How long the first result of a batch of so many may take: all of it is parsed before, for which it has the time of an eighth of its reports."""
        return self.seconds * max(1.0, number / _SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to read: the settings as JSON, and the waqai and reader that must come of them. Equal orders are served by the same worker."""

    settings: str
    store: str | None
    waqai: str
    stamp: ReaderStamp
    batch: int
    bounds: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What became of one report: its result, or None and why nobody should try it again; and after how many attempts, those of earlier runs counted."""

    result: Result | None
    attempts: int
    why: str = ""


def make_order(chain: Chain) -> Order:
    """The order to read as this chain does, within the bounds that its settings name."""
    settings = chain.ground.settings
    bounds = Bounds(seconds=settings.workers.report_seconds, megabytes=settings.workers.report_megabytes, attempts=settings.workers.attempts)
    return Order(
        settings=json.dumps(settings.model_dump(), sort_keys=True),
        store=chain.ground.store,
        waqai=__version__,
        stamp=chain.reader.stamp,
        batch=chain.batch,
        bounds=bounds,
    )


def settings_of(order: Order) -> Settings:
    """The settings that an order was made with."""
    return Settings.model_validate(json.loads(order.settings))


def find_misfit(order: Order, *, waqai: str, stamp: ReaderStamp) -> str | None:
    """What a worker has otherwise than the order wants, as a sentence; None where it fits.

    >>> order = Order(settings="{}", store=None, waqai="0.1.0", stamp=ReaderStamp(name="rules", version="1", settings_hash="a"), batch=1, bounds=Bounds())
    >>> find_misfit(order, waqai="0.1.0", stamp=order.stamp) is None
    True
    >>> find_misfit(order, waqai="0.2.0", stamp=order.stamp)
    'it has waqai 0.2.0, and this run has 0.1.0: install the same one'
    """
    if waqai != order.waqai:
        return f"it has waqai {waqai}, and this run has {order.waqai}: install the same one"
    if stamp != order.stamp:
        return f"its reader is {stamp}, and this run's is {order.stamp}: give it the same models, codebook and gazetteer (`waqai doctor` names them)"
    return None

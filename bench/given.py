"""Days and places of the gold reports when their words are given: what dating and placing lose by themselves, beside what a reader's choice of words loses."""

from __future__ import annotations

from collections.abc import Iterator

from bench.dates_gold import measure_dates
from bench.figures import Figure
from bench.places_gold import measure_places


def measure_given() -> Iterator[Figure]:
    """The figures of both."""
    yield from measure_dates()
    yield from measure_places()

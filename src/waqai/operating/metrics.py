"""Numbers of requests, for Prometheus: how many, how long they took, how many are at work. All processes of one desk count into the same files.

With several processes PROMETHEUS_MULTIPROC_DIR is set before they start: prometheus-client reads it when it is first imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Bounds of the histogram: prometheus-client's own, with two for pages that count a large record."""
_OWN = CollectorRegistry()
_COUNTED = Counter("waqai_requests", "Requests that were answered.", ("method", "route", "status"), registry=_OWN)
_LASTED = Histogram("waqai_request_seconds", "From the request to the end of its answer.", ("route", "status"), registry=_OWN, buckets=SECONDS)
_AT_WORK = Gauge("waqai_requests_at_work", "Requests that are being answered.", registry=_OWN, multiprocess_mode="livesum")
TYPE = "text/plain; version=0.0.4; charset=utf-8"


def count_begin() -> None:
    """A request came in."""
    _AT_WORK.inc()


def count_end(*, method: str, route: str, status: int, seconds: float) -> None:
    """It was answered. `route` is the pattern of its address; of the status its class is kept, "2xx"."""
    kind = f"{status // 100}xx" if status else "none"
    _AT_WORK.dec()
    _COUNTED.labels(method, route, kind).inc()
    _LASTED.labels(route, kind).observe(seconds)


def expose(more: Iterable[Metric]) -> bytes:
    """All of it in Prometheus' text format, with these metrics beside.

    SOURCE: Prometheus, "Exposition formats", text-based format 0.0.4.
    """
    registry = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Given(_OWN.collect()))
    registry.register(_Given(more))
    return generate_latest(registry)


def forget_process(pid: int) -> None:
    """A process ended: what it had at work is not at work any more; what it counted stays."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]


class _Given(Collector):
    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics

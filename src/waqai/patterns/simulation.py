"""Made-up events of a self-exciting process, by its branching construction: every event has a Poisson number of children, at exponential delays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def daily_runs(rates: Floats, *, branching: float, decay: float, runs: int, rng: np.random.Generator) -> Counts:
    """Daily counts of `runs` made-up series: shape (runs, days). `rates` are the immigrants per day (days,), `decay` is per day.

    Times are continuous within the day and only then cut to days, so same-day children are in the counts. Hawkes & Oakes 1974: a Hawkes process is a
    Poisson cluster process.
    """
    days = rates.size
    first = rng.poisson(np.broadcast_to(rates, (runs, days)))
    where = np.repeat(np.arange(runs * days), first.ravel())
    run, time = where // days, where % days + rng.random(where.size)
    counts = first.ravel().astype(np.int64)
    while run.size and branching > 0:
        children = rng.poisson(branching, run.size)
        run, time = np.repeat(run, children), np.repeat(time, children)
        time = time + rng.exponential(1 / decay, time.size)
        kept = time < days
        run, time = run[kept], time[kept]
        counts += np.bincount(run * days + time.astype(np.int64), minlength=counts.size)
    return counts.reshape(runs, days)


def event_times(*, baseline: float, branching: float, decay: float, horizon: float, rng: np.random.Generator) -> Floats:
    """Sorted times of one made-up process with a constant baseline on (0, horizon), by generations."""
    born = rng.uniform(0, horizon, rng.poisson(baseline * horizon))
    times = [born]
    while born.size and branching > 0:
        parents = np.repeat(born, rng.poisson(branching, born.size))
        born = parents + rng.exponential(1 / decay, parents.size)
        born = born[born < horizon]
        times.append(born)
    return np.sort(np.concatenate(times))

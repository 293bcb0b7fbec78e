"""Every bench, in the order of the table in docs/quality.md."""

from __future__ import annotations

from bench.clone import measure_clone
from bench.figures import Bench

BENCHES: dict[str, Bench] = {
    bench.name: bench for bench in (Bench(name="clone", says="a new clone to the end of `make demo`", measure=measure_clone, slow=True),)
}

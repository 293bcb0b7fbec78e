"""Every bench, in the order of the table in docs/quality.md."""

from __future__ import annotations

from bench import corpus_links
from bench.claims_gold import measure_claims
from bench.clone import measure_clone
from bench.figures import Bench
from bench.gold import DATA as GOLD_DATA
from bench.muc4 import measure_muc4
from bench.reading_gold import measure_reading
from bench.seed import measure_seed
from bench.speed import measure_speed

BENCHES: dict[str, Bench] = {
    bench.name: bench
    for bench in (
        Bench(name="seed", says="the seed report's items, by the tests' own list", measure=measure_seed, data=("tests/golden", "tests/flow")),
        Bench(name="gold", says="the shipped reader on the gold development set, by its scorer", measure=measure_reading, data=GOLD_DATA),
        Bench(name="claims", says="claims alone on the gold development set", measure=measure_claims, data=GOLD_DATA),
        Bench(name="links", says="reader and linker on the demo corpus, by its scorer", measure=corpus_links.measure_links, data=corpus_links.DATA),
        Bench(name="speed", says="CPU time of one process on the gold texts", measure=measure_speed, data=GOLD_DATA),
        Bench(name="muc4", says="MUC-4's development part, by a bench model taught on its training part and not shipped", measure=measure_muc4, slow=True),
        Bench(name="clone", says="a new clone to the end of `make demo`", measure=measure_clone, slow=True),
    )
}

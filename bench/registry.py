"""Every bench, in the order of the table in docs/quality.md."""

from __future__ import annotations

from bench import corpus_links
from bench.attribution_polnear import measure_polnear
from bench.browsing import measure_browsing
from bench.claims_gold import measure_claims
from bench.clone import measure_clone
from bench.comparing import DATA as COMPARING_DATA
from bench.comparing import measure_comparing
from bench.corpus_figures import measure_given_links
from bench.crash import DATA as CRASH_DATA
from bench.crash import measure_crash
from bench.crashing import measure_crashing
from bench.crime_links import DATA as CRIME_DATA
from bench.crime_links import measure_gvc, measure_stream
from bench.dates_timex import DATA as TIMEX_DATA
from bench.dates_timex import measure_timex
from bench.desk import measure_desk
from bench.exporting import measure_exporting, measure_exporting_million
from bench.fetching import measure_fetching
from bench.figures import Bench
from bench.given import measure_given
from bench.gold import DATA as GOLD_DATA
from bench.hostile import measure_hostile
from bench.linking_speed import measure_linking_million, measure_linking_speed
from bench.muc4 import measure_muc4
from bench.patterns import DATA as PATTERN_DATA
from bench.patterns import measure_patterns
from bench.places import DATA as PLACES_DATA
from bench.places import measure_places
from bench.reading_gold import measure_reading, measure_rules
from bench.scale import measure_scale
from bench.seed import measure_seed
from bench.soaking import measure_soaking
from bench.speed import measure_speed
from bench.store_links import measure_links, measure_mixed_orders
from bench.stored import measure_stored
from bench.types_plv import DATA as TYPES_DATA
from bench.types_plv import measure_types

BENCHES: dict[str, Bench] = {
    bench.name: bench
    for bench in (
        Bench(name="seed", says="the seed report's items, by the tests' own list", measure=measure_seed, data=("tests/golden", "tests/flow")),
        Bench(name="gold", says="the shipped reader on gold reports that its models had not seen", measure=measure_reading, data=GOLD_DATA),
        Bench(name="rules", says="the rules alone, the fast profile, on the same reports", measure=measure_rules, data=GOLD_DATA),
        Bench(name="given", says="days and places of the gold reports when their words are given", measure=measure_given, data=GOLD_DATA),
        Bench(name="claims", says="claims alone on the gold development set", measure=measure_claims, data=GOLD_DATA),
        Bench(
            name="polnear",
            says="who says what on PolNeAR's development part: a bench model (not shipped) and the shipped reader",
            measure=measure_polnear,
            slow=True,
        ),
        Bench(name="links", says="a run of `waqai add` on the demo corpus, by its scorer", measure=measure_links, data=corpus_links.DATA),
        Bench(
            name="links_mixed",
            says="the same runs in mixed orders, the mean of eight",
            measure=measure_mixed_orders,
            data=corpus_links.DATA,
            slow=True,
        ),
        Bench(name="links_given", says="the same corpus's figures and speakers when its links are given", measure=measure_given_links, data=corpus_links.DATA),
        Bench(name="gvc", says="crime news through reader, store and linker: the Gun Violence Corpus", measure=measure_gvc, data=CRIME_DATA, slow=True),
        Bench(name="stream", says="the same for the stream it was cut from, articles before 2016", measure=measure_stream, data=CRIME_DATA, slow=True),
        Bench(
            name="types",
            says="our types as PLOVER's roots on PLV: the shipped rules, and a model that is only measured",
            measure=measure_types,
            data=TYPES_DATA,
        ),
        Bench(
            name="timex",
            says="dates as TIMEX3 values on TimeBank and AQUAINT, and three other date finders on the same texts",
            measure=measure_timex,
            data=TIMEX_DATA,
        ),
        Bench(name="places", says="every place of a text, on LGL and GeoVirus, and spellings of places", measure=measure_places, data=PLACES_DATA),
        Bench(name="speed", says="CPU time of one process on the gold texts", measure=measure_speed, data=GOLD_DATA),
        Bench(
            name="linking_speed",
            says="one report more in a made-up store of 10,000 and 100,000 incidents: time, memory, and whether its incident is found",
            measure=measure_linking_speed,
            slow=True,
        ),
        Bench(name="linking_million", says="the same in a store of a million incidents", measure=measure_linking_million, slow=True),
        Bench(
            name="browsing",
            says="lists, facets, maps, timelines and searches over 100,000 made-up incidents: time, memory",
            measure=measure_browsing,
            slow=True,
        ),
        Bench(
            name="desk",
            says="the desk's pages over 100,000 made-up incidents, twenty requests a second: time, errors; the first view's weight and paint",
            measure=measure_desk,
            slow=True,
        ),
        Bench(
            name="exporting",
            says="100,000 made-up incidents into a file of each format, as the public profile allows: time, memory",
            measure=measure_exporting,
            slow=True,
        ),
        Bench(
            name="comparing",
            says="two records of the same happenings, one of them changed as datasets differ: pairs found; time and memory of 10,000 against 10,000",
            measure=measure_comparing,
            data=COMPARING_DATA,
            slow=True,
        ),
        Bench(name="exporting_million", says="a million incidents as csv", measure=measure_exporting_million, slow=True),
        Bench(name="crash", says="`waqai add` of 500 reports killed twenty times, against one clean run", measure=measure_crash, data=CRASH_DATA, slow=True),
        Bench(name="muc4", says="MUC-4's development part, by a bench model taught on its training part and not shipped", measure=measure_muc4, slow=True),
        Bench(name="clone", says="a new clone to the end of `make demo`", measure=measure_clone, slow=True),
        Bench(
            name="patterns",
            says="patterns beside their nulls, self-excitation beside a library, forecasts beside conflictology, on public conflict data",
            measure=measure_patterns,
            data=PATTERN_DATA,
            slow=True,
        ),
        Bench(
            name="scale",
            says="reading by workers of this machine and by a Dask cluster, beside one process",
            measure=measure_scale,
            data=("data/composed",),
            slow=True,
        ),
        Bench(
            name="stored",
            says="a million reports stored against ten thousand: how fast more come in, how long a search takes",
            measure=measure_stored,
            slow=True,
        ),
        Bench(name="fetching", says="servers that lie, each fetched once: how it ends, time, memory", measure=measure_fetching, slow=True),
        Bench(name="hostile", says="ten thousand broken and hostile documents through intake", measure=measure_hostile, slow=True),
        Bench(
            name="crashing",
            says="nine kinds of steps, each killed before each of its writes",
            measure=measure_crashing,
            slow=True,
        ),
        Bench(
            name="soaking",
            says="a day of thirty feeds in an hour, one request in twenty failing: what is lost, doubled, leaks",
            measure=measure_soaking,
            slow=True,
        ),
    )
}

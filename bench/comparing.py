"""How well two records of the same happenings are matched, where the answer is known, and how fast: no public set holds two datasets with their true pairs.

    python -m bench.comparing                   the figures
    python -m bench.comparing --rows 10000      time and memory of so many against so many, in this process

One dataset is taken twice. The second copy loses a fifth of its events, gets as many others of the same days and places in their stead, and is changed as
datasets differ: days by one to three, places to their district, figures, kindred types, other names of parties and places. Three degrees: `mild`, `middle`
(about what reports of one event do: of 407, 43 % part on the day, 46 % on the dead, 52 % on the first party) and `hard`. The datasets: UCDP's events of Syria,
`thin` (1,200 drawn from four years) and `dense` (2,400 that follow one another in 2016, some twenty a day), and the demo's incidents against what `waqai export
--format acled` makes of them. Beside it stands what one would do in an hour by hand: the same day, and the nearest within 25 km.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import fmean

from bench.corpus_links import load_rows, strip_answers
from bench.figures import ROOT, Figure, Skipped
from waqai.bounds import INTERNAL, Bounds, Cleared
from waqai.codebook import UCDP_LIKE, Codebook, load_actors, load_codebook
from waqai.comparing import SCHEMES, Asked, Comparison, Held, compare, take_records, take_rows
from waqai.comparing.differing import measure_km
from waqai.comparing.sides import Range, Side, side_of_row
from waqai.export import Combiner, Making
from waqai.export.plan import make_plan, write_records
from waqai.flow import Filters, add_reports, build_chain, now, open_gazetteer, open_named_store, shipped_settings
from waqai.imports import ForeignRow, open_rows

DATA = ("../shared/bench/patterns/ucdp_ged_syria_2016_2019.csv.gz", "data/corpus")
SYRIA = ROOT.parent / "shared" / "bench" / "patterns" / "ucdp_ged_syria_2016_2019.csv.gz"
BASELINE_KM = 25.0
SEED, SEEDS = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """How often the second copy is changed, as shares: `near_day` by one day, `far_day` by two or three, `district` place moved to the middle of its
    district, `jitter_km` how far every point moves at most, and so on."""

    name: str
    near_day: float
    far_day: float
    district: float
    jitter_km: float
    renamed: float
    figures: float
    kindred: float
    parties: float


DEGREES = (
    Degree(name="mild", near_day=0.15, far_day=0.0, district=0.1, jitter_km=2, renamed=0.1, figures=0.2, kindred=0.05, parties=0.1),
    Degree(name="middle", near_day=0.3, far_day=0.1, district=0.35, jitter_km=4, renamed=0.4, figures=0.46, kindred=0.2, parties=0.4),
    Degree(name="hard", near_day=0.4, far_day=0.25, district=0.7, jitter_km=8, renamed=0.7, figures=0.7, kindred=0.4, parties=0.6),
)
OTHERS, MANY_OTHERS = 0.2, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of the pairs given, how many are right; of the true pairs, how many were given. `sure` counts matches alone, else possible ones too."""

    precision: float
    recall: float
    given: int

    @property
    def f1(self) -> float:
        return 0.0 if not self.precision + self.recall else 2 * self.precision * self.recall / (self.precision + self.recall)


def load_syria(codebook: Codebook) -> list[Side]:
    """UCDP's events of Syria, 2016 to 2019, as sides. Raises Skipped where the file is not."""
    if not SYRIA.exists():
        raise Skipped(f"{SYRIA.name} is not here")
    register = load_actors()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ged.csv"
        path.write_bytes(gzip.decompress(SYRIA.read_bytes()))
        with open_rows(path, codebook=codebook, register=register, dataset="ucdp") as table:
            rows = [row for row in table.rows if isinstance(row, ForeignRow)]
    return [side_of_row(row, codebook=codebook, register=register, code_column="type_of_violence") for row in rows]


def make_case(sides: Sequence[Side], degree: Degree, *, codebook: Codebook, seed: int = SEED, others: float = OTHERS) -> tuple[list[Side], list[Side]]:
    """Ours and theirs of about equal number; of one happening, both have the id up to its first colon."""
    random = Random(seed)
    drawn = list(sides)
    random.shuffle(drawn)
    apart = round(len(drawn) * others / (1 + others))
    foreign, ours = drawn[:apart], drawn[apart:]
    kept = ours[round(len(ours) * others) :]
    middles = find_middles(sides)
    theirs = [change(side, degree, random=random, middles=middles, codebook=codebook) for side in kept] + [
        replace(side, id=f"{side.id}:other") for side in foreign
    ]
    random.shuffle(theirs)
    return ours, theirs


def find_middles(sides: Iterable[Side]) -> dict[tuple[str | None, str | None], tuple[float, float]]:
    """By province and district, the middle of the points in it."""
    points: dict[tuple[str | None, str | None], list[tuple[float, float]]] = defaultdict(list)
    for side in sides:
        if side.lat is not None and side.lon is not None:
            points[side.admin1, side.admin2].append((side.lat, side.lon))
    return {key: (sum(lat for lat, _ in some) / len(some), sum(lon for _, lon in some) / len(some)) for key, some in points.items()}


def change(side: Side, degree: Degree, *, random: Random, middles: Mapping[tuple[str | None, str | None], tuple[float, float]], codebook: Codebook) -> Side:
    """The same happening as another dataset has it."""
    made = replace(side, id=f"{side.id}:theirs", code=None)
    draw = random.random()
    days = random.choice((-1, 1)) if draw < degree.near_day else random.choice((-3, -2, 2, 3)) if draw < degree.near_day + degree.far_day else 0
    if made.first is not None and made.last is not None:
        made = replace(made, first=made.first + timedelta(days=days), last=made.last + timedelta(days=days))
    made = _move(made, degree, random=random, middles=middles)
    if random.random() < degree.renamed:
        made = replace(made, place=f"{made.place or ''} {random.choice(('countryside', 'area', 'outskirts', 'axis'))}")
    if random.random() < degree.figures:
        made = replace(made, figures={measure: _other(held, random) for measure, held in made.figures.items()})
    if random.random() < degree.kindred and made.family is not None:
        made = replace(made, type=random.choice([one for one in sorted(codebook.types) if codebook.get_type(one).family == made.family]))
    if random.random() < degree.parties:
        made = replace(made, keys=random.choice(((), tuple(f"{key} fighters" for key in made.keys), made.keys[:1], ("unidentified armed group",))))
    return made


def _move(side: Side, degree: Degree, *, random: Random, middles: Mapping[tuple[str | None, str | None], tuple[float, float]]) -> Side:
    if side.lat is None or side.lon is None:
        return side
    if random.random() < degree.district:
        lat, lon = middles[side.admin1, side.admin2]
        return replace(side, lat=lat, lon=lon, radius_km=max(25.0, side.radius_km or 0.0), place=side.admin2)
    reach = degree.jitter_km / 111
    return replace(side, lat=side.lat + random.uniform(-reach, reach), lon=side.lon + random.uniform(-reach, reach))


def _other(held: Range, random: Random) -> Range:
    number = max(0, round(held.number * random.choice((0.5, 0.7, 1.3, 1.5, 2)) + random.choice((-1, 0, 1))))
    return Range(low=number, high=number, best=number)


def true_pairs(ours: Iterable[Side], theirs: Iterable[Side]) -> set[tuple[str, str]]:
    held = {side.id for side in ours}
    return {(side.id.partition(":")[0], side.id) for side in theirs if side.id.endswith(":theirs") and side.id.partition(":")[0] in held}


def score(given: Iterable[tuple[str, str]], truth: set[tuple[str, str]]) -> Score:
    pairs = set(given)
    right = len(pairs & truth)
    return Score(precision=right / len(pairs) if pairs else 0.0, recall=right / len(truth) if truth else 0.0, given=len(pairs))


def pairs_of(comparison: Comparison, *verdicts: str) -> Iterator[tuple[str, str]]:
    for one in comparison.matched:
        if one.match.verdict in verdicts:
            yield from ((mine.id, other.id) for mine in one.ours for other in one.theirs)


def match_by_hand(ours: Sequence[Side], theirs: Sequence[Side]) -> Iterator[tuple[str, str]]:
    """The baseline: of those on the same day, the nearest two first, no further than 25 km apart, one to one."""
    days: dict[object, list[Side]] = defaultdict(list)
    for side in theirs:
        days[side.first].append(side)
    near = ((measure_km(mine, other), mine.id, other.id) for mine in ours for other in days[mine.first])
    taken: set[str] = set()
    for _, mine_id, other_id in sorted((km, mine_id, other_id) for km, mine_id, other_id in near if km is not None and km <= BASELINE_KM):
        if mine_id not in taken and other_id not in taken:
            taken.update((mine_id, other_id))
            yield mine_id, other_id


def run_case(sides: Sequence[Side], degree: Degree, *, codebook: Codebook, seed: int = SEED, others: float = OTHERS) -> dict[str, Score]:
    """Scores of the matches, of matches and possible ones together, and of the baseline."""
    ours, theirs = make_case(sides, degree, codebook=codebook, seed=seed, others=others)
    return _score_all([Held(side=one) for one in ours], theirs, true_pairs(ours, theirs))


def _score_all(ours: Sequence[Held], theirs: Sequence[Side], truth: set[tuple[str, str]]) -> dict[str, Score]:
    found = compare(ours, [Held(side=one) for one in theirs], scheme=SCHEMES["csv"], asked=Asked())
    return {
        "match": score(pairs_of(found, "match"), truth),
        "match or possible": score(pairs_of(found, "match", "possible"), truth),
        "by hand": score(match_by_hand([one.side for one in ours], theirs), truth),
    }


def choose_thin(sides: Sequence[Side]) -> list[Side]:
    """1,200 drawn from all."""
    return Random(SEED).sample(sorted(sides, key=lambda one: one.id), 1200)


def choose_dense(sides: Sequence[Side]) -> list[Side]:
    """2,400 that follow one another."""
    return sorted(sides, key=lambda one: (str(one.first), one.id))[3000:5400]


def measure_comparing() -> Iterator[Figure]:
    """The figures. Raises Skipped where UCDP's file is not."""
    codebook = load_codebook()
    sides = load_syria(codebook)
    for name, chosen, degrees in (("thin", choose_thin(sides), DEGREES), ("dense", choose_dense(sides), DEGREES)):
        for degree in degrees:
            yield from _figures(f"{name} {degree.name}", run_case(chosen, degree, codebook=codebook), n=len(chosen))
        few = run_case(chosen, DEGREES[1], codebook=codebook, others=MANY_OTHERS)
        yield from _figures(f"{name} middle, a quarter in common", few, n=len(chosen), target=None)
    yield from measure_demo(codebook)
    yield from measure_speed(10_000)


def _figures(name: str, scores: Mapping[str, Score], *, n: int, target: float | None = 0.9) -> Iterator[Figure]:
    yield Figure(f"{name}: matches that are right", scores["match"].precision, "", target, n, noise=0.005)
    yield Figure(f"{name}: found as matches", scores["match"].recall, "", None, n, noise=0.005)
    yield Figure(f"{name}: F1, perhaps included", scores["match or possible"].f1, "", None, n, noise=0.005)
    yield Figure(f"{name}: F1 by hand", scores["by hand"].f1, "", None, n, noise=0.005)


def measure_demo(codebook: Codebook) -> Iterator[Figure]:
    """The demo's incidents against their own rows in ACLED's columns, changed to the middle degree: the mean over SEEDS runs, as they are few."""
    ours, theirs = _load_demo(codebook)
    middles, runs = find_middles(theirs), []
    for seed in range(SEEDS):
        random = Random(seed)
        others = [change(side, DEGREES[1], random=random, middles=middles, codebook=codebook) for side in theirs]
        runs.append(_score_all(ours, others, {(side.id, f"{side.id}:theirs") for side in theirs}))
    means = {
        kind: Score(precision=fmean(run[kind].precision for run in runs), recall=fmean(run[kind].recall for run in runs), given=runs[0][kind].given)
        for kind in runs[0]
    }
    yield from _figures("demo middle", means, n=len(theirs))


def _load_demo(codebook: Codebook) -> tuple[list[Held], list[Side]]:
    """Ours, and the rows that we export of them in ACLED's columns as theirs; of one happening both have one id."""
    register, scheme = load_actors(), SCHEMES["acled"]
    making = Making(codebook=codebook, combiner=Combiner(rule=UCDP_LIKE, codebook=codebook, actors=register), register=register)
    bounds = Bounds(INTERNAL, places=open_gazetteer(shipped_settings()), actors=register, at=now())
    plan = make_plan("acled", tables=(), out="acled.csv", making=Making(codebook=codebook, combiner=Combiner(codebook=codebook, actors=register)))
    with tempfile.TemporaryDirectory() as folder, open_named_store(f"{folder}/demo.sqlite", must_exist=False) as store:
        add_reports([strip_answers(row) for row in load_rows()], build_chain(shipped_settings()), store)
        path = Path(folder) / "acled.csv"
        with path.open("wb") as file:
            write_records(store, Filters(), plan=plan, bounds=bounds, file=file, told={})
        cleared = [one for one in map(bounds.clear, store.iter_records(forbids=lambda terms: False, told=True)) if isinstance(one, Cleared)]
        with open_rows(path, codebook=codebook, register=register, dataset="acled", stand_in=scheme.stand_in) as table:
            rows = [row for row in table.rows if isinstance(row, ForeignRow)]
    theirs = take_rows(rows, scheme, codebook=codebook, register=register)
    return take_records(cleared, scheme, making), [one.side for one in theirs]


def measure_speed(rows: int) -> Iterator[Figure]:
    """In a process of its own: the clock, and the largest memory that it had."""
    done = subprocess.run([sys.executable, "-m", "bench.comparing", "--rows", str(rows)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"--rows {rows} ended with {done.returncode}: {done.stderr[-400:]}")
    told = json.loads(done.stdout)
    yield Figure(f"{rows:,} against {rows:,}: seconds", told["seconds"], "s", 120, rows, better="lower", noise=60)
    yield Figure(f"{rows:,} against {rows:,}: memory", told["peak_mb"], "MB", 2_000, rows, better="lower", noise=200)


def run_rows(rows: int) -> dict[str, float]:
    """Compare so many of UCDP's events of Syria with their changed copies; the clock of the comparison, and the peak of the whole process."""
    codebook = load_codebook()
    sides = sorted(load_syria(codebook), key=lambda one: (str(one.first), one.id))[: round(rows * (1 + OTHERS))]
    ours, theirs = make_case(sides, DEGREES[1], codebook=codebook)
    began = time.perf_counter()
    compare([Held(side=one) for one in ours], [Held(side=one) for one in theirs], scheme=SCHEMES["csv"], asked=Asked())
    seconds = time.perf_counter() - began
    return {"ours": len(ours), "theirs": len(theirs), "seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int)
    told = parser.parse_args()
    if told.rows:
        print(json.dumps(run_rows(told.rows)))
        return 0
    for one in measure_comparing():
        print(f"{one.name:45} {one.value:8.3f} {one.unit}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

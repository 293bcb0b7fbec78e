"""How well two records of the same happenings are matched, where the answer is known, and how fast: no public set holds two datasets with their true pairs.

    python -m bench.comparing [--rows N] [--seed N]

One dataset (UCDP's events of Syria, and the demo's incidents) is taken twice. The second copy loses a fifth of its events, gets as many others of the same
days and places in their stead, and is changed as datasets differ: days by one to three, places to their district, figures, kindred types, other names of
parties and places. Three degrees: `mild`, `middle` (about what reports of one event do: 43 % part on the day or its neighbour, 46 % on the dead, 52 % on the
first party) and `hard`. Beside it stands what one would do in an hour by hand: the same day, and the nearest within 25 km.
"""

from __future__ import annotations

import gzip
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.figures import ROOT, Skipped
from waqai.codebook import Codebook, load_actors
from waqai.comparing.comparison import Asked, Comparison, Held, compare
from waqai.comparing.differing import measure_km
from waqai.comparing.schemes import SCHEMES
from waqai.comparing.sides import Range, Side, side_of_row
from waqai.imports import ForeignRow, open_rows

SYRIA = ROOT.parent / "shared" / "bench" / "patterns" / "ucdp_ged_syria_2016_2019.csv.gz"
BASELINE_KM = 25.0
SEED = 1


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
OTHERS = 0.2


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
    if random.random() < degree.kindred:
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


def run_case(sides: Sequence[Side], degree: Degree, *, codebook: Codebook, seed: int = SEED) -> dict[str, Score]:
    """Scores of the matches, of matches and possible ones together, and of the baseline."""
    ours, theirs = make_case(sides, degree, codebook=codebook, seed=seed)
    truth = true_pairs(ours, theirs)
    found = compare([Held(side=one) for one in ours], [Held(side=one) for one in theirs], scheme=SCHEMES["csv"], asked=Asked())
    return {
        "match": score(pairs_of(found, "match"), truth),
        "match or possible": score(pairs_of(found, "match", "possible"), truth),
        "by hand": score(match_by_hand(ours, theirs), truth),
    }

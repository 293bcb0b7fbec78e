"""Pairs of sides with the probability that both tell of one happening, by Splink on DuckDB, in memory and without a network.

`u` of each step is measured on pairs drawn from the two records, and joined with the stated one, which counts as much as `STATED_PAIRS` pairs. `m` is as
stated: learning it needs many true pairs, and where there are few it learns something else (docs/decisions/0056). Which pairs are drawn depends on the order of
the sides alone, and pairs come in order, so that the same two records always give the same answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from waqai.comparing.frames import make_columns
from waqai.comparing.levels import COMPARED, Compared, Level
from waqai.comparing.sides import Side
from waqai.core import MissingPart

if TYPE_CHECKING:
    import duckdb

THREADS = 2
MEMORY = "2GB"
DRAWN_PAIRS = 500_000
STATED_PAIRS = 1_000
LEAST_PROBABILITY = 0.001
"""Pairs less probable than that are not handed on."""
LEAST_U = 0.001
"""A value is taken for no rarer than this: names and numbers that stand in one record only once may be slips."""
EXPECTED_SHARE = 0.75
"""Of the smaller record, how much we expect to find in the other before anything is compared."""
_WANTED = ", ".join(("unique_id_l", "unique_id_r", "match_weight", "match_probability", *(f"gamma_{one.name}" for one in COMPARED)))
_LOCKED: Mapping[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One of ours and one of theirs, by place in their lists; `weight` in bits, `because` the steps that were met."""

    ours: int
    theirs: int
    weight: float
    probability: float
    because: tuple[str, ...]


def match_sides(ours: Sequence[Side], theirs: Sequence[Side]) -> list[Pair]:
    """The pairs that may be one happening, the weightiest first. Raises MissingPart without Splink."""
    if not ours or not theirs:
        return []
    with _linking() as splink:
        return sorted(splink.iter_pairs(ours, theirs), key=lambda pair: (-pair.weight, pair.ours, pair.theirs))


def require_parts() -> None:
    """Raises MissingPart where Splink or DuckDB is not installed."""
    missing = [name for name in ("duckdb", "splink") if find_spec(name) is None]
    if missing:
        raise MissingPart(f"comparing needs {' and '.join(missing)}, not in the default install; `pip install 'waqai[compare]'` brings what is missing")


@contextmanager
def _linking() -> Iterator[_Linking]:
    """Splink over a database of its own, which is gone afterwards; its own messages are not for our users."""
    require_parts()
    import duckdb

    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY, **_LOCKED})
    try:
        yield _Linking(connection)
    finally:
        connection.close()
        logger.setLevel(before)


class _Linking:
    """One run over one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        from splink import DuckDBAPI

        self._api = DuckDBAPI(connection)

    def iter_pairs(self, ours: Sequence[Side], theirs: Sequence[Side]) -> Iterator[Pair]:
        tables = [self._register("a_ours", ours, widened=True), self._register("b_theirs", theirs, widened=False)]
        prior = EXPECTED_SHARE * min(len(ours), len(theirs)) / (len(ours) * len(theirs))
        pairs = len(ours) * len(theirs)
        u = self._measure_u(tables, prior, pairs=pairs) if pairs > STATED_PAIRS else STATED_U
        found = self._linker(tables, _settings(prior, u)).inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
        for left, right, weight, probability, *gammas in found.as_duckdbpyrelation().project(_WANTED).fetchall():
            said = (one.says(gamma) for one, gamma in zip(COMPARED, gammas, strict=True))
            yield Pair(
                ours=int(left),
                theirs=int(right),
                weight=round(weight, 6),
                probability=round(probability, 6),
                because=tuple(words for words in said if words is not None),
            )

    def _register(self, name: str, sides: Sequence[Side], *, widened: bool) -> Any:
        import pyarrow as pa

        return self._api.register(pa.table(make_columns(sides, widened=widened), schema=_schema()), table_name=name)

    def _linker(self, tables: Sequence[Any], settings: dict[str, Any]) -> Any:
        from splink import Linker

        return Linker(tables, settings, log_level=None, validate_settings=False)

    def _measure_u(self, tables: Sequence[Any], prior: float, *, pairs: int) -> dict[str, tuple[float, ...]]:
        """By what is compared, `u` of each step: measured on drawn pairs, joined with the stated one."""
        linker = self._linker(tables, _settings(prior, STATED_U))
        linker.training.estimate_u_using_random_sampling(max_pairs=DRAWN_PAIRS, seed=1, min_count_per_level=None, num_chunks=1)
        held = {one["output_column_name"]: one["comparison_levels"] for one in linker.misc.save_model_to_json()["comparisons"]}
        return {one.name: join_u(one, _measured(held[one.name]), drawn=min(pairs, DRAWN_PAIRS), prior=prior) for one in COMPARED}


STATED_U: Mapping[str, tuple[float, ...]] = {one.name: tuple(level.u for level in one.levels) for one in COMPARED}


def join_u(compared: Compared, measured: Sequence[float], *, drawn: int, prior: float) -> tuple[float, ...]:
    """Measured and stated `u` of each step as one, summing to 1. Among `drawn` pairs a share `prior` is of one happening: its part is taken off first.

    >>> [round(one, 4) for one in join_u(COMPARED[2], (0.5, 0.3, 0.2), drawn=9_000, prior=0.0)]
    [0.47, 0.3, 0.23]
    """
    parted = [max(0.0, share - prior * level.m) for share, level in zip(measured, compared.levels, strict=True)]
    counts = [share * drawn + level.u * STATED_PAIRS for share, level in zip(parted, compared.levels, strict=True)]
    return tuple(count / sum(counts) for count in counts)


def _measured(levels: Sequence[Mapping[str, Any]]) -> list[float]:
    """`u` as Splink measured it, 0 for a step that no pair met."""
    told = (level.get("u_probability") for level in levels if not level.get("is_null_level"))
    return [value if isinstance(value, float) else 0.0 for value in told]


def _settings(prior: float, u: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    return {
        "link_type": "link_only",
        "linker_uid": "waqai",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.blocks = r.blocks", "arrays_to_explode": ["blocks"]}],
        "comparisons": [_comparison(one, u[one.name]) for one in COMPARED],
        "retain_matching_columns": True,  # it keeps the steps that were met, too
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(compared: Compared, u: Sequence[float]) -> dict[str, Any]:
    unknown = {"sql_condition": compared.unknown, "label_for_charts": "unknown", "is_null_level": True}
    levels = [_level(level, share) for level, share in zip(compared.levels, u, strict=True)]
    return {"output_column_name": compared.name, "comparison_levels": [unknown, *levels]}


def _level(level: Level, u: float) -> dict[str, Any]:
    made = {"sql_condition": level.sql or "ELSE", "label_for_charts": level.says, "m_probability": level.m, "u_probability": u}
    return made if level.rarity is None else made | {"tf_adjustment_column": level.rarity, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": LEAST_U}


def _schema() -> Any:
    import pyarrow as pa

    kinds = {"first": pa.int64(), "last": pa.int64(), **dict.fromkeys(("lat", "lon", "radius", "killed", "killed_low", "killed_high"), pa.float64())}
    kinds |= dict.fromkeys(("measures", "counts", "keys", "blocks"), pa.list_(pa.string()))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in make_columns((), widened=False)])

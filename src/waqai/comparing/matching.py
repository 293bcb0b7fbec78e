"""Pairs of sides with the probability that both tell of one happening, by Splink on DuckDB, in memory and without a network.

`u` of each step is measured on pairs drawn from the two records (chances.py). `m` is as stated: learning it needs many true pairs, and where there are few
it learns something else (docs/decisions/0056). Which pairs are drawn depends on the order of the sides alone, and pairs come in order, so that the same two
records always give the same answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from waqai.comparing.chances import STATED_PAIRS, STATED_U, count_rarity, join_u, keep_order
from waqai.comparing.frames import make_columns
from waqai.comparing.levels import COMPARED, Compared, Level
from waqai.comparing.sides import Side
from waqai.core import MissingPart

if TYPE_CHECKING:
    import duckdb

THREADS = 2
MEMORY = "2GB"
DRAWN_PAIRS = 500_000
LEAST_PROBABILITY = 0.001
"""Pairs less probable than that are not handed on."""
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
        columns = make_columns(ours, widened=True), make_columns(theirs, widened=False)
        tables = [self._register(name, held, schema=_schema()) for name, held in zip(("a_ours", "b_theirs"), columns, strict=True)]
        pairs = len(ours) * len(theirs)
        prior = EXPECTED_SHARE * min(len(ours), len(theirs)) / pairs
        measured = self._measure_u(tables, prior, pairs=pairs) if pairs > STATED_PAIRS else STATED_U
        u = {one.name: keep_order(one, measured[one.name]) for one in COMPARED}
        linker = self._linker(tables, _settings(prior, u))
        for one in COMPARED:
            self._register_rarity(linker, one, columns, u[one.name])
        found = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
        for left, right, weight, probability, *gammas in found.as_duckdbpyrelation().project(_WANTED).fetchall():
            said = (one.says(gamma) for one, gamma in zip(COMPARED, gammas, strict=True))
            yield Pair(
                ours=int(left),
                theirs=int(right),
                weight=round(weight, 6),
                probability=round(probability, 6),
                because=tuple(words for words in said if words is not None),
            )

    def _register(self, name: str, columns: Mapping[str, Sequence[Any]], *, schema: Any = None) -> Any:
        import pyarrow as pa

        return self._api.register(pa.table(dict(columns), schema=schema), table_name=name)

    def _register_rarity(self, linker: Any, compared: Compared, columns: Sequence[Mapping[str, Sequence[Any]]], u: Sequence[float]) -> None:
        """Tell Splink how rare each value is, where the closest step goes by that."""
        column = next((level.rarity for level in compared.levels if level.rarity), None)
        if column is not None:
            found = count_rarity(compared, [value for held in columns for value in held[column]], u)
            table = self._register(f"rarity_of_{column}", {column: list(found), f"tf_{column}": list(found.values())}, schema=_rarity_schema(column))
            linker.table_management.register_term_frequency_lookup(table, column)

    def _linker(self, tables: Sequence[Any], settings: dict[str, Any]) -> Any:
        from splink import Linker

        return Linker(tables, settings, log_level=None, validate_settings=False)

    def _measure_u(self, tables: Sequence[Any], prior: float, *, pairs: int) -> dict[str, tuple[float, ...]]:
        """By what is compared, `u` of each step: measured on drawn pairs, joined with the stated one."""
        linker = self._linker(tables, _settings(prior, STATED_U))
        linker.training.estimate_u_using_random_sampling(max_pairs=DRAWN_PAIRS, seed=1, min_count_per_level=None, num_chunks=1)
        held = {one["output_column_name"]: one["comparison_levels"] for one in linker.misc.save_model_to_json()["comparisons"]}
        return {one.name: join_u(one, _measured(held[one.name]), drawn=min(pairs, DRAWN_PAIRS), prior=prior) for one in COMPARED}


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
    return made if level.rarity is None else made | {"tf_adjustment_column": level.rarity, "tf_adjustment_weight": 1.0}


def _schema() -> Any:
    import pyarrow as pa

    return pa.schema([(name, _kinds().get(name, pa.string())) for name in make_columns((), widened=False)])


def _rarity_schema(column: str) -> Any:
    import pyarrow as pa

    return pa.schema([(column, _kinds().get(column, pa.string())), (f"tf_{column}", pa.float64())])


def _kinds() -> dict[str, Any]:
    """The columns that are no words."""
    import pyarrow as pa

    kinds = dict.fromkeys(("first", "last"), pa.int64())
    kinds |= dict.fromkeys(("lat", "lon", "radius", "killed", "killed_low", "killed_high"), pa.float64())
    return kinds | dict.fromkeys(("measures", "counts", "keys", "blocks"), pa.list_(pa.string()))

"""Monthly forecasts: shown where their model was measured, registered before their months begin, scored after. The models are in `forecasting`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import sqlalchemy as sa

from waqai.core import Day
from waqai.forecasting import BESIDE, DEFAULT, Backtest, Forecast, LeftOut, Made, Panel, count_known, make_forecast
from waqai.forecasting.months import month_of, name_month
from waqai.forecasting.scope import Scope
from waqai.observing.answers import Answer, Table, count_of, not_testable, to_figures
from waqai.patterns.testable import NotTestable
from waqai.plots import Ahead, Column, Picture, make_columns
from waqai.schema import tables
from waqai.store import Store
from waqai.vintages import add_backtest, backtest_known, list_backtests, list_forecasts, list_shown, load_known, register_forecasts

TITLE = "How many in the months ahead?"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
SHOWN_MONTHS = 36
MONTHS_AHEAD = 6
HELD_DAYS = 4
"""Days before now whose end a forecast is made from: what is under 72 hours old is in none."""
SILENT_DAYS = 62
"""After so many days without a report a record is not up to date, and its newest months are no counts."""
ORIGINS_APART = 3
"""Months between the origins of the backtest."""


def ask_forecast(store: Store, *, scope: Scope, unit: str | None, at: datetime, register: bool = False, seed: int = 1) -> Answer:
    """The forecast of one unit, or of the one with most happenings, as the store knew it some days before `at`: nothing of the last 72 hours is in it.

    It is shown only where its model was measured on this record beside conflictology-12. `register` keeps it, with all units', before its months begin.
    Raises NotPossible as `register_forecasts` does.
    """
    known, day = load_known(store), (at - timedelta(days=HELD_DAYS)).date()
    panel, left_out = count_known(known, day, scope=scope)
    asked = f"{scope.measure} by month, by {'country' if scope.level == 'country' else 'province'}; {_families(scope)}"
    if (newest := _newest_report(store, at=at)) is None or (day - newest).days > SILENT_DAYS:
        since = "" if newest is None else f" was published on {newest.isoformat()}: that nothing is on record since is no sign that nothing happened"
        return not_testable(TITLE, asked, f"The newest report{since or ' has no day'}. Bring the record up to date first.")
    ahead = month_of(at.date()) + 1 - panel.last_month
    horizons = tuple(range(ahead, ahead + MONTHS_AHEAD))
    made = make_forecast(panel, made_at=at, horizons=horizons, seed=seed)
    if isinstance(made, NotTestable):
        return not_testable(TITLE, asked, f"{made.why[:1].upper()}{made.why[1:]}.")
    notes = [f"registered: {count_of(len(register_forecasts(made, store, at=at)), 'forecast')}"] if register else []
    tested = backtest_known(known, scope=scope, today=day, horizons=horizons, seed=seed, every=ORIGINS_APART)
    if not isinstance(tested, NotTestable) and register:
        add_backtest(tested, store, scope=scope, at=at)
    measured = not isinstance(tested, NotTestable) or _is_default_shown(store, scope)
    chosen = (
        next((one for one in made.forecasts if one.unit.casefold() == unit.casefold()), None)
        if unit
        else made.forecasts[int(np.argmax(panel.counts.sum(axis=1)))]
    )
    if chosen is None:
        return not_testable(TITLE, asked, f"The record holds nothing of {unit}; it holds {', '.join(panel.units[:12])}.")
    notes += [f"left out: {n:,} {why}" for why, n in _words_of(left_out) if n]
    if not measured:
        return not_testable(TITLE, f"{chosen.unit}: {asked}", _why_hidden(tested, made), notes)
    return Answer(
        title=TITLE,
        asked=f"{chosen.unit}: {asked}",
        says=tuple(_say(chosen, tested)),
        tables=(_table(chosen, made), *(() if isinstance(tested, NotTestable) else (_scores(tested),))),
        picture=_picture(chosen, panel),
        notes=tuple(notes),
        plain=to_figures({"forecast": chosen.to_plain(), "backtest": tested}),
    )


def _is_default_shown(store: Store, scope: Scope) -> bool:
    """Whether the model was scored in this very version: another version draws something else."""
    return any((one.forecast.model, one.forecast.version) == (DEFAULT.name, DEFAULT.version) for one in list_shown(store, scope=scope))


def _families(scope: Scope) -> str:
    return " and ".join(scope.families).replace("_", " ") or "all families"


def _newest_report(store: Store, *, at: datetime) -> Day | None:
    """Of those up to now: a day ahead is a slip, and would make a silent record look up to date."""
    published = tables.reports.c.published
    with store.reading() as connection:
        newest: Day | None = connection.scalar(sa.select(sa.func.max(published)).where(published <= at.date()))
    return newest


def list_scored(store: Store) -> Answer:
    """The register: forecasts whose models were measured, with what they were worth so far beside the reference."""
    found = list_shown(store)
    hidden = len(list_forecasts(store)) - len(found)
    rows = [
        (
            one.forecast.unit,
            one.forecast.model,
            f"{name_month(one.forecast.months[0])} to {name_month(one.forecast.months[-1])}",
            f"{len(one.scored)} of {len(one.forecast.months)}",
            f"{np.mean([mark.values['crps'] for mark in one.scored]):.2f}" if one.scored else "–",
        )
        for one in found
    ]
    columns = ("unit", "model", "months", "scored", "mean CRPS")
    says = f"{count_of(len(found), 'forecast')} on record, {count_of(len(list_backtests(store)), 'backtest')}; {hidden:,} hidden until their model is measured."
    return Answer(title="Registered forecasts", asked="lower CRPS is better", says=(says,), tables=(Table(title="", columns=columns, rows=tuple(rows)),))


def _why_hidden(tested: Backtest | NotTestable, made: Made) -> str:
    why = f" {tested.why[:1].upper()}{tested.why[1:]}." if isinstance(tested, NotTestable) else ""
    begins = made.forecasts[0].starts.isoformat()
    return (
        f"A forecast is shown when its model was measured on this record, and it was not yet.{why} Register it (--register) before {begins}; "
        "`waqai patterns scores` scores it when its months are over."
    )


def _say(chosen: Forecast, tested: Backtest | NotTestable) -> list[str]:
    month = chosen.months[0]
    low, median, high = chosen.quantiles_of(month, (0.05, 0.5, 0.95))
    lead = f"{chosen.unit} in {name_month(month)}: {low:,.0f} to {high:,.0f} with nine chances in ten, as likely over as under {median:,.0f}."
    if isinstance(tested, NotTestable):
        return [lead, "It was scored in earlier months (`waqai patterns scores`)."]
    ours, beside = tested.of(DEFAULT.name).scores, tested.of(BESIDE.name).scores
    gain = 1 - ours.crps / beside.crps if beside.crps else 0.0
    better = f"{gain:.0%} lower (better) than" if gain > 0.005 else f"{-gain:.0%} higher (worse) than" if gain < -0.005 else "the same as"
    worth = (
        f"Tested from {count_of(len(tested.origins), 'past month')}, each with what was known then: CRPS {ours.crps:.2f}, {better} that of the last twelve "
        f"months drawn again ({BESIDE.name}, {beside.crps:.2f}); its nine-in-ten interval held {ours.coverage:.0%} of months, and "
        f"{_share(ours.coverage_active)} of those in which something happened."
    )
    return [lead, worth, "It counts what is reported. It says nothing of a place within, of a day, or of why."]


def _table(chosen: Forecast, made: Made) -> Table:
    other = next(one for one in made.beside if one.unit == chosen.unit)
    rows = []
    for month in chosen.months:
        low, half_low, median, half_high, high = chosen.quantiles_of(month, LEVELS)
        beside = other.quantiles_of(month, (0.05, 0.95))
        row = (name_month(month), f"{median:,.0f}", f"{half_low:,.0f} to {half_high:,.0f}", f"{low:,.0f} to {high:,.0f}")
        rows.append((*row, f"{beside[0]:,.0f} to {beside[1]:,.0f}"))
    return Table(title="Months ahead", columns=("month", "median", "half", "nine tenths", f"nine tenths, {BESIDE.name}"), rows=tuple(rows))


def _scores(tested: Backtest) -> Table:
    rows = [
        (one.model, f"{s.crps:.2f}", f"{s.ign:.2f}", f"{s.mis:.1f}", f"{s.brier[1]:.3f}", f"{s.coverage:.0%}", _share(s.coverage_active))
        for one in tested.tested
        if (s := one.scores)
    ]
    columns = ("model", "CRPS", "IGN", "MIS 90 %", "Brier, any", "coverage", "coverage, months with any")
    return Table(title="What it would have been worth (lower is better; coverage: near 90 %)", columns=columns, rows=tuple(rows))


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.0%}"


def _words_of(left_out: LeftOut) -> Sequence[tuple[str, int]]:
    return [
        ("known to no one month", left_out.undated),
        ("without such an area", left_out.unplaced),
        ("that are planned, threatened or denied", left_out.not_happened),
        ("before the panel, or in the month that goes on", left_out.outside),
    ]


def _picture(chosen: Forecast, panel: Panel) -> Picture | None:
    counts = panel.counts[panel.units.index(chosen.unit)]
    first = max(panel.months - SHOWN_MONTHS, 0)
    past = [Column(label=name_month(panel.first_month + n), sure=int(counts[n])) for n in range(first, panel.months)]
    ahead = []
    for month in chosen.months:
        low, half_low, median, half_high, high = chosen.quantiles_of(month, LEVELS)
        ahead.append(Ahead(label=name_month(month), median=median, half=(half_low, half_high), most=(low, high)))
    return make_columns(past, title=TITLE, alt=f"{chosen.unit}: {count_of(len(past), 'month')} of counts, and {len(ahead)} months ahead.", ahead=ahead)

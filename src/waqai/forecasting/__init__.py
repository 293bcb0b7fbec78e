"""Monthly forecasts of counts with full predictive distributions, what they are worth, and backtests beside conflictology.

`panel`: counts by unit and month. `known`: which incidents were known when, and the panel of any past day. `scope`: what may be forecast at all.
`draws`: predictive distributions as equally likely values. `regression`: the NB2 regression. `models`: who forecasts. `forecast`: a forecast as it is
registered. `scores`, `backtest`: what it was worth.
"""

from waqai.forecasting.backtest import Backtest, Tested, run_backtest
from waqai.forecasting.forecast import Forecast, Made, make_forecast
from waqai.forecasting.known import KnownIncidents, LeftOut, count_known
from waqai.forecasting.models import BESIDE, DEFAULT, MODELS, Model
from waqai.forecasting.panel import Panel, make_panel
from waqai.forecasting.scope import CUSTODY, LEVELS, Scope, check_scope
from waqai.forecasting.scores import IGN_VARIANT, Scores, score_draws

__all__ = [
    "BESIDE",
    "CUSTODY",
    "DEFAULT",
    "IGN_VARIANT",
    "LEVELS",
    "MODELS",
    "Backtest",
    "Forecast",
    "KnownIncidents",
    "LeftOut",
    "Made",
    "Model",
    "Panel",
    "Scope",
    "Scores",
    "Tested",
    "check_scope",
    "count_known",
    "make_forecast",
    "make_panel",
    "run_backtest",
    "score_draws",
]

"""Which incidents a store knew when, and forecasts registered on what it knew.

`vintages`: every incident as it was known on every day (`changing`: on which days it may have changed; `refolding`: what it was then). `register`: forecasts
kept before their months begin, and which are shown. `scoring`: what they were worth, and backtests.
"""

from waqai.vintages.register import (
    KeptBacktest,
    Registered,
    Scored,
    add_backtest,
    list_backtests,
    list_forecasts,
    list_shown,
    register_forecasts,
)
from waqai.vintages.scoring import Due, backtest_known, list_due, score_due
from waqai.vintages.vintages import load_known, panel_of

__all__ = [
    "Due",
    "KeptBacktest",
    "Registered",
    "Scored",
    "add_backtest",
    "backtest_known",
    "list_backtests",
    "list_due",
    "list_forecasts",
    "list_shown",
    "load_known",
    "panel_of",
    "register_forecasts",
    "score_due",
]

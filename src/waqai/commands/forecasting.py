"""`waqai patterns forecast` and `scores`: monthly forecasts that are registered before their months begin, and what they were worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from waqai.commands.opening import open_named_store
from waqai.commands.patterning import show_answer
from waqai.core import BadQuestion, NotPossible
from waqai.flow import now
from waqai.terminal.printing import count_of, err


def forecast_command(*, families: Sequence[str], unit: str | None, area: str, register: bool, format: str, picture: Path | None, store: str | None) -> int:
    """Exit status 0. Raises typer.BadParameter for what is not forecast."""
    from waqai.forecasting import check_scope
    from waqai.observing.forecasts import ask_forecast

    try:
        scope = check_scope(level=area, families=families)
        with open_named_store(store, must_exist=True) as opened:
            answer = ask_forecast(opened, scope=scope, unit=unit, at=now(), register=register)
    except (BadQuestion, NotPossible) as error:
        raise typer.BadParameter(str(error)) from error
    show_answer(answer, format=format, picture=picture)
    return 0


def scores_command(*, format: str, store: str | None) -> int:
    """Score what is due, then list. Exit status 0."""
    from waqai.observing.forecasts import list_scored
    from waqai.vintages import score_due

    with open_named_store(store, must_exist=True) as opened:
        scored = score_due(opened, at=now())
        answer = list_scored(opened)
    if scored:
        err.print(f"{count_of(scored, 'month')} scored", soft_wrap=True)
    show_answer(answer, format=format, picture=None)
    return 0

"""`waqai desk`: the web pages, served on this machine."""

from __future__ import annotations

import webbrowser
from threading import Thread

import typer

from waqai.cli.common import err
from waqai.cli.opening import open_named_store
from waqai.desk import make_app, make_desk, serve_desk, warm_up
from waqai.flow import default_store, find_settings_file, load_settings


def desk_command(*, port: int | None, demo: bool, open_browser: bool, by: str | None, store: str | None) -> int:
    """Exit status 0 when it was stopped. Raises StoreError, and SettingsError for a port that is taken."""
    if demo and store:
        raise typer.BadParameter("name a store, or take the demo's", param_hint="--demo")
    target = str(default_store("demo.sqlite")) if demo else store
    with open_named_store(target, must_exist=demo) as opened:
        desk = make_desk(opened, load_settings(find_settings_file()), owner_name=by)

        def on_ready(address: str) -> None:
            err.print(
                f"The desk over {opened.address} is open on this machine only. Its start address lets one browser in, once; Ctrl-C stops it.", soft_wrap=True
            )
            print(f"{address}/start?token={desk.mint_start_token()}", flush=True)
            if open_browser:
                webbrowser.open(f"{address}/start?token={desk.mint_start_token()}")

        try:
            Thread(target=warm_up, args=[desk], daemon=True).start()
            serve_desk(make_app(desk), port=port, on_ready=on_ready)
        finally:
            desk.close()
    return 0

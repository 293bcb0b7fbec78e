"""`waqai desk`: the web pages, served on this machine, to this machine or to others."""

from __future__ import annotations

import webbrowser
from collections.abc import Sequence
from threading import Thread

import typer

from waqai.commands.opening import open_named_store
from waqai.desk import Desk, Reach, check_persons, make_app, make_desk, make_reach, serve_desk, warm_up
from waqai.flow import default_store, find_settings_file, load_settings
from waqai.terminal.printing import err


def desk_command(
    *, port: int | None, host: str, names: Sequence[str], proxy: str | None, demo: bool, open_browser: bool, by: str | None, store: str | None
) -> int:
    """Exit status 0 when it was stopped. Raises StoreError, and SettingsError for a port that is taken, an address that is none, or nobody who may log in."""
    if demo and store:
        raise typer.BadParameter("name a store, or take the demo's", param_hint="--demo")
    target, reach = str(default_store("demo.sqlite")) if demo else store, make_reach(host, names=names, proxy=proxy)
    with open_named_store(target, must_exist=demo) as opened:
        check_persons(reach, opened)
        desk = make_desk(opened, load_settings(find_settings_file()), owner_name=by)
        try:
            Thread(target=warm_up, args=[desk], daemon=True).start()
            serve_desk(make_app(desk, reach=reach), port=port, reach=reach, on_ready=lambda address: _tell(address, desk, reach, open_browser=open_browser))
        finally:
            desk.close()
    return 0


def _tell(address: str, desk: Desk, reach: Reach, *, open_browser: bool) -> None:
    """Where it is, on a line of its own: with a token for the owner of the machine, or where persons log in."""
    if reach.is_open:
        err.print(_warning(desk, reach), soft_wrap=True)
        print(f"{address}/login", flush=True)
        return
    err.print(f"The desk over {desk.store.address} is open on this machine only. Its start address lets one browser in, once; Ctrl-C stops it.", soft_wrap=True)
    print(f"{address}/start?token={desk.mint_start_token()}", flush=True)
    if open_browser:
        webbrowser.open(f"{address}/start?token={desk.mint_start_token()}")


def _warning(desk: Desk, reach: Reach) -> str:
    """Who can come, and what can be read on the way."""
    said = [f"The desk over {desk.store.address} is open to others, who log in with name and password; Ctrl-C stops it."]
    if reach.proxy is not None:
        said.append(f"It believes the proxy at {reach.proxy}, which is asked for {', '.join(reach.names)}, of who asks and whether by https.")
    if reach.host_is_open:
        said.append(f"At {reach.host} it speaks http, which is not encrypted: passwords and records can be read on the way.")
        said.append("Leave it on 127.0.0.1 with a proxy that speaks https before it (--proxy; docs/desk.md says how), unless you trust the network.")
    return " ".join(said)

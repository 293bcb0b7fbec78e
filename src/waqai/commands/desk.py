"""`waqai desk`: the web pages, served on this machine, to this machine or to others."""

from __future__ import annotations

import signal
import socket
import webbrowser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

import typer

from waqai import flow
from waqai.commands.opening import open_named_store
from waqai.desk import Reach, bind, check_persons, keep_warm, make_app, make_desk, make_reach, make_server
from waqai.flow import Store, default_store, find_settings_file, load_settings, now
from waqai.operating.logs import LogFormat, check_format, set_up_logs, tell
from waqai.operating.requests import Watched
from waqai.operating.stopping import stops_in_order
from waqai.operating.workers import check_workers, note_ready, serve_by_many
from waqai.people import has_persons, mint_start_token
from waqai.terminal.printing import err


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served: the store (None: the user's own), to whom, signed by whom; and how it is logged."""

    store: str | None
    reach: Reach
    by: str | None
    log: LogFormat | None


def desk_command(
    *,
    port: int | None,
    host: str,
    names: Sequence[str],
    proxy: str | None,
    demo: bool,
    open_browser: bool,
    by: str | None,
    store: str | None,
    workers: int = 1,
    log: str | None = None,
) -> int:
    """Exit status 0 when it was stopped. Raises StoreError, and SettingsError for a port that is taken, an address that is none, or nobody who may log in."""
    if demo and store:
        raise typer.BadParameter("name a store, or take the demo's", param_hint="--demo")
    check_workers(workers)
    target = str(default_store("demo.sqlite")) if demo else store
    serving = Serving(store=target, reach=make_reach(host, names=names, proxy=proxy), by=by, log=check_format(log))
    with stops_in_order(), open_named_store(target, must_exist=demo) as opened:
        check_persons(serving.reach, opened)
        set_up_logs(serving.log)
        with closing(bind(port, host=serving.reach.host)) as listening:
            _tell(serving, opened, serving.reach.address(listening.getsockname()[1]), workers=workers, open_browser=open_browser)
            if workers == 1:
                _serve(serving, opened, listening)
                return 0
            return serve_by_many(listening, partial(_work, serving), workers=workers)


def _work(serving: Serving, listening: socket.socket, folder: Path) -> None:
    """What each of several processes does. The first has brought the store up to date."""
    set_up_logs(serving.log)
    with stops_in_order(signals=(signal.SIGTERM, signal.SIGINT)), flow.open_named_store(serving.store, must_exist=True) as opened:
        _serve(serving, opened, listening, shared=folder)


def _serve(serving: Serving, store: Store, listening: socket.socket, *, shared: Path | None = None) -> None:
    desk = make_desk(store, load_settings(find_settings_file()), owner_name=serving.by, shared=shared)
    try:
        Thread(target=keep_warm, args=[desk], daemon=True).start()
        server = make_server(Watched(make_app(desk, reach=serving.reach)), serving.reach)
        if shared is not None:
            note_ready(shared)
        server.run(sockets=[listening])
    finally:
        desk.close()
        tell("stopped", level="info")


def _tell(serving: Serving, store: Store, address: str, *, workers: int, open_browser: bool) -> None:
    """Where it is, on a line of its own: with a token for the owner of the machine, or where persons log in.

    Logs in JSON are a service's, whose output is kept: no token is printed into them where persons can log in.
    """
    tell("the desk is open", workers=workers)
    by_login = serving.reach.is_open or (serving.log == "json" and has_persons(store))
    if by_login:
        if serving.log != "json":
            err.print(_warning(store, serving.reach), soft_wrap=True)
        print(f"{address}/login", flush=True)
        return
    if serving.log != "json":
        err.print(f"The desk over {store.address} is open on this machine only. Its start address lets one browser in, once; Ctrl-C stops it.", soft_wrap=True)
    print(f"{address}/start?token={mint_start_token(store, at=now(), owner_name=serving.by)}", flush=True)
    if open_browser:
        webbrowser.open(f"{address}/start?token={mint_start_token(store, at=now(), owner_name=serving.by)}")


def _warning(store: Store, reach: Reach) -> str:
    """Who can come, and what can be read on the way."""
    said = [f"The desk over {store.address} is open to others, who log in with name and password; Ctrl-C stops it."]
    if reach.proxy is not None:
        said.append(f"It believes the proxy at {reach.proxy}, which is asked for {', '.join(reach.names)}, of who asks and whether by https.")
    if reach.host_is_open:
        said.append(f"At {reach.host} it speaks http, which is not encrypted: passwords and records can be read on the way.")
        said.append("Leave it on 127.0.0.1 with a proxy that speaks https before it (--proxy; docs/desk.md says how), unless you trust the network.")
    return " ".join(said)

"""Serve the desk on this machine: a bound socket, the start address, the server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import closing

import uvicorn
from fastapi import FastAPI

from waqai.core import SettingsError

LOOPBACK = "127.0.0.1"
PORT = 8765
NAMES_OF_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def bind(port: int | None) -> socket.socket:
    """A listening socket on loopback: on this port, or on the desk's usual one, or where that is taken on any that is free.

    Raises SettingsError for a port that was named and is taken.
    """
    for wanted in (port,) if port is not None else (PORT, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio leaves Nagle's wait of 40 ms on
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, wanted))
        except OSError as error:
            listening.close()
            if port is not None:
                raise SettingsError(f"port {port} cannot be taken ({error.strerror}): another desk may be running; --port 0 takes one that is free") from error
            continue
        listening.listen(128)
        return listening
    raise SettingsError("no port is free on this machine")


def serve_desk(app: FastAPI, *, port: int | None, on_ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop. `on_ready` is told the address, "http://127.0.0.1:8765", once it answers there."""
    with closing(bind(port)) as listening:
        on_ready(f"http://{LOOPBACK}:{listening.getsockname()[1]}")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=False, timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[listening])


def hosts_of(extra: Sequence[str] = ()) -> tuple[str, ...]:
    """The names under which a desk on loopback may be asked."""
    return (*NAMES_OF_LOOPBACK, *extra)

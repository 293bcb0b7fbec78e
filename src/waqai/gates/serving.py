"""Serve the desk: a bound socket, and the server over it."""

from __future__ import annotations

import errno
import socket

import uvicorn
from starlette.types import ASGIApp

from waqai.core import SettingsError
from waqai.gates.reach import LOOPBACK, Reach

PORT = 8765
NOT_OURS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EINVAL)


def bind(port: int | None, *, host: str = LOOPBACK) -> socket.socket:
    """A listening socket on this IP address: on this port, or on the desk's usual one, or where that is taken on any that is free.

    Raises SettingsError for a port that was named and is taken, and for an address that is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port,) if port is not None else (PORT, 0):
        try:
            return _listen(family, host, wanted)
        except OSError as error:
            if error.errno in NOT_OURS:
                raise SettingsError(f"the desk cannot listen on {host} ({error.strerror}): it is no address of this machine") from error
            if port is not None:
                raise SettingsError(f"port {port} cannot be taken ({error.strerror}): another desk may be running; --port 0 takes one that is free") from error
    raise SettingsError("no port is free on this machine")


def make_server(app: ASGIApp, reach: Reach) -> uvicorn.Server:
    """The server. Who asks, and whether by https, is what the connection says; what headers say of it counts from the proxy only.

    Left to itself, uvicorn believes them from loopback and from where an environment variable says, so that any program here could pass for many addresses.
    """
    quiet = {"log_level": "warning", "log_config": None, "access_log": False, "server_header": False, "date_header": False}
    believed = {"proxy_headers": reach.proxy is not None, "forwarded_allow_ips": reach.trusted}
    return uvicorn.Server(uvicorn.Config(app, timeout_graceful_shutdown=3, **quiet, **believed))  # type: ignore[arg-type]


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio leaves Nagle's wait of 40 ms on
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening

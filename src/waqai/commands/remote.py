"""`waqai reader allow-remote` and `forbid-remote`: whether a store's reports may be sent to a language model on another machine."""

from __future__ import annotations

import typer

from waqai.commands.opening import open_named_store
from waqai.flow import find_settings_file, load_settings
from waqai.flow.model.address import name_host, resolve_address
from waqai.flow.model.consent import allow_host, forbid_host
from waqai.terminal.printing import err, out


def allow_remote_command(*, store: str | None) -> int:
    """Exit status 0 when it is allowed, 1 when nothing had to be or was allowed. Asks for the host's name on standard input."""
    address = resolve_address(_setting())
    if address.is_local:
        out.print(f"{address.host} is this machine: nothing needs to be allowed")
        return 1
    named = f"{address.host} ({', '.join(address.addresses)})"
    err.print(f"The reader llm would send the whole text of reports to {named}: whoever runs that machine can read and keep them.", soft_wrap=True)
    typed = typer.prompt("To allow it for this store, type the host's name", err=True)
    if typed.strip().lower() != address.host:
        out.print(f"that is not {address.host!r}: nothing was allowed", soft_wrap=True)
        return 1
    with open_named_store(store, must_exist=False) as opened:
        entry = allow_host(address.host, opened)
        out.print(f"allowed: {address.host}, for the store {opened.address}{'' if entry else ' (it was already)'}", soft_wrap=True)
    if not load_settings(find_settings_file()).reader.llm.allow_remote:
        err.print("The other key is still missing: `allow_remote = true` under [reader.llm] in your settings file.", soft_wrap=True)
    return 0


def forbid_remote_command(*, store: str | None) -> int:
    """Exit status 0, also when nothing was allowed."""
    host = name_host(_setting())
    with open_named_store(store, must_exist=True) as opened:
        taken = forbid_host(host, opened)
        out.print(f"{'no longer allowed' if taken else 'was not allowed'}: {host}, for the store {opened.address}", soft_wrap=True)
    return 0


def _setting() -> str:
    return load_settings(find_settings_file()).reader.llm.address

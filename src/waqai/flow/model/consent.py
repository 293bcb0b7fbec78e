"""Whether reports may go to another host: two keys, one in the settings, one typed by a person and kept in the store's log.

The log's entries of kind `allowed_remote` have the host as subject; an entry that undoes one takes the permission back. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

from waqai.core import Entry, SettingsError, StoreError
from waqai.flow.clock import now
from waqai.flow.doors import open_named_store
from waqai.posting.address import HostAddress
from waqai.store import Store

KIND = "allowed_remote"


def check_may_ask(address: HostAddress, *, allow_remote: bool, store: str | None) -> None:
    """Return where this address may be asked for this store; raises SettingsError where not, saying which key is missing."""
    if address.is_local:
        return
    where = f"reader.llm.address leads to {address.host!r} ({', '.join(address.addresses)}), which is not this machine"
    if not allow_remote:
        raise SettingsError(
            f"{where}; the texts of reports go there only with `allow_remote = true` under [reader.llm], and once a person has allowed the host"
        )
    if not address.secure:
        raise SettingsError(f"{where}; texts travel there only by https:// (an SSH tunnel to a port of this machine also does)")
    if not _is_allowed(address.host, store):
        raise SettingsError(f"{where}; nobody has allowed that host for this store: `waqai reader allow-remote` asks")


def allow_host(host: str, store: Store) -> Entry | None:
    """Log that reports of this store may go to the host; None: that is logged already."""
    if next(_iter_standing(host, store), None) is not None:
        return None
    return store.append(kind=KIND, subject=host, value={"host": host}, because="a person typed the host's name", by="person", at=now())


def forbid_host(host: str, store: Store) -> int:
    """Undo every permission of the host that stands; how many there were."""
    standing = list(_iter_standing(host, store))
    for entry in standing:
        store.undo(entry.id, because="a person took it back", by="person", at=now())
    return len(standing)


def _is_allowed(host: str, store: str | None) -> bool:
    try:
        with open_named_store(store, must_exist=True) as opened:
            return next(_iter_standing(host, opened), None) is not None
    except StoreError:
        return False


def _iter_standing(host: str, store: Store) -> Iterator[Entry]:
    """The permissions that nobody has undone."""
    for entry in list(store.iter_log(subject=host)):
        if entry.kind == KIND and not any(e.kind == "undone" for e in store.iter_log(subject=str(entry.id))):
            yield entry

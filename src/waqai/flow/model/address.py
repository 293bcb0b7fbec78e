"""The address of a model's server, as the settings name it.

Only addresses of this machine (127.0.0.0/8 and ::1) may be asked unless the settings and the store both allow another host. A name is looked up once a run.
"""

from __future__ import annotations

from waqai.posting import address as posting
from waqai.posting.address import HostAddress, LookUp, Place, look_up_host

PLACE = Place(name="reader.llm.address", example="http://127.0.0.1:8080/v1", keys="a key comes from the environment, as WAQAI_LLM_KEY")


def resolve_address(address: str, *, look_up: LookUp = look_up_host) -> HostAddress:
    """The address taken apart and its host looked up. Raises SettingsError for one that is none, in an odd form, or that cannot be found."""
    return posting.resolve_address(address, place=PLACE, look_up=look_up)


def name_host(address: str) -> str:
    """The host that an address names, without looking it up. Raises SettingsError."""
    return posting.name_host(address, place=PLACE)

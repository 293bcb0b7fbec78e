"""What applies a profile, put together for the commands by which something leaves."""

from __future__ import annotations

from waqai.bounds import Bounds, get_profile
from waqai.codebook import load_actors
from waqai.commands.common import unpacking
from waqai.flow import Store, find_settings_file, load_settings, now, open_gazetteer


def open_bounds(profile: str, store: Store) -> Bounds:
    """The bounds of the profile of this name, as of now, over this store. Raises SettingsError, GazetteerError."""
    with unpacking() as tell:
        places = open_gazetteer(load_settings(find_settings_file()), progress=tell)
    return Bounds(get_profile(profile), places=places, actors=load_actors(), at=now(), publishers=store.list_hosts())

"""The fetcher of an installation."""

from __future__ import annotations

from waqai.fetching import AGENT, PUBLIC_ONLY, Fetcher, Politeness, SharedTurns
from waqai.flow import Settings, default_store, now

TURNS = "hosts.json"
"""Beside the user's own store."""


def make_fetcher(settings: Settings, *, asks_robots: bool = True) -> Fetcher:
    """What fetches pages as the settings say: of the open internet and the hosts that they list, with pauses, under our name and the contact given.

    The pauses are kept together with all other programs of this user that fetch on this machine, by a small file in the user's data folder.

    `asks_robots` False: a person said that robots.txt is passed over, which each retrieval then says. Raises SettingsError for a listed host that is none.
    """
    part = settings.intake
    agent = f"{AGENT} (+{part.contact})" if part.contact else AGENT
    politeness = Politeness(delay_s=part.pause_seconds, asks_robots=asks_robots, shared=SharedTurns(default_store(TURNS)))
    return Fetcher(rule=PUBLIC_ONLY.with_own(part.allow_hosts), now=now, politeness=politeness, agent=agent)

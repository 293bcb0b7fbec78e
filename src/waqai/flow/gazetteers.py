"""The gazetteer of the settings: what ships, what `waqai gazetteer build` made, overlays; and the build itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waqai.dumps import Built, Tell, build_layers
from waqai.flow.doors import default_store
from waqai.flow.settings import NOT_BUILT, Settings
from waqai.places import Gazetteer, Place, Progress, find_layers


def built_folder(settings: Settings) -> Path:
    """Where built layers lie, beside the user's own store unless the settings name another folder."""
    told = settings.places.built
    return Path(told) if told not in ("", NOT_BUILT) else default_store("gazetteer")


def open_gazetteer(settings: Settings, *, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer that names are looked up in. Raises GazetteerError, saying what mends it, when any part of it is missing, damaged or out of date."""
    overlays = [Path(settings.places.overlay)] if settings.places.overlay else []
    layers = () if settings.places.built == NOT_BUILT else find_layers(built_folder(settings))
    return Gazetteer.open(overlays=overlays, layers=layers, progress=progress)


def build_gazetteer(paths: Sequence[Path], *, countries: Sequence[str], folder: Path | None, settings: Settings, tell: Tell | None = None) -> Built:
    """Layers built from GeoNames' dump files into `folder` (None: where `open_gazetteer` looks). Raises GazetteerError."""
    return build_layers(paths, countries=countries, folder=folder or built_folder(settings), tell=tell)


__all__ = ["Built", "Gazetteer", "Place", "build_gazetteer", "built_folder", "open_gazetteer"]

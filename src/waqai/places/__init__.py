"""Places: the gazetteer, and a place mention made a `Where`.

`Gazetteer.open()` unpacks the shipped data, with built layers and overlays over it, on first use and answers by name and by id (it is `core.PlaceNames`);
`Resolver(gazetteer)` fills the `where` of accounts (it is `core.PlaceResolver`). Nothing here knows the reader; mentions come from outside.
"""

from waqai.places.gazetteer import DATA, Gazetteer
from waqai.places.layers import Layer, LayerFile, find_layers
from waqai.places.overlay import load_overlay
from waqai.places.place import Place, distance_km
from waqai.places.resolve import Resolver
from waqai.places.unpack import Progress, cache_folder

__all__ = [
    "DATA",
    "Gazetteer",
    "Layer",
    "LayerFile",
    "Place",
    "Progress",
    "Resolver",
    "cache_folder",
    "distance_km",
    "find_layers",
    "load_overlay",
]

"""Places: the gazetteer, and a place mention made a `Where`.

`Gazetteer.open()` unpacks the shipped data, with built layers and overlays over it, on first use and answers by name and by id (it is `core.PlaceNames`);
`Resolver(gazetteer)` fills the `where` of accounts (it is `core.PlaceResolver`). `Geoparser(gazetteer)` finds and places every place name of a text. Nothing
here knows the reader; mentions, or the words of a parse, come from outside.
"""

from waqai.places.document import BEARS, DocumentResolver, Located
from waqai.places.gazetteer import DATA, Gazetteer
from waqai.places.geoparse import Geoparser, Placed
from waqai.places.layers import Layer, LayerFile, find_layers
from waqai.places.mentions import Mention, find_mentions
from waqai.places.outlets import Home, find_home
from waqai.places.overlay import load_overlay
from waqai.places.place import Place, distance_km
from waqai.places.resolve import Resolver
from waqai.places.unpack import Progress, cache_folder

__all__ = [
    "BEARS",
    "DATA",
    "DocumentResolver",
    "Gazetteer",
    "Geoparser",
    "Home",
    "Layer",
    "LayerFile",
    "Located",
    "Mention",
    "Place",
    "Placed",
    "Progress",
    "Resolver",
    "cache_folder",
    "distance_km",
    "find_home",
    "find_layers",
    "find_mentions",
    "load_overlay",
]

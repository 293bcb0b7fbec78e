"""GeoNames' dump files made into built layers of the gazetteer."""

from waqai.places.dumps.building import Built, Tell, build_layers

__all__ = ["Built", "Tell", "build_layers"]

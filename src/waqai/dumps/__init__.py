"""GeoNames' dump files made into built layers of the gazetteer.

`build_layers` reads the files as downloaded and writes a layer a country; `places` lays them over the shipped rows. Nothing here runs while reports are read.
"""

from waqai.dumps.building import Built, Tell, build_layers

__all__ = ["Built", "Tell", "build_layers"]

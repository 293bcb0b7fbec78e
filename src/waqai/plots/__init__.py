"""Pictures of what the bounds let be seen: a map, a timeline, competing figures. Pure functions to shapes, and from shapes to SVG and PNG; no browser."""

from waqai.plots.figures import make_figures, sort_all_out
from waqai.plots.fonts import font_file, width_of
from waqai.plots.maps import has_point, make_map
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke
from waqai.plots.png import to_png
from waqai.plots.svg import to_svg
from waqai.plots.timelines import UNITS, Unit, make_timeline

__all__ = [
    "UNITS",
    "Area",
    "Disc",
    "Label",
    "Picture",
    "Shape",
    "Stroke",
    "Unit",
    "font_file",
    "has_point",
    "make_figures",
    "make_map",
    "make_timeline",
    "sort_all_out",
    "to_png",
    "to_svg",
    "width_of",
]

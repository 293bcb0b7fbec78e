"""Pictures of what the bounds let be seen: a map, a timeline, competing figures. Pure functions to shapes, and from shapes to SVG and PNG; no browser."""

from waqai.plots.colours import FAMILIES, colour_of
from waqai.plots.columns import Ahead, Column, Piece, make_columns
from waqai.plots.figures import make_figures, sort_all_out
from waqai.plots.fonts import font_file, shipped_file, width_of
from waqai.plots.ground import Frame, frame_around, make_ground
from waqai.plots.maps import has_point, make_map
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke
from waqai.plots.png import to_png
from waqai.plots.ranges import Range, make_ranges
from waqai.plots.reliability import WordRow, make_reliability
from waqai.plots.svg import to_svg
from waqai.plots.timelines import UNITS, Unit, make_timeline

__all__ = [
    "FAMILIES",
    "UNITS",
    "Ahead",
    "Area",
    "Column",
    "Disc",
    "Frame",
    "Label",
    "Picture",
    "Piece",
    "Range",
    "Shape",
    "Stroke",
    "Unit",
    "WordRow",
    "colour_of",
    "font_file",
    "frame_around",
    "has_point",
    "make_columns",
    "make_figures",
    "make_ground",
    "make_map",
    "make_ranges",
    "make_reliability",
    "make_timeline",
    "shipped_file",
    "sort_all_out",
    "to_png",
    "to_svg",
    "width_of",
]

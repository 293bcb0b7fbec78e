"""A picture drawn on a page of a PDF, as lines and letters."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.drawing_primitives import DeviceRGB
from fpdf.enums import TextMode

from waqai.plots import Area, Disc, Label, Picture, Shape, Stroke

_POINTS = 72 / 25.4
"""Points in a millimetre."""


def draw(paper: FPDF, picture: Picture, *, x: float, y: float, width: float, font: str) -> None:
    """The picture with its upper left corner there, so many millimetres wide; nothing is drawn outside of it."""
    scale = width / picture.width
    with paper.rect_clip(x, y, width, picture.height * scale):
        for shape in picture.shapes:
            _draw(paper, shape, x, y, scale, font)


def _draw(paper: FPDF, shape: Shape, x: float, y: float, scale: float, font: str) -> None:
    if isinstance(shape, Label):
        _label(paper, shape, x, y, scale, font)
        return
    paper.set_line_width(shape.width * scale)
    if isinstance(shape, Stroke):
        _stroke(paper, shape, x, y, scale)
        return
    style = _style(paper, shape.fill, shape.line)
    if isinstance(shape, Area):
        paper.polygon([(x + px * scale, y + py * scale) for px, py in shape.points], style=style)
    elif isinstance(shape, Disc):
        with paper.local_context(fill_opacity=shape.opacity):
            paper.circle(x + shape.x * scale, y + shape.y * scale, shape.radius * scale, style=style)


def _style(paper: FPDF, fill: str | None, line: str | None) -> str:
    if fill:
        paper.set_fill_color(_colour(fill))
    if line:
        paper.set_draw_color(_colour(line))
    return f"{'D' if line else ''}{'F' if fill else ''}"


def _stroke(paper: FPDF, stroke: Stroke, x: float, y: float, scale: float) -> None:
    paper.set_draw_color(_colour(stroke.line))
    if stroke.dashed:
        paper.set_dash_pattern(dash=4 * scale, gap=3 * scale)
    paper.polyline([(x + px * scale, y + py * scale) for px, py in stroke.points])
    paper.set_dash_pattern()


def _label(paper: FPDF, label: Label, x: float, y: float, scale: float, font: str) -> None:
    paper.set_font(font, style="B" if label.bold else "", size=label.size * scale * _POINTS)
    wide = paper.get_string_width(label.words)
    left = x + label.x * scale - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    if label.halo:
        with paper.local_context(text_mode=TextMode.STROKE, draw_color=DeviceRGB(1, 1, 1), line_width=3 * scale):
            paper.text(left, y + label.y * scale, label.words)
    paper.set_text_color(_colour(label.colour))
    paper.text(left, y + label.y * scale, label.words)


def _colour(value: str) -> DeviceRGB:
    """ "#rrggbb" as PDF has it."""
    red, green, blue = (int(value[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return DeviceRGB(red, green, blue)

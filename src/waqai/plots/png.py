"""A picture as PNG, painted by Pillow at twice the size that is written, for smooth edges."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

from waqai.plots.fonts import font_file
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke

FINER = 2
"""So much larger it is painted than it is written."""
_DASH, _GAP = 4, 3


def to_png(picture: Picture, *, scale: float = 2.0) -> bytes:
    """The picture on white, `scale` pixels for each of its own. Raises MissingPart without the font."""
    size = scale * FINER
    image = Image.new("RGB", (round(picture.width * size), round(picture.height * size)), "#ffffff")
    for shape in picture.shapes:
        _paint(image, shape, size)
    small = image.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
    written = BytesIO()
    small.save(written, format="PNG", optimize=True)
    return written.getvalue()


def _paint(image: Image.Image, shape: Shape, size: float) -> None:
    draw = ImageDraw.Draw(image)
    if isinstance(shape, Area):
        points = [(x * size, y * size) for x, y in shape.points]
        if shape.fill:
            draw.polygon(points, fill=shape.fill)
        if shape.line:
            draw.line([*points, points[0]], fill=shape.line, width=max(1, round(shape.width * size)), joint="curve")
    elif isinstance(shape, Stroke):
        _stroke(draw, shape, size)
    elif isinstance(shape, Disc):
        _disc(image, shape, size)
    else:
        _label(draw, shape, size)


def _stroke(draw: ImageDraw.ImageDraw, stroke: Stroke, size: float) -> None:
    points = [(x * size, y * size) for x, y in stroke.points]
    width = max(1, round(stroke.width * size))
    if not stroke.dashed:
        draw.line(points, fill=stroke.line, width=width, joint="curve")
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
        at = 0.0
        while at < length:
            to = min(at + _DASH * size, length)
            draw.line([(x0 + (x1 - x0) * n / length, y0 + (y1 - y0) * n / length) for n in (at, to)], fill=stroke.line, width=width)
            at += (_DASH + _GAP) * size


def _disc(image: Image.Image, disc: Disc, size: float) -> None:
    box = [(disc.x - disc.radius) * size, (disc.y - disc.radius) * size, (disc.x + disc.radius) * size, (disc.y + disc.radius) * size]
    draw = ImageDraw.Draw(image)
    if disc.fill:
        left, top = floor(box[0]), floor(box[1])
        veil = Image.new("L", (ceil(box[2]) - left + 1, ceil(box[3]) - top + 1), 0)
        ImageDraw.Draw(veil).ellipse([box[0] - left, box[1] - top, box[2] - left, box[3] - top], fill=round(255 * disc.opacity))
        image.paste(disc.fill, (left, top), veil)
    if disc.line:
        draw.ellipse(box, outline=disc.line, width=max(1, round(disc.width * size)))


def _label(draw: ImageDraw.ImageDraw, label: Label, size: float) -> None:
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[label.anchor]
    halo = {"stroke_width": round(1.5 * size), "stroke_fill": "#ffffff"} if label.halo else {}
    draw.text((label.x * size, label.y * size), label.words, fill=label.colour, font=_font(label.bold, round(label.size * size)), anchor=anchor, **halo)  # type: ignore[arg-type]


@cache
def _font(bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(bold=bold)), pixels)

"""A picture as SVG: small, without scripts or links, with its title and description inside."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke

FONT = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"


def to_svg(picture: Picture, *, name: str = "plot") -> str:
    """The picture as one element, ends with a newline. `name` begins the ids in it: another one for each picture of a page."""
    labelled = f'role="img" aria-labelledby="{name}-title {name}-desc" font-family="{FONT}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" width="{picture.width}" height="{picture.height}" {labelled}>'
    )
    about = f'<title id="{name}-title">{escape(picture.title)}</title>\n<desc id="{name}-desc">{escape(picture.alt)}</desc>'
    return "\n".join((head, about, *map(_element, picture.shapes), "</svg>\n"))


def _element(shape: Shape) -> str:
    if isinstance(shape, Area):
        return f'<path d="M{_points(shape.points)}Z" {_paint(shape.fill, shape.line, shape.width)}/>'
    if isinstance(shape, Stroke):
        dashes = ' stroke-dasharray="4 3"' if shape.dashed else ""
        return f'<path d="M{_points(shape.points)}" {_paint(None, shape.line, shape.width)}{dashes}/>'
    if isinstance(shape, Disc):
        veil = f' fill-opacity="{shape.opacity:g}"' if shape.opacity < 1 else ""
        return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}" {_paint(shape.fill, shape.line, shape.width)}{veil}/>'
    return _text(shape)


def _text(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    halo = ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if label.halo else ""
    place = f'x="{_n(label.x)}" y="{_n(label.y)}" font-size="{label.size:g}" text-anchor="{label.anchor}"'
    return f"<text {place} fill={quoteattr(label.colour)}{weight}{halo}>{escape(label.words)}</text>"


def _paint(fill: str | None, line: str | None, width: float) -> str:
    stroke = f' stroke="{line}" stroke-width="{width:g}" stroke-linejoin="round"' if line else ""
    return f'fill="{fill or "none"}"{stroke}'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """A number to a tenth of a pixel.

    >>> _n(3.04), _n(-0.04), _n(2.25)
    ('3', '0', '2.2')
    """
    return f"{round(value, 1) + 0.0:g}"

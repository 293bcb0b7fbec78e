from __future__ import annotations

from io import BytesIO

from PIL import Image

from waqai.plots import Area, Disc, Label, Picture, Stroke, font_file, to_png, width_of

SHAPES = (
    Area(points=((0, 0), (20, 0), (20, 20), (0, 20)), fill="#ff0000"),
    Disc(x=30, y=10, radius=6, fill="#0000ff", opacity=0.5),
    Stroke(points=((0, 30), (40, 30)), line="#000000", width=2),
    Label(x=2, y=39, words="Ras al-ʿAin رأس العين", size=6),
)
PICTURE = Picture(width=40, height=40, title="T", alt="A", shapes=SHAPES)


def at(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(n) for n in found)


def test_shapes_are_painted_where_they_are() -> None:
    image = Image.open(BytesIO(to_png(PICTURE, scale=2)))
    assert image.size == (80, 80) and at(image, 20, 20) == (255, 0, 0) and at(image, 44, 4) == (255, 255, 255)
    red, green, blue = at(image, 60, 20)
    assert blue == 255 and 110 < red < 145 and red == green
    assert max(at(image, 40, 60)) < 20


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert to_png(PICTURE) == to_png(PICTURE) != to_png(Picture(width=40, height=40, title="T", alt="A", shapes=SHAPES[:1]))


def test_the_font_is_there_and_bold_is_wider() -> None:
    assert font_file().is_file() and width_of("Hasakah", size=10, bold=True) > width_of("Hasakah", size=10) > 30

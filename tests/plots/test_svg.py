from __future__ import annotations

from xml.etree.ElementTree import fromstring

from waqai.plots import Area, Disc, Label, Picture, Stroke, to_svg

SHAPES = (
    Area(points=((0, 0), (10, 0), (10, 10)), fill="#ff0000", line="#000000"),
    Stroke(points=((0, 0), (10.04, 0)), line="#000000", dashed=True),
    Disc(x=5, y=5, radius=2, fill="#00ff00", opacity=0.5),
    Label(x=1, y=2, words='<b> & "Ras"', halo=True, bold=True),
)
PICTURE = Picture(width=20, height=10, title="A <title>", alt="What & where", shapes=SHAPES)


def test_it_is_well_formed_and_says_what_it_is() -> None:
    svg = fromstring(to_svg(PICTURE, name="map"))
    space = "{http://www.w3.org/2000/svg}"
    assert svg.findtext(f"{space}title") == "A <title>" and svg.findtext(f"{space}desc") == "What & where" and svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "map-title map-desc" and {one.get("id") for one in svg if one.get("id")} == {"map-title", "map-desc"}
    assert [one.tag.removeprefix(space) for one in svg][2:] == ["path", "path", "circle", "text"] and svg[-1].text == '<b> & "Ras"'


def test_the_same_picture_gives_the_same_words_without_noise_in_its_numbers() -> None:
    assert to_svg(PICTURE) == to_svg(PICTURE) and "M0 0L10 0" in to_svg(PICTURE) and "-0" not in to_svg(PICTURE).replace("stroke-", "")

from __future__ import annotations

from itertools import combinations

from waqai.codebook import load_codebook
from waqai.plots.colours import FAMILIES, SEVERAL, colour_of


def test_every_family_has_a_colour_of_its_own_and_an_unknown_one_has_some() -> None:
    assert set(FAMILIES) == set(load_codebook().families) and len(set(FAMILIES.values())) == len(FAMILIES)
    assert colour_of("a family of an installation").startswith("#")


def test_colours_that_stand_for_speakers_differ_for_eyes_that_see_no_red_or_green() -> None:
    """Seen as by a deuteranope (Viénot, Brettel and Mollon 1999), any two differ by 20 of 255 somewhere; the first four by 40."""
    for some, least in ((SEVERAL, 20), (SEVERAL[:4], 40)):
        for one, other in combinations(map(as_deuteranope, some), 2):
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) >= least


def as_deuteranope(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in (red, green, blue)]
    yellow = 0.29275 * linear[0] + 0.70725 * linear[1]
    seen = (yellow, yellow, -0.02234 * linear[0] + 0.02234 * linear[1] + linear[2])
    r, g, b = (255 * (1.055 * max(c, 0) ** (1 / 2.4) - 0.055 if c > 0.0031308 else 12.92 * max(c, 0)) for c in seen)
    return r, g, b

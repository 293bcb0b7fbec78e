"""What is compared of two happenings, in which steps, and how much each step says.

Each step has `m`, how often it is met by two records of one happening, and `u`, how often by two records of different ones (Fellegi and Sunter 1969; the names
are Splink's). Both are stated here. `u` is then measured on the two records themselves (matching.py): where every row names one army, naming it says little.

`m` is our judgement of how records part, checked by `python -m bench.comparing`: days by one or two, places by their district, figures in half of the cases
(of 407 events that several reports tell of, reports part on deaths in 46 % and on the day in 43 %).
"""

from __future__ import annotations

from dataclasses import dataclass

_GAP_DAYS = "greatest(0, first_l - last_r, first_r - last_l)"
_WIDEST_DAYS = "greatest(last_l - first_l, last_r - first_r)"
_KM = (
    "(2 * 6371 * asin(least(1, sqrt(pow(sin(radians(lat_r - lat_l) / 2), 2)"
    " + cos(radians(lat_l)) * cos(radians(lat_r)) * pow(sin(radians(lon_r - lon_l) / 2), 2)))))"
)
_NO_POINT = "(lat_l is null or lat_r is null)"
_SAME_AREA = "(admin1_l is not null and admin1_l = admin1_r)"
_LETHAL = "('combat', 'remote_violence', 'violence_on_civilians')"
_ALIKE = "list_max(list_transform(keys_l, lambda x: list_max(list_transform(keys_r, lambda y: jaro_winkler_similarity(x, y))))) >= 0.9"
_GAP_KILLED = "greatest(0, killed_low_l - killed_high_r, killed_low_r - killed_high_l)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of agreement: in words, as a condition over both sides' columns ("" is: none of the others), and how often it is met.

    `rarity` is a column in which both are equal: the rarer its value, the more the step says (one village in two records, or one capital).
    """

    says: str
    sql: str
    m: float
    u: float
    rarity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One thing that is compared, its steps from the closest on; `unknown` is the condition under which nothing can be said."""

    name: str
    unknown: str
    levels: tuple[Level, ...]

    def says(self, gamma: int) -> str | None:
        """The words of a step by Splink's number, which counts from 0 for the last one up; None where nothing can be said.

        >>> DAY.says(len(DAY.levels) - 1), DAY.says(-1)
        ('same day', None)
        """
        return None if gamma < 0 else self.levels[len(self.levels) - 1 - gamma].says


DAY = Compared(
    name="day",
    unknown="first_l is null or first_r is null",
    levels=(
        Level(says="same day", sql="first_l = first_r and last_l = last_r and first_l = last_l", m=0.6, u=0.001),
        Level(says="days overlap", sql=f"{_GAP_DAYS} = 0 and {_WIDEST_DAYS} <= 7", m=0.13, u=0.002),
        Level(says="1 day apart", sql=f"{_GAP_DAYS} = 1", m=0.12, u=0.002),
        Level(says="2 or 3 days apart", sql=f"{_GAP_DAYS} between 2 and 3", m=0.07, u=0.004),
        Level(says="long spans of days overlap", sql=f"{_GAP_DAYS} = 0", m=0.05, u=0.02),
        Level(says="4 to 7 days apart", sql=f"{_GAP_DAYS} <= 7", m=0.025, u=0.012),
        Level(says="more than a week apart", sql="", m=0.005, u=0.959),
    ),
)
PLACE = Compared(
    name="place",
    unknown=f"{_NO_POINT} and (place_l is null or place_r is null) and (admin1_l is null or admin1_r is null)",
    levels=(
        Level(says="place of the same name", sql="place_l = place_r", m=0.35, u=0.008, rarity="place"),
        Level(says="within 2 km", sql=f"not {_NO_POINT} and {_KM} <= 2 and radius_l <= 15 and radius_r <= 15", m=0.12, u=0.008),
        Level(says="places of like names", sql=f"jaro_winkler_similarity(place_l, place_r) >= 0.88 and ({_NO_POINT} or {_KM} <= 30)", m=0.08, u=0.006),
        Level(says="within 10 km", sql=f"not {_NO_POINT} and {_KM} <= 10 and radius_l <= 30 and radius_r <= 30", m=0.17, u=0.02),
        Level(says="within 30 km, or what is told roughly", sql=f"not {_NO_POINT} and {_KM} <= greatest(30, least(60, radius_l + radius_r))", m=0.17, u=0.06),
        Level(says="same province", sql=f"{_SAME_AREA} or (not {_NO_POINT} and {_KM} <= radius_l + radius_r)", m=0.07, u=0.12),
        Level(says="within 75 km", sql=f"not {_NO_POINT} and {_KM} <= 75", m=0.02, u=0.08),
        Level(says="somewhere else", sql="", m=0.02, u=0.698),
    ),
)
TYPE = Compared(
    name="type",
    unknown="(type_l is null or type_r is null) and (code_l is null or code_r is null)",
    levels=(
        Level(says="same type", sql="type_l = type_r or code_l = code_r", m=0.65, u=0.2),
        Level(says="kindred types", sql=f"family_l = family_r or (family_l in {_LETHAL} and family_r in {_LETHAL})", m=0.27, u=0.3),
        Level(says="different types", sql="", m=0.08, u=0.5),
    ),
)
KILLED = Compared(
    name="killed",
    unknown="killed_l is null or killed_r is null",
    levels=(
        Level(says="same number killed", sql="killed_l = killed_r", m=0.52, u=0.15, rarity="killed"),
        Level(says="figures of the killed overlap", sql=f"{_GAP_KILLED} = 0", m=0.15, u=0.08),
        Level(says="figures of the killed are near", sql=f"{_GAP_KILLED} <= greatest(1, 0.5 * least(killed_l, killed_r))", m=0.2, u=0.24),
        Level(says="figures of the killed differ", sql="", m=0.13, u=0.53),
    ),
)
COUNTS = Compared(
    name="counts",
    unknown="not list_has_any(measures_l, measures_r)",
    levels=(
        Level(says="another figure is the same", sql="list_has_any(counts_l, counts_r)", m=0.45, u=0.05),
        Level(says="other figures differ", sql="", m=0.55, u=0.95),
    ),
)
PARTIES = Compared(
    name="parties",
    unknown="len(keys_l) = 0 or len(keys_r) = 0",
    levels=(
        Level(says="the same parties", sql="parties_l = parties_r", m=0.35, u=0.1, rarity="parties"),
        Level(says="a party in common", sql="list_has_any(keys_l, keys_r)", m=0.25, u=0.15),
        Level(says="parties of like names", sql=_ALIKE, m=0.1, u=0.07),
        Level(says="no party in common", sql="", m=0.3, u=0.68),
    ),
)
COMPARED = (DAY, PLACE, TYPE, KILLED, COUNTS, PARTIES)

"""GeoNames' dump files in small: made-up places around real codes, in the columns of the real files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

HAMLET, DISTRICT, TWIN, PRISON, LAKE, MARKET, LOST = 90_000_001, 90_000_002, 90_000_003, 90_000_004, 90_000_005, 90_000_006, 90_000_007
RAS_AL_AYN, HASAKAH = 165509, 173813  # real ids: a shipped town and its province
KOY = 90_000_101


def geoname(
    id: int, name: str, feature: str, *, country: str = "SY", admin1: str = "01", admin2: str = "", point: tuple[float, float] = (36.7, 40.2), **more: object
) -> str:
    """A line of SY.txt; `more`: others, population, changed."""
    column = [str(id), name, name, str(more.get("others", "")), f"{point[0]}", f"{point[1]}", *feature.split("."), country, "", admin1, admin2, "", ""]
    return "\t".join([*column, str(more.get("population", 0)), "", "300", "Asia/Damascus", str(more.get("changed", "2026-02-11"))])


SYRIA = (
    geoname(HASAKAH, "Al-Hasakah Governorate", "A.ADM1", population=1_500_000, point=(36.5, 40.75)),
    geoname(DISTRICT, "Qamar District", "A.ADM2", admin2="0177", point=(36.71, 40.21)),
    geoname(RAS_AL_AYN, "Ra’s al ‘Ayn", "P.PPL", others="Serekaniye Xweş,رأس العين", population=51_000, point=(36.8512, 40.0699)),
    geoname(HAMLET, "Tall Qamar Sharqī", "P.PPL", admin2="0177", changed="2026-03-14", point=(36.72, 40.22)),
    geoname(TWIN, "Abū Rāsayn", "P.PPL", others="Zarkan al Jadidah", point=(36.84, 40.27)),
    geoname(PRISON, "Sijn Qamar", "S.PRN", others="Qamar Prison", point=(36.73, 40.25)),
    geoname(LAKE, "Buḩayrat Qamar", "H.LK", admin1="00", point=(36.6, 40.3)),
    geoname(MARKET, "Market", "S.HSP", point=(36.6, 40.3)),
    geoname(LOST, "Khirbat Qamar", "P.PPLX", admin1="00", point=(36.7, 40.3)),
    geoname(90_000_020, "Jabal Qamar", "T.MT"),  # not taken
    geoname(90_000_021, "Qamar Qadim", "P.PPLH"),  # not taken
    geoname(90_000_022, "Tall Fulani", "P.PPL", country="IQ"),  # of another country
)
TURKEY = (geoname(KOY, "Aykırı Köy", "P.PPL", country="TR", admin1="63", point=(36.9, 40.1), changed="2025-12-01"),)
ALTERNATES = (
    (1, HAMLET, "ar", "تل قمر شرقي", ""),
    (2, HAMLET, "en", "East Qamar", "1"),
    (3, HAMLET, "ku", "Girê Qemer", ""),
    (4, HAMLET, "link", "https://example.org/qamar", ""),
    (5, PRISON, "ar", "سجن قمر", ""),
    (6, 12345, "ar", "بعيد", ""),  # of a place that is not kept
    (7, KOY, "ku", "Gundê Dûr", ""),
)


def alternate_lines(rows: Iterable[tuple[int, int, str, str, str]] = ALTERNATES) -> list[str]:
    return ["\t".join([str(id), str(place), language, name, preferred, "", "", "", "", ""]) for id, place, language, name, preferred in rows]


HIERARCHY = (f"{HASAKAH}\t{DISTRICT}\tADM", f"{DISTRICT}\t{LOST}\t", f"6295630\t{HASAKAH}\tADM")
ADMIN1 = (f"SY.01\tAl-Hasakah\tAl-Hasakah\t{HASAKAH}", "TR.63\tŞanlıurfa\tSanliurfa\t298332")
ADMIN2 = (f"SY.01.0177\tQamar District\tQamar District\t{DISTRICT}",)
COUNTRIES = (
    "#ISO\tISO3\tISO-Numeric\tfips\tCountry\tCapital",
    "SY\tSYR\t760\tSY\tSyria\tDamascus\t185180\t1\tAS\t.sy\tSYP\tPound\t963\t\t\tar-SY\t163843\tIQ,JO\t",
    "TR\tTUR\t792\tTU\tTurkey\tAnkara\t780580\t1\tAS\t.tr\tTRY\tLira\t90\t\t\ttr-TR\t298795\tSY\t",
)


def write_table(folder: Path, name: str, lines: Iterable[str], *, zipped: bool = False) -> Path:
    """The lines as NAME.txt, or as NAME.zip with a readme beside the table."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines)
    if not zipped:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        return folder / f"{name}.txt"
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "no table")
        archive.writestr(zipfile.ZipInfo(f"{name}.txt", date_time=(2026, 3, 15, 1, 2, 4)), text, compress_type=zipfile.ZIP_DEFLATED)
    return folder / f"{name}.zip"


def write_dump(folder: Path, *, zipped: bool = True) -> list[Path]:
    """All the files of Syria and Turkey, as downloaded."""
    tables = {"SY": SYRIA, "TR": TURKEY, "alternateNamesV2": alternate_lines(), "hierarchy": HIERARCHY}
    plain = {"admin1CodesASCII": ADMIN1, "admin2Codes": ADMIN2, "countryInfo": COUNTRIES}
    packed = [write_table(folder, name, lines, zipped=zipped) for name, lines in tables.items()]
    return [*packed, *(write_table(folder, name, lines) for name, lines in plain.items())]

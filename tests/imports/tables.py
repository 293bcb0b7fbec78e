"""Small made-up files of other people's datasets."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from waqai.codebook import load_actors, load_codebook
from waqai.imports import ForeignRow, RowError, open_rows

ACLED = {
    "event_id_cnty": "SYR900",
    "event_date": "18 June 2023",
    "year": "2023",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Islamic State",
    "assoc_actor_1": "",
    "actor2": "Military Forces of Syria (2000-2024)",
    "assoc_actor_2": "Police; Tribal Guard",
    "iso": "760",
    "country": "Syria",
    "admin1": "Al Hasakeh",
    "admin2": "Ras Al Ain",
    "location": "Tel Salam",
    "latitude": "36.5",
    "longitude": "40.5",
    "geo_precision": "1",
    "source": "Desk of Tests; The Daily",
    "notes": "On 18 June 2023, fighters and guards exchanged fire near Tel Salam. Five were killed.",
    "fatalities": "5",
    "tags": "",
    "timestamp": "1687500000",
}
UCDP = {
    "id": "700001",
    "year": "2023",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "source_office": "Desk of Tests",
    "source_date": "2023-06-20",
    "source_headline": "Fighting near Tel Salam",
    "source_original": "the army",
    "where_prec": "2",
    "where_coordinates": "Tel Salam town",
    "adm_1": "Hasakah",
    "adm_2": "Ras al-Ayn",
    "latitude": "36.5",
    "longitude": "40.5",
    "country": "Syria",
    "date_prec": "1",
    "date_start": "2023-06-18 00:00:00.000",
    "date_end": "2023-06-18 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "0",
    "deaths_civilians": "1",
    "deaths_unknown": "2",
    "best": "5",
    "high": "7",
    "low": "3",
}
POLECAT = {
    "Event ID": "P-1",
    "Event Date": "2023-06-18",
    "Event Type": "ASSAULT",
    "Event Mode": "firearms",
    "Actor Name": "Islamic State",
    "Actor Name Raw": "IS fighters",
    "Recipient Name": "",
    "Recipient Name Raw": "farm workers",
    "Primary Recipient Sector": "CVL",
    "Placename": "Tel Salam",
    "City": "Tel Salam",
    "District": "Ras al-Ayn",
    "Province": "Hasakah",
    "Country": "SYR",
    "Latitude": "36.5",
    "Longitude": "40.5",
    "GeoNames ID": "165509",
    "Source": "Desk of Tests",
    "Publication Date": "2023-06-19",
}
OWN = {"id": "inc-1", "type": "escape", "earliest": "2023-06-18", "place": "Tel Salam", "country": "SY", "escaped_low": "20", "escaped_high": "25"}


def write(path: Path, rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A file of these rows, whose columns are those of the first."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path, **how: Any) -> list[Any]:
    """Everything that the file's rows become."""
    with open_rows(path, codebook=load_codebook(), register=load_actors(), **how) as table:
        return list(table.rows)


def read_one(folder: Path, row: Mapping[str, str], **how: Any) -> ForeignRow:
    (found,) = read(write(folder / "rows.csv", [row]), **how)
    assert isinstance(found, ForeignRow), str(found)
    return found


def fail_one(folder: Path, row: Mapping[str, str], **how: Any) -> RowError:
    (found,) = read(write(folder / "rows.csv", [row]), **how)
    assert isinstance(found, RowError), found
    return found

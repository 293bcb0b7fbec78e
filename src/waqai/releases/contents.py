"""What lies in the folder of a release, each file with what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file of data: its `path` in the folder, the `format` and `table` of `waqai export`, and what a person finds in it."""

    path: str
    format: str
    table: str
    what: str

    @property
    def name(self) -> str:
        return self.path.removeprefix("data/").replace(".", "-")


DATA = (
    DataFile(path="data/incidents.csv", format="csv", table="incidents", what="one row for each incident: what, when, where, how many, how well supported"),
    DataFile(path="data/figures.csv", format="csv", table="figures", what="every competing figure with who gives it, in which report, on which day"),
    DataFile(path="data/accounts.csv", format="csv", table="accounts", what="what each report tells, with the words that say it and the report's address"),
    DataFile(path="data/claims.csv", format="csv", table="claims", what="who says what, how firmly, in which words"),
    DataFile(path="data/incidents.geojson", format="geojson", table="incidents", what="the incidents as points with radius and precision, for maps"),
    DataFile(path="data/incidents.parquet", format="parquet", table="incidents", what="the table of incidents once more, for pandas, R, DuckDB"),
)
INCIDENTS, FIGURES = "data/incidents.csv", "data/figures.csv"
ENTRIES, WITHDRAWN = "provenance/entries.csv", "provenance/withdrawn.csv"
CODEBOOK, README, PACKAGE, SUMS = "codebook.md", "README.md", "datapackage.json", "SHA256SUMS"
ENTRY_COLUMNS = ("entry", "day", "kind", "incident", "by")
WITHDRAWN_COLUMNS = ("id", "now")
OTHERS: Mapping[str, str] = {
    ENTRIES: "which entry of the log touched which incident: opened, judged, corrected, undone; no reasons, as these may name persons",
    WITHDRAWN: "incidents of earlier releases that are no more, each with the one that holds its reports now, where there is one",
    CODEBOOK: "types, roles, statuses, stances, measures, precision codes, with their crosswalk",
    README: "counts, known limits, terms",
    PACKAGE: "a Frictionless data package: names and kinds of all columns",
    SUMS: "SHA-256 of every other file; `sha256sum -c SHA256SUMS` or `waqai release verify`",
}

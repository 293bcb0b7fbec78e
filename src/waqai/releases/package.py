"""The description of a release as a Frictionless data package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.export.shapes import Column

_KINDS = {"text": "string", "number": "number", "integer": "integer", "day": "date", "truth": "boolean"}
_TRUTH = {"trueValues": ["true"], "falseValues": ["false"]}
_MEDIA = {"csv": "text/csv", "geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file of data with its columns; without, where its form says what it holds."""

    name: str
    path: str
    title: str
    columns: tuple[Column, ...] | None
    key: tuple[str, ...] = ()


def hash_file(path: Path) -> str:
    """SHA-256 of its bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_resource(resource: Resource, folder: Path) -> dict[str, Any]:
    """A resource of the package; of a table with the size and hash of its file."""
    path, form = folder / resource.path, resource.path.rpartition(".")[2]
    told: dict[str, Any] = {"name": resource.name, "path": resource.path, "title": resource.title, "format": form, "mediatype": _MEDIA[form]}
    told |= {"encoding": "utf-8"} if form != "parquet" else {}
    if resource.columns is not None:  # of other forms frictionless counts no bytes; SHA256SUMS has their hashes
        told |= {"bytes": path.stat().st_size, "hash": f"sha256:{hash_file(path)}"}
        told |= {"profile": "tabular-data-resource", "dialect": {"delimiter": ",", "header": True}, "schema": _schema(resource)}
    return told


def describe_package(about: Mapping[str, Any], resources: Iterable[Resource], folder: Path) -> dict[str, Any]:
    """The whole package; `about` holds name, title, version, created and what else is told of it."""
    return {"profile": "data-package", **about, "resources": [describe_resource(one, folder) for one in resources]}


def _schema(resource: Resource) -> dict[str, Any]:
    assert resource.columns is not None
    fields: Sequence[dict[str, Any]] = [_field(column) for column in resource.columns]
    return {"fields": fields, "missingValues": [""]} | ({"primaryKey": list(resource.key)} if resource.key else {})


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": _KINDS[column.kind], "description": column.title}
    return told | (_TRUTH if column.kind == "truth" else {}) | ({"hxl": column.hxl} if column.hxl else {})

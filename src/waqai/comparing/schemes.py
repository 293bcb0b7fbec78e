"""The datasets that can be compared: the shape that gives their columns to a record of ours, where their type stands, under which terms rows come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waqai.bounds import INTERNAL, Cleared, Profile, forbids_passing_on
from waqai.export import Making
from waqai.export.registry import TARGETS
from waqai.export.shapes import Dropped, Shape
from waqai.imports import NAMES, Dataset
from waqai.imports.composing import make_origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One dataset. `target` is its name among our exports, `code` the column of its type; None: it has no types of its own. `title` is how it is called.

    `per_telling`: a row is one report's telling, so that several rows may be one happening.
    `published`: everybody can have its rows. `stand_in` is a type that none of its codes stands for: a row whose code says nothing of what happened (ACLED's
    "Other", where escapes are) comes with it, and is compared by its code alone.
    """

    name: Dataset
    title: str
    target: str | None = None
    code: str | None = None
    per_telling: bool = False
    published: bool = True
    stand_in: str | None = None

    @property
    def terms(self) -> str | None:
        """Under which terms its rows come, as an import notes them; None: nobody noted any."""
        return make_origin(NAMES[self.name]).terms

    def may_leave(self, profile: Profile) -> bool:
        """Whether values of its rows may stand in what is written for this profile. Of a table of unknown terms only ids may: its rows passed no bounds."""
        return profile == INTERNAL or (self.published and not forbids_passing_on(self.terms))


_SCHEMES = (
    Scheme(name="acled", title="ACLED", target="acled", code="sub_event_type", stand_in="detention"),
    Scheme(name="ucdp", title="UCDP GED", target="ucdp", code="type_of_violence"),
    Scheme(name="polecat", title="POLECAT", target="plover", code="Event Type", per_telling=True, stand_in="escape"),
    Scheme(name="csv", title="the table", published=False),
)
SCHEMES: Mapping[Dataset, Scheme] = {scheme.name: scheme for scheme in _SCHEMES}


class Holding:
    """What a dataset can hold of ours, by the crosswalk that exports use."""

    def __init__(self, scheme: Scheme, making: Making) -> None:
        target = None if scheme.target is None else TARGETS[scheme.target]
        self._shape: Shape | None = None if target is None or target.shape is None else target.shape(making)
        self._code = None if self._shape is None else [column.name for column in self._shape.columns].index(scheme.code or "")

    def ask(self, cleared: Cleared) -> tuple[str | None, str | None]:
        """The record's type in the dataset's scheme, and why the dataset has no home for the record (None: it has one)."""
        if self._shape is None or self._code is None:
            return None, None
        why = None
        for row in self._shape.iter_rows(cleared):
            if not isinstance(row, Dropped):
                code = row[self._code]
                return (None if code is None else str(code)), None
            why = why or row.reason
        return None, why or "no report tells of it as something of its own"

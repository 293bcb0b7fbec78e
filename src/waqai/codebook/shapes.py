"""The shapes of the codebook's files, checked at the door: unknown keys and wrong kinds of value are refused, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, ValidationError

from waqai.core import CodebookError

T = TypeVar("T", bound="Shape")
Id = Annotated[StrictStr, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Words = tuple[StrictStr, ...]
Scalar = StrictBool | StrictStr


class Shape(BaseModel):
    """A mapping in a codebook file; keys that it does not name are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class RuleShape(Shape):
    when: StrictStr | None = None
    code: StrictStr | None
    mode: StrictStr | None = None
    note: StrictStr | None = None


Rules = Annotated[tuple[RuleShape, ...], Field(min_length=1)] | None


class TypeShape(Shape):
    id: Id
    family: StrictStr
    definition: StrictStr = Field(alias="def")
    roles: Words
    counts: Words
    acled: Rules = None
    plover: Rules = None
    cameo: Rules = None
    example: StrictStr = Field(alias="ex")


class AliasShape(Shape):
    type: StrictStr | None
    status: StrictStr | None = None
    attrs: dict[str, Scalar] = {}
    note: StrictStr | None = None


class StanceShape(Shape):
    value: float | None = Field(ge=-3, le=3)
    cues: Words
    note: StrictStr | None = None


class ModifierShape(Shape):
    effect: Literal["hedge", "count", "negate", "condition"]
    match: Words
    shift: float = 0.0
    factor: float = 1.0
    note: StrictStr | None = None


class VagueShape(Shape):
    low: int
    high: int | None
    acled: int | None = None


class ApproxShape(Shape):
    below: float = Field(ge=0, le=1)
    above: float | None = Field(ge=0)


class PrecisionShape(Shape):
    ucdp: int | None
    acled: int | None
    days: int | None = None
    note: StrictStr | None = None


class AttrShape(Shape):
    values: tuple[Scalar, ...] = Field(min_length=1)
    definition: StrictStr = Field(alias="def")


class PatternShape(Shape):
    id: Id
    asks: StrictStr


class OntologyShape(Shape):
    """ontology.yaml."""

    version: StrictStr
    mapping_basis: dict[str, StrictStr]
    families: dict[Id, StrictStr]
    roles: dict[Id, StrictStr]
    statuses: dict[Id, StrictStr]
    aliases: dict[Id, AliasShape]
    stances: dict[Id, StanceShape]
    stance_modifiers: tuple[ModifierShape, ...]
    claim_types: Words
    measures: tuple[Id, ...]
    count_kinds: Words
    vague: dict[str, VagueShape]
    approx: dict[str, ApproxShape]
    units: Words
    time_precision: dict[Id, PrecisionShape]
    time_bases: Words
    place_precision: dict[Id, PrecisionShape]
    grades: dict[Id, StrictStr]
    attrs: dict[Id, AttrShape]
    types: tuple[TypeShape, ...]
    relations: Words
    checks: Words
    ethics: Words
    patterns: tuple[PatternShape, ...]


class TargetCodeShape(Shape):
    definition: StrictStr = Field(alias="def")
    type: StrictStr | None = None
    disorder: StrictStr | None = None
    modes: Words = ()


class TargetShape(Shape):
    basis: StrictStr
    statuses: Words
    before: tuple[RuleShape, ...] = ()
    codes: dict[str, TargetCodeShape]


class ActorShape(Shape):
    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: StrictStr
    aliases: Words = ()
    demonyms: Words = ()
    kind: StrictStr
    country: Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$")] | None = None
    wikidata: Annotated[StrictStr, Field(pattern=r"^Q[1-9][0-9]*$")] | None = None


class ActorsShape(Shape):
    """actors.yaml."""

    version: StrictStr
    kinds: dict[Id, StrictStr]
    actors: tuple[ActorShape, ...]


def _none_is_empty(value: object) -> object:
    return {} if value is None else value


class ExtraShape(Shape):
    """An installation's own file: what it adds to the shipped codebook. Nothing shipped can be changed or removed."""

    roles: Annotated[dict[Id, StrictStr], BeforeValidator(_none_is_empty)] = {}
    measures: tuple[Id, ...] = ()
    attrs: Annotated[dict[Id, AttrShape], BeforeValidator(_none_is_empty)] = {}
    types: tuple[TypeShape, ...] = ()
    actors: tuple[ActorShape, ...] = ()


def read_shape(shape: type[T], data: object, *, name: str) -> T:
    """The data as that shape. Raises CodebookError that lists every fault; `name` is the file they stand in."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        faults = [f"{'.'.join(str(part) for part in e['loc']) or 'the file'}: {e['msg']}" for e in error.errors()]
        raise CodebookError(list_faults(name, faults)) from error


def list_faults(name: str, faults: list[str]) -> str:
    """One message for all faults of a file, a line each.

    >>> print(list_faults("mine.yaml", ["types.0.family: no family 'x'"]))
    1 fault in mine.yaml:
    - types.0.family: no family 'x'
    """
    return "\n- ".join([f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in {name}:", *faults])


def load_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises CodebookError when it is missing, no YAML, or names a key twice."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"cannot read the codebook file {str(path)!r}: {error}") from error
    return parse_yaml(text, name=path.name)


def parse_yaml(text: str, *, name: str) -> Any:
    """The value of a YAML text. Raises CodebookError when it is no YAML or names a key twice.

    >>> parse_yaml("a: 1", name="x.yaml")
    {'a': 1}
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise CodebookError(f"{name} is no valid YAML: {error}") from error


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader (libyaml's where it is built in) that refuses a key named twice, which YAML would let the second one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Mapping[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice[0]!r} stands twice", node.start_mark)
        mapping: Mapping[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping

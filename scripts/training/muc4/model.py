"""The whole bench model: how it is kept, and how it reads a text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.muc4_scoring import Template
from scripts.training.muc4.details import DetailModel, FormFiller
from scripts.training.muc4.filling import Incident, Record, Thresholds, choose_incidents, weigh_incidents
from scripts.training.muc4.learning import SecondModel
from scripts.training.muc4.looks import ALL_ROLES, Look, LookModel, look_at
from scripts.training.muc4.mentions import Words
from scripts.training.muc4.parsed import CACHE, Parsed
from scripts.training.muc4.seeing import Seeing
from scripts.training.muc4.seen import Seen
from scripts.training.muc4.sources import DESCRIBED
from scripts.training.muc4.split import parts_of
from scripts.training.muc4.spots import Atlas
from waqai.codebook.lexicon import Lexicon, load_lexicon
from waqai.core import MissingPart
from waqai.learned.card import TrainingCard
from waqai.learned.files import load_model, save_model
from waqai.learned.linear import LinearModel
from waqai.learned.trees import BoostedTrees

VERSION = "2"
FILE = CACHE / "muc4.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """From which probability what is written; tuned on the training part by cross-validation for GTT F1. `together` is for `split_incident`."""

    thresholds: Thresholds
    together: float


_ROLE_CHOICES = {"PerpInd": 0.32, "PerpOrg": 0.26, "Target": 0.31, "Victim": 0.28, "Weapon": 0.25, DESCRIBED: 0.38}
CHOICES = Choices(thresholds=Thresholds(incident=0.36, roles=_ROLE_CHOICES), together=0.55)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchModel:
    """All that was learned. `kin` groups words; `atlas` knows places."""

    looks: LookModel
    seeing: Seeing
    second: SecondModel
    splits: BoostedTrees
    details: DetailModel
    atlas: Atlas
    kin: Mapping[str, tuple[str, ...]]

    def read(self, parsed: Parsed, *, choices: Choices = CHOICES) -> tuple[list[Record], list[Template]]:
        """The templates of a text in the GTT form and in the official one."""
        words = Words(lexicon=_lexicon(), kin=self.kin)
        look = look_at(parsed, self.looks, words=words)
        incidents = self.incidents(look, self.seeing.see(parsed), choices=choices)
        filler = FormFiller(model=self.details, atlas=self.atlas, words=words)
        return [one.record() for one in incidents], [filler.template(look, one) for one in incidents]

    def incidents(self, look: Look, seen: Seen, *, choices: Choices = CHOICES) -> list[Incident]:
        """The incidents of a text that was looked at, with what was seen in it."""
        chosen = choose_incidents(look, weigh_incidents(look, seen, self.second), thresholds=choices.thresholds)
        return parts_of(look, chosen, self.splits, least=choices.together)

    def save(self, card: TrainingCard, path: Path = FILE) -> None:
        """Write it, with its card."""
        arrays: dict[str, NDArray[Any]] = self.seeing.to_arrays()
        for name, linear in self._linears().items():
            arrays |= linear.to_arrays(name)
        for name, trees in self._trees().items():
            arrays |= trees.to_arrays(name)
        atlas = {**asdict(self.atlas), "countries": sorted(self.atlas.countries)}
        arrays |= {"kin": np.array(json.dumps(self.kin)), "atlas": np.array(json.dumps(atlas))}
        save_model(path, arrays, card=card)

    def _linears(self) -> dict[str, LinearModel]:
        return {
            **{f"looks.{f.name}": getattr(self.looks, f.name) for f in fields(LookModel)},
            **{f"details.{f.name}": getattr(self.details, f.name) for f in fields(DetailModel)},
        }

    def _trees(self) -> dict[str, BoostedTrees]:
        roles = {f"role.{role}": trees for role, trees in self.second.roles.items()}
        return {"incidents": self.second.incidents, "splits": self.splits, **roles}


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()


def load_bench_model(path: Path = FILE) -> tuple[BenchModel, TrainingCard]:
    """The kept model with its card. Raises MissingPart where there is none, or one of another version of this code."""
    file = load_model(path)
    if file.card.version != VERSION:
        raise MissingPart(f"the model file {path.name!r} is of version {file.card.version}, not {VERSION}")
    arrays = file.arrays
    atlas = json.loads(str(arrays["atlas"]))
    roles = {role: BoostedTrees.from_arrays(arrays, f"role.{role}") for role in ALL_ROLES}
    model = BenchModel(
        looks=LookModel(**{f.name: LinearModel.from_arrays(arrays, f"looks.{f.name}") for f in fields(LookModel)}),
        seeing=Seeing.from_arrays(arrays),
        second=SecondModel(incidents=BoostedTrees.from_arrays(arrays, "incidents"), roles=roles),
        splits=BoostedTrees.from_arrays(arrays, "splits"),
        details=DetailModel(**{f.name: LinearModel.from_arrays(arrays, f"details.{f.name}") for f in fields(DetailModel)}),
        atlas=Atlas(**{**atlas, "countries": frozenset(atlas["countries"])}),
        kin={word: tuple(groups) for word, groups in json.loads(str(arrays["kin"])).items()},
    )
    return model, file.card

"""The learned reader: the rules' claims, and accounts as a trained coder would code them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from waqai.attribution import ClaimModel, DraftClaim, digest_of_model, load_claim_model
from waqai.codebook import load_codebook
from waqai.coding.coder import Coder
from waqai.coding.left_over import with_left_over
from waqai.coding.model import CoderModel
from waqai.coding.scene import Scene
from waqai.coding.senses import digest_of_senses
from waqai.coding.settled import is_settled
from waqai.coding.view import Viewer, load_viewer
from waqai.core import Account, ActorNames, Claim, MissingPart, PlaceNames, ReaderStamp, Report, short_hash
from waqai.learned.files import load_model
from waqai.parsing.text import WorkingText
from waqai.reading.accounts import SaidBy
from waqai.reading.reader import ReaderSettings, RuleReader
from waqai.reading.timing import Timeline

_NAMED = 5  # words that a notice quotes
MODEL_FILE = Path(__file__).with_name("models") / "coder.npz"


@cache
def load_coder(path: Path = MODEL_FILE) -> tuple[CoderModel, str]:
    """The model of a file, and its version. Raises MissingPart where there is none, or one that does not fit this code."""
    file = load_model(path)
    try:
        return CoderModel.from_arrays(file.arrays), file.card.version
    except KeyError as error:
        raise MissingPart(f"the model file {path.name!r} lacks {error}; it was trained for another version of waqai") from error


class LearnedReader(RuleReader):
    """Reads as `RuleReader` does, and lets a model that learned from coded reports decide what of it becomes an account, of whom, when, where, how many."""

    name = "learned"

    def __init__(
        self,
        *,
        places: PlaceNames,
        actors: ActorNames,
        settings: ReaderSettings | None = None,
        data_version: str = "",
        model: CoderModel | None = None,
        claim_model: ClaimModel | None = None,
        viewer: Viewer | None = None,
    ) -> None:
        """`model`, `claim_model` and `viewer` in place of the shipped ones. Raises MissingPart, CodebookError."""
        super().__init__(places=places, actors=actors, settings=settings, data_version=data_version)
        coder, version = (model, "handed in") if model is not None else load_coder()
        self.claim_model = claim_model or load_claim_model()
        viewer, sight = (viewer, "handed in") if viewer is not None else load_viewer()
        self._coder = Coder(coder, viewer)
        self._actors = actors
        self._families = {type.id: type.family for type in load_codebook().types.values()}
        self.stamp = ReaderStamp(
            name=self.name, version=self.version, settings_hash=short_hash(self.stamp.settings_hash, version, sight, digest_of_senses(), digest_of_model())
        )

    def accounts_of(
        self, report: Report, doc: Doc, text: WorkingText, *, timeline: Timeline, drafts: Sequence[DraftClaim], claims: Sequence[Claim]
    ) -> tuple[Account, ...]:
        """The accounts in order of the text."""
        told = self.account_reader.tell(doc, text, timeline=timeline)
        scene = Scene(report, doc, text, drafts, timeline, told, self.lexicon, self._actors, self._families)
        settled = [telling for telling in told.tellings if is_settled(telling)]
        said = SaidBy(claims)
        standing = [self.account_reader.account(report, telling, stamp=self.stamp, said=said) for telling in settled]
        coded = self._coder.code(scene, stamp=self.stamp, claims=claims, settled=settled, standing=standing)
        if coded.held_back:
            words = ", ".join(repr(span.of(report.text)) for span in coded.held_back[:_NAMED])
            timeline.add_notice(coded.held_back[0], f"perhaps not about conflict: {len(coded.held_back)} doubtful tellings are left out ({words})")
        return with_left_over(scene, coded.accounts, said=said)

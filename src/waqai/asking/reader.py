"""The model reader: a report in, a question out, and of the answer whatever the report's own words bear out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from waqai.asking import UNANSWERED, VERSION
from waqai.asking.accounts import read_accounts
from waqai.asking.answer import read_answer
from waqai.asking.claims import read_claims, with_accounts
from waqai.asking.form import AnswerShape
from waqai.asking.material import Ground, lay_out
from waqai.asking.question import Ask, Questioner
from waqai.codebook import Codebook
from waqai.codebook.lexicon import load_lexicon
from waqai.core import ActorNames, NoAnswer, Notice, PlaceNames, Reader, ReaderStamp, Reading, Report, short_hash
from waqai.parsing.pipeline import DEFAULT_PIPELINE, load_pipeline
from waqai.parsing.text import WorkingText, prepare
from waqai.reading import REFUSED
from waqai.reading.refusal import cut_short, find_refusal

_MOST_NOTICES = 50  # on one report


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """`model` is whatever tells one model's answers from another's: name, address, limits. The rest is as for the rule reader."""

    model: str
    pipeline: str = DEFAULT_PIPELINE
    longest: int = 60_000


class ModelReader:
    """Reads by asking a language model and believing only what it can quote. With `fallback`, that reader reads the reports that get no answer."""

    name = "llm"
    version = VERSION

    def __init__(
        self,
        *,
        ask: Ask,
        codebook: Codebook,
        places: PlaceNames,
        actors: ActorNames,
        settings: ModelSettings,
        fallback: Reader | None = None,
        data_version: str = "",
    ) -> None:
        """`data_version` names the data behind `places` and `actors`: it becomes part of the stamp. Raises MissingPart, CodebookError."""
        self._ask, self._fallback, self.settings = ask, fallback, settings
        self._questioner = Questioner(codebook)
        self._nlp: Language = load_pipeline(settings.pipeline)
        lexicon = load_lexicon()
        parser = f"{self._nlp.meta.get('name')} {self._nlp.meta.get('version')}"
        made_with = (settings.model, settings.pipeline, str(settings.longest), parser, lexicon.digest, self._questioner.digest, data_version)
        self.stamp = ReaderStamp(name=self.name, version=self.version, settings_hash=short_hash(*made_with))
        self._ground = Ground(codebook=codebook, lexicon=lexicon, places=places, actors=actors, stamp=self.stamp)

    def read(self, report: Report) -> Reading | Notice:
        """The reading of one report, or why there is none."""
        return next(iter(self.iter_read([report])))

    def iter_read(self, reports: Iterable[Report]) -> Iterator[Reading | Notice]:
        """One reading for each report, in order, asked one after the other. A notice instead is no reading: the next run asks again."""
        for report in reports:
            text = prepare(report.text[: self.settings.longest], title=report.title)
            why = find_refusal(report, text, common=self._ground.lexicon.words.common_english)
            yield self._refused(report, why) if why is not None else self._asked(report, text)

    def _refused(self, report: Report, why: str) -> Reading:
        notice = Notice(record=report.id, stage=REFUSED, reason=f"not read: {why}")
        return Reading(report=report.id, report_sha256=report.sha256, reader=self.stamp, notices=(notice,))

    def _asked(self, report: Report, text: WorkingText) -> Reading | Notice:
        try:
            answer = read_answer(self._ask(self._questioner.make(report, longest=self.settings.longest)))
        except NoAnswer as error:
            return self._unanswered(report, error)
        return self._reading(report, text, answer)

    def _unanswered(self, report: Report, error: NoAnswer) -> Reading | Notice:
        if self._fallback is None:
            return Notice(record=report.id, stage=UNANSWERED, reason=f"not read: {error}")
        instead = next(iter(self._fallback.iter_read([report])))
        if isinstance(instead, Notice):
            return instead
        notice = Notice(record=report.id, stage=UNANSWERED, reason=f"read by the {instead.reader.name} instead of the model: {error}")
        return replace(instead, notices=(notice, *instead.notices))

    def _reading(self, report: Report, text: WorkingText, answer: AnswerShape) -> Reading:
        material = lay_out(report, text, parse=self._nlp, ground=self._ground)
        claims = read_claims(answer.claims, material=material)
        accounts = read_accounts(answer.accounts, claims=claims, material=material)
        return Reading(
            report=report.id,
            report_sha256=report.sha256,
            reader=self.stamp,
            claims=tuple(with_accounts(c, accounts) for c in claims),
            accounts=accounts,
            notices=(*_few(material.notices), *cut_short(report, longest=self.settings.longest, stage="asking")),
        )


def _few(notices: Sequence[Notice]) -> Sequence[Notice]:
    """The first of them, and how many more there are: an answer may be nothing but invention."""
    if len(notices) <= _MOST_NOTICES:
        return notices
    rest = replace(notices[0], reason=f"set aside: {len(notices) - _MOST_NOTICES} more values of the answer")
    return (*notices[:_MOST_NOTICES], rest)

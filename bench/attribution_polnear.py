"""Who says what on PolNeAR's development part: a model of our tagger that learned from its training part, and the shipped reader, side by side.

    python -m bench.attribution_polnear

The first is a bench model, not shipped: `python -m scripts.train_attribution --polnear` makes it, into the ignored folder .cache/bench-models. It shows what
the tagger's code can learn; the second shows what a user gets on this kind of text. A span is right ("exact") when both its ends are, or ("overlap") when it
shares a word with a coded one; each different span of an article counts once. Spans are not cut at the ends of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc

from bench.figures import Figure, Skipped
from bench.polnear import MODEL, PARTS, Article, CharSpan, load_articles, parse_articles
from waqai.attribution import find_claims
from waqai.attribution.claims import chars
from waqai.attribution.cues import with_extras
from waqai.attribution.layout import lay_out
from waqai.attribution.tagging import Bounds, Tagger, see, tagger_of
from waqai.attribution.utterances import find_utterances
from waqai.codebook import load_codebook
from waqai.core import MissingPart
from waqai.learned.files import load_model

TARGETS = {"source": 0.76, "cue": 0.70, "content": 0.62}
Found = Mapping[str, frozenset[CharSpan]]


@dataclass(slots=True)
class Tally:
    """How many spans were right, found and coded, by exact bounds; and how many of the found and the coded met one of the other kind."""

    right: int = 0
    found: int = 0
    coded: int = 0
    found_meeting: int = 0
    coded_meeting: int = 0

    def add(self, found: frozenset[CharSpan], coded: frozenset[CharSpan]) -> None:
        """Count one article's spans in."""
        self.right += len(found & coded)
        self.found += len(found)
        self.coded += len(coded)
        self.found_meeting += sum(_meets(span, coded) for span in found)
        self.coded_meeting += sum(_meets(span, found) for span in coded)

    @property
    def exact(self) -> float:
        """F1 of spans with both ends right."""
        return 2 * self.right / max(self.found + self.coded, 1)

    @property
    def overlap(self) -> float:
        """F1 of spans that meet one."""
        precision, recall = self.found_meeting / max(self.found, 1), self.coded_meeting / max(self.coded, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)


def _meets(span: CharSpan, others: frozenset[CharSpan]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


@dataclass(slots=True)
class Scores:
    """The tallies of the three parts."""

    of: dict[str, Tally] = field(default_factory=lambda: {part: Tally() for part in PARTS})

    def add(self, found: Found, article: Article) -> None:
        """Count what was found in an article in."""
        for part, tally in self.of.items():
            tally.add(found[part], article.spans(part))

    def figures(self, whose: str, *, targets: Mapping[str, float]) -> Iterator[Figure]:
        """Exact and overlap F1 of each part."""
        for part, tally in self.of.items():
            yield Figure(f"{part} exact, {whose}", tally.exact, "F1", targets.get(part), tally.coded, noise=0.005)
            yield Figure(f"{part} overlap, {whose}", tally.overlap, "F1", None, tally.coded, noise=0.005)


def measure_polnear() -> Iterator[Figure]:
    """Exact and overlap F1 of sources, cues and contents, of the bench model and of the shipped reader. Raises Skipped without data or bench model."""
    articles = load_articles("dev")
    try:
        tagger = tagger_of(load_model(MODEL).arrays)
    except MissingPart as error:
        raise Skipped("no bench model; `python -m scripts.train_attribution --polnear` makes it") from error
    docs = parse_articles(articles)
    yield from measure_tagger(tagger, articles, docs)
    shipped = Scores()
    for article, doc in zip(articles, docs, strict=True):
        shipped.add(find_with_reader(doc), article)
    yield from shipped.figures("shipped reader", targets={})


def measure_tagger(tagger: Tagger, articles: tuple[Article, ...], docs: tuple[Doc, ...]) -> Iterator[Figure]:
    """The figures of a tagger on these articles."""
    scores = Scores()
    for article, doc in zip(articles, docs, strict=True):
        scores.add(find_with_tagger(tagger, doc), article)
    yield from scores.figures("bench model, not shipped", targets=TARGETS)


def find_with_tagger(tagger: Tagger, doc: Doc) -> Found:
    """The spans that a tagger finds."""
    layout, lookup = lay_out(doc), with_extras(load_codebook().stance_of_cue)
    tagged = tagger.find(see(doc, layout=layout, lookup=lookup, saids=find_utterances(doc, layout=layout, lookup=lookup), opinions=tagger.opinions))
    return {
        "source": _spans(doc, [span for one in tagged for span in one.speakers]),
        "cue": _spans(doc, [one.cue for one in tagged]),
        "content": _spans(doc, [span for one in tagged for span in one.contents]),
    }


def _spans(doc: Doc, bounds: list[Bounds]) -> frozenset[CharSpan]:
    return frozenset((span.start, span.end) for span in (chars(doc, b) for b in bounds))


def find_with_reader(doc: Doc) -> Found:
    """The spans that the shipped reader finds."""
    claims = find_claims(doc)
    return {
        "source": frozenset((c.speaker.start, c.speaker.end) for c in claims if c.speaker is not None),
        "cue": frozenset((c.cue.start, c.cue.end) for c in claims),
        "content": frozenset((span.start, span.end) for c in claims for span in (c.content, *c.runs_on)),
    }


def main() -> None:
    try:
        for figure in measure_polnear():
            print(f"{figure.name:44s} {figure.value:.3f} {figure.unit} (n = {figure.n})")
    except Skipped as why:
        print(f"attribution_polnear: skipped, {why}")


if __name__ == "__main__":
    main()

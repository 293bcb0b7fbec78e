"""Reports in which nothing was coded: whose story they tell, by their words alone.

Readers miss: an accident with a gun has no type of ours, a court's decision is told without the deed. Such a report still tells the story of an incident that
other reports told. It is put beside that incident, vouches for nothing there, and is shown with the words that it shares.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from waqai.core import BODY, Card, Report
from waqai.linking.evidence import iter_wording
from waqai.linking.fits import JOIN, mean_of_better_half
from waqai.linking.pairs import weigh
from waqai.linking.tellings import Telling, tellings_of
from waqai.linking.words import find_shared, score_cosine, score_shared_names

FAR_PRESS = 45  # days between publications from which they are worth a word in a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A report as its words are compared: `body` is the beginning of its text."""

    report_sha256: str
    title: str
    body: str
    published: date | None

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFit:
    """The incident whose story a report tells: the mean score of the better half of its news, and the account whose report is most like it."""

    incident: str
    right: str
    score: float
    because: str


def make_story(report: Report) -> Story:
    """The story of a report."""
    return Story(report_sha256=report.sha256, title=report.title or "", body=report.text[:BODY], published=report.published)


def find_story(story: Story, candidates: Sequence[tuple[str, tuple[Card, ...]]], *, barred: Collection[str] = ()) -> StoryFit | None:
    """The incident that fits best, None where none reaches JOIN. Only the news of other reports is compared: a mention is too short to tell by."""
    fits = [fit for incident, members in candidates if incident not in barred and (fit := _fit(story, incident, members)) is not None]
    best = max(fits, key=lambda fit: (fit.score, fit.incident), default=None)
    return best if best is not None and best.score >= JOIN else None


def rank_stories(story: Story, candidates: Sequence[tuple[str, tuple[Card, ...]]], *, most: int) -> tuple[StoryFit, ...]:
    """The incidents that fit best, at most so many, best first, whether or not one reaches JOIN: for a person to choose from."""
    fits = [fit for incident, members in candidates if (fit := _fit(story, incident, members)) is not None]
    return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.incident))[:most])


def _fit(story: Story, incident: str, members: Sequence[Card]) -> StoryFit | None:
    news = [t for t in tellings_of([c for c in members if c.anchor.report_sha256 != story.report_sha256]) if t.news]
    if not news:
        return None
    scored = [(score_story(story, telling), telling) for telling in news]
    _, nearest = max(scored, key=lambda pair: (pair[0], pair[1].lead.account.id))
    score = round(mean_of_better_half([(score, 1.0) for score, _ in scored]), 4)
    return StoryFit(incident=incident, right=nearest.lead.account.id, score=score, because=_say(story, nearest))


def score_story(story: Story, telling: Telling) -> float:
    """How likely the report tells the story of this news, in [0, 1]."""
    title, press = telling.lead.title, _press_gap(story, telling)
    likeness = score_cosine(story.text, telling.text)
    names = score_shared_names(story.text, telling.text)
    score, _ = weigh(iter_wording(press=press, text=likeness, title=score_cosine(story.title, title), names=names), table="story")
    return score


def _press_gap(story: Story, telling: Telling) -> int | None:
    return abs((story.published - telling.lead.published).days) if story.published and telling.lead.published else None


def _say(story: Story, telling: Telling) -> str:
    words, press = find_shared(story.text, telling.text, most=5), _press_gap(story, telling)
    said = [f"shared words {', '.join(words)}" if words else "much the same words"]
    return ", ".join([*said, *([f"published {press} days apart"] if press and press > FAR_PRESS else [])])

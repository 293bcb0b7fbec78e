"""The expectations register on the screen: claims with what they come to, entries with what stands of them, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from waqai.core import to_plain
from waqai.expectations import Answerable, Draft, Interval, Registered, Scores, describe_answer, describe_entry, describe_rule, describe_state
from waqai.expectations.wording import describe_band, describe_horizon, describe_silence
from waqai.patterns.testable import NotTestable
from waqai.terminal.printing import count_of
from waqai.terminal.screen import tame

NO_CLAIM = "no claim that looks ahead; reports in which somebody expects, plans, warns, threatens or pledges bring them"
NO_ENTRY = "the register is empty; `waqai expectations list` lists claims, `waqai expectations register CLAIM` registers one"


def print_drafts(console: Console, drafts: Sequence[tuple[Draft, Registered | None]]) -> None:
    """Each claim with what it comes to, or why it is not resolvable as it was said; with its entry where it is registered."""
    if not drafts:
        console.print(NO_CLAIM)
    for draft, entry in drafts:
        _print_claim(console, draft, entry.id if entry else draft.claim or "by hand")
        for line in describe_entry(entry) if entry else describe_draft(draft):
            console.print(f"    {line}", soft_wrap=True, style="dim")


def print_register(console: Console, entries: Sequence[Registered]) -> None:
    """Each entry with its question and where it stands."""
    if not entries:
        console.print(NO_ENTRY)
    for one in entries:
        frozen = one.frozen
        late = ", registered late" if frozen.late else ""
        band = f", p {frozen.band.low:.2f}–{frozen.band.high:.2f}" if frozen.rule.route == "event" else ""
        console.print(f"{one.id}  {describe_state(one)}{late}", style="bold", soft_wrap=True)
        console.print(f"    {tame(frozen.speaker)} {frozen.stance} ({frozen.issued}, report {tame(frozen.report)}{band}):", soft_wrap=True)
        console.print(f"    {tame(describe_rule(frozen.rule))}", soft_wrap=True)


def print_entry(console: Console, one: Registered, answer: Answerable | NotTestable | None) -> None:
    """All that is known of one, with the words that it rests on."""
    frozen = one.frozen
    console.print(f"{one.id}  {describe_state(one)}", style="bold", soft_wrap=True)
    console.print(f"  {tame(frozen.speaker)} {frozen.stance}: “{tame(frozen.words)}” (report {frozen.report}, {frozen.issued})", soft_wrap=True)
    for line in describe_entry(one):
        console.print(f"  {line}", soft_wrap=True)
    if answer is not None:
        console.print(f"  {describe_answer(answer)}", soft_wrap=True)
    console.print(f"  registered {one.at:%Y-%m-%d} by {one.by} in entry {one.entry} of the log, frozen with sha256 {one.sha256}", style="dim", soft_wrap=True)


def describe_draft(draft: Draft) -> Iterator[str]:
    """The lines under a claim that is not registered."""
    if draft.rule is None:
        yield f"not resolvable as said: {draft.why_not}"
        return
    yield describe_rule(draft.rule)
    yield f"{describe_horizon(draft)}; {describe_band(draft)}"
    yield describe_silence(draft.rule)
    yield from (f"note: {note}" for note in draft.notes)


def print_scores(console: Console, scores: Scores) -> None:
    """The register counted, then scores where there are any: n first, intervals, the base rate beside them."""
    states = ", ".join(f"{many} {name.replace('_', ' ')}" for name, many in scores.states.items()) or "none"
    console.print(f"{count_of(scores.registered, 'entry')}: {states}; {scores.late} registered late, {scores.routed} asked of many incidents", soft_wrap=True)
    console.print(f"{scores.cited} of {scores.resolved} resolved as yes or no cite incidents or say why none is needed", soft_wrap=True)
    mean = scores.summary
    console.print(f"n = {mean.n} scored, in {count_of(mean.clusters, 'cluster')} (about one incident, or one question with days in common)", soft_wrap=True)
    if mean.brier is None or mean.log is None:
        console.print("nothing to score yet: a score wants entries that came out as yes or no and were registered before their days began")
        return
    console.print(f"Brier {_of(mean.brier)}, log {_of(mean.log)} (natural, p held within .01 and .99); lower is better", soft_wrap=True)
    base = "too few windows" if mean.base_brier is None else f"{mean.base_brier:.3f} (n = {mean.with_base}; the band's there {_of(mean.brier_beside_base)})"
    console.print(f"base rate: Brier {base}: {mean.verdict}", soft_wrap=True)
    table = Table("strength word", "n", "clusters", "came true", "95 % interval", "band", box=SIMPLE_HEAD, header_style="dim", pad_edge=False)
    for word in scores.words:
        table.add_row(tame(word.word), str(word.n), str(word.clusters), str(word.yes), _of(word.share, 2), _of(word.band, 2))
    console.print(table)
    for one in scores.speakers:
        shown = one.shown or f"Brier {_of(one.summary.brier if one.summary else None)}, in {count_of(one.summary.clusters if one.summary else 0, 'cluster')}"
        console.print(f"  {tame(one.speaker)}: n = {one.n}, {shown}", soft_wrap=True)
    if scores.private:
        console.print(
            f"  {count_of(scores.private, 'entry')} of speakers who are no body and hold no public office: counted above, listed nowhere", soft_wrap=True
        )


def draft_as_json(draft: Draft, entry: Registered | None) -> dict[str, Any]:
    """A claim as a program reads it."""
    return {**to_plain(draft), "asked": describe_rule(draft.rule) if draft.rule else None, "entry": entry.id if entry else None}


def entry_as_json(one: Registered) -> dict[str, Any]:
    """An entry as a program reads it."""
    names = ("id", "report_sha256", "frozen", "sha256", "by", "at", "because", "entry", "withdrawn", "resolution", "proposal", "evidence", "doubts")
    return {**{name: to_plain(getattr(one, name)) for name in names}, "state": one.state, "asked": describe_rule(one.frozen.rule)}


def scores_as_json(scores: Scores) -> dict[str, Any]:
    """Scores as a program reads them, with the verdict in words."""
    return {**to_plain(scores), "verdict": scores.summary.verdict}


def _print_claim(console: Console, draft: Draft, name: str) -> None:
    day = draft.issued or "day not given"
    console.print(f"{name}  {tame(draft.speaker)} {draft.stance}: “{tame(draft.words)}” (report {tame(draft.report)}, {day})", soft_wrap=True)


def _of(interval: Interval | None, digits: int = 3) -> str:
    return "–" if interval is None else f"{interval.low:.{digits}f}–{interval.high:.{digits}f}"

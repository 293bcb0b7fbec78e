"""How well reports find their incident: the corpus, from raw text through reader, gazetteer and linker, scored by data/corpus/score_links.py.

    python -m bench.corpus_links [--order time|file] [--verbose]

Only id, title, publisher, day of publication, language and text are fed; the answer fields stay in the scorer. "time" feeds in order of publication (reports
without a day last), "file" as the corpus lists them. Incidents are kept in memory and each is a candidate for each telling: what a run of `add` makes of
them is `bench.store_links`, whose figures are those of the table. The linker's weights were fitted on this corpus, too (scripts/train_linker.py): read the
figures as those of a development set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, Literal, TypeAlias

from bench.figures import ROOT, Figure, Skipped
from bench.scorers import load_module
from waqai.core import Account, Card, Claim, Reading, Report, make_card, text_sha256
from waqai.linking import PASSES, Link, link_report, refit_report

CORPUS = ROOT / "data" / "corpus"
DATA = ("data/corpus/corpus.jsonl", "data/corpus/incidents.json", "data/corpus/score_links.py")
Order: TypeAlias = Literal["time", "file"]
Read: TypeAlias = Callable[[Sequence[Report]], Iterable["Told"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report as read and placed on the map; `cards` in the order of its accounts."""

    report: Report
    cards: tuple[Card, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """`links` of each report by its id, and the members of each incident by its id."""

    told: Mapping[str, Told]
    links: Mapping[str, tuple[Link, ...]]
    incidents: Mapping[str, tuple[Card, ...]]


def load_rows() -> list[dict[str, Any]]:
    """The lines of the corpus, answers included. Raises Skipped where the corpus is missing."""
    path = CORPUS / "corpus.jsonl"
    if not path.exists():
        raise Skipped("data/corpus/corpus.jsonl is not here")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def strip_answers(row: Mapping[str, Any]) -> Report:
    """The report of a line, without its answer fields."""
    published = date.fromisoformat(row["published"]) if row["published"] else None
    text, title = row["text"], row["title"]
    return Report(
        id=row["id"],
        text=text,
        sha256=text_sha256(text),
        title=title,
        publisher=row["publisher"],
        published=published,
        language=row["language"],
        text_origin="restated",
    )


def link_all(told: Sequence[Told], *, order: Order) -> Linked:
    """Link the reports one after the other, and at the end give each its second thoughts, as a run of `add` does."""
    queue = sorted(told, key=lambda t: t.report.published or date.max) if order == "time" else list(told)
    incidents: dict[str, list[Card]] = {}
    links: dict[str, tuple[Link, ...]] = {}
    for one in queue:
        known = [(incident, tuple(members)) for incident, members in incidents.items()]
        links[one.report.id] = link_report(one.cards, candidates=partial(_all_of, known))
        cards = {c.account.id: c for c in one.cards}
        for link in links[one.report.id]:
            incidents.setdefault(link.incident, []).append(replace(cards[link.account], role=link.role))
    for _ in range(PASSES):
        if not sum(_settle_one(one, links, incidents) for one in queue):
            break
    return Linked(told={t.report.id: t for t in told}, links=links, incidents={i: tuple(m) for i, m in incidents.items() if m})


def _settle_one(one: Told, links: dict[str, tuple[Link, ...]], incidents: dict[str, list[Card]]) -> int:
    """How many of the report's tellings moved on second thoughts."""
    cards = {card.account.id: card for members in incidents.values() for card in members if card.anchor.report_sha256 == one.report.sha256}
    known = [(incident, tuple(members)) for incident, members in incidents.items() if members]
    seats = {link.account: link.incident for link in links[one.report.id]}
    moves = refit_report(one.cards, seats, candidates=partial(_all_of, known)).moves
    for move in moves:
        incidents[move.source] = [card for card in incidents[move.source] if card.account.id not in move.accounts]
        incidents[move.target] += [cards[account] for account in move.accounts]
        links[one.report.id] = tuple(replace(link, incident=move.target) if link.account in move.accounts else link for link in links[one.report.id])
    return len(moves)


def _all_of(known: Sequence[tuple[str, tuple[Card, ...]]], _: Card) -> Sequence[tuple[str, tuple[Card, ...]]]:
    return known


def predict_roles(linked: Linked) -> dict[str, dict[str, str]]:
    """{report: {incident: role}} as the scorer reads it: main where any account of the report is main in the incident, else the first one's role."""
    found: dict[str, dict[str, str]] = {}
    for report, links in linked.links.items():
        roles: dict[str, str] = {}
        for link in links:
            roles[link.incident] = "main" if link.role == "main" else roles.get(link.incident, link.role)
        found[report] = {i: "background" if role == "part" else role for i, role in roles.items()}
    return found


def predict_figures(linked: Linked) -> dict[str, list[dict[str, object]]]:
    """{incident: its figures with their speakers}, of the incident's accounts in every role."""
    found: dict[str, list[dict[str, object]]] = {}
    for incident, cards in linked.incidents.items():
        found[incident] = [figure for card in cards for figure in figures_of(card.account, linked.told[card.account.report])]
    return found


def figures_of(account: Account, told: Told) -> Iterator[dict[str, object]]:
    """Each figure with its speaker; one said by nobody is the report's own, whoever told of the happening, as the store shows it."""
    speakers = {c.id: c.speaker_name for c in told.claims}
    for count in account.counts:
        speaker = speakers.get(count.said_by or "", told.report.publisher or "")
        yield {"measure": count.measure, "of_whom": count.of_whom, "low": count.low, "high": count.high, "best": count.best, "speaker": speaker}


# ---------------------------------------------------------------------------------------------- reading


@cache
def read_corpus() -> tuple[Told, ...]:
    """The corpus read by the default reader with the default gazetteer, in file order. Raises Skipped while a room is missing."""
    try:
        from waqai.codebook import load_codebook
        from waqai.flow import build_chain, shipped_settings
    except ImportError as missing:
        raise Skipped(f"a room is not there yet: {missing}") from missing
    chain, codebook = build_chain(shipped_settings()), load_codebook()
    reports = [strip_answers(row) for row in load_rows()]
    told = []
    for report, reading in zip(reports, chain.reader.iter_read(reports), strict=True):
        assert isinstance(reading, Reading)
        accounts = chain.resolver.resolve_accounts(report, reading.accounts)
        cards = tuple(make_card(report, a, family=codebook.get_type(a.type).family, order=n) for n, a in enumerate(accounts))
        told.append(Told(report=report, cards=cards, claims=reading.claims))
    return tuple(told)


# ---------------------------------------------------------------------------------------------- scores


def score_linked(linked: Linked, *, order: str) -> tuple[Figure, ...]:
    """B-cubed, pair F1, hard negatives merged, and competing figures kept."""
    score, rows = load_module(CORPUS / "score_links.py"), load_rows()
    gold, incidents = {r["id"]: r["role"] for r in rows}, json.loads((CORPUS / "incidents.json").read_text(encoding="utf-8"))
    roles, figures = predict_roles(linked), predict_figures(linked)
    whole, merges = score.score_links(gold, roles), score.score_merges(gold, incidents, roles)
    _, kept, of = score.score_figures(gold, incidents, roles, figures)
    spoken, said, right, told = score.score_speakers(gold, incidents, roles, figures)
    where = f", {order} order"
    return (
        Figure("links B3 F1" + where, whole["b3"][2], "F1", 0.93, len(gold)),
        Figure("links pair P" + where, whole["pair"][0], "precision", None, len(gold)),
        Figure("links pair R" + where, whole["pair"][1], "recall", None, len(gold)),
        Figure("links pair F1" + where, whole["pair"][2], "F1", 0.88, len(gold)),
        Figure("look-alikes merged" + where, sum(bool(m[2]) for m in merges), f"of {len(merges)} pairs", 0, len(merges), better="lower"),
        Figure("competing figures kept" + where, kept / max(of, 1), "share", 0.95, of),
        Figure("with the right speaker" + where, spoken / max(said, 1), "share", 0.90, said),
        Figure("the incidents' figures that are right" + where, right / max(told, 1), "precision", 0.80, told),
    )


def _print_links(linked: Linked) -> None:
    gold = {row["id"]: [k for k, role in row["role"].items() if role == "main"] for row in load_rows()}
    for report in sorted(linked.links, key=lambda i: gold[i]):
        for link in (link for link in linked.links[report] if link.role == "main"):
            print(f"{report} {gold[report][0][:28]:28} {link.incident} {'opens' if link.opened else 'joins'} {link.score:.2f} {link.because[:160]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--order", choices=("time", "file"), help="one order only")
    parser.add_argument("--verbose", action="store_true", help="print each report's main link, by incident")
    args = parser.parse_args()
    for order in (args.order,) if args.order else ("time", "file"):
        linked = link_all(read_corpus(), order=order)
        for figure in score_linked(linked, order=order):
            print(f"{figure.name:52} {figure.value:.3f} {figure.unit}  (target {figure.target}, n={figure.n})")
        if args.verbose:
            _print_links(linked)


if __name__ == "__main__":
    main()

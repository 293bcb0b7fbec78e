"""The demo corpus by a run of `waqai add`, scored; and whether the store's choice of candidates changes what is linked.

    python -m bench.store_links [--order time|file]

Prints beside the figures of `add` those with every incident as a candidate (bench.corpus_links), and for how many accounts the two name another incident
(ids follow from the words that open an incident, so they can be compared).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import fmean

from bench.corpus_links import Linked, Order, Told, link_all, load_rows, read_corpus, score_linked, strip_answers
from bench.figures import Figure
from bench.kept import KeptReader
from waqai.core import Card, Report
from waqai.flow import Store, add_reports, build_chain, open_named_store, shipped_settings
from waqai.linking import Link

ORDERS: tuple[Order, ...] = ("time", "file")
MIXES = 8


def measure_links() -> Iterator[Figure]:
    """The figures in both orders; each report is read once, anew."""
    with tempfile.TemporaryDirectory() as folder:
        for order in ORDERS:
            yield from score_linked(link_by_add(Path(folder), order=order), order=order)


def measure_mixed_orders() -> Iterator[Figure]:
    """The mean of the same figures over MIXES mixed orders: one order jumps by .1 when one report falls elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [score_linked(link_by_add(Path(folder), order=seed), order="mixed") for seed in range(MIXES)]
    for figures in zip(*runs, strict=True):
        yield replace(figures[0], name=figures[0].name.replace(", mixed order", f", mean of {MIXES} mixed orders"), value=fmean(f.value for f in figures))


def link_by_add(folder: Path, *, order: Order | int) -> Linked:
    """As `link_all`, by the run of `waqai add` into a store in that folder, where readings are kept as well; a number is the seed of a mixed order."""
    reports = [strip_answers(row) for row in load_rows()]
    queue = sorted(reports, key=lambda r: r.published or date.max) if order == "time" else list(reports)
    if isinstance(order, int):
        Random(order).shuffle(queue)
    chain = build_chain(shipped_settings())
    with open_named_store(str(folder / f"{order}.sqlite"), must_exist=False) as store:
        add_reports(queue, replace(chain, reader=KeptReader(chain, folder=folder)), store)
        return _linked(reports, store)


def _linked(reports: Sequence[Report], store: Store) -> Linked:
    told = {report.id: Told(report=report, cards=store.find_linked_cards(report.id), claims=store.get_claims(report.id)) for report in reports}
    links = {name: tuple(_as_link(card, store) for card in one.cards) for name, one in told.items()}
    incidents: dict[str, list[Card]] = {}
    for name, one in told.items():
        for card, link in zip(one.cards, links[name], strict=True):
            incidents.setdefault(link.incident, []).append(card)
    return Linked(told=told, links=links, incidents={incident: tuple(members) for incident, members in incidents.items()})


def _as_link(card: Card, store: Store) -> Link:
    """Where the account sits in the end; how it came there is in the log."""
    incident, role = store.find_incident_of(card.account.id), card.role
    assert incident is not None and role is not None
    return Link(account=card.account.id, incident=incident, role=role, opened=False, right=None, nearest=None, score=1.0, because="", verdict="same")


def count_moved(one: Linked, other: Linked) -> tuple[int, int]:
    """(accounts that the two put into different incidents, all accounts)."""
    left, right = ({link.account: link.incident for links in linked.links.values() for link in links} for linked in (one, other))
    return sum(left[account] != right[account] for account in left), len(left)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--order", choices=("time", "file"))
    chosen = parser.parse_args().order
    with tempfile.TemporaryDirectory() as folder:
        for order in (chosen,) if chosen else ORDERS:
            whole, added = link_all(read_corpus(), order=order), link_by_add(Path(folder), order=order)
            moved, of = count_moved(whole, added)
            print(f"{order} order: {moved} of {of} accounts sit elsewhere than with every incident as a candidate; by add, and so:")
            for one, other in zip(score_linked(added, order=order), score_linked(whole, order=order), strict=True):
                print(f"  {one.name:52} {one.value:.4f} {other.value:.4f} {one.unit}")


if __name__ == "__main__":
    main()

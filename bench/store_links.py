"""A trial: does the store's choice of candidates change what is linked? The corpus linked with every incident as a candidate, and through a store.

    python -m bench.store_links [--order time|file]

Prints for how many accounts the two runs name another incident (ids follow from the words that open an incident, so they can be compared), and the scorer's
figures of both.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench.corpus_links import Linked, Order, Told, link_all, read_corpus, score_linked
from waqai.codebook import load_codebook
from waqai.core import Card, ReaderStamp, Reading
from waqai.linking import Link, link_report
from waqai.store import Store, open_store

STAMP = ReaderStamp(name="trial", version="1", settings_hash="0" * 16)
AT = datetime(2024, 1, 1, tzinfo=UTC)


def link_through_store(told: Sequence[Told], store: Store, *, order: Order) -> Linked:
    """As `link_all`, with the candidates that the store finds."""
    queue = sorted(told, key=lambda t: t.report.published or date.max) if order == "time" else list(told)
    links: dict[str, tuple[Link, ...]] = {}
    for one in queue:
        with store.transaction():
            links[one.report.id] = _keep(one, store)
    cards = {card.account.id: card for one in told for card in one.cards}
    incidents: dict[str, list[Card]] = {}
    for link in (link for one in queue for link in links[one.report.id]):
        incidents.setdefault(link.incident, []).append(replace(cards[link.account], role=link.role))
    return Linked(told={t.report.id: t for t in told}, links=links, incidents={incident: tuple(members) for incident, members in incidents.items()})


def _keep(one: Told, store: Store) -> tuple[Link, ...]:
    codebook = load_codebook()
    store.add_report(one.report)
    accounts = tuple(card.account for card in one.cards)
    reading = Reading(report=one.report.id, report_sha256=one.report.sha256, reader=STAMP, claims=one.claims, accounts=accounts)
    store.add_reading(reading, family_of=codebook.family_of)
    by_id = {card.account.id: card for card in one.cards}
    found = link_report(one.cards, candidates=store.find_candidates)
    for link in found:
        anchor, said = by_id[link.account].anchor, {"role": link.role, "because": link.because, "by": "linker:trial 1", "at": AT}
        if link.opened:
            store.open_incident(link.incident, account=link.account, anchor=anchor, **said)  # type: ignore[arg-type]
        else:
            store.judge(link.account, link.right or "", incident=link.incident, anchor=anchor, verdict="same", score=link.score, **said)  # type: ignore[arg-type]
    return found


def count_moved(one: Linked, other: Linked) -> tuple[int, int]:
    """(accounts that the two put into different incidents, all accounts)."""
    left, right = ({link.account: link.incident for links in linked.links.values() for link in links} for linked in (one, other))
    return sum(left[account] != right[account] for account in left), len(left)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--order", choices=("time", "file"))
    chosen = parser.parse_args().order
    orders: tuple[Order, ...] = (chosen,) if chosen else ("time", "file")
    for order in orders:
        whole = link_all(read_corpus(), order=order)
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.sqlite") as store:
            through = link_through_store(read_corpus(), store, order=order)
        moved, of = count_moved(whole, through)
        print(f"{order} order: {moved} of {of} accounts sit elsewhere")
        for one, other in zip(score_linked(whole, order=order), score_linked(through, order=order), strict=True):
            print(f"  {one.name:52} {one.value:.4f} {other.value:.4f} {one.unit}")


if __name__ == "__main__":
    main()

"""Reports into a store: kept, read, linked. Running it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from waqai.core import IMPORTED, Anchor, Card, Incoming, Notice, Reading, Report, Unread, Verdict, as_incoming
from waqai.flow.clock import now
from waqai.flow.parts import Chain
from waqai.flow.read import ReadMany, read_batch
from waqai.flow.settling import log_move, log_story, settle
from waqai.flow.undoing import mint_free_id
from waqai.intake import STAGE as SET_ASIDE
from waqai.intake import STAGE_ASSUMED, Signature, rank_copies, signature
from waqai.languages import note_language
from waqai.linking import Link, link_report, make_imprint
from waqai.originals import keep_original
from waqai.store import Store, is_by_person

LINKER = "linker:evidence 0.5.1"


@dataclass(slots=True)
class Summary:
    """What a run did. `near_copies` and `unsure` are (report, other) and (report, incident, reason) for a person to look at.

    `moved` counts accounts that found a better incident at the end of the run, `attached` reports without an account that tell an incident's story.
    `homeless` counts persons' judgements on words that no account of the newest readings tells.
    """

    reports_new: int = 0
    reports_known: int = 0
    accounts: int = 0
    claims: int = 0
    opened: int = 0
    joined: int = 0
    moved: int = 0
    attached: int = 0
    near_copies: list[tuple[str, str, float]] = field(default_factory=list)
    unsure: list[tuple[str, str, str]] = field(default_factory=list)
    homeless: int = 0
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A person's word that erased texts may come in again."""

    because: str
    by: str


def add_reports(
    items: Iterable[Report | Incoming | Notice],
    chain: Chain,
    store: Store,
    *,
    again: Again | None = None,
    on_report: Callable[[Report], None] | None = None,
    on_turn: Callable[[int, int], None] | None = None,
    read: ReadMany = read_batch,
    summary: Summary | None = None,
) -> Summary:
    """Keep, read and link what comes in, each report in a transaction of its own. `on_report` is called after each, `on_turn` while all are settled at the end.

    A text that was erased is set aside, unless a person says that it comes in `again`, which is logged. `read` reads; `summary` is that of a run which goes on.
    """
    summary = Summary() if summary is None else summary
    source = iter(items)
    while batch := list(islice(source, chain.batch)):
        summary.notices += [item for item in batch if isinstance(item, Notice)]
        incoming = [as_incoming(item) for item in batch if not isinstance(item, Notice)]
        incoming = [came for came in incoming if not _is_erased(came.report, again, store, summary)]
        results = _read_fresh([came.report for came in incoming], chain, store, read)
        for came in incoming:
            add_one(came, results.get(came.report.sha256), chain, store, summary)
            if on_report is not None:
                on_report(came.report)
    summary.homeless = sum(is_by_person(entry.by) for entry in store.find_homeless()) if summary.reports_known else 0
    close_run(chain, store, summary, on_turn)
    return summary


def close_run(chain: Chain, store: Store, summary: Summary, on_turn: Callable[[int, int], None] | None) -> None:
    """Settle what was linked since the last run, and keep the row of this one."""
    settled = settle(store, find_apart=_told_apart, on_turn=on_turn)
    with store.transaction():
        summary.moved = sum(len(cards) for move, cards in settled.moves if log_move(move, cards, store, by=LINKER, at=now()))
        summary.attached = sum(log_story(sha256, fit, store, by=LINKER, at=now()) for sha256, fit in settled.stories)
        counts = _counts(summary) | {"last_entry": store.last_entry(), "last_reading": store.last_reading()}
        store.add_run(at=now(), settings=chain.ground.settings.model_dump(), versions=_versions(chain), counts=counts)


def _is_erased(report: Report, again: Again | None, store: Store, summary: Summary) -> bool:
    """Whether the text was erased from this store and stays so; a notice then says since when and why."""
    grave = store.find_tombstone(report.sha256)
    if grave is None or grave.readmitted:
        return False
    if again is not None:
        store.readmit(report.sha256, because=again.because, by=again.by, at=now())
    else:
        summary.notices.append(Notice(record=report.id, stage=SET_ASIDE, reason=grave.refusal))
    return again is None


def _read_fresh(reports: list[Report], chain: Chain, store: Store, read: ReadMany) -> dict[str, Reading | Notice]:
    """Readings by text hash of those reports that this reader has not read before; a text that came in twice is read once."""
    fresh = {r.sha256: r for r in reports if not store.has_reading(r.sha256, reader=chain.reader.stamp)}
    return dict(zip(fresh, read(list(fresh.values()), chain), strict=True))


def add_one(item: Report | Incoming, result: Reading | Notice | None, chain: Chain, store: Store, summary: Summary) -> None:
    """Keep a report with what it was made of, what reading it gave (None: nothing new) and its links, in one transaction."""
    came = as_incoming(item)
    report = came.report
    with store.transaction():
        added = store.add_report(report, at=now())
        keep_original(came, store, at=now(), with_content=chain.ground.settings.intake.keep_originals)
        note_language(report, store, at=now())
        if added.outcome == "new":
            summary.reports_new += 1
            _note_copies(added.report, store, summary)
            store.keep_imprint(report.sha256, make_imprint(added.report))
            summary.notices += _note_on_day(added.report)
        else:
            summary.reports_known += 1
        if isinstance(result, Notice):
            summary.notices.append(result)
        elif result is not None:
            _keep_reading(added.report, result, chain, store, summary)


def _note_on_day(report: Report) -> Iterator[Notice]:
    """A word of warning of a day of publication that is not yet anywhere."""
    if report.published is not None and report.published > now().date() + timedelta(days=1):
        yield Notice(
            record=report.id, stage=STAGE_ASSUMED, reason=f"its day of publication, {report.published}, is yet to come: days in it are counted from there"
        )


def _keep_reading(report: Report, reading: Reading, chain: Chain, store: Store, summary: Summary) -> None:
    summary.notices += reading.notices
    if not store.add_reading(reading, family_of=chain.ground.codebook.family_of, at=now()):
        return
    summary.accounts += len(reading.accounts)
    summary.claims += len(reading.claims)
    link_accounts(report, store, summary)


def link_accounts(report: Report, store: Store, summary: Summary) -> None:
    """Give each account of a report that sits nowhere yet its incident, and log why."""
    cards = tuple(store.iter_unlinked_cards(report=report.id))
    by_id = {card.account.id: card for card in cards}
    apart = _told_apart(cards, store)
    for link in link_report(cards, candidates=lambda card: find_strangers(card, store), mint=lambda card: mint_free_id(card, store), apart=apart):
        _keep_link(link, by_id[link.account].anchor, report, store, summary)


def find_strangers(card: Card, store: Store) -> tuple[tuple[str, Unread], ...]:
    """The incidents that a card may belong to. A row of a dataset joins none in which another of its rows sits: a dataset counts each happening once."""
    found = store.find_unread_candidates(card)
    rule = card.account.rule
    if not found or not rule.startswith(IMPORTED):
        return found
    told = {outline.report_sha256 for _, unread in found for outline in unread.outlines}
    rows = store.find_rows_among(told, reader=f"import-{rule.removeprefix(IMPORTED)}")
    return tuple((incident, unread) for incident, unread in found if not any(outline.report_sha256 in rows for outline in unread.outlines))


def _told_apart(cards: Sequence[Card], store: Store) -> dict[str, frozenset[str]]:
    """The incidents that each account must not join: a person locked them, or told words that it stands on apart from them."""
    said, locked = (store.find_apart(cards[0].anchor.report_sha256), store.find_locked().keys()) if cards else ((), ())
    apart = {card.account.id: {one.incident for one in said if one.holds_for(card)} for card in cards}
    return {account: frozenset(incidents | set(locked)) for account, incidents in apart.items()}


def _keep_link(link: Link, anchor: Anchor, report: Report, store: Store, summary: Summary) -> None:
    """Log where an account sits; a near miss is logged as unsure beside it, for the review queue."""
    at = now()
    if link.opened:
        summary.opened += 1
        store.open_incident(link.incident, account=link.account, anchor=anchor, role=link.role, because=link.because, by=LINKER, at=at)
    else:
        summary.joined += 1
        _judge(link, link.incident, "same", anchor, store, at)
    if link.verdict == "unsure" and link.nearest is not None:
        summary.unsure.append((report.id, link.nearest, link.because))
        _judge(link, link.nearest, "unsure", anchor, store, at)


def _judge(link: Link, incident: str, verdict: Verdict, anchor: Anchor, store: Store, at: datetime) -> None:
    right = link.right or link.account
    store.judge(
        link.account, right, incident=incident, anchor=anchor, role=link.role, verdict=verdict, score=link.score, because=link.because, by=LINKER, at=at
    )


def _note_copies(report: Report, store: Store, summary: Summary) -> None:
    mark = signature(report.text)
    keys = mark.band_keys()
    for near in rank_copies(mark, ((sha256, Signature.from_bytes(kept)) for sha256, kept in store.iter_alike(keys))):
        store.add_near_copy(report.sha256, near.id, similarity=near.jaccard, at=now())
        other = store.find_report(near.id)
        summary.near_copies.append((report.id, other.id if other else near.id, near.jaccard))
    store.add_signature(report.sha256, mark.to_bytes(), bands=keys)


def _versions(chain: Chain) -> dict[str, str]:
    return {
        "reader": str(chain.reader.stamp),
        "linker": LINKER,
        "codebook": chain.ground.codebook.version,
        "gazetteer": str(chain.ground.gazetteer.meta.get("hash", "")),
    }


def _counts(summary: Summary) -> dict[str, int]:
    names = ("reports_new", "reports_known", "accounts", "claims", "opened", "joined", "moved", "attached")
    return {name: getattr(summary, name) for name in names} | {
        "near_copies": len(summary.near_copies),
        "unsure": len(summary.unsure),
        "notices": len(summary.notices),
    }

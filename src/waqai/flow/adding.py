"""A person tells of an account that no reader found, or of the second one of two that a reader took for one.

The account goes into a reading of the person's own that holds it alone, and beside the report's current reading; the log has it whole, and undoing its entry
takes it away. See docs/decisions/0042-added-accounts.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from waqai.codebook import Codebook
from waqai.core import (
    ADDED,
    Account,
    Card,
    Claim,
    Count,
    Involvement,
    LinkRole,
    NotPossible,
    ReaderStamp,
    Reading,
    Report,
    Span,
    Status,
    When,
    Where,
    account_id,
    claim_id,
    find_sentence,
    from_plain,
    short_hash,
)
from waqai.flow.changes import Before, Change
from waqai.flow.correcting import check_span, get_card, value_of
from waqai.flow.judging import Act, Side, check_not_apart, find_side
from waqai.flow.meanwhile import check_cards, check_unchanged
from waqai.places import Gazetteer
from waqai.store import Store

OCCURRED = "occurred"
REVIEWER = "reviewer"
"""The codebook's basis of a day that a person gave."""
Facet = TypeVar("Facet", Status, When, Where, Involvement, Count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A facet of an added account: status, when, where, actor or count, its value as for `correct_account`, and the words that say it (None: its evidence)."""

    facet: str
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What an added account is made of: its report, the words that tell it, who adds it in which entry, and the claims that it is said in, innermost first."""

    report: Report
    evidence: Span
    stamp: ReaderStamp
    claims: tuple[Claim, ...]

    @property
    def rule(self) -> str:
        return ADDED + ("a person" if self.stamp.name == "person" else self.stamp.name.removeprefix("person:"))

    def said_by(self, phrase: Span) -> str | None:
        """The innermost claim that these words stand in."""
        return next((claim.id for claim in self.claims if claim.content.covers(phrase)), None)


def add_account(
    report: str,
    span: Span,
    type: str,
    store: Store,
    *,
    codebook: Codebook,
    gazetteer: Callable[[], Gazetteer],
    facets: Sequence[Given] = (),
    incident: str | None = None,
    because: str,
    by: str,
    expects: int | None = None,
) -> Change:
    """Log that the report tells of a happening of this type, in the words at `span`; it is put into the incident, or opens one. Without a status: occurred.

    What it says is said by whom the words are said by; with a main account of its report in the incident, it is a part. The account is the first entry's
    subject. Raises UnknownId, ChangedMeanwhile, and NotPossible for words that are not there, values that do not fit, an account that is there already, and
    an incident that a person told these words apart from.
    """
    made = {"type": value_of("type", type, codebook=codebook, gazetteer=gazetteer)["value"]}
    values = [(given, _checked(given, codebook=codebook, gazetteer=gazetteer)) for given in facets]
    with store.transaction():
        told = store.get_report(report)
        check_unchanged(store, expects, by=by, reports={told.sha256})
        evidence = check_span(span, told.text)
        _check_new(told, evidence, made["type"], store)
        act = Act(store, because, by)
        draft = _draft(told, evidence, claims_around(evidence, store.get_claims(told.id)), act, codebook)
        account = _with_facets(_bare(draft, made["type"]), values, draft)
        staying = None if incident is None else find_side(store.get_incident(incident).id, store)
        before = Before(store, {told.sha256}, incidents=[] if staying is None else [staying.incident])
        card = _keep(account, draft, act, codebook, split_from=None)
        if staying is None:
            act.open(card, role="main")
        else:
            check_not_apart(Side(incident="", cards=(card,), is_incident=False), staying, store)
            act.judge(card, "same", staying.incident, right=staying.head, role=_role_in(staying, told, before), beside=False)
        return before.compare()


def split_account(account: str, span: Span, store: Store, *, codebook: Codebook, because: str, by: str, expects: int | None = None) -> Change:
    """Log that the account tells of two happenings, the second in the words at `span`: it starts with type and status of the first, and with those of its
    facets that stand in the sentence of these words, and opens an incident. The first stays as it is.

    The new account is the first entry's subject. Raises UnknownId, ChangedMeanwhile, and NotPossible for words that are not there or are the first one's own.
    """
    with store.transaction():
        first = get_card(account, store)
        check_cards(store, expects, by=by, cards=[first])
        told = store.get_report(first.account.report)
        evidence = check_span(span, told.text)
        _check_new(told, evidence, first.account.type, store)
        act = Act(store, because, by)
        claims = _claims_of(first.account, store.get_claims_beside(account))
        draft = _draft(told, evidence, claims, act, codebook)
        second = _inherit(store.get_reviewed(account).account, find_sentence(told.text, evidence), draft, claims)
        before = Before(store, {told.sha256})
        card = _keep(second, draft, act, codebook, split_from=account)
        opened = act.open(card, role="background" if second.background else "main")
        act.judge(first, "different", opened, right=card, role=before.role_of(account), beside=True)
        return before.compare()


def _checked(given: Given, *, codebook: Codebook, gazetteer: Callable[[], Gazetteer]) -> dict[str, Any]:
    """What the log keeps of the value. Raises NotPossible."""
    if given.facet == "type":
        raise NotPossible("an account has one type: name it once")
    made = value_of(given.facet, given.value.strip(), codebook=codebook, gazetteer=gazetteer)
    if made["value"] is None or made.get("old") is not None:
        raise NotPossible(f"{given.value!r} takes something away, and a new account has nothing yet: leave the {given.facet} out, or name it as it is")
    return made


def _check_new(report: Report, evidence: Span, type: str, store: Store) -> None:
    for card in store.iter_cards(report=report.id):
        if card.account.evidence == evidence and card.account.type == type:
            raise NotPossible(f"account {card.account.id} tells of the {type} in these words already: correct it, or name other words")


def _draft(report: Report, evidence: Span, claims: Sequence[Claim], act: Act, codebook: Codebook) -> _Draft:
    stamp = ReaderStamp(name=act.by, version=f"entry {act.number}", settings_hash=short_hash("codebook", codebook.version))
    ids = {c.id: claim_id(report_sha256=report.sha256, reader=stamp, cue=c.cue, content=c.content) for c in claims}
    own = (replace(c, id=ids[c.id], accounts=(), said_by=ids.get(c.said_by or "")) for c in claims)
    return _Draft(report=report, evidence=evidence, stamp=stamp, claims=tuple(own))


def _bare(draft: _Draft, type: str, *, status: str = OCCURRED) -> Account:
    """The account without what happened when, where, to whom."""
    evidence, said_by = draft.evidence, draft.said_by(draft.evidence)
    return Account(
        id=account_id(report_sha256=draft.report.sha256, reader=draft.stamp, evidence=evidence, type=type),
        key=f"added-{draft.stamp.version.removeprefix('entry ')}",
        report=draft.report.id,
        type=type,
        status=Status(value=status, phrase=evidence, p=1.0, rule=draft.rule, said_by=said_by),
        evidence=evidence,
        p=1.0,
        rule=draft.rule,
        said_by=said_by,
    )


def _with_facets(account: Account, values: Sequence[tuple[Given, dict[str, Any]]], draft: _Draft) -> Account:
    """Raises NotPossible for a second status, day or place."""
    singles = [given.facet for given, _ in values if given.facet in ("status", "when", "where")]
    if twice := {facet for facet in singles if singles.count(facet) > 1}:
        raise NotPossible(f"an account has one {min(twice)}: name it once")
    for given, made in values:
        phrase = draft.evidence if given.span is None else check_span(given.span, draft.report.text)
        said = {"phrase": [phrase.start, phrase.end], "p": 1.0, "rule": draft.rule, "said_by": draft.said_by(phrase)}
        account = with_facet(account, given.facet, made, said)
    return account


def with_facet(account: Account, facet: str, made: dict[str, Any], said: dict[str, Any]) -> Account:
    """The account with this status, day or place instead of its own, or with one more name or figure. `made` is the value as `value_of` gives it, `said` the
    words, rule and speaker of it as plain values."""
    value = made["value"]
    if facet == "status":
        return replace(account, status=from_plain(Status, said | {"value": value}))
    if facet == "when":
        return replace(account, when=from_plain(When, value | said | {"basis": REVIEWER}))
    if facet == "where":
        return replace(account, where=from_plain(Where, value | said))
    if facet == "actor":
        return replace(account, involved=(*account.involved, from_plain(Involvement, value | said | {"role": made["role"]})))
    return replace(account, counts=(*account.counts, from_plain(Count, value | said | {"measure": made["measure"], "of_whom": made["of_whom"]})))


def _inherit(first: Account, sentence: Span, draft: _Draft, claims: Sequence[Claim]) -> Account:
    """The second account of two: what the first one has in the sentence of its words, said by the same."""
    mine = {old.id: new.id for old, new in zip(claims, draft.claims, strict=True)}

    def own(facet: Facet) -> Facet:
        return replace(facet, said_by=mine.get(facet.said_by or ""))

    when = own(first.when) if first.when is not None and sentence.covers(first.when.phrase) else None
    where = own(first.where) if first.where is not None and sentence.covers(first.where.phrase) else None
    second = _bare(draft, first.type, status=first.status.value)
    return replace(
        second,
        status=own(first.status) if sentence.covers(first.status.phrase) else second.status,
        when=when,
        where=where,
        attrs=first.attrs,
        place_mentions=tuple(replace(m, said_by=mine.get(m.said_by or "")) for m in first.place_mentions if sentence.covers(m.phrase)),
        involved=tuple(own(one) for one in first.involved if sentence.covers(one.phrase)),
        counts=tuple(own(one) for one in first.counts if sentence.covers(one.phrase)),
        background=first.background,
        said_by=mine.get(first.said_by or ""),
    )


def _keep(account: Account, draft: _Draft, act: Act, codebook: Codebook, *, split_from: str | None) -> Card:
    """Log the account; its card."""
    claims = tuple(replace(claim, accounts=(account.id,)) for claim in draft.claims)
    reading = Reading(report=draft.report.id, report_sha256=draft.report.sha256, reader=draft.stamp, claims=claims, accounts=(account,))
    said: dict[str, Any] = {"because": act.because, "by": act.by, "at": act.at, "act": act.number}
    act.store.add_account(reading, family_of=codebook.family_of, split_from=split_from, **said)
    return next(card for card in act.store.iter_cards(report=draft.report.id) if card.account.id == account.id)


def claims_around(evidence: Span, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that the words are said in, innermost first; those that came with added accounts are there already."""
    around = {(claim.cue, claim.content): claim for claim in reversed(claims) if claim.content.covers(evidence)}
    return _inner_first(around.values())


def _claims_of(account: Account, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that the account and its facets are said in, with those that these are said in."""
    facets = (account, account.status, account.when, account.where, *account.place_mentions, *account.involved, *account.counts)
    wanted, by_id = {one.said_by for one in facets if one is not None}, {claim.id: claim for claim in claims}
    ahead = [name for name in wanted if name in by_id]
    found: dict[str, Claim] = {}
    while ahead:
        claim = by_id[ahead.pop()]
        found[claim.id] = claim
        ahead += [claim.said_by] if claim.said_by in by_id and claim.said_by not in found else []
    return _inner_first(found.values())


def _inner_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: (claim.content.end - claim.content.start, claim.content.start, claim.id)))


def _role_in(staying: Side, report: Report, before: Before) -> LinkRole:
    """A part where the report's main account sits in the incident already."""
    own = [card for card in staying.cards if card.anchor.report_sha256 == report.sha256]
    return "part" if any(before.role_of(card.account.id) == "main" for card in own) else "main"

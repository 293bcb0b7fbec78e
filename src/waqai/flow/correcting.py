"""A person's word on single accounts, incidents and voices: accepted, rejected, a facet corrected, an incident locked, a speaker or publisher unreliable.

Each is an entry of the log: it stands until it is undone, whatever reader reads the report again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from waqai.codebook import Codebook, load_actors, normalise_of_whom
from waqai.codebook.grade import fold_speaker
from waqai.core import Card, NotPossible, Span, UnknownId
from waqai.flow.changes import Before, Change
from waqai.flow.clock import now
from waqai.flow.judging import find_side
from waqai.flow.meanwhile import check_cards, check_unchanged
from waqai.flow.values import actor_value, count_value, status_value, type_value, when_value, where_value
from waqai.places import Gazetteer
from waqai.store import FACETS, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The name or figure of an account that a correction replaces, as it stands there: the role or measure (`kind`), whom a figure is of, where it stands."""

    kind: str
    at: Span
    of_whom: str | None = None


ONE_MORE: Literal["one more"] = "one more"
"""What a correction replaces that adds a name or figure beside those that are there."""


def correct_account(
    account: str,
    facet: str,
    value: str,
    store: Store,
    *,
    codebook: Codebook,
    gazetteer: Callable[[], Gazetteer],
    words: str | None = None,
    span: Span | None = None,
    replaces: Replaced | Literal["one more"] | None = None,
    because: str,
    by: str,
    expects: int | None = None,
) -> Change:
    """Log that a facet of the account is this. `words` are those of the report that say it, `span` is where they stand. The gazetteer is opened for a place
    only. Which name or figure is meant follows from value and words, unless `replaces` says it. `expects` is the number of the log's last entry when the
    person looked (None: he saw nothing that could change), here and below.

    Raises UnknownId, ChangedMeanwhile, and NotPossible for a value that does not fit its facet, for words that the report does not hold there, and where
    nothing would change.
    """
    made = value_of(facet, value.strip(), codebook=codebook, gazetteer=gazetteer)
    with store.transaction():
        card = get_card(account, store)
        check_cards(store, expects, by=by, cards=[card])
        text = store.get_report(card.account.report).text
        span = _named(words, span, text, near=card.account.evidence)
        made |= _meant(card, facet, made, span, replaces, store)
        said = {"facet": facet, **made} | ({} if span is None else {"span": span, "words": " ".join((words or span.of(text)).split())})
        return _log(card, "corrected", said, store, because=because, by=by)


def review_account(
    account: str,
    kind: Literal["accepted", "rejected"],
    store: Store,
    *,
    because: str,
    by: str,
    expects: int | None = None,
    effort: Mapping[str, float] | None = None,
) -> Change:
    """Log that the account is as the report says, or that it is not and counts for nothing.

    Raises UnknownId, ChangedMeanwhile, and NotPossible where that stands already.
    """
    with store.transaction():
        card = get_card(account, store)
        check_cards(store, expects, by=by, cards=[card])
        standing = store.get_reviewed(card.account.id).verdict
        if standing is not None and standing.kind == kind:
            raise NotPossible(f"account {account} is {kind} already, by entry {standing.id}")
        return _log(card, kind, {"effort": dict(effort)} if effort else {}, store, because=because, by=by)


def accept_many(accounts: Sequence[str], store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Log in one act that these accounts are as their reports say; those accepted already stay as they are.

    Raises UnknownId, ChangedMeanwhile, and NotPossible where one was rejected or nothing is left to accept: then none is accepted.
    """
    with store.transaction():
        cards = [get_card(account, store) for account in dict.fromkeys(accounts)]
        check_cards(store, expects, by=by, cards=cards)
        waiting = [card for card in cards if not _is_accepted(card.account.id, store)]
        if not waiting:
            raise NotPossible("nothing is left to accept: " + ("all of these are accepted already" if cards else "no account was named"))
        before, act, at = Before(store, {card.anchor.report_sha256 for card in waiting}), store.last_entry() + 1, now()
        for card in waiting:
            store.append(kind="accepted", subject=card.account.id, value={"anchor": card.anchor, "act": act}, because=because, by=by, at=at)
        return before.compare()


def _is_accepted(account: str, store: Store) -> bool:
    """Raises NotPossible for one that was rejected: it is accepted by itself, by who has looked at it."""
    standing = store.get_reviewed(account).verdict
    if standing is not None and standing.kind == "rejected":
        raise NotPossible(f"account {account} was rejected, by entry {standing.id}: look at it by itself (`waqai accept {account}`)")
    return standing is not None


def lock_incident(incident: str, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Log that no later run changes which accounts sit in the incident. Raises UnknownId, ChangedMeanwhile, and NotPossible where it is locked already."""
    with store.transaction():
        view = store.get_incident(incident)
        check_unchanged(store, expects, by=by, incidents={view.id}, reports={store.get_report(a.report).sha256 for a in view.accounts})
        if (lock := store.find_lock(view.id)) is not None:
            raise NotPossible(f"incident {view.id} is locked already, by entry {lock.id}; `waqai undo {lock.id}` opens it")
        before = Before(store, ())
        store.append(kind="locked", subject=view.id, value={"incident": view.id}, because=because, by=by, at=now())
        return before.compare()


def mark_source(name: str, store: Store, *, unreliable: bool, because: str, by: str) -> Change:
    """Log that a speaker or publisher is unreliable (no figure or voice of theirs counts), or is not. Raises UnknownId, and NotPossible for no change."""
    with store.transaction():
        reports = store.find_reports_of(name)
        if not reports:
            near = get_close_matches(name, sorted(store.list_names()), n=3, cutoff=0.5)
            perhaps = f"perhaps {' or '.join(map(repr, near))}?" if near else "`waqai show ID` says who speaks"
            raise UnknownId(f"no speaker or publisher is called {name!r}; {perhaps}")
        standing = store.find_unreliable().get(fold_speaker(name))
        if (standing is not None) == unreliable:
            stands = f"unreliable already, by entry {standing.id}" if standing is not None else "not marked unreliable"
            raise NotPossible(f"{name!r} is {stands}")
        before = Before(store, (), incidents={i for sha in reports for i in store.find_seats(sha).values()})
        store.mark_voice(name, unreliable=unreliable, because=because, by=by, at=now())
        return before.compare()


def find_words(words: str, text: str, *, near: Span) -> Span:
    """Where the words stand in the text, line breaks taken as spaces; of several places the one nearest to `near`. Raises NotPossible."""
    return min(find_all_words(words, text), key=lambda span: (max(near.start - span.end, span.start - near.end, 0), span.start))


def find_all_words(words: str, text: str) -> tuple[Span, ...]:
    """All places where the words stand in the text, line breaks taken as spaces, in order; at least one. Raises NotPossible."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = tuple(Span(*match.span()) for match in re.finditer(pattern, text)) if pattern else ()
    if not found:
        raise NotPossible(f"the report does not hold the words {words!r}: copy them as they stand there")
    return found


def _named(words: str | None, span: Span | None, text: str, *, near: Span) -> Span | None:
    """Where the words stand that a person named, by their place or as they read; None for none."""
    if span is not None:
        return check_span(span, text, words=words)
    return None if words is None else find_words(words, text, near=near)


def check_span(span: Span, text: str, *, words: str | None = None) -> Span:
    """The span without blanks at its ends. Raises NotPossible where it is not in the text, holds no word, or not those `words`."""
    found = span.of(text)
    if span.end > len(text) or not found.strip():
        raise NotPossible(f"[{span.start}, {span.end}) names no words of the report, which has {len(text)} code points")
    if words is not None and found.split() != words.split():
        raise NotPossible(f"at [{span.start}, {span.end}) the report has {found!r}, not {words!r}")
    start = span.start + len(found) - len(found.lstrip())
    return Span(start, start + len(found.strip()))


def get_card(account: str, store: Store) -> Card:
    """The card of an account of today. Raises UnknownId for anything else."""
    if account.startswith("i-"):
        raise UnknownId(f"{account!r} is an incident; `waqai show {account}` lists its accounts (a-…): name one of them")
    return find_side(account, store).head


def value_of(facet: str, value: str, *, codebook: Codebook, gazetteer: Callable[[], Gazetteer]) -> dict[str, Any]:
    """What the log keeps of a facet's value as a person writes it. Raises NotPossible."""
    if facet not in FACETS:
        raise NotPossible(f"there is no facet {facet!r} to correct; it is one of {', '.join(FACETS)}")
    if facet == "type":
        return type_value(value, codebook)
    if facet == "status":
        return status_value(value, codebook)
    if facet == "when":
        return when_value(value)
    if facet == "actor":
        return actor_value(value, codebook, load_actors())
    return where_value(value, gazetteer()) if facet == "where" else count_value(value, codebook)


def _meant(card: Card, facet: str, made: dict[str, Any], span: Span | None, replaces: Replaced | str | None, store: Store) -> dict[str, Any]:
    """What the entry says of the name or figure that is replaced; nothing for other facets."""
    if facet not in ("actor", "count"):
        return {}
    if replaces is None:
        return _replaced(card, made, span, store) if facet == "count" else _replaced_actor(card, made, span, store)
    made.pop("old", None)
    if isinstance(replaces, Replaced):
        return _instead(card, facet, replaces, store)
    if span is None or made["value"] is None:
        raise NotPossible("one more name or figure needs the words of the report that say it")
    return {"at": span, "adds": True}


def _instead(card: Card, facet: str, replaces: Replaced, store: Store) -> dict[str, Any]:
    """Raises NotPossible where the account has no such name or figure (any more)."""
    account = store.get_reviewed(card.account.id).account
    told = [(i.role, i.phrase) for i in account.involved] if facet == "actor" else [(c.measure, c.phrase) for c in account.counts]
    if not any(kind == replaces.kind and phrase.overlaps(replaces.at) for kind, phrase in told):
        where = f"[{replaces.at.start}, {replaces.at.end})"
        raise NotPossible(f"account {card.account.id} has no {replaces.kind} at {where}: look at it as it is now")
    return {"at": replaces.at, "instead": {"kind": replaces.kind, "of_whom": replaces.of_whom}}


def _replaced(card: Card, made: dict[str, Any], span: Span | None, store: Store) -> dict[str, Any]:
    """`at`, the words of the figure that a count replaces: the one at the named words, else the only one of its group; None where there is none yet.

    The figure's own name for the group is kept where the person gives none.
    """
    account = store.get_reviewed(card.account.id).account
    measure, whom = made["measure"], normalise_of_whom(made["of_whom"], measure=made["measure"])
    rivals = [c for c in account.counts if c.measure == measure and normalise_of_whom(c.of_whom, measure=measure) == whom]
    here = [c for c in rivals if span is not None and c.phrase.overlaps(span)] or (rivals if len(rivals) == 1 else [])
    if here:
        return {"at": here[0].phrase, "of_whom": made["of_whom"] or here[0].of_whom}
    if rivals and span is None:
        text = store.get_report(card.account.report).text
        listed = ", ".join(repr(" ".join(c.phrase.of(text).split())) for c in rivals)
        raise NotPossible(f"account {card.account.id} has {len(rivals)} figures of {measure} ({whom}): say which with --words: {listed}")
    if made["value"] is None:
        raise NotPossible(f"account {card.account.id} has no figure of {measure} ({whom}) to strike")
    return {"at": span}


def _replaced_actor(card: Card, made: dict[str, Any], span: Span | None, store: Store) -> dict[str, Any]:
    """`at`, the words of the one that is replaced: of that name, else at the named words, else the only one in the role; else the named words."""
    old = made.pop("old")
    inside = [i for i in store.get_reviewed(card.account.id).account.involved if i.role == made["role"]]
    named = [i for i in inside if old is not None and fold_speaker(i.name) == fold_speaker(old)]
    here = named or [i for i in inside if old is None and span is not None and i.phrase.overlaps(span)]
    if not here and old is None and len(inside) == 1:
        here = inside
    if here:
        return {"at": here[0].phrase}
    if old is not None or made["value"] is None or (inside and span is None):
        listed = ", ".join(repr(i.name) for i in inside) or "nobody"
        raise NotPossible(f"as {made['role']}, account {card.account.id} has {listed}: write {made['role']}:OLD NAME=NEW NAME for one of these")
    return {"at": span}


def _log(card: Card, kind: str, said: dict[str, Any], store: Store, *, because: str, by: str) -> Change:
    before = Before(store, {card.anchor.report_sha256})
    store.append(kind=kind, subject=card.account.id, value={**said, "anchor": card.anchor}, because=because, by=by, at=now())
    return before.compare()

"""What the commands of the expectations register do with an open store, and show: claims, entries, outcomes, scores, files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from waqai.browse import Browser
from waqai.codebook import load_actors
from waqai.commands.bounding import open_bounds
from waqai.commands.opening import open_named_store
from waqai.expectations import Draft, Given, Means, Registered, adjust, clear_registered, rows_as_text
from waqai.export.placing import check_place, placing
from waqai.flow import Store, find_settings_file, load_settings, now
from waqai.flow.expecting import (
    answer_question,
    draft_named,
    expecting_means,
    find_draft,
    iter_drafts,
    look_at_expectation,
    look_at_register,
    register_expectation,
    resolve_expectation,
    score_register,
)
from waqai.terminal.expectations import describe_draft, draft_as_json, entry_as_json, print_drafts, print_entry, print_register, print_scores, scores_as_json
from waqai.terminal.printing import count_of, err, out, print_json

__all__ = ["export", "list_claims", "list_register", "open_named_store", "register", "resolve", "show", "show_scores"]


def list_claims(store: Store, *, report: str | None, stance: str | None, country: str | None, most: int, format: str) -> None:
    """The claims of a report, or of all, the newest first. Raises UnknownId, BadQuestion."""
    means = load_means()
    if report is not None:
        drafts: Sequence[Draft] = list(iter_drafts(report, store, means))
    else:
        claims = Browser(store, actors=load_actors()).expectations(stance=stance, country=country, size=most)
        drafts = [find_draft(one.claim.id, store, means) for one in claims]
    entries = look_at_register(store, means)
    told = [(draft, next((one for one in entries if _is_of(one, draft)), None)) for draft in drafts]
    print_drafts(out, told) if format == "text" else print_json([draft_as_json(*one) for one in told], format)


def list_register(store: Store, *, format: str) -> None:
    """The register, the last registered first."""
    entries = look_at_register(store, load_means())
    print_register(out, entries) if format == "text" else print_json([entry_as_json(one) for one in entries], format)


def show(id: str, store: Store, *, format: str) -> None:
    """An entry, or what a claim comes to. Raises UnknownId."""
    means = load_means()
    if id.startswith("c-"):
        draft = find_draft(id, store, means)
        print_drafts(out, [(draft, None)]) if format == "text" else print_json([draft_as_json(draft, None)], format)
        return
    one = look_at_expectation(id, store, means)
    if format == "text":
        print_entry(out, one, answer_question(one, store) if one.frozen.rule.route != "event" else None)
    else:
        print_json([entry_as_json(one)], format)


def register(claim: str, given: Given, store: Store, *, words: str | None, late: bool, dry_run: bool, because: str, by: str) -> None:
    """Register a claim, or words of a report. Raises UnknownId, NotPossible."""
    means = load_means()
    said = draft_named(claim, words, store, means, route=given.route) if words else find_draft(claim, store, means)
    draft = adjust(said, given, means=means)
    if dry_run:
        for line in describe_draft(draft):
            out.print(line, soft_wrap=True)
        return
    one = register_expectation(draft, store, accept_late=late, because=because, by=by)
    one = look_at_expectation(one.id, store, means)
    print_entry(out, one, answer_question(one, store) if draft.route != "event" else None)
    err.print(f"`waqai undo {one.entry}` withdraws it; that is counted, too", soft_wrap=True)


def resolve(id: str, outcome: str, store: Store, *, incidents: Sequence[str], because: str, by: str) -> None:
    """Log an outcome; "proposed": the rule's. Raises UnknownId, NotPossible."""
    means = load_means()
    chosen = "" if outcome == "proposed" else outcome
    entry = resolve_expectation(id, chosen, store, means, incidents=incidents, because=because, by=by)
    print_entry(out, look_at_expectation(id, store, means), None)
    err.print(f"logged as entry {entry.id}; `waqai undo {entry.id}` takes it back", soft_wrap=True)


def show_scores(store: Store, *, format: str) -> None:
    """The scores of the register."""
    scores = score_register(store, load_means())
    print_scores(out, scores) if format == "text" else print_json([scores_as_json(scores)], format)


def export(store: Store, *, target: str, format: str, profile: str, force: bool) -> None:
    """The register in a file, as the profile allows it. Raises NotWritten, GazetteerError."""
    means = load_means()
    if target != "-":
        check_place(Path(target), force=force)
    bounds = open_bounds(profile, store)
    left = clear_registered(look_at_register(store, means), store, bounds, codebook=means.codebook, at=now())
    made = rows_as_text(left.rows, format).encode("utf-8")
    if target == "-":
        sys.stdout.buffer.write(made)
    else:
        with placing(Path(target), force=force) as file:
            file.write(made)
    err.print(f"{count_of(len(left.rows), 'entry')}, profile {profile}; held back: {left.held_back}", soft_wrap=True)


def load_means() -> Means:
    """What drafts are made with, by the settings. Raises SettingsError, CodebookError."""
    return expecting_means(load_settings(find_settings_file()))


def _is_of(one: Registered, draft: Draft) -> bool:
    return one.withdrawn is None and one.report_sha256 == draft.report_sha256 and one.frozen.span.overlaps(draft.span)

"""What an import would change, and what it did."""

from __future__ import annotations

from pathlib import Path

from waqai.imports.composing import Origin
from waqai.taking import Brought, Counts
from waqai.terminal.printing import count_of, err, out, print_notices, print_some
from waqai.terminal.screen import tame

MOST = 10


def print_counts(counts: Counts, origin: Origin, *, unit: str, whole: bool, errors: Path | None, dry_run: bool) -> None:
    """New, changed, same, missing; then what was set aside."""
    fates, would = counts.fates, "would be " if dry_run else ""
    err.print(f"{count_of(counts.rows, 'row')} of {origin.publisher}: {fates['new']} new, {fates['changed']} changed, {fates['same']} as the store has them")
    if counts.missing:
        said = f"{would}taken out" if whole else "left as they are; with --whole they are taken out"
        err.print(f"{count_of(counts.missing, 'row')} of the store {'are' if counts.missing > 1 else 'is'} not in the file: {said}", soft_wrap=True)
    if fates["erased"]:
        err.print(f"{count_of(fates['erased'], 'row')} set aside: their texts were erased from this store, and stay so", soft_wrap=True)
    if counts.errors:
        total = counts.errors.total()
        few = "; ".join(f"{number} {name}" for name, number in counts.errors.most_common(5))
        err.print(f"{count_of(total, 'row')} set aside: {few}", soft_wrap=True, markup=False)
        print_some([str(one).replace("line", unit, 1) for one in counts.first_errors], most=MOST, rest="")
        if total > MOST:
            err.print(f"  … and {total - MOST} more{'' if errors else '; --errors FILE writes them all'}", soft_wrap=True)
    if errors is not None:
        err.print(f"{count_of(counts.errors.total(), 'row')} written to {errors}", soft_wrap=True)
    if counts.rows and counts.countries == 0:
        err.print("no row says in which country it lies, so that no filter by country finds it; --country CC says it for all", soft_wrap=True)
    print_notices(counts.notices, most=MOST)


def print_examples(counts: Counts, origin: Origin) -> None:
    """What some rows would become."""
    for one in counts.examples:
        row, place = one.row, one.row.place
        days = f"{row.earliest}" if row.earliest == row.latest else f"{row.earliest} to {row.latest}"
        where = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
        radius = f" ±{place.radius_km:g} km" if place.radius_km is not None else ""
        figures = "; ".join(
            f"{f.low}{'' if f.high == f.low else '+' if f.high is None else f' to {f.high}'} {f.of_whom or ''} {f.measure}".replace("  ", " ")
            for f in row.figures
        )
        who = "; ".join(f"{party.role}: {party.name}" for party in row.parties)
        out.print(tame(f"{one.fate}: {origin.report_id(row.id)} (line {row.line})"), highlight=False, markup=False, soft_wrap=True)
        out.print(tame(f"    {row.type}, {row.status}; {days}; {where}{radius}"), highlight=False, markup=False, soft_wrap=True)
        for words in (who, figures, f"says: {row.speaker or origin.publisher}"):
            if words:
                out.print(tame(f"    {words}"), highlight=False, markup=False, soft_wrap=True)
    if counts.writes:
        out.print("nothing was changed; without --dry-run these rows come in", highlight=False)


def print_brought(brought: Brought) -> None:
    """What an import did, and how to take it back."""
    summary = brought.summary
    if brought.batch is None:
        err.print("nothing to change")
        return
    moved = f", {summary.moved} moved on second thoughts" if summary.moved else ""
    err.print(f"{count_of(summary.opened, 'incident')} opened, {count_of(summary.joined, 'row')} joined to incidents{moved}")
    if brought.taken_out:
        err.print(f"{count_of(brought.taken_out, 'row')} taken out, as the file lacks them")
    out.print(f"{brought.batch}: `waqai import undo {brought.batch}` takes it back", highlight=False)

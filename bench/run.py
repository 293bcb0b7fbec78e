"""Run the benches, keep their figures, hold them against the floors, print the table.

    python -m bench.run [--only NAME …] [--slow] [--pin] [--lower FIGURE --reason TEXT] [--list]

Exit 0: all floors stand; 1: a figure fell below its floor; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bench.figures import Bench, Measured, Skipped, data_digest
from bench.floors import CHANGELOG, find_falls, load_floors, lowered, raised, save_floors
from bench.registry import BENCHES
from bench.results import QUALITY, load_results, merged, render_table, save_results, with_table


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse(arguments)
    if options.list:
        print("\n".join(f"{bench.name:12} {bench.says}{' (slow)' if bench.slow else ''}" for bench in BENCHES.values()))
        return 0
    chosen = [BENCHES[name] for name in options.only] or [bench for bench in BENCHES.values() if options.slow or not bench.slow]
    new = [one for bench in chosen for one in measure(bench)]
    kept = merged(load_results(), new, benches=BENCHES)
    save_results(kept)
    if options.lower is not None:
        lower(options.lower, kept, reason=options.reason)
    if options.pin:
        save_floors(raised(new, load_floors()))
    QUALITY.write_text(with_table(QUALITY.read_text(encoding="utf-8"), render_table(kept, load_floors())), encoding="utf-8")
    falls = find_falls(new, load_floors())
    print(render_table(new, load_floors()))
    for fall in falls:
        print(f"bench: {fall}", file=sys.stderr)
    return 1 if falls else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.run", description="Measure quality and speed, hold the figures against their floors, write docs/quality.md."
    )
    parser.add_argument("--only", action="append", default=[], choices=sorted(BENCHES), metavar="NAME", help="run this bench only; may be given more than once")
    parser.add_argument("--slow", action="store_true", help="run the slow benches too")
    parser.add_argument("--pin", action="store_true", help="raise the floors to the figures measured now; none falls")
    parser.add_argument("--lower", metavar="FIGURE", help="set the floor of this figure (bench/name) to its measured value")
    parser.add_argument("--reason", default="", help="why a floor is lowered; goes into CHANGELOG.md")
    parser.add_argument("--list", action="store_true", help="name the benches and stop")
    return parser.parse_args(arguments)


def measure(bench: Bench) -> list[Measured]:
    """The bench's figures with the day and the data's digest; empty, with a line that says why, when it cannot run here."""
    began = time.perf_counter()
    day = datetime.now(UTC).date().isoformat()
    try:
        digest = data_digest(bench.data)
        measured = [Measured(bench=bench.name, figure=figure, day=day, digest=digest) for figure in bench.measure()]
    except Skipped as skipped:
        print(f"bench: {bench.name} not run: {skipped}", file=sys.stderr)
        return []
    print(f"bench: {bench.name}, {len(measured)} figures in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return measured


def lower(key: str, kept: Sequence[Measured], *, reason: str) -> None:
    """Write the lower floor and its reason, or stop with exit code 2."""
    one = next((one for one in kept if one.key == key), None)
    if one is None:
        sys.exit(_wrong(f"no figure {key!r}; there are {', '.join(sorted(k.key for k in kept)) or 'none yet'}"))
    try:
        floors, changelog = lowered(one, load_floors(), reason=reason, changelog=CHANGELOG.read_text(encoding="utf-8"))
    except ValueError as wrong:
        sys.exit(_wrong(str(wrong)))
    save_floors(floors)
    CHANGELOG.write_text(changelog, encoding="utf-8")


def _wrong(message: str) -> int:
    print(f"bench: {message}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

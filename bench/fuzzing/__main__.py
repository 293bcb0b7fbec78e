"""Coverage-guided fuzzing of one target, or of all, with atheris (`pip install -e '.[fuzz]'`).

    python -m bench.fuzzing feed --minutes 10
    python -m bench.fuzzing all --minutes 2

Prints for each target how many inputs were run, how many branches they reached, and what was found: the error, and where the input that raises it lies.
After a finding it goes on with the rest of the time, at most `--findings` times; the same error at the same line is one finding. The corpus grows in
`.fuzzing/TARGET`, so a later run goes on where the last one ended. Exits with 1 where anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.fuzzing.seeds import SEEDS
from bench.fuzzing.targets import MAKERS

FOLDER = Path(".fuzzing")
_RUNS = re.compile(r"^(?:#|stat::number_of_executed_units:\s*)(\d+)", re.MULTILINE)
_REACHED = re.compile(r"cov: (\d+)")
_ERROR = re.compile(r"=== Uncaught Python exception: ===\n(.+)\n((?:.*\n)*?)(?=\n|==\d)")
_WRITTEN = re.compile(r"Test unit written to (\S+)")
_MAX_LENGTH = 20_000  # bytes of an input


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one process of the fuzzer did: inputs run, branches reached, the error that ended it and the file of its input (None: its time was up)."""

    runs: int
    reached: int
    error: str | None
    file: str | None


def fuzz(target: str, *, minutes: float, findings: int) -> bool:
    """Fuzz a target and print what came of it; whether nothing was found."""
    corpus = FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[target]:
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    ends, runs, reached, found = time.monotonic() + minutes * 60, 0, 0, dict[str, str]()
    while (left := int(ends - time.monotonic())) > 0 and len(found) < findings:
        outcome = _run(target, corpus, seconds=left)
        runs, reached = runs + outcome.runs, max(reached, outcome.reached)
        if outcome.error is None:
            break
        found.setdefault(outcome.error, outcome.file or "")
    print(f"{target}: {runs} inputs in {minutes:g} minutes, {reached} branches reached, {len(found)} findings")
    for error, file in found.items():
        print(f"  {error}\n    {file}")
    return not found


def _run(target: str, corpus: Path, *, seconds: int) -> Outcome:
    options = (
        f"-max_total_time={seconds}",
        f"-max_len={_MAX_LENGTH}",
        "-timeout=30",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
        f"-artifact_prefix={FOLDER / 'found'}-{target}-",
    )
    done = subprocess.run([sys.executable, "-m", "bench.fuzzing.one", target, str(corpus), *options], capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    written, reached = _WRITTEN.search(said), [int(one) for one in _REACHED.findall(said)]
    error = _name_error(said) if written or done.returncode else None
    return Outcome(runs=max(map(int, _RUNS.findall(said)), default=0), reached=max(reached, default=0), error=error, file=written[1] if written else None)


def _name_error(said: str) -> str:
    """The error and the last line of ours or of a library that it was raised at."""
    found = _ERROR.search(said)
    if found is None:
        return next((line for line in said.splitlines() if "ERROR: libFuzzer" in line), said.strip()[-300:])
    places = re.findall(r'File "([^"]+)", line (\d+), in (\S+)', said[found.start() :])
    return f"{found[1][:200]} at {' in '.join(f'{Path(file).name}:{line}' for file, line, _ in places[-1:])}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzzing", description="Fuzz what reads hostile bytes.")
    parser.add_argument("target", choices=(*MAKERS, "all"))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--findings", type=int, default=10, help="how many findings end a target")
    asked = parser.parse_args(arguments)
    names = list(MAKERS) if asked.target == "all" else [asked.target]
    held = [fuzz(name, minutes=asked.minutes, findings=asked.findings) for name in names]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""Other ways to match two records, on the sets of bench.comparing: chances as stated, steps learned by Splink's expectation maximisation, greedy by weight.

    python -m bench.comparing_ways

What decision 0056 rests on; and the same on two years that were not looked at when steps and bounds were chosen. Each way is put in place of a part of
`waqai.comparing` while it is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from bench.comparing import DEGREES, OTHERS, Score, choose_dense, choose_thin, load_syria, make_case, run_case, score, true_pairs
from waqai.codebook import load_codebook
from waqai.comparing import matching
from waqai.comparing.chances import STATED_U
from waqai.comparing.matching import match_sides
from waqai.comparing.sides import Side

LEARN_ON = ("l.first = r.first", "l.place = r.place")
"""Splink learns on pairs that agree on one thing, then on another."""

HELD_OUT = (12_500, 15_000)
"""Places in the file, in order of days: February 2018 and April 2019."""


@contextmanager
def chances_as_stated() -> Iterator[None]:
    with patch.object(matching._Linking, "_measure_u", lambda *_, **__: STATED_U):
        yield


@contextmanager
def steps_learned() -> Iterator[None]:
    make = matching._Linking._linker

    def learn(linking: Any, tables: Sequence[Any], settings: dict[str, Any]) -> Any:
        linker = make(linking, tables, settings)
        if any(comparison["comparison_levels"][1]["u_probability"] != STATED_U[comparison["output_column_name"]][0] for comparison in settings["comparisons"]):
            for rule in LEARN_ON:  # the second linker, whose chances are measured
                linker.training.estimate_parameters_using_expectation_maximisation(rule, fix_u_probabilities=True)
        return linker

    with patch.object(matching._Linking, "_linker", learn):
        yield


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


def best_greedy(ours: Sequence[Side], theirs: Sequence[Side]) -> Score:
    """One to one, the weightiest first, down to the weight that gives the best F1: a bound that nobody could choose beforehand."""
    truth, taken, given = true_pairs(ours, theirs), set[str](), list[tuple[str, str]]()
    best = Score(precision=0.0, recall=0.0, given=0)
    for number, pair in enumerate(match_sides(ours, theirs)):
        mine, other = ours[pair.ours].id, theirs[pair.theirs].id
        if mine in taken or other in taken:
            continue
        taken.update((mine, other))
        given.append((mine, other))
        if number % 20 == 0 and (found := score(given, truth)).f1 > best.f1:
            best = found
    return best


def main() -> int:
    codebook = load_codebook()
    sides = load_syria(codebook)
    for name, chosen in (("thin", choose_thin(sides)), ("dense", choose_dense(sides))):
        for degree in DEGREES[:2]:
            for way in (as_it_is, chances_as_stated, steps_learned):
                with way():
                    found = run_case(chosen, degree, codebook=codebook)
                right, f1 = found["match"].precision, found["match or possible"].f1
                print(f"{name:6} {degree.name:7} {way.__name__:18} matches that are right {right:.3f}  F1, perhaps included {f1:.3f}", flush=True)
            greedy = best_greedy(*make_case(chosen, degree, codebook=codebook, others=OTHERS))
            print(f"{name:6} {degree.name:7} {'greedy at its best':18} {'':28} F1 {greedy.f1:.3f}", flush=True)
    for first in HELD_OUT:
        chosen = sorted(sides, key=lambda one: (str(one.first), one.id))[first : first + 1200]
        for degree in DEGREES:
            found = run_case(chosen, degree, codebook=codebook, seed=99)
            right, f1 = found["match"].precision, found["match or possible"].f1
            print(
                f"from {chosen[0].first} {degree.name:7} matches that are right {right:.3f}  F1, perhaps included {f1:.3f}, by hand {found['by hand'].f1:.3f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measured quality and speed: what is measured, on which data, with floors that do not fall by themselves.

    python -m bench.run [--only NAME] [--slow] [--pin] [--lower FIGURE --reason TEXT] [--list]        (make bench)

`registry.BENCHES` lists the benches. Each gives `Figure`s; `run` keeps the latest of each in bench/results.json, with its day and a digest of the data it was
measured on, holds them against bench/floors.json and prints the table into docs/quality.md.
"""

from __future__ import annotations

from bench.figures import Bench, Figure, Skipped

__all__ = ["Bench", "Figure", "Skipped"]

"""The nouns of a bench: a figure, what measures it, and what was kept of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
Better: TypeAlias = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `n` is how many things it was measured on; `noise` is how far it may move, in its own unit, without meaning anything.

    `target` is what we want to reach (None: nothing was set); a floor, what we do not fall below, stands in floors.json.

    >>> Figure("seed items", 30, "of 31", target=31, n=31).reached
    False
    """

    name: str
    value: float
    unit: str
    target: float | None
    n: int
    better: Better = "higher"
    noise: float = 0.0

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; None without one."""
        return None if self.target is None else at_least(self.value, self.target, better=self.better)


def at_least(value: float, bound: float, *, better: Better, noise: float = 0.0) -> bool:
    """Whether `value` is as good as `bound`, give or take the noise.

    >>> at_least(0.69, 0.70, better="higher"), at_least(0.69, 0.70, better="higher", noise=0.02), at_least(3.1, 3.0, better="lower")
    (False, True, False)
    """
    return value >= bound - noise if better == "higher" else value <= bound + noise


class Skipped(Exception):
    """A bench that cannot run here; the message says what it lacks (shown, and the figures of its last run stay)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A named measurement. `data` are files and folders below the repository root whose content decides the figures; `slow` ones run only when asked for.

    `measure` raises Skipped when this machine lacks what it needs.
    """

    name: str
    says: str
    measure: Callable[[], Iterable[Figure]]
    data: tuple[str, ...] = ()
    slow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure as kept: the bench it comes from, the day (ISO) and the digest of the data."""

    bench: str
    figure: Figure
    day: str
    digest: str

    @property
    def key(self) -> str:
        """`bench/name`, the figure's name in floors.json."""
        return f"{self.bench}/{self.figure.name}"


def data_digest(paths: Iterable[str], *, root: Path = ROOT) -> str:
    """Twelve hex digits over the names and bytes of these files and of all files in these folders; "-" for none. Raises Skipped when one is missing."""
    whole, found = hashlib.sha256(), False
    for path in paths:
        top = root / path
        if not top.exists():
            raise Skipped(f"{path} is not here")
        for file in sorted(p for p in ([top] if top.is_file() else top.rglob("*")) if p.is_file() and "__pycache__" not in p.parts):
            whole.update(f"{file.relative_to(root).as_posix()}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
            found = True
    return whole.hexdigest()[:12] if found else "-"

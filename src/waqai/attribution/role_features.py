"""The features by which a tagger knows, beside a given cue, who speaks and what is said."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from waqai.attribution.columns import Columns
from waqai.attribution.said import Said

_FAR = (1, 2, 3, 5, 8, 12, 20, 35)
_HIGHEST, _DEEPEST = 12, 40  # links of the tree that are followed up from the cue, and from a token
_COUNTED = frozenset((",", ";", ":", '"', "-", "--"))
_MARKS = frozenset(('"', "''", "``"))
_JOINTS = frozenset(("that", ":", "to", "who", "which", "and", "but", "as"))
_SMALL = frozenset(("SCONJ", "CCONJ", "PART", "ADP"))
_SPEECH = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens [start, end) in which the speaker and the content of a cue are looked for."""

    start: int
    end: int


def window_of(columns: Columns, cue: tuple[int, int], *, reach: int = 90) -> Window:
    """The cue's sentence, the neighbouring ones where quotations or the cue's place call for them, and all of the quotations that these touch.

    No more than `reach` tokens aside.
    """
    starts, ends = columns.layout.starts, columns.layout.ends
    start, end = starts[cue[0]], ends[cue[1] - 1]
    words = sum(columns.poses[i] != "SPACE" for i in range(start, cue[0]))
    before, after = _past_spaces(columns, start - 1, -1), _past_spaces(columns, end, 1)
    last = _past_spaces(columns, end - 1, -1)
    if start > 0 and (columns.quotes[before] >= 0 or words <= 4):
        start = starts[before]
    if end < len(ends) and (columns.quotes[after] >= 0 or columns.quotes[end - 1] >= 0 or cue[1] >= end - 3 or columns.lowers[last] == ":"):
        end = ends[after]
    for i in (start, end - 1):
        if columns.quotes[i] >= 0:
            quote = columns.layout.quotes[columns.quotes[i]]
            start, end = min(start, quote.start), max(end, quote.end)
    return Window(max(start, cue[0] - reach), min(end, cue[1] + reach))


def _past_spaces(columns: Columns, index: int, step: int) -> int:
    index = min(max(index, 0), len(columns.lowers) - 1)
    while 0 < index < len(columns.lowers) - 1 and columns.poses[index] == "SPACE":
        index += step
    return index


def head_of(columns: Columns, cue: tuple[int, int]) -> int:
    """The word of the cue that the others hang on: the first whose head lies outside, a verb or noun before any other."""
    tops = [i for i in range(*cue) if not cue[0] <= columns.heads[i] < cue[1] or columns.heads[i] == i]
    return next((i for i in tops if columns.poses[i] in _SPEECH), next((i for i in tops if columns.poses[i] == "NOUN"), tops[0]))


def role_features(
    columns: Columns, cue: tuple[int, int], window: Window, *, cued: Set[int], said: Said | None, subject: tuple[int, int] | None
) -> list[list[str]]:
    """The features of each token of the window.

    `cued` are the tokens of all cues, `said` what the rules read at this cue, `subject` the words of the cue's subject by the rules, if they see one.
    """
    return _Seen(columns, cue, window, cued=cued, said=said, subject=subject).rows()


class _Seen:
    """A window as seen from its cue: for each of its tokens how it hangs together with the cue, and what lies between."""

    def __init__(self, c: Columns, cue: tuple[int, int], window: Window, *, cued: Set[int], said: Said | None, subject: tuple[int, int] | None) -> None:
        self.c, self.cue, self.window, self.cued = c, cue, window, cued
        self.verb = head_of(c, cue)
        self.lemma = c.lemmas[self.verb]
        self.name = "_".join(c.lemmas[i] for i in range(*cue)) if cue[1] - cue[0] <= 3 else self.lemma
        self.rule = said.rule if said is not None else "-"
        self.sentence = (c.layout.starts[cue[0]], c.layout.ends[cue[1] - 1])
        self.near_quotes = self._near_quotes()
        self.ancestors = self._ancestors()
        self.paths = [self._path(i) for i in range(window.start, window.end)]
        self.between, self.joints = self._crossed()
        self.said = self._positions(said.content if said is not None else None)
        self.spoken = self._positions(subject)

    def rows(self) -> list[list[str]]:
        """The features of each token of the window."""
        inside = range(*self.cue)
        return [["1", "cue"] if i in inside else [*self._place(i), *self._beside(i)] for i in range(self.window.start, self.window.end)]

    def _near_quotes(self) -> dict[int, str]:
        """The quotations that stand directly before ("L") and after ("R") the cue, or hold it ("in")."""
        c = self.c
        before, after = max(self.cue[0] - 1, 0), min(self.cue[1], len(c.lowers) - 1)
        while before > self.window.start and (c.poses[before] == "SPACE" or c.lowers[before] == ","):
            before -= 1
        while after < self.window.end - 1 and (c.poses[after] == "SPACE" or c.lowers[after] in (",", ":")):
            after += 1
        near = {c.quotes[before]: "L", c.quotes[after]: "R", c.quotes[self.cue[0]]: "in"}
        near.pop(-1, None)
        return near

    def _ancestors(self) -> dict[int, int]:
        """The cue's head and what it hangs on, each with its distance."""
        found = [self.verb]
        while self.c.heads[found[-1]] != found[-1] and len(found) < _HIGHEST:
            found.append(self.c.heads[found[-1]])
        return {token: distance for distance, token in enumerate(found)}

    def _path(self, i: int) -> tuple[str, int, int]:
        """How the token hangs together with the cue's head: the relation, the depth below the top of its branch, and that top."""
        heads, ancestors, branch, depth = self.c.heads, self.ancestors, i, 0
        if i in ancestors:
            return (f"up{min(ancestors[i], 3)}" if ancestors[i] else "self"), 0, i
        while heads[branch] != branch and heads[branch] not in ancestors and depth < _DEEPEST:
            branch, depth = heads[branch], depth + 1
        if heads[branch] not in ancestors or heads[branch] == branch:
            return "apart", min(depth, 4), branch
        distance = ancestors[heads[branch]]
        return f"{f'up{min(distance, 3)}:' if distance else ''}{self.c.deps[branch]}", min(depth, 4), branch

    def _crossed(self) -> tuple[list[str], list[str]]:
        """For each token how many commas, other cues and quotation marks lie between it and the cue, and which joint comes first."""
        c, start = self.c, self.window.start
        between, joints = [""] * (self.window.end - start), [""] * (self.window.end - start)
        for order in (range(self.cue[1], self.window.end), range(self.cue[0] - 1, start - 1, -1)):
            commas, others, marks, first = 0, 0, 0, ""
            for i in order:
                between[i - start] = f"{min(commas, 3)}{min(others, 2)}{min(marks, 3)}"
                joints[i - start] = first
                low = c.lowers[i]
                commas += low == ","
                marks += low in _MARKS
                others += low != "," and low not in _MARKS and i in self.cued
                first = first or (low if low in _JOINTS else "")
        return between, joints

    def _positions(self, span: tuple[int, int] | None) -> list[str]:
        """Where each token lies in a span that the rules made out: its first token, its last, inside or outside; "-" where they made out none."""
        start, end = self.window.start, self.window.end
        if span is None:
            return ["-"] * (end - start)
        return ["B" if i == span[0] else "E" if i == span[1] - 1 else "I" if span[0] < i < span[1] else "o" for i in range(start, end)]

    def _place(self, i: int) -> list[str]:
        """What the token is by itself and to the cue."""
        c, k = self.c, i - self.window.start
        path, depth, top = self.paths[k]
        gap = i - self.cue[1] + 1 if i >= self.cue[1] else self.cue[0] - i
        side = "R" if i >= self.cue[1] else "L"
        place = f"{side}{sum(gap > far for far in _FAR)}"
        here, quote = self._here(i), self._quote(i)
        edge = f"{'<' if i == c.lefts[top] else ''}{'>' if i == c.rights[top] else ''}{'=' if i == top else ''}"
        between, joint, ruled, spoke = f"{side}{self.between[k]}", self.joints[k], self.said[k], self.spoken[k]
        tag, low, kind = c.tags[i], c.lowers[i], c.kinds[i]
        found = [
            "1",
            f"w={low}|{side}",
            f"t={tag}|{side}",
            f"p={path}|{side}",
            f"p|e={path}|{edge}|{side}",
            f"p|d={path}|{depth}|{side}",
            f"p|v={path}|{self.lemma}",
            f"p|n={path}|{self.name}|{side}",
            f"p|k={path}|{kind}|{edge}",
            f"p|t={path}|{tag}|{edge}",
            f"p|w={path}|{low}",
            f"p|h={path}|{here}|{quote}",
            f"pl={place}",
            f"pl|v={place}|{self.name}",
            f"pl|t={place}|{tag}",
            f"h={here}|{self._edge(i)}|{side}",
            f"h|q={here}|{quote}|{side}",
            f"q|v={quote}|{self.lemma}|{side}",
            f"b={between}",
            f"b|q={between}|{quote}",
            f"b|p={between}|{path}",
            f"b|w={between}|{low}" if low in _COUNTED or c.poses[i] in _SMALL else f"b|t={between}|{tag}",
            f"j={side}{joint}",
            f"j|n={side}{joint}|{self.name}",
            f"j|p={joint}|{path}",
            f"r={ruled}{spoke}",
            f"r|p={ruled}{spoke}|{path}",
            f"r|rule={ruled}|{self.rule}",
            f"s={spoke}|{tag}|{side}",
            f"k={kind}|{side}",
            f"d={c.deps[i]}|{side}",
            f"c={i in self.cued}|{here}|{side}",
        ]
        if gap <= _FAR[2]:
            found += [f"n={self.name}|{place}|{low}", f"n|t={self.lemma}|{place}|{tag}"]
        return found

    def _beside(self, i: int) -> list[str]:
        """What stands beside the token."""
        c, start = self.c, self.window.start
        side, tag, low = "R" if i >= self.cue[1] else "L", c.tags[i], c.lowers[i]
        path, _, top = self.paths[i - start]
        found = []
        for step in (-2, -1, 1, 2):
            j = i + step
            if not start <= j < self.window.end:
                continue
            inside = self.cue[0] <= j < self.cue[1]
            word = "cue" if inside else c.lowers[j]
            found += [f"w{step}={word}|{side}", f"t{step}={'cue' if inside else c.tags[j]}|{tag}"]
            if step in (-1, 1):
                near, _, near_top = self.paths[j - start]
                found += [
                    f"p{step}={near}|{path}|{near_top == top}",
                    f"p{step}|w={path}|{word}",
                    f"q{step}={c.states[j]}|{self._quote(i)}",
                    f"c{step}={j in self.cued}|{low}",
                    f"s{step}={self._edge(i)}|{c.layout.starts[j] == j}|{c.poses[j] == 'SPACE'}|{self._quote(i)}",
                    f"r{step}={self.said[i - start]}|{self.said[j - start]}|{word}",
                ]
        return found

    def _here(self, i: int) -> str:
        return "here" if self.sentence[0] <= i < self.sentence[1] else "prev" if i < self.sentence[0] else "next"

    def _quote(self, i: int) -> str:
        return f"{self.near_quotes.get(self.c.quotes[i], 'far') if self.c.quotes[i] >= 0 else 'no'}{self.c.states[i]}"

    def _edge(self, i: int) -> str:
        layout = self.c.layout
        return "^" if i == layout.starts[i] else "$" if i == layout.ends[i] - 1 else ""

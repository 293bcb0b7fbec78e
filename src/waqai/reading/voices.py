"""Whose words a figure is, where no claim's content holds it: the one who speaks in its sentence, or in the sentence that it goes on from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from waqai.attribution.speakers import UNATTRIBUTED
from waqai.core import Account, Claim, Count
from waqai.parsing.text import WorkingText
from waqai.parsing.word_sets import word_set

# first words of "Of these ...", "Since then ...", "That leaves ..."
_GOING_ON = word_set("of among since another in that this he she they it his her its their some most so")


def with_voices(accounts: Sequence[Account], *, doc: Doc, text: WorkingText, claims: Sequence[Claim]) -> tuple[Account, ...]:
    """The accounts, with the claim of each figure that somebody said though the words quoted of him end before it.

    "X said that 12 fled; four died": the four are X's as well. "X said that 12 fled. Of these six were caught": so are the six.
    """
    if not claims or all(c.said_by is not None for a in accounts for c in a.counts):
        return tuple(accounts)
    voices = _Voices.of(doc, text, claims)
    return tuple(replace(a, counts=tuple(voices.give(c) for c in a.counts)) if any(c.said_by is None for c in a.counts) else a for a in accounts)


@dataclass(frozen=True, slots=True)
class _Voices:
    """`starts` and `first` are the first character and the first word of each sentence, `blocks` its paragraph, `cues` the claims whose cue stands in it."""

    starts: Sequence[int]
    first: Sequence[str]
    blocks: Sequence[int]
    cues: Sequence[Sequence[Claim]]

    @classmethod
    def of(cls, doc: Doc, text: WorkingText, claims: Sequence[Claim]) -> _Voices:
        sentences = list(doc.sents)
        starts = [s.start_char for s in sentences]
        cues: list[list[Claim]] = [[] for _ in sentences]
        for claim in claims:
            cues[bisect_right(starts, claim.cue.start) - 1].append(claim)
        return cls(starts, [s[0].lower_ for s in sentences], [text.block_at(start) for start in starts], cues)

    def give(self, count: Count) -> Count:
        if count.said_by is not None:
            return count
        at = bisect_right(self.starts, count.phrase.start) - 1
        claim = _only_voice(self.cues[at])
        if claim is None and at > 0 and not self.cues[at] and self.blocks[at] == self.blocks[at - 1] and self.first[at] in _GOING_ON:
            claim = _only_voice(self.cues[at - 1])
        return replace(count, said_by=claim.id) if claim is not None else count


def _only_voice(claims: Sequence[Claim]) -> Claim | None:
    """The first claim of the only one who speaks, None where nobody does, or several do."""
    named = [c for c in claims if c.speaker_name != UNATTRIBUTED]
    return named[0] if len({c.speaker_name for c in named}) == 1 else None

"""Whose words a figure is, where no claim's content holds it: the one who speaks in its sentence, or in the sentences that it goes on from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from waqai.attribution.speakers import UNATTRIBUTED
from waqai.core import Account, Claim, Count
from waqai.parsing.text import WorkingText
from waqai.parsing.word_sets import word_set

# first words of "Of these ...", "Since then ...", "That leaves ..."
_GOING_ON = word_set("of among since another in that this he she they it his her its their some most so")


# "Of these 18 were caught", "Not one of them": among the first words of a sentence
_PART_OF = frozenset(("of", them) for them in ("these", "them", "those"))
_OPENING = 6
_ANNOUNCED = frozenset(("announced", "object: figure", "clause: figure"))
_CONCEDING = word_set("though although while whereas but")


def with_voices(accounts: Sequence[Account], *, doc: Doc, text: WorkingText, claims: Sequence[Claim]) -> tuple[Account, ...]:
    """The accounts, with the claim of each figure that somebody said though the words quoted of him end before it.

    "X said that 12 fled; four died": the four are X's as well. "X said that 12 fled. Of these six were caught": so are the six.
    "X gave other figures. Six were caught, four died": so is what comes after, up to the next who speaks.
    """
    if not claims or all(c.said_by is not None for a in accounts for c in a.counts):
        return tuple(accounts)
    voices = _Voices.of(doc, text, claims)
    return tuple(replace(a, counts=tuple(voices.give(c) for c in a.counts)) if any(c.said_by is None for c in a.counts) else a for a in accounts)


@dataclass(frozen=True, slots=True)
class _Voices:
    """`tokens` and `starts` are the first characters of words and sentences, `blocks` the sentences' paragraphs, `claims` those whose cue stands in each."""

    doc: Doc
    tokens: Sequence[int]
    starts: Sequence[int]
    blocks: Sequence[int]
    claims: Sequence[Sequence[Claim]]

    @classmethod
    def of(cls, doc: Doc, text: WorkingText, claims: Sequence[Claim]) -> _Voices:
        starts = [s.start_char for s in doc.sents]
        cues: list[list[Claim]] = [[] for _ in starts]
        for claim in claims:
            cues[bisect_right(starts, claim.cue.start) - 1].append(claim)
        return cls(doc, [t.idx for t in doc], starts, [text.block_at(start) for start in starts], cues)

    def give(self, count: Count) -> Count:
        if count.said_by is not None:
            return count
        at = bisect_right(self.starts, count.phrase.start) - 1
        claim = _only_voice([c for c in self.claims[at] if self._reaches(c, count)])
        if claim is None and not self.claims[at]:
            claim = self._voice_before(at) or self._voice_behind(at)
        return replace(count, said_by=claim.id) if claim is not None else count

    def _reaches(self, claim: Claim, count: Count) -> bool:
        """Whether a voice can hold for a figure beside its own content: not if it speaks in an aside, "of whom officials count nine as armed"."""
        cue = self._token_at(claim.cue.start)
        aside = _aside_of(cue)
        return aside is None or cue.lemma_ == "add" or count.phrase.start >= aside.left_edge.idx

    def _token_at(self, start: int) -> Token:
        return self.doc[bisect_right(self.tokens, start) - 1]

    def _voice_before(self, at: int) -> Claim | None:
        """Who speaks in the sentences before, in the same paragraph, if this one goes on from them: by its first word, or for want of another voice."""
        for before in range(at - 1, -1, -1):
            if self.blocks[before] != self.blocks[at]:
                return None
            if self.claims[before]:
                claim = _only_voice(self.claims[before])
                goes_on = at - before == 1 and self._first_word(at) in _GOING_ON
                return claim if claim is not None and (goes_on or self._announces(claim) or self._leads(claim, at)) else None
        return None

    def _voice_behind(self, at: int) -> Claim | None:
        """Who speaks in the next sentence of the paragraph, if that begins with a part of what is told here: "60 fled. Of these six ..., X said"."""
        behind = at + 1
        if behind >= len(self.starts) or self.blocks[behind] != self.blocks[at] or not self.claims[behind]:
            return None
        first = bisect_right(self.tokens, self.starts[behind]) - 1
        words = [t.lower_ for t in self.doc[first : first + _OPENING]]
        return _only_voice(self.claims[behind]) if any(pair in _PART_OF for pair in pairwise(words)) else None

    def _announces(self, claim: Claim) -> bool:
        """Whether somebody only announced figures, which the sentences behind then tell: "had a higher figure", "gave a toll"."""
        return claim.rule in _ANNOUNCED and not any(t.like_num for t in self.doc if claim.content.start <= t.idx < claim.content.end)

    def _leads(self, claim: Claim, at: int) -> bool:
        """Whether the report's first paragraph names at the end of a sentence who told its news: the lead goes on in that voice, save what had been before."""
        root = self._token_at(self.starts[at]).sent.root
        looks_back = root.tag_ == "VBN" and any(t.dep_ == "aux" and t.lower_ == "had" for t in root.children)
        return self.blocks[at] == self.blocks[0] and claim.content.end <= claim.cue.start and not looks_back

    def _first_word(self, at: int) -> str:
        return self._token_at(self.starts[at]).lower_


def _only_voice(claims: Sequence[Claim]) -> Claim | None:
    """The first claim of the only one who speaks, None where nobody does, or several do."""
    named = [c for c in claims if c.speaker_name != UNATTRIBUTED]
    return named[0] if len({c.speaker_name for c in named}) == 1 else None


def _aside_of(cue: Token) -> Token | None:
    """The clause in which a cue stands if it is one that only adds to the sentence, by "of whom", "though" and the like."""
    for token in (cue, *cue.ancestors):
        if token.dep_ == "relcl" and token.i > token.head.i:
            return token
        if token.dep_ == "advcl" and any(t.dep_ == "mark" and t.lower_ in _CONCEDING for t in token.children):
            return token
    return None

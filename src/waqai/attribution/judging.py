"""What is known of a claim that says how likely its speaker and content are right."""

from __future__ import annotations

from spacy.tokens import Doc

from waqai.attribution.model import Weighed, longest
from waqai.attribution.said import Said
from waqai.attribution.speakers import UNATTRIBUTED
from waqai.attribution.tagging import Bounds, Tagged

_LENGTHS = (2, 4, 8, 15, 25, 40)  # words of a content
_PROBABILITIES = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97)


def claim_features(weighed: Weighed, *, doc: Doc, speaker_name: str, mention: str, stance: str) -> list[str]:
    """The features of one claim; `mention` are the words beside the cue that name the speaker ("" for none), `speaker_name` whom they lead back to."""
    said, lemma = weighed.said, doc[weighed.said.verb].lemma_.lower()
    words = doc[said.content[0] : said.content[1]]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words)
    return [
        f"rule={said.rule}",
        f"lemma={lemma}",
        f"stance={stance}",
        f"speaker={_kind_of_speaker(doc, said, speaker_name, mention)}",
        f"rule|speaker={said.rule}|{speaker_name == UNATTRIBUTED}",
        f"length={_step(len(words), _LENGTHS)}",
        f"finite={finite}|{said.rule.partition(':')[0]}",
        f"first={words[0].pos_}",
        f"last={words[-1].pos_}",
        f"side={said.content[0] > said.verb}",
        f"gap={_step(_gap(said.cue, said.content), _LENGTHS)}",
        *_agreement(said, weighed.tagged),
    ]


def _kind_of_speaker(doc: Doc, said: Said, name: str, mention: str) -> str:
    if said.speaker is None or not mention:
        return "nobody"
    head = doc[said.speaker]
    kind = "pronoun" if head.pos_ == "PRON" else "name" if head.pos_ == "PROPN" else "noun"
    return f"{kind}|{'same' if mention == name else 'nobody' if name == UNATTRIBUTED else 'led back'}"


def _agreement(said: Said, tagged: Tagged | None) -> list[str]:
    if tagged is None:
        return ["asked=False"]
    if not tagged.contents:
        return ["content=none", f"voices={_voices(said, tagged)}"]
    content = longest(tagged.contents)
    return [
        f"content={_step(tagged.content_p, _PROBABILITIES)}",
        f"cue={_step(tagged.cue_p, _PROBABILITIES)}",
        f"same={_step(_shared(content, said.content), _PROBABILITIES)}",
        f"voices={_voices(said, tagged)}",
    ]


def _voices(said: Said, tagged: Tagged) -> str:
    """Whether rules and tagger hear the same speaker."""
    if said.speaker is None:
        return "both none" if not tagged.speakers else "rules none"
    return "both" if any(start <= said.speaker < end for start, end in tagged.speakers) else "other" if tagged.speakers else "tagger none"


def _shared(a: Bounds, b: Bounds) -> float:
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (a[1] - a[0] + b[1] - b[0] - common)


def _gap(a: Bounds, b: Bounds) -> int:
    return max(b[0] - a[1], a[0] - b[1], 0)


def _step(value: float, steps: tuple[float, ...]) -> int:
    return sum(value > step for step in steps)

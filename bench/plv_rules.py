"""The PLOVER root of a marked sentence as the shipped rules tell it: their triggers, statuses and stances, through the codebook's crosswalk.

Nothing is learned. `read_root` takes what the reader finds in any text. `read_root_by_verb` looks at the source's own verb, too, because here it is known
who the source is: a verb that is denied rejects, a verb that the codebook lists as a cue (urge, condemn, refuse ...) is a statement even where the reader
finds no content for it, and a rule of the lexicon that asks of its subject only what kind of actor it is ("agree", of a body or side) holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from bench.plv import Marked
from bench.plv_predicates import first_head, is_negated, main_predicate
from waqai.attribution import DraftClaim
from waqai.codebook import Code, Codebook, crosswalk
from waqai.coding.scene import Scene
from waqai.core import AttrValue, Span
from waqai.reading.phrases import char_span
from waqai.reading.status import StatusReader

# What a claim of this stance is as a statement; the other stances only carry their content.
_ACT_OF_STANCE: Mapping[str, str] = {
    "alleges": "accuse",
    "urges": "appeal",
    "threatens": "threaten",
    "pledges": "commit",
    "denies": "reject",
    "declines": "reject",
    "evaluates": "condemn",
}
_PRAISE = frozenset(("praise", "welcome", "hail", "thank", "applaud", "endorse", "support", "defend"))
_CARRIERS = frozenset(("reports", "confirms", "reveals", "claims", "assesses"))  # stances of verbs whose content tells what the source does
_POLITICS = frozenset(("diplomacy", "policy_and_aid"))  # families whose actors may be anybody that a sentence marks as source
# PLV's roots are those of an earlier PLOVER: one root for what today's parts in two, and verdicts beside the accusations.
_FOLDED: Mapping[str, str] = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_FOLDED_MODES: Mapping[tuple[str, str | None], str] = {("SANCTION", "convict"): "ACCUSE"}
# PLV takes every intent for a promise or a threat; of plans today's PLOVER codes but a few.
_FRIENDLY = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the rules found: a type with its status, or a claim taken as a statement; `root` is None where the crosswalk drops it."""

    token: Token
    type: str
    status: str
    attrs: Mapping[str, AttrValue]
    root: str | None
    agents: tuple[Token, ...]
    others: tuple[Token, ...]


def read_root(scene: Scene, marked: Marked, codebook: Codebook) -> str | None:
    """The root of what the reader's rules find; None where nothing is found that has one."""
    return pick_root(iter_findings(scene, codebook), marked)


def read_root_by_verb(scene: Scene, marked: Marked, codebook: Codebook) -> str | None:
    """The root of what the reader's rules find, and of what the source's own verb is."""
    return pick_root((*iter_findings(scene, codebook), *_by_predicate(scene, marked, codebook)), marked)


def pick_root(findings: Iterable[Finding], marked: Marked) -> str | None:
    """The root of the finding that tells most directly what the source does; None where none has a root."""
    found = min((f for f in findings if f.root is not None), key=lambda f: rank(f, marked), default=None)
    return None if found is None else found.root


def iter_findings(scene: Scene, codebook: Codebook) -> Iterator[Finding]:
    """All that the rules found: triggers first, then claims that are statements."""
    for trigger in scene.triggers.values():
        agents = trigger.heads("subj", "by")
        others = tuple(t for slot, tokens in trigger.slots.items() if slot not in ("subj", "by") for t in tokens)
        attrs, status = dict(trigger.rule.attrs), trigger.told.value
        root = None if status == "denied_only" else root_of(codebook, type=trigger.type, attrs=attrs, status=status)
        yield Finding(token=trigger.token, type=trigger.type, status=status, attrs=attrs, root=root, agents=agents, others=others)
    for claim in scene.claims:
        act = act_of(claim, scene)
        if act is not None:
            yield _statement(scene, claim, act, codebook)


def act_of(claim: DraftClaim, scene: Scene) -> str | None:
    """What the claim does, as the codebook's attr of a statement; None where it only carries its content."""
    head = _token_at(scene, claim.cue)
    if claim.stance == "evaluates" and head.lemma_.lower() in _PRAISE:
        return "support"
    if claim.stance == "pledges" and any(is_negated(t) for t in head.children if t.dep_ in ("ccomp", "xcomp")):
        return "reject"  # "said he would not", "vowed never to"
    return _ACT_OF_STANCE.get(claim.stance)


def root_of(codebook: Codebook, *, type: str, attrs: Mapping[str, AttrValue], status: str) -> str | None:
    """PLV's root of what the codebook's crosswalk to PLOVER gives.

    >>> from waqai.codebook import load_codebook
    >>> [root_of(load_codebook(), type="release", attrs={}, status=status) for status in ("occurred", "pledged", "planned", "attempted")]
    ['YIELD', 'AGREE', 'AGREE', None]
    """
    code = crosswalk("plover", codebook, type=type, attrs=attrs, status=status)
    if not isinstance(code, Code):
        done = root_of(codebook, type=type, attrs=attrs, status="occurred") if status == "planned" else None
        return None if done is None else "AGREE" if done in _FRIENDLY else "THREATEN"
    return _FOLDED_MODES.get((code.code, code.mode)) or _FOLDED.get(code.code, code.code)


def rank(finding: Finding, marked: Marked) -> tuple[int, int, int]:
    """Smallest for what the source does, then for what touches source or target; among those the one nearest to the root of the parse, then the first."""
    if any(_within(t, marked.sources) for t in finding.agents):
        near = 0
    elif any(_within(t, (*marked.sources, *marked.targets)) for t in (*finding.agents, *finding.others)):
        near = 1
    else:
        near = 2
    return near, sum(1 for _ in finding.token.ancestors), finding.token.i


def _statement(scene: Scene, claim: DraftClaim, act: str, codebook: Codebook) -> Finding:
    speakers = () if claim.speaker is None else _tokens_in(scene, (claim.speaker,))
    return _statement_at(_token_at(scene, claim.cue), act, agents=speakers, codebook=codebook)


def _statement_at(token: Token, act: str, *, agents: tuple[Token, ...], codebook: Codebook) -> Finding:
    attrs: dict[str, AttrValue] = {"act": act}
    root = root_of(codebook, type="statement", attrs=attrs, status="occurred")
    return Finding(token=token, type="statement", status="occurred", attrs=attrs, root=root, agents=agents, others=())


def _by_predicate(scene: Scene, marked: Marked, codebook: Codebook) -> Iterator[Finding]:
    """What the source's own verb does, where it is denied or a cue of the codebook; behind a mere "said", the verb of what is said."""
    sources = _tokens_in(scene, marked.sources)
    predicate: Token | None = main_predicate(scene.doc, marked.sources)
    for _ in range(2):
        if predicate is None or predicate.pos_ not in ("VERB", "AUX"):
            return
        act = _act_of_verb(predicate, codebook)
        if act is not None:
            yield _statement_at(predicate, act, agents=sources, codebook=codebook)
        elif predicate.i not in scene.triggers:
            yield from _by_open_rule(scene, predicate, agents=sources, codebook=codebook)
        if codebook.stance_of_cue(predicate.lemma_) not in _CARRIERS:
            return
        predicate = next((t for t in predicate.children if t.dep_ == "ccomp" and _speaks_of_itself(t, marked)), None)


def _by_open_rule(scene: Scene, verb: Token, *, agents: tuple[Token, ...], codebook: Codebook) -> Iterator[Finding]:
    """What the lexicon's rule of politics for this verb alone tells, where it asks nothing but who the subject is."""
    rules = [r for r in scene.lexicon.verbs.get(verb.lemma_.lower(), ()) if scene.families[r.type] in _POLITICS]
    rule = next((r for r in rules if not r.rest and not r.near and not r.not_near and set(r.slots) <= {"subj"}), None)
    told = None if rule is None else StatusReader(scene.lexicon).status_of(verb, type=rule.type, phrase=char_span(verb, verb), heading=False)
    if rule is not None and told is not None:
        root = root_of(codebook, type=rule.type, attrs=rule.attrs, status=told.value)
        yield Finding(token=verb, type=rule.type, status=told.value, attrs=rule.attrs, root=root, agents=agents, others=())


def _act_of_verb(verb: Token, codebook: Codebook) -> str | None:
    """What the verb does as a statement; a denied one rejects, unless it only carries its content."""
    lemma = verb.lemma_.lower()
    stance = codebook.stance_of_cue(lemma)
    if lemma in ("call", "ask") and not any(t.lower_ in ("for", "on", "upon") or t.dep_ in ("xcomp", "ccomp") for t in verb.children):
        return None
    if is_negated(verb) or any(is_negated(t) for t in verb.children if t.dep_ == "xcomp"):
        return None if stance in _CARRIERS else "reject"
    if stance == "evaluates" and lemma in _PRAISE:
        return "support"
    return _ACT_OF_STANCE.get(stance or "")


def _speaks_of_itself(verb: Token, marked: Marked) -> bool:
    """Whether the subject of what is said is the source again: "said it would", "said the ministry would not"."""
    subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and (subject.pos_ == "PRON" or _within(subject, marked.sources))


def _tokens_in(scene: Scene, spans: tuple[Span, ...]) -> tuple[Token, ...]:
    return tuple(t for t in scene.doc if _within(t, spans))


def _token_at(scene: Scene, span: Span) -> Token:
    """The head of the span's words."""
    head = first_head(scene.doc, (span,))
    assert head is not None, f"no word at {span}"
    return head


def _within(token: Token, spans: tuple[Span, ...]) -> bool:
    return any(s.start <= token.idx < s.end for s in spans)

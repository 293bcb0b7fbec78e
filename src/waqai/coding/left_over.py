"""Numbers that no account took although their words leave no doubt what they count: each goes to the account beside it that can take it.

The coder weighs each number for the happenings that it found; a number told far from them, or of a happening that it did not find, falls between. That reports
disagree on figures is what incidents are read for, so such a number is kept where its own words tell its measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from waqai.coding.figures import find_figures
from waqai.coding.none_told import OF_PRISONERS, find_none_told
from waqai.coding.part_figures import find_whole, is_part
from waqai.coding.plain_measures import Plain, find_plain_measure, has_happened, is_share, is_stock, measure_in_slot
from waqai.coding.renaming import FOUGHT, renamed
from waqai.coding.rival_tolls import TOTAL, count_by_words, with_rival_tolls
from waqai.coding.scene import Scene, words_at
from waqai.coding.told_elsewhere import Elsewhere, find_sibling, is_rival
from waqai.coding.unnumbered import find_unnumbered
from waqai.core import Account, Count, Span
from waqai.reading.accounts import SaidBy
from waqai.reading.bounds import Quantity
from waqai.reading.governors import iter_governors
from waqai.reading.phrases import text_of
from waqai.reading.slots import head_noun
from waqai.reading.vague import find_number_of

_DOUBTFUL = 0.3  # a count's probability, below which its own words are asked again
_KEPT = frozenset(("escaped", "recaptured", "at_large", "returned", "surrendered", "held", "killed", "wounded", "perpetrators", "released"))
_OF_BREAKS = {"released": "escaped"}  # what a verb's measure is in an account of a break
_NUMBER = frozenset(("number",))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_GOT_AWAY = frozenset(("escaped", "at_large"))
_MORE_LIKELY = {"detained": "recaptured", "participants": "held"}  # what is only so of prisoners, by their own words
_LOOSE = frozenset(("npadvmod", "dep"))
_UNDONE = frozenset(("attempted", "foiled"))
_HARM = frozenset(("killed", "wounded"))
_OTHERS = re.compile(r"\b(?:the )?(?:other|remaining) $", re.IGNORECASE)
_SOUGHT = re.compile(r"\b(?:looking|hunting|searching) for $", re.IGNORECASE)


def with_left_over(scene: Scene, accounts: Sequence[Account], *, said: SaidBy) -> tuple[Account, ...]:
    """The accounts of a report about a prison, in the same order: what its own words count as something else moved, what nobody took given to one of them."""
    if not _tells_of_prison(scene, accounts):
        return with_rival_tolls(scene, accounts, said=said)
    sure = [replace(a, counts=tuple(c for c in a.counts if not _is_doubted(c, scene))) for a in accounts]
    kept = [replace(a, counts=renamed(a.counts, a, scene=scene, accounts=sure)) for a in sure]
    extra = _LeftOver(scene, kept, said).counts()
    return tuple(_with(a, said.mark(extra[a.id])) if a.id in extra else a for a in kept)


def _tells_of_prison(scene: Scene, accounts: Sequence[Account]) -> bool:
    """Whether a report tells of a break from prison, or of violence where it speaks of a prison and of those held, or of a prison again and again."""
    types, classes = scene.lexicon.types, scene.lexicon.classes
    if any(a.type in types.breaks or a.type == "recapture" for a in accounts):
        return True
    if not any(a.type in types.violence for a in accounts) or not scene.speaks_of(classes["facility"]):
        return False
    return scene.speaks_of(classes["held"]) or len({scene.sentence_of(t) for t in scene.doc if t.lemma_.lower() in classes["facility"]}) > 1


def _is_doubted(count: Count, scene: Scene) -> bool:
    """A number that the coder hardly took, and whose own words name another measure; but who came back was recaptured, to most coders.

    However sure the coder is, those of whom a part is told ("of the jail's 1,150 inmates nearly all") and those looked for did not all escape.
    """
    quantity = next((q for q in scene.quantities if q.phrase == count.phrase), None)
    if quantity is None or (count.p >= _DOUBTFUL and not _is_other(count, quantity, scene)):
        return False
    plain = _plain(quantity, scene)
    if plain is None:
        return count.measure == "escaped" and _never_did(quantity)
    return plain.measure != count.measure and plain.measure in _KEPT - {"returned"}


def _is_other(count: Count, quantity: Quantity, scene: Scene) -> bool:
    """Whether a number counted as escaped is plainly that of those held before, or of those looked for; one of those arrested that of escapees, and so on."""
    if count.measure in _MORE_LIKELY and (plain := _plain(quantity, scene)) is not None and plain.measure == _MORE_LIKELY[count.measure]:
        return True
    if count.measure != "escaped":
        return False
    if _never_did(quantity) or (is_share(quantity) and (plain := _plain(quantity, scene)) is not None and plain.measure == "recaptured"):
        return True
    return _is_stock(quantity, scene) or _SOUGHT.search(text_of(scene.doc)[: quantity.phrase.start]) is not None


def _never_did(quantity: Quantity) -> bool:
    """ "some 430 never left", "foiled an escape by 89": all that is told of them is that they did not."""
    governors = [governor for _, governor in iter_governors(quantity.head) if governor.pos_ in ("VERB", "AUX", "NOUN")]
    undone = [any(t.dep_ == "neg" for t in g.children) if g.pos_ in ("VERB", "AUX") else not has_happened(g) for g in governors]
    return bool(undone) and all(undone)


def _plain(quantity: Quantity, scene: Scene) -> Plain | None:
    plain = find_plain_measure(quantity, lexicon=scene.lexicon, triggers=scene.triggers)
    if plain is None or plain.measure == "perpetrators":
        plain = Elsewhere(lexicon=scene.lexicon, triggers=scene.triggers).find_measure(quantity) or plain
    return None if plain is not None and is_stock(quantity, scene.lexicon) and not _is_stock(quantity, scene) else plain


def _is_stock(quantity: Quantity, scene: Scene) -> bool:
    """Whether it is the number of those held, told here first: "three of the eight prisoners" may be of the eight that fled, told before."""
    told = any(q.best == quantity.best and q.phrase.end <= quantity.phrase.start for q in scene.quantities)
    return not told and is_stock(quantity, scene.lexicon)


def _with(account: Account, counts: Sequence[Count]) -> Account:
    return replace(account, counts=tuple(sorted((*account.counts, *counts), key=lambda c: c.phrase)))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number with the account that has it, and what it counts there."""

    quantity: Quantity
    account: Account
    measure: str


@dataclass(slots=True)
class _LeftOver:
    """Goes through the numbers of a report once, in order of the text; `_told` are the figures that some account has already, with who says them."""

    scene: Scene
    accounts: Sequence[Account]
    said: SaidBy
    _told: set[tuple[str, float, float | None, str | None]] = field(init=False)
    _placed: list[_Placed] = field(init=False, default_factory=list)
    _found: dict[str, list[Count]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._told = {(c.measure, c.low, c.high, self._speaker_of(c.phrase)) for a in self.accounts for c in a.counts}

    def counts(self) -> dict[str, list[Count]]:
        """The counts to add, by the id of their account."""
        scene = self.scene
        taken = [(c, a) for a in self.accounts for c in a.counts]
        for quantity in scene.quantities:
            own = next((_Placed(quantity, a, c.measure) for c, a in taken if c.phrase.overlaps(quantity.phrase)), None)
            if own is not None and not _is_stock(quantity, scene):
                self._placed.append(own)
                if own.measure not in _KEPT and (whole := self._whole_less_part(quantity)) is not None:
                    self._add(quantity, whole.account, Plain(whole.measure, "what is left of a number told before"))
            elif quantity.unit is None and not _is_negated(quantity):
                self._place(quantity, _plain(quantity, scene))
        for quantity in find_figures(scene):
            if quantity.best == 1 and quantity.head.dep_ in _SUBJECTS and not any(c.phrase.overlaps(quantity.phrase) for c, _ in taken):
                self._place_one(quantity)
        for quantity in find_number_of(scene.doc) if scene.speaks_of(_NUMBER) else ():
            plain = _plain(quantity, scene)
            if plain is not None and plain.measure in OF_PRISONERS:
                self._place(quantity, plain)
        for quantity, measure in find_none_told(scene.doc, lexicon=scene.lexicon, triggers=scene.triggers):
            self._place(quantity, Plain(measure, "nobody"))
        if not self._has_number_of_escapees():
            self._place_unnumbered()
        return self._found

    def _has_number_of_escapees(self) -> bool:
        happened = (a for a in self.accounts if a.status.value not in _UNDONE)
        return any(c.measure == "escaped" and c.high != 0 for a in happened for c in (*a.counts, *self._found.get(a.id, ())))

    def _place_one(self, quantity: Quantity) -> None:
        """A single person by a verb that says nothing else: "a guard died"; not "not one was killed"."""
        for slot, verb in () if _is_negated(quantity) else iter_governors(quantity.head):
            own, measure = self.scene.lexicon.measures.of_verb.get(verb.lemma_.lower(), ("", ""))
            if slot == own and measure in _HARM and has_happened(verb):
                return self._place(quantity, Plain(measure, f"{slot} of {verb.lemma_.lower()}"))

    def _place_unnumbered(self) -> None:
        """The first "some prisoners got away", of a report that gives no number of escapees."""
        for quantity in find_unnumbered(self.scene.doc):
            plain = _plain(quantity, self.scene) or self._of_loose_verb(quantity)
            if plain is not None and plain.measure == "escaped":
                return self._place(quantity, plain)

    def _of_loose_verb(self, quantity: Quantity) -> Plain | None:
        """By a verb without a subject, where the parser made none of the people who open the sentence: "Many prisoners, their number is unknown, got out"."""
        sentence = quantity.head.sent
        if quantity.head.dep_ not in _LOOSE or quantity.phrase.start != sentence.start_char:
            return None
        verbs = [t for t in sentence if t.pos_ == "VERB" and has_happened(t) and not any(c.dep_ in _SUBJECTS for c in t.children)]
        known = (measure_in_slot("subj", verb, quantity, lexicon=self.scene.lexicon, triggers=self.scene.triggers) for verb in verbs)
        return next((Plain(measure, "the sentence's verb") for measure in known if measure is not None), None)

    def _place(self, quantity: Quantity, plain: Plain | None) -> None:
        """Give the number to the account that can take it, by its own words, else as a part of a number told before."""
        if plain is None and self._rivals_escape(quantity):
            plain = Plain("escaped", "another figure for those who escaped")
        if plain is None and (sibling := self._sibling(quantity)) is not None:
            plain = Plain(sibling.measure, "joined to the number before")
        home = self._home(quantity, plain) if plain is not None else None
        if plain is None and (whole := self._whole(quantity)) is not None:
            home, plain = whole.account, Plain(whole.measure, "part of a number told before")
        if plain is not None and plain.measure == "participants" and self._are_attackers(quantity):
            plain = Plain("perpetrators", plain.rule)
            home = self._home(quantity, plain)
        if home is None or plain is None or plain.measure not in _KEPT:
            return
        if home.type in self.scene.lexicon.types.breaks:
            plain = Plain(_OF_BREAKS.get(plain.measure, plain.measure), plain.rule)
        self._add(quantity, home, plain)

    def _are_attackers(self, quantity: Quantity) -> bool:
        """ "hundreds of fighters had been sent", "150 of them suicide bombers"."""
        if quantity.noun is None or head_noun(quantity.head).like_num:
            return bool(self._placed) and self._placed[-1].measure == "perpetrators"
        return head_noun(quantity.head).lemma_.lower() in self.scene.lexicon.classes["outlaw"] - self.scene.lexicon.classes["held"]

    def _add(self, quantity: Quantity, home: Account, plain: Plain) -> None:
        self._placed.append(_Placed(quantity, home, plain.measure))
        figure, speaker = (plain.measure, quantity.low, quantity.high), self._speaker_of(quantity.phrase)
        if any(told[:3] == figure and speaker in (None, told[3]) for told in self._told):
            return  # told already, or by the same speaker; who else gives it bears it out
        self._told.add((*figure, speaker))
        self._found.setdefault(home.id, []).append(count_by_words(quantity, plain.measure, rule=plain.rule))

    def _speaker_of(self, phrase: Span) -> str | None:
        claim = self.said.claim_of(self.said.of(phrase))
        return claim.speaker_name if claim is not None else None

    def _sibling(self, quantity: Quantity) -> _Placed | None:
        """The number placed before with which a bare one is joined."""
        sibling = find_sibling(quantity, [p.quantity for p in self._placed])
        return next((p for p in reversed(self._placed) if p.quantity is sibling), None)

    def _rivals_escape(self, quantity: Quantity) -> bool:
        """Whether somebody only names a number of prisoners after a number that escaped: "the rebels mentioned 541 prisoners", "he gives 384 as the number"."""
        before = [p.measure for p in self._placed if p.quantity.phrase.end <= quantity.phrase.start]
        if not _GOT_AWAY.intersection(before) or (quantity.noun is not None and before[-1] != "escaped"):
            return False
        return is_rival(quantity, held=self.scene.lexicon.classes["held"])

    def _whole_less_part(self, quantity: Quantity) -> _Placed | None:
        """The number told before of which "the other 19" are what a part told before leaves."""
        numbers = [p for p in self._placed if p.quantity.best is not None and p.quantity.phrase.end <= quantity.phrase.start]
        if quantity.best is None or not _OTHERS.search(text_of(self.scene.doc)[: quantity.phrase.start]):
            return None
        parts = {p.quantity.best for p in numbers}
        wholes = (p for p in reversed(numbers) if p.quantity.best is not None and p.quantity.best - quantity.best in parts - {0, p.quantity.best})
        return next((p for p in wholes if p.measure in _KEPT), None)

    def _whole(self, quantity: Quantity) -> _Placed | None:
        """The number told before of which this one is a part: by its words the last one, near by; by sums any."""
        scene, text = self.scene, text_of(self.scene.doc)
        before = [p for p in self._placed if p.quantity.phrase.end <= quantity.phrase.start and not _is_stock(p.quantity, scene)]
        if not before:
            return None
        last, at = before[-1], scene.sentence_of(quantity.head)
        between = words_at(scene.doc, Span(last.quantity.phrase.end, quantity.phrase.start))
        near = at - scene.sentence_of(last.quantity.head) <= 1 and not any(t.like_num for t in between[1:-1])
        if near and is_part(quantity, text):
            return last
        beside = [q for q in scene.quantities if scene.sentence_of(q.head) == at]
        whole = find_whole(quantity, before=[p.quantity for p in before], beside=beside)
        return next((p for p in reversed(before) if p.quantity is whole), None)

    def _home(self, quantity: Quantity, plain: Plain) -> Account | None:
        """The account that can take it and is told nearest. A toll of a year or a war is nobody's."""
        measures = self.scene.lexicon.measures
        if plain.measure in _HARM and TOTAL.search(self.scene.sentence_span(quantity.head).text):
            return None
        told_by = (measures.told_by.get(plain.measure, frozenset()), *measures.also_told_by.get(plain.measure, ()))
        earlier = self._told_in_passing(quantity)
        for accounts, types in (*((earlier, of) for of in (*told_by, FOUGHT) if earlier), *((self.accounts, of) for of in told_by)):
            if fit := [a for a in accounts if a.type in types]:
                return min(fit, key=lambda a: self._distance(a, quantity, plain.measure))
        return None

    def _told_in_passing(self, quantity: Quantity) -> Sequence[Account]:
        """The accounts of its paragraph, up to its sentence, if all are earlier context: what follows them there is told of them and not of the news."""
        scene = self.scene
        block, end = scene.text.block_at(quantity.head.idx), scene.sentence_span(quantity.head).end_char
        told = [a for a in self.accounts if a.type != "detention" and a.evidence.start < end]
        before = [a for a in told if scene.text.block_at(a.evidence.start) == block]
        return before if all(a.background for a in before) else ()

    def _distance(self, account: Account, quantity: Quantity, measure: str) -> tuple[int, ...]:
        """How far the number is from being the account's: those harmed are the break's; others are told in one sentence with it, else of the news."""
        doc, at = self.scene.doc, self.scene.sentence_of(quantity.head)
        sentence = self.scene.sentence_of(words_at(doc, account.evidence)[0])
        ours = account.type in self.scene.lexicon.types.breaks if measure in _HARM else sentence == at
        side = 0 if sentence == at else 1 if sentence < at else 2
        return (not ours, account.background, side, abs(account.evidence.start - quantity.phrase.start))


def _is_negated(quantity: Quantity) -> bool:
    """ "not one was killed": nobody, which is told elsewhere."""
    before = quantity.head.doc.char_span(quantity.phrase.start, quantity.phrase.end, alignment_mode="expand")
    return quantity.best == 1 and before is not None and before.start > 0 and before.doc[before.start - 1].lower_ == "not"

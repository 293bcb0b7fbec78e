"""Takes the decisions about one report, one after the other, and writes its accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic

import numpy as np
from spacy.tokens import Token

from waqai.coding.acts import Belonging
from waqai.coding.contest import Bid, compare_bids
from waqai.coding.echoes import without_echoes
from waqai.coding.impressions import Bids, Item, Look, bid_for_days, bid_for_figures, bid_for_parties, bid_for_sites, look_at
from waqai.coding.model import CoderModel
from waqai.coding.parties import Party
from waqai.coding.rivals import compare_tellers
from waqai.coding.scene import Scene
from waqai.coding.settled import BREAKS, repeats_break, tells_settled
from waqai.coding.standing import standing_features
from waqai.coding.teller import Teller
from waqai.coding.view import Viewer
from waqai.coding.whens import tell_when
from waqai.coding.wheres import tell_where
from waqai.core import Account, Claim, Count, Involvement, PlaceMention, ReaderStamp, Span, Status, When, account_id
from waqai.reading.accounts import SaidBy, Telling
from waqai.reading.bounds import Quantity
from waqai.reading.counts import name_counted
from waqai.reading.phrases import char_span
from waqai.reading.placenames import FoundPlace
from waqai.reading.standing import with_standing
from waqai.reading.status import failure_before, going_on
from waqai.reading.timing import DatedPhrase

_BEYOND_DOUBT = 0.6  # what one telling must reach in a report that may be about something else; chosen on data/gold out of fold
_ENOUGH_WORDS = 60  # tokens; one sentence about a killing looks as doubtful as a match report, for want of words
_OUT_OR_UP = frozenset(("escape", "jailbreak", "release", "prison_riot"))
_FAINT = 0.1  # by a trial, of the drills, films and hotels that speak of prisons in data/gold and part of data/composed none comes to more than .02
_TOLD_SO = 0.9  # the probability that the rules give a status in so many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """The accounts of a report, and the words that may tell of more but were held back, since the report may be about something else than conflict."""

    accounts: tuple[Account, ...]
    held_back: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes scenes with one model, and with the view of a small language model beside it."""

    model: CoderModel
    viewer: Viewer

    def code(self, scene: Scene, *, stamp: ReaderStamp, claims: Sequence[Claim], settled: Sequence[Telling] = (), standing: Sequence[Account] = ()) -> Coded:
        """The accounts of the report, in order of their tellings: those of the `settled` tellings as they are (`standing`), and what else a coder codes."""
        look = look_at(scene, self.model, self.viewer)
        told = self.find_tellers(scene, look)
        tellers = [t for t in told if not tells_settled(scene, t, settled)]
        held_back = tellers if self._may_be_other(scene, look) and all(t.p * t.type_p < _BEYOND_DOUBT for t in tellers) else []
        tellers = [] if held_back else tellers
        belonging = Belonging(scene, look.acts, tellers)
        offers = Offers(
            parties=self.weigh(scene, "parties", bid_for_parties(scene, self.model, tellers, belonging, look.view)),
            figures=self.weigh(scene, "figures", bid_for_figures(scene, self.model, tellers, belonging, look.view)),
            days=self.weigh(scene, "days", bid_for_days(scene, self.model, tellers, belonging, look.view)),
            sites=self.weigh(scene, "sites", bid_for_sites(scene, self.model, tellers, belonging, look.view)),
        )
        writer = _Writer(scene, self.model, offers, SaidBy(claims), stamp)
        coded = [(a, writer.is_background(t)) for t in tellers if not repeats_break(a := writer.account(t), standing)]
        background = {a.id: earlier for a, earlier in coded}
        found = sorted((*standing, *(a for a, _ in coded)), key=lambda a: a.evidence)
        placed = with_standing(found, published=scene.report.published, types=scene.lexicon.types)
        accounts = tuple(replace(a, background=a.background or background.get(a.id, False)) for a in placed)
        return Coded(accounts=accounts, held_back=tuple(_evidence(scene, t.token) for t in held_back))

    def _may_be_other(self, scene: Scene, look: Look) -> bool:
        """Whether the report may be about something else than conflict; what is too short to tell by its words is not doubted."""
        return len(scene.doc) >= _ENOUGH_WORDS and look.relevance < self.model.thresholds["reports"]

    def find_tellers(self, scene: Scene, look: Look) -> list[Teller]:
        """The words that a coder would take as evidence of a happening."""
        if not look.impressions:
            return []
        chances = self.model.contests["tellings"].probabilities(compare_tellers(scene, look.impressions, look.relevance))
        found = zip(look.impressions, map(float, chances), strict=True)
        tellers = [Teller(token=i.token, type=i.type, family=i.family, p=p, type_p=i.type_p) for i, p in found]
        likely = [t for t in tellers if t.p >= self.model.thresholds["tellings"]]
        sure = look.relevance >= self.model.thresholds["reports"]  # however short it is
        return without_echoes(scene, likely or (_likeliest_of_custody(scene, tellers) if sure else []))

    def weigh(self, scene: Scene, decision: str, bids: Bids[Item]) -> ByTeller[Item]:
        """The bids of each teller, by its token's index, with their probability beside the rivals; likeliest first."""
        chances = self.model.contests[decision].probabilities(compare_bids(scene, bids.bids, bids.belonging)) if bids.bids else np.zeros(0)
        offers: dict[int, list[Offer[Item]]] = {}
        for bid, item, chance in zip(bids.bids, bids.items, chances, strict=True):
            offers.setdefault(bid.teller.token.i, []).append(Offer(bid, item, float(chance)))
        return {teller: sorted(own, key=lambda o: -o.p) for teller, own in offers.items()}


@dataclass(frozen=True, slots=True)
class Offer(Generic[Item]):
    """A bid, its item, and how probably a coder would take it."""

    bid: Bid
    item: Item
    p: float


ByTeller = Mapping[int, Sequence[Offer[Item]]]
"""The offers of each teller, by its token's index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What the happenings of one report may take."""

    parties: ByTeller[Party]
    figures: ByTeller[Quantity]
    days: ByTeller[DatedPhrase]
    sites: ByTeller[FoundPlace]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the accounts of one report."""

    scene: Scene
    model: CoderModel
    offers: Offers
    said: SaidBy
    stamp: ReaderStamp

    def account(self, teller: Teller) -> Account:
        """The account, without its key and its standing among the others."""
        scene = self.scene
        evidence = _evidence(scene, teller.token)
        status = self._status(teller, evidence)
        when = self._when(teller, status.value)
        trigger = scene.triggers.get(teller.token.i)
        return Account(
            id=account_id(report_sha256=scene.report.sha256, reader=self.stamp, evidence=evidence, type=teller.type),
            key="",
            report=scene.report.id,
            type=teller.type,
            status=self.said.mark([status])[0],
            evidence=evidence,
            p=self.model.calibrated("accounts", teller.p * teller.type_p),
            rule=f"learned: {teller.token.lemma_.lower()}",
            when=self.said.mark([when])[0] if when is not None else None,
            attrs=dict(trigger.rule.attrs) if trigger is not None and trigger.type == teller.type else {},
            place_mentions=self.said.mark(self._places(teller)),
            involved=self.said.mark(self._involved(teller)),
            counts=self.said.mark(self._counts(teller)),
            said_by=self.said.of(evidence),
        )

    def is_background(self, teller: Teller) -> bool:
        """Whether it is told as earlier context."""
        p = self.model.chances("background", [standing_features(self.scene, teller)])[0]
        return bool(p >= self.model.thresholds["background"])

    def _status(self, teller: Teller, evidence: Span) -> Status:
        failure = failure_before(teller.token, self.scene.lexicon)
        labels = self.model.kinds["status"].labels
        row = self.model.label_chances("status", [standing_features(self.scene, teller)])[0]
        trigger = self.scene.triggers.get(teller.token.i)
        phrase = trigger.told.phrase if trigger is not None else evidence
        value = labels[int(row.argmax())]
        lasting = going_on(teller.token, self.scene.lexicon)
        if failure is not None and value == "occurred":
            told, word = failure
            return Status(value=told, phrase=char_span(word, teller.token), p=_TOLD_SO, rule=f"{told} by its modifier")
        if lasting is not None and value == "occurred":
            first, last = sorted((teller.token, lasting), key=lambda t: t.i)
            return Status(value="ongoing", phrase=char_span(first, last), p=_TOLD_SO, rule="told as going on")
        return Status(value=value, phrase=phrase, p=round(float(row.max()), 3), rule="learned")

    def _when(self, teller: Teller, status: str) -> When | None:
        least = self.model.thresholds["days"]
        offers = [(offer.item, offer.p) for offer in self.offers.days.get(teller.token.i, ()) if offer.p >= least]
        return tell_when(self.scene, teller, offers, status=status)

    def _places(self, teller: Teller) -> list[PlaceMention]:
        telling = self.scene.telling_of.get(teller.token.i)
        offers = [(offer.item, offer.p) for offer in self.offers.sites.get(teller.token.i, ())]
        return tell_where(self.scene, teller.token, offers, least=self.model.thresholds["sites"], told=telling.mentions if telling is not None else ())

    def _involved(self, teller: Teller) -> list[Involvement]:
        kept: dict[tuple[str, str], Offer[Party]] = {}
        for offer in self.offers.parties.get(teller.token.i, ()):
            if offer.p >= self.model.thresholds["parties"]:
                kept.setdefault((offer.bid.label, offer.item.head.lemma_.lower()), offer)
        return [
            Involvement(
                role=offer.bid.label,
                name=offer.item.name,
                phrase=offer.item.phrase,
                p=round(offer.p, 3),
                rule="learned",
                actor_id=self.scene.actors.find_actor(offer.item.name),
            )
            for offer in sorted(kept.values(), key=lambda o: o.item.phrase)
        ]

    def _counts(self, teller: Teller) -> list[Count]:
        counts: dict[tuple[str, float, float | None], Count] = {}
        for offer in self.offers.figures.get(teller.token.i, ()):
            if offer.p >= self.model.thresholds["figures"]:
                count = replace(_count(offer), p=self.model.calibrated("counts", offer.p))
                counts.setdefault((count.measure, count.low, count.high), count)
        return sorted(counts.values(), key=lambda c: c.phrase)


def _likeliest_of_custody(scene: Scene, tellers: Sequence[Teller]) -> list[Teller]:
    """Of a report about a prison in which nothing is told clearly: what comes nearest to people leaving it or rising in it, if it comes near at all.

    Those who "are free" were not released where the rules see a break in the report.
    """
    custody = [t for t in tellers if t.type in _OUT_OR_UP and t.p >= _FAINT] if scene.speaks_of(scene.lexicon.classes["facility"]) else []
    broken = next((t.type for t in scene.triggers.values() if t.type in BREAKS), None)
    return [replace(t, type=broken) if broken and t.type == "release" else t for t in sorted(custody, key=lambda t: -t.p)[:1]]


def _count(offer: Offer[Quantity]) -> Count:
    quantity = offer.item
    return Count(
        measure=offer.bid.label,
        of_whom=quantity.unit or name_counted(quantity),
        low=quantity.low,
        high=quantity.high,
        best=quantity.best,
        kind=quantity.kind,
        phrase=quantity.phrase,
        p=round(offer.p, 3),
        rule="learned",
        unit=quantity.unit,
    )


def _evidence(scene: Scene, token: Token) -> Span:
    trigger = scene.triggers.get(token.i)
    if trigger is not None:
        return trigger.phrase
    particle = next((t for t in token.children if t.dep_ == "prt" and t.i == token.i + 1), None)
    return char_span(token, particle if particle is not None else token)

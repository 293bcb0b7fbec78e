"""Takes the decisions about one report, one after the other, and writes its accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Token

from waqai.coding.days import day_features
from waqai.coding.figures import figure_features, find_figures, near_figures
from waqai.coding.model import CoderModel
from waqai.coding.parties import Party, find_parties, near_parties, party_features
from waqai.coding.scene import Scene
from waqai.coding.sites import site_features
from waqai.coding.standing import standing_features
from waqai.coding.teller import Teller
from waqai.coding.tellings import telling_features
from waqai.core import Account, Claim, Count, Involvement, PlaceMention, ReaderStamp, Span, Status, When, account_id
from waqai.reading.accounts import SaidBy
from waqai.reading.bounds import Quantity
from waqai.reading.counts import name_counted
from waqai.reading.phrases import char_span
from waqai.reading.placenames import FoundPlace
from waqai.reading.standing import with_standing

_CONTAINED_GAP = 60  # characters between a place and the wider one that contains it


@dataclass(frozen=True, slots=True)
class Coder:
    """Codes scenes with one model. `families` maps types to families."""

    model: CoderModel
    families: Mapping[str, str]

    def code(self, scene: Scene, *, stamp: ReaderStamp, claims: Sequence[Claim]) -> tuple[Account, ...]:
        """The accounts of the report, in order of their tellings."""
        tellers = self.find_tellers(scene)
        writer = _Writer(scene, self.model, frozenset(t.token.i for t in tellers), find_parties(scene), find_figures(scene), SaidBy(claims), stamp)
        accounts = [writer.account(teller) for teller in tellers]
        standing = {a.id: writer.is_background(t) for a, t in zip(accounts, tellers, strict=True)}
        told = with_standing(accounts, published=scene.report.published, types=scene.lexicon.types)
        return tuple(replace(a, background=standing[a.id]) for a in told)

    def find_tellers(self, scene: Scene) -> list[Teller]:
        """The words that a coder would take as evidence of a happening."""
        words = scene.content_words
        features = [telling_features(scene, token) for token in words]
        chances = self.model.gates["tellings"].probabilities(features)[:, 0]
        taken = np.flatnonzero(chances >= self.model.thresholds["tellings"])
        kinds = self.model.kinds["tellings"]
        types = kinds.probabilities([features[i] for i in taken])
        found = [
            Teller(
                token=words[i],
                type=(label := kinds.labels[int(row.argmax())]),
                family=self.families[label],
                p=float(chances[i]),
                type_p=float(row.max()),
            )
            for i, row in zip(taken, types, strict=True)
        ]
        return once(scene, found)


def once(scene: Scene, tellers: Sequence[Teller]) -> list[Teller]:
    """Without those that only tell again what another tells more surely: in one clause, or by the rules' draft."""
    kept: list[Teller] = []
    for teller in sorted(tellers, key=lambda t: -t.p):
        if not any(_tells_again(scene, teller, other) for other in kept):
            kept.append(teller)
    return sorted(kept, key=lambda t: t.token.i)


def _tells_again(scene: Scene, teller: Teller, other: Teller) -> bool:
    if teller.family != other.family:
        return False
    draft, theirs = scene.telling_of.get(teller.token.i), scene.telling_of.get(other.token.i)
    if draft is not None and draft is theirs:
        return True
    near = teller.token.head.i == other.token.i or other.token.head.i == teller.token.i
    return near and "conj" not in (teller.token.dep_, other.token.dep_)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the accounts of one report."""

    scene: Scene
    model: CoderModel
    tellers: frozenset[int]
    parties: Sequence[Party]
    figures: Sequence[Quantity]
    said: SaidBy
    stamp: ReaderStamp

    def account(self, teller: Teller) -> Account:
        """The account, without its key and its standing among the others."""
        scene = self.scene
        evidence = _evidence(scene, teller.token)
        status = self._status(teller, evidence)
        when = self._when(teller, status.value)
        counts = self._counts(teller)
        return Account(
            id=account_id(report_sha256=scene.report.sha256, reader=self.stamp, evidence=evidence, type=teller.type),
            key="",
            report=scene.report.id,
            type=teller.type,
            status=self.said.mark([status])[0],
            evidence=evidence,
            p=round(teller.p, 3),
            rule=f"learned: {teller.token.lemma_.lower()}",
            when=self.said.mark([when])[0] if when is not None else None,
            place_mentions=self.said.mark(self._places(teller)),
            involved=self.said.mark(self._involved(teller)),
            counts=self.said.mark(counts),
            said_by=self.said.of(evidence),
        )

    def is_background(self, teller: Teller) -> bool:
        """Whether it is told as earlier context."""
        p = self.model.gates["background"].probabilities([standing_features(self.scene, teller)])[0, 0]
        return bool(p >= self.model.thresholds["background"])

    def _status(self, teller: Teller, evidence: Span) -> Status:
        model = self.model.kinds["status"]
        row = model.probabilities([standing_features(self.scene, teller)])[0]
        trigger = self.scene.triggers.get(teller.token.i)
        phrase = trigger.told.phrase if trigger is not None else evidence
        return Status(value=model.labels[int(row.argmax())], phrase=phrase, p=round(float(row.max()), 3), rule="learned")

    def _when(self, teller: Teller, status: str) -> When | None:
        phrases = self.scene.timeline.phrases
        if not phrases:
            return None
        chances = self.model.gates["days"].probabilities([day_features(self.scene, teller, d, tellers=self.tellers) for d in phrases])[:, 0]
        best = int(chances.argmax())
        if chances[best] < self.model.thresholds["days"]:
            return None
        dated = phrases[best]
        telling = self.scene.telling_of.get(teller.token.i)
        if telling is not None and telling.when is not None and telling.when.phrase.overlaps(dated.phrase.span):
            return replace(telling.when, p=round(float(chances[best]), 3))
        days = self.scene.timeline.resolve(dated, status=status)
        if days is None:
            return None
        same = self.scene.sentence_of(dated.token) == self.scene.sentence_of(teller.token)
        basis = "announcement_date_as_proxy" if dated.speech_of is not None else days.basis if same else "inherited_from_context"
        return When(
            earliest=days.earliest, latest=days.latest, basis=basis, phrase=dated.phrase.span, p=round(float(chances[best]), 3), rule=f"learned; {days.rule}"
        )

    def _places(self, teller: Teller) -> list[PlaceMention]:
        found = self.scene.told.places
        if not found:
            return []
        chances = self.model.gates["sites"].probabilities([site_features(self.scene, teller, p, tellers=self.tellers) for p in found])[:, 0]
        best = int(chances.argmax())
        if chances[best] < self.model.thresholds["sites"]:
            return []
        telling = self.scene.telling_of.get(teller.token.i)
        chosen = found[best]
        event = _mention(chosen, "event_place", p=round(float(chances[best]), 3))
        known = [m for m in telling.mentions if m.role != "event_place"] if telling is not None else []
        wider = [
            _mention(p, "containing_area", p=0.6)
            for p in found
            if p.wide and p is not chosen and not chosen.country and abs(p.phrase.start - chosen.phrase.end) < _CONTAINED_GAP
        ]
        taken = {chosen.phrase}
        return [event, *(m for m in (*wider, *known) if not (m.phrase in taken or taken.add(m.phrase)))]  # type: ignore[func-returns-value]

    def _involved(self, teller: Teller) -> list[Involvement]:
        near = near_parties(self.scene, teller.token, self.parties)
        if not near:
            return []
        features = [party_features(self.scene, teller, p, tellers=self.tellers) for p in near]
        chances = self.model.gates["parties"].probabilities(features)[:, 0]
        taken = np.flatnonzero(chances >= self.model.thresholds["parties"])
        kinds = self.model.kinds["parties"]
        roles = kinds.probabilities([features[i] for i in taken])
        found = [(float(chances[i]), kinds.labels[int(row.argmax())], near[i]) for i, row in zip(taken, roles, strict=True)]
        kept: dict[tuple[str, str], tuple[float, Party]] = {}
        for p, role, party in sorted(found, key=lambda one: -one[0]):
            kept.setdefault((role, party.head.lemma_.lower()), (p, party))
        return [
            Involvement(role=role, name=party.name, phrase=party.phrase, p=round(p, 3), rule="learned", actor_id=self.scene.actors.find_actor(party.name))
            for (role, _), (p, party) in sorted(kept.items(), key=lambda one: one[1][1].phrase)
        ]

    def _counts(self, teller: Teller) -> list[Count]:
        near = near_figures(self.scene, teller.token, self.figures)
        if not near:
            return []
        features = [figure_features(self.scene, teller, q, tellers=self.tellers) for q in near]
        chances = self.model.gates["figures"].probabilities(features)[:, 0]
        taken = np.flatnonzero(chances >= self.model.thresholds["figures"])
        kinds = self.model.kinds["figures"]
        measures = kinds.probabilities([features[i] for i in taken])
        counts: dict[tuple[str, float, float | None], Count] = {}
        for i, row in zip(taken, measures, strict=True):
            quantity, measure = near[i], kinds.labels[int(row.argmax())]
            count = Count(
                measure=measure,
                of_whom=quantity.unit or name_counted(quantity),
                low=quantity.low,
                high=quantity.high,
                best=quantity.best,
                kind=quantity.kind,
                phrase=quantity.phrase,
                p=round(float(chances[i]), 3),
                rule="learned",
                unit=quantity.unit,
            )
            counts.setdefault((measure, count.low, count.high), count)
        return list(counts.values())


def _evidence(scene: Scene, token: Token) -> Span:
    trigger = scene.triggers.get(token.i)
    if trigger is not None:
        return trigger.phrase
    particle = next((t for t in token.children if t.dep_ == "prt" and t.i == token.i + 1), None)
    return char_span(token, particle if particle is not None else token)


def _mention(place: FoundPlace, role: str, *, p: float) -> PlaceMention:
    return PlaceMention(name=place.name, phrase=place.phrase, role=role, relation=place.relation, kind=place.kind, p=p, rule="learned")  # type: ignore[arg-type]

"""Coded reports to labelled candidates: what each decision of `waqai.coding` should have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Token

from waqai.coding.days import day_features
from waqai.coding.figures import figure_features, find_figures, near_figures
from waqai.coding.parties import find_parties, near_parties, party_features
from waqai.coding.scene import Scene, words_at
from waqai.coding.sites import site_features
from waqai.coding.standing import standing_features
from waqai.coding.teller import Teller
from waqai.coding.tellings import telling_features
from waqai.core import Span

Coded = Mapping[str, Any]

NONE = ""
"""The label of a candidate that a coder would not take."""


@dataclass(slots=True)
class Rows:
    """Candidates of one decision: their features, their labels, the report that each is from, and a note that places it there."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)
    notes: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, features: list[str], label: str, *, report: int, note: tuple[int, ...]) -> None:
        """One candidate more."""
        self.features.append(features)
        self.labels.append(label)
        self.reports.append(report)
        self.notes.append(note)


def label_tellings(rows: Rows, scene: Scene, accounts: Sequence[Coded], *, report: int) -> None:
    """Each content word: the type of the account that it is the evidence of, else none."""
    types = {teller_token(scene, a).i: str(a["type"]) for a in reversed(accounts)}
    for token in scene.content_words:
        rows.add(telling_features(scene, token), types.get(token.i, NONE), report=report, note=(token.i,))


def label_pairs(rows: Mapping[str, Rows], scene: Scene, accounts: Sequence[Coded], *, report: int, families: Mapping[str, str]) -> None:
    """Parties, figures, days and sites of every account, and its status and standing."""
    tokens = [teller_token(scene, a) for a in accounts]
    tellers = frozenset(t.i for t in tokens)
    parties, figures = find_parties(scene), find_figures(scene)
    for account, token in zip(accounts, tokens, strict=True):
        teller = Teller(token=token, type=account["type"], family=families[account["type"]], p=1.0, type_p=1.0)
        near = near_parties(scene, token, parties)
        for party, role in zip(near, roles_of(account, near), strict=True):
            rows["parties"].add(party_features(scene, teller, party, tellers=tellers), role, report=report, note=(token.i, party.head.i))
        for figure in near_figures(scene, token, figures):
            rows["figures"].add(
                figure_features(scene, teller, figure, tellers=tellers),
                measure_of(account, figure.phrase, figure.low),
                report=report,
                note=(token.i, figure.head.i),
            )
        for dated in scene.timeline.phrases:
            rows["days"].add(
                day_features(scene, teller, dated, tellers=tellers), "day" if takes_day(account, dated) else NONE, report=report, note=(token.i, dated.token.i)
            )
        for place in scene.sites:
            rows["sites"].add(
                site_features(scene, teller, place, tellers=tellers), "site" if site_of(account, place) else NONE, report=report, note=(token.i, place.head.i)
            )
        features = standing_features(scene, teller)
        rows["status"].add(features, account["status"], report=report, note=(token.i,))
        rows["background"].add(features, "background" if account["background"] else NONE, report=report, note=(token.i,))


def teller_token(scene: Scene, account: Coded) -> Token:
    """The word that an account's evidence hangs on; of "shot dead" the verb, of "set fire" the verb."""
    span = words_at(scene.doc, Span(*account["evidence"]))
    root = span.root
    if root.pos_ in ("VERB", "NOUN", "PROPN", "ADJ"):
        return root
    return next((t for t in span if t.pos_ in ("VERB", "NOUN", "PROPN", "ADJ")), root)


def _meets(span: Span, evidence: Sequence[int]) -> bool:
    return bool(span.start < evidence[1] and evidence[0] < span.end)


def roles_of(account: Coded, near: Sequence[Any]) -> list[str]:
    """For each party its role: by the words that the coder marked, else by the same name elsewhere near."""
    roles = [NONE] * len(near)
    for actor in account["actors"]:
        marked = [i for i, p in enumerate(near) if _meets(p.phrase, actor["evidence"])]
        exact = [i for i in marked if actor["evidence"][0] <= p_head(near[i]) < actor["evidence"][1]] or marked
        best = max(exact, key=lambda i: _overlap(near[i].phrase, actor["evidence"]), default=None)
        named = [i for i, p in enumerate(near) if p.name.lower() == actor["name"].lower()]
        for i in {*([best] if best is not None else []), *named}:
            roles[i] = roles[i] or actor["role"]
    return roles


def p_head(party: Any) -> int:
    """Where the party's noun begins."""
    return int(party.head.idx)


def _overlap(span: Span, evidence: Sequence[int]) -> float:
    """Shared characters over all characters."""
    shared = min(span.end, evidence[1]) - max(span.start, evidence[0])
    return shared / (max(span.end, evidence[1]) - min(span.start, evidence[0]))


def measure_of(account: Coded, phrase: Span, low: float) -> str:
    """What the account counts with this number, else none."""
    fitting = [c for c in account["counts"] if _meets(phrase, c["evidence"])]
    exact = [c for c in fitting if abs(c["min"] - low) <= 0.15 * max(1, c["min"])]
    return str(exact[0]["measure"]) if exact else NONE


def takes_day(account: Coded, dated: Any) -> bool:
    """Whether the phrase is the account's date."""
    return account["date"] is not None and _meets(dated.phrase.span, account["date"]["evidence"])


def site_of(account: Coded, place: Any) -> bool:
    """Whether the name is that of the account's place."""
    coded = account["place"]
    if coded is None:
        return False
    return _meets(place.phrase, coded["evidence"]) or str(coded["name"]).lower() == place.name.lower()

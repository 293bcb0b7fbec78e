"""How well two types can tell of one happening: what one desk calls an escape another calls a jailbreak, and nobody calls a release.

The values are judgements of ours on the codebook's definitions, in steps of a tenth; 1 is reserved for the same type, 0 for what excludes each other.
They were set before the linker ran on the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence

_TYPES: dict[frozenset[str], float] = {
    frozenset(pair): fit
    for fit, pairs in {
        0.9: (("escape", "jailbreak"), ("arrest", "recapture"), ("bombing", "suicide_attack")),
        0.8: (("release", "prisoner_exchange"), ("protest", "crowd_violence"), ("protest", "protest_repression"), ("crowd_violence", "protest_repression")),
        0.7: (
            ("escape", "prison_riot"),
            ("jailbreak", "clash"),
            ("jailbreak", "suicide_attack"),
            ("clash", "attack_on_civilians"),
            ("air_strike", "shelling"),
            ("clash", "suicide_attack"),
            ("attack_on_civilians", "suicide_attack"),
            ("attack_on_civilians", "bombing"),
        ),
        0.6: (
            ("jailbreak", "prison_riot"),
            ("jailbreak", "bombing"),
            ("jailbreak", "attack_on_civilians"),
            ("clash", "territory_change"),
            ("clash", "raid"),
            ("raid", "arrest"),
            ("arrest", "detention"),
            ("release", "amnesty"),
            ("transfer", "repatriation"),
            ("meeting", "agreement"),
            ("execution", "attack_on_civilians"),
            ("clash", "bombing"),
        ),
        0.5: (
            ("jailbreak", "raid"),
            ("jailbreak", "territory_change"),
            ("jailbreak", "shelling"),
            ("escape", "clash"),
            ("prison_riot", "clash"),
            ("abduction", "arrest"),
            ("bombing", "shelling"),
            ("meeting", "statement"),
            ("release", "transfer"),
            ("release", "repatriation"),
            ("prison_riot", "death_in_custody"),
            ("ill_treatment", "death_in_custody"),
        ),
        0.3: (("jailbreak", "release"),),  # raiders "free" prisoners
        0.2: (("escape", "release"),),  # guards are said to have let them go
        0.1: (
            ("escape", "recapture"),
            ("jailbreak", "recapture"),
            ("escape", "arrest"),
            ("escape", "detention"),
            ("jailbreak", "detention"),
        ),
        0.0: (
            ("escape", "amnesty"),
            ("escape", "transfer"),
            ("escape", "repatriation"),
            ("escape", "prisoner_exchange"),
            ("jailbreak", "amnesty"),
            ("jailbreak", "transfer"),
            ("jailbreak", "repatriation"),
            ("displacement", "return"),
            ("prison_riot", "sentence"),
        ),
    }.items()
    for pair in pairs
}
_FAMILIES: dict[frozenset[str], float] = {
    frozenset({"combat", "remote_violence"}): 0.5,
    frozenset({"combat", "violence_on_civilians"}): 0.4,
    frozenset({"remote_violence", "violence_on_civilians"}): 0.4,
    frozenset({"combat", "security_ops"}): 0.3,
    frozenset({"security_ops", "custody_entry"}): 0.4,
    frozenset({"custody_exit", "custody_inside"}): 0.3,
}
_SAME_FAMILY = 0.5
_OTHER_FAMILY = 0.1
_THROUGH_PART = 0.9  # a part's type stands for its main one's, at a discount


def score_kinds(a: tuple[str, str], b: tuple[str, str]) -> float:
    """How well two (type, family) can tell of one happening, in [0, 1].

    >>> score_kinds(("escape", "custody_exit"), ("jailbreak", "custody_exit")), score_kinds(("escape", "custody_exit"), ("release", "custody_exit"))
    (0.9, 0.2)
    """
    if a[0] == b[0]:
        return 1.0
    listed = _TYPES.get(frozenset({a[0], b[0]}))
    if listed is not None:
        return listed
    return _SAME_FAMILY if a[1] == b[1] else _FAMILIES.get(frozenset({a[1], b[1]}), _OTHER_FAMILY)


def score_tellings_kinds(a: Sequence[tuple[str, str]], b: Sequence[tuple[str, str]]) -> float:
    """The same for two tellings: main type with main type, or a little less with a part's."""
    main = score_kinds(a[0], b[0])
    through = [score_kinds(a[0], kind) for kind in b[1:]] + [score_kinds(kind, b[0]) for kind in a[1:]]
    return max([main, *(_THROUGH_PART * fit for fit in through)])

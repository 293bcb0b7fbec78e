from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import family_of, make_account, make_claim, make_count, make_report, make_when, make_where
from waqai.codebook import Graded
from waqai.core import Report
from waqai.folding.incidents import Telling, choose_when, choose_where, collect_figures, fold_incident

DAY, NEXT = date(2021, 3, 5), date(2021, 3, 6)


def _report(name: str) -> Report:
    return make_report(f"{name}: 12 prisoners and about 15 inmates escaped.", id=name, publisher=f"The {name}")


def _telling(name: str, *, role: str = "main", claims: Sequence[Any] = (), wire: str | None = None, published: date | None = DAY, **account: Any) -> Telling:
    report = _report(name)
    made = make_account(report, **account)
    return Telling(
        account=made,
        family=family_of(made.type),
        role=role,  # type: ignore[arg-type]
        order=0,
        report_sha256=report.sha256,
        publisher=report.publisher,
        publishers=(f"The {name}",),
        published=published,
        wire=wire or report.sha256,
        count_words=tuple(c.phrase.of(report.text) for c in made.counts),
        claims={c.id: c for c in claims},
    )


def _fold(*tellings: Telling) -> Any:
    return fold_incident("i", tellings, grade=lambda told, status: Graded("weak", f"{len(told)} {status}", len(told)))


def test_type_and_status_are_what_most_main_accounts_say() -> None:
    view = _fold(
        _telling("a", type="jailbreak", published=DAY),
        _telling("b", type="escape", status="foiled", published=NEXT),
        _telling("c", type="escape", status="foiled", published=NEXT),
        _telling("d", type="clash", role="part"),
        _telling("e", type="clash", role="part"),
        _telling("f", type="clash", role="part"),
    )
    assert (view.type, view.status, view.grade_because) == ("escape", "foiled", "3 foiled")


def test_rows_of_a_dataset_say_the_type_only_where_no_report_does() -> None:
    rows = [replace(one, account=replace(one.account, rule="imported from acled")) for one in (_telling("a", type="clash"), _telling("b", type="clash"))]
    assert _fold(*rows, _telling("c", type="jailbreak", status="attempted")).type == "jailbreak"
    assert _fold(*rows, _telling("c", type="jailbreak", status="attempted")).status == "attempted"
    assert _fold(*rows).type == "clash"


def test_of_equals_what_was_said_first_stands() -> None:
    assert _fold(_telling("a", type="jailbreak", published=NEXT), _telling("b", type="escape", published=DAY)).type == "escape"
    assert _fold(_telling("a", type="jailbreak", published=None), _telling("b", type="escape", published=DAY)).type == "escape"


def test_without_a_main_account_the_weightiest_role_counts() -> None:
    assert _fold(_telling("a", type="escape", role="background"), _telling("b", type="recapture", role="follow_up")).type == "recapture"


def test_accounts_are_listed_by_report() -> None:
    assert [a.report for a in _fold(_telling("c"), _telling("a", role="part"), _telling("b")).accounts] == ["a", "b", "c"]


def test_an_incident_needs_an_account() -> None:
    with pytest.raises(ValueError, match="no account"):
        _fold()


@pytest.mark.parametrize(
    ("whens", "earliest"),
    [
        ([make_when(DAY), make_when(NEXT), make_when(NEXT)], NEXT),  # more reports behind it
        ([make_when(NEXT), make_when(DAY)], DAY),  # as many: the earlier
        ([make_when(DAY, basis="announcement_date_as_proxy"), make_when(NEXT)], NEXT),  # said beats inferred
        ([make_when(date(2021, 3, 1), date(2021, 3, 31)), make_when(NEXT)], NEXT),  # a day beats a month
        ([make_when(date(2021, 3, 1), date(2021, 3, 31)), None], date(2021, 3, 1)),
    ],
)
def test_the_day_is_the_best_supported_of_the_most_precise(whens: list[Any], earliest: date) -> None:
    chosen = choose_when([_telling(str(n), when=when) for n, when in enumerate(whens)])
    assert chosen is not None
    assert chosen.earliest == earliest


def test_eight_copies_of_one_text_support_a_day_as_one() -> None:
    copies = [_telling(f"copy{n}", wire="afp", when=make_when(NEXT)) for n in range(8)]
    chosen = choose_when([*copies, _telling("a", when=make_when(DAY)), _telling("b", when=make_when(DAY))])
    assert chosen is not None
    assert chosen.earliest == DAY


def test_the_place_is_the_best_supported_of_the_most_precise() -> None:
    town, other, province = make_where("Tel Salam"), make_where("Ain", place_id="test:ain"), make_where("Hasakah", place_id="test:h", precision="P4_admin1")
    told = [_telling(str(n), where=where) for n, where in enumerate([other, town, town, province, province, province, None])]
    assert choose_where(told) == town
    assert choose_where(told[-1:]) is None


def test_every_figure_is_kept_with_who_says_it() -> None:
    report = _report("a")
    claim = make_claim(report, speaker="the governor", cue="escaped")
    counts = [
        make_count(12, report=report, words="12 prisoners", said_by=claim.id),
        make_count(13.5, high=16.5, best=15, report=report, words="about 15 inmates", kind="approx"),
    ]
    figures = collect_figures([_telling("a", counts=counts, claims=[claim]), _telling("b", role="background", counts=counts)])
    assert [(f.low, f.high, f.best, f.expr, f.speaker, f.report, f.said_at) for f in figures] == [
        (12, 12, 12, "12 prisoners", "the governor", "a", DAY),
        (13.5, 16.5, 15, "about 15 inmates", "The a", "a", DAY),
    ]


def test_a_report_without_publisher_speaks_as_the_report() -> None:
    count = make_count(12, report=_report("a"), words="12 prisoners")
    (figure,) = collect_figures([replace(_telling("a", counts=[count]), publisher=None)])
    assert figure.speaker == "the report"


def test_figures_of_parts_are_kept_and_those_said_twice_are_one() -> None:
    count = make_count(12, report=_report("a"), words="12 prisoners")
    told = [_telling("a", counts=[count]), _telling("a", counts=[count], role="part", type="clash")]
    assert len(collect_figures(told)) == 1


def test_an_incident_known_only_as_background_keeps_its_figures() -> None:
    count = make_count(12, report=_report("a"), words="12 prisoners")
    assert len(collect_figures([_telling("a", counts=[count], role="background")])) == 1


def test_a_figure_carries_the_stance_of_its_claim() -> None:
    report = _report("a")
    claim = make_claim(report, speaker="The governor", cue="escaped", stance="denies")
    count = make_count(12, report=report, words="12 prisoners", said_by=claim.id)
    own = make_count(15, report=report, words="15 inmates")
    assert [f.stance for f in collect_figures([_telling("a", counts=[count, own], claims=[claim])])] == ["denies", "reports"]

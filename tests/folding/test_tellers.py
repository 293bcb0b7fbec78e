from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from factories import make_account, make_claim, make_count, make_report
from waqai.codebook import Graded, load_actors
from waqai.core import Day
from waqai.folding import Telling, fold_incident, teller_rows

FLAGS = ("alone", "ordered", "first", "figures", "compared", "contradicted", "revised")


def telling(
    publisher: str, *, day: Day | None, number: int = 12, speaker: str | None = None, kind: str = "exact", high: float | None = None, **fields: Any
) -> Telling:
    """A report by that publisher of so many who escaped, in the words of that speaker."""
    text = f"{speaker or publisher} said that {number} prisoners escaped, {publisher} wrote on {day}."
    report = make_report(text, id=f"{publisher} {day} {number}", publisher=publisher, published=day)
    claim = make_claim(report, speaker=speaker or "", content=f"{number} prisoners escaped") if speaker else None
    said_by = claim.id if claim else None
    count = make_count(number, report=report, words=f"{number} prisoners", said_by=said_by, kind=kind, high=high)
    given = {
        "account": make_account(report, counts=[count], said_by=said_by),
        "family": "custody",
        "role": "main",
        "order": 0,
        "report_sha256": report.sha256,
        "publisher": publisher,
        "publishers": (publisher,),
        "printed": {publisher: day} if day else {},
        "published": day,
        "wire": report.sha256,
        "count_words": (f"{number} prisoners",),
        "claims": {claim.id: claim} if claim else {},
    }
    return Telling(**(given | fields))


def rows_of(tellings: Sequence[Telling]) -> dict[tuple[str, str], dict[str, Any]]:
    actors = load_actors()
    view = fold_incident("i-1", tellings, grade=lambda *_: Graded("weak", "", 1))
    return {(row["kind"], row["key"]): row for row in teller_rows(view, tellings, actors=actors)}


def said_of(row: dict[str, Any]) -> set[str]:
    return {name for name in FLAGS if row[name]}


MAY_1, MAY_2, MAY_3 = date(2021, 5, 1), date(2021, 5, 2), date(2021, 5, 3)


def test_first_is_who_printed_on_the_earliest_day_of_several_and_those_without_a_day_do_not_count() -> None:
    found = rows_of([telling("A", day=MAY_2), telling("B", day=MAY_1), telling("C", day=MAY_1, number=13), telling("D", day=None)])
    ordered = {key for (kind, key), row in found.items() if kind == "publisher" and row["ordered"]}
    first = {key for (kind, key), row in found.items() if kind == "publisher" and row["first"]}
    assert (ordered, first) == ({"A", "B", "C"}, {"B", "C"})


def test_a_copy_is_dated_by_its_own_publishers_day() -> None:
    copied = telling("A", day=MAY_1, publishers=("A", "B"), printed={"A": MAY_2, "B": MAY_1})
    found = rows_of([copied])
    assert [found["publisher", key]["first"] for key in "AB"] == [False, True]


def test_one_who_tells_alone_is_alone_and_never_first() -> None:
    assert said_of(rows_of([telling("A", day=MAY_1), telling("A", day=MAY_2)])["publisher", "A"]) == {"alone", "figures"}


def test_figures_of_two_speakers_that_cannot_both_be_true_contradict_each_other() -> None:
    found = rows_of([telling("A", day=MAY_1, speaker="police", number=12), telling("B", day=MAY_1, speaker="the Ministry", number=15)])
    for key in (("publisher", "A"), ("publisher", "B"), ("speaker", "police"), ("speaker", "ministry")):
        assert found[key]["contradicted"], key


@pytest.mark.parametrize(
    ("speaker", "number", "high"),
    [
        ("the Ministry", 12, None),  # the same number
        ("the Ministry", 10, 20.0),  # bounds that meet
        ("the Police", 15, None),  # the same speaker
    ],
)
def test_figures_that_can_both_be_true_and_those_of_one_speaker_contradict_nobody(speaker: str, number: int, high: float | None) -> None:
    found = rows_of([telling("A", day=MAY_1, speaker="police", number=12), telling("B", day=MAY_1, speaker=speaker, number=number, high=high)])
    assert not any(row["contradicted"] for row in found.values())
    assert found["publisher", "A"]["compared"] == (speaker != "the Police")


def test_a_publisher_that_prints_both_figures_is_not_contradicted_by_itself() -> None:
    found = rows_of([telling("A", day=MAY_1, speaker="police", number=12), telling("A", day=MAY_1, speaker="the Ministry", number=15)])
    assert not found["publisher", "A"]["compared"] and found["speaker", "police"]["contradicted"]


def test_a_figure_is_revised_by_another_number_of_its_speaker_and_not_by_the_same_said_again() -> None:
    again = rows_of([telling("A", day=MAY_1, speaker="police", number=12), telling("B", day=MAY_2, speaker="police", number=12)])
    assert not any(row["revised"] for row in again.values())
    other = rows_of([telling("A", day=MAY_1, speaker="police", number=12), telling("B", day=MAY_2, speaker="police", number=9)])
    assert {key for (_, key), row in other.items() if row["revised"]} == {"A", "police"}


def test_two_names_of_one_body_of_the_register_are_one_speaker() -> None:
    found = rows_of([telling("A", day=MAY_1, speaker="SDF"), telling("B", day=MAY_2, speaker="the Syrian Democratic Forces")])
    assert [key for kind, key in found if kind == "speaker"] == ["syrian-democratic-forces"]


def test_private_persons_and_facilities_share_one_row_without_a_name() -> None:
    speakers = ("Sami Doe", "Mira Doe", "Qalat prison administration", "police", "unattributed")
    found = rows_of([telling(f"P{n}", day=MAY_1, speaker=speaker) for n, speaker in enumerate(speakers)])
    assert {key for kind, key in found if kind == "speaker"} == {"police"}
    assert (found["left_out", ""]["name"], found["left_out", ""]["many"]) == ("", 3)
    assert not found["speaker", "police"]["alone"]


def test_what_a_person_rejected_and_what_is_told_as_background_does_not_count() -> None:
    found = rows_of([telling("A", day=MAY_2), telling("B", day=MAY_1, review="rejected"), telling("C", day=MAY_1, role="background")])
    assert {key for _, key in found} == {"A"} and found["publisher", "A"]["alone"]

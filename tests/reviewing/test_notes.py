"""What persons write beside an incident stands there, follows it where it goes, and is taken back; on both engines."""

from __future__ import annotations

import pytest

from scenes import fill
from waqai.core import NotPossible, UnknownId
from waqai.flow import answer_question, ask_about, erase_report, judge_same, lock_incident, note_incident, tag_incident, undo_entry
from waqai.reviewing import find_asides, find_open_questions, find_tags
from waqai.store import Store

ANA = {"because": "no longer so", "by": "person:ana"}


def notes(store: Store, incident: str) -> list[str]:
    return [note.words for note in find_asides(store, incident).notes]


def test_notes_stand_in_order_and_are_undone_and_brought_back(store: Store) -> None:
    fill(store)
    before = list(store.iter_incidents())
    first = note_incident("i-escape", " call the governor ", store, by="person:ana").id
    note_incident("i-escape", "called", store, by="person:ben")
    found = find_asides(store, "i-escape").notes
    assert [(note.words, note.by, note.entry, note.incident) for note in found] == [
        ("call the governor", "person:ana", first, "i-escape"),
        ("called", "person:ben", first + 1, "i-escape"),
    ]
    assert notes(store, "i-caught") == [] and list(store.iter_incidents()) == before
    undone = undo_entry(first, store, **ANA).entries[0].id
    assert notes(store, "i-escape") == ["called"]
    undo_entry(undone, store, **ANA)
    assert notes(store, "i-escape") == ["call the governor", "called"] and store.verify().holds and store.rebuild().is_equal


def test_they_follow_an_incident_that_was_merged_and_go_back_with_it(store: Store) -> None:
    fill(store)
    note_incident("i-caught", "near the river", store, by="person:ana")
    tag_incident("i-caught", "River", store, by="person:ana")
    question = ask_about("i-caught", "which river?", store, by="person:ana")
    merged = judge_same("i-caught", "i-escape", store, **ANA)
    for name in ("i-escape", "i-caught"):
        beside = find_asides(store, name)
        assert (notes(store, name), [tag.words for tag in beside.tags], len(beside.questions)) == (["near the river"], ["river"], 1)
    assert find_tags(store) == {"river": ("i-escape",)}
    assert answer_question(question.id, "the only one", store, by="person:ben").subject == "i-escape"
    assert [answer.words for answer in find_asides(store, "i-escape").questions[0].answers] == ["the only one"]
    note_incident("i-caught", "written after", store, by="person:ana")
    undo_entry(merged.entries[0].id, store, **ANA)
    assert notes(store, "i-caught") == ["near the river"] and notes(store, "i-escape") == ["written after"]
    assert find_tags(store) == {"river": ("i-caught",)}


def test_a_tag_is_set_once_whatever_its_case(store: Store) -> None:
    fill(store)
    entry = tag_incident("i-escape", " Follow   UP ", store, by="person:ana").id
    with pytest.raises(NotPossible, match=f"bears the tag 'follow up' already, by entry {entry}"):
        tag_incident("i-escape", "follow up", store, by="person:ben")
    for wrong in ("a, b", "x" * 41, " \n"):
        with pytest.raises(NotPossible):
            tag_incident("i-escape", wrong, store, by="person:ana")
    undo_entry(entry, store, **ANA)
    assert find_asides(store, "i-escape").tags == () and find_tags(store) == {}
    tag_incident("i-escape", "follow up", store, by="person:ben")
    assert find_tags(store) == {"follow up": ("i-escape",)}


def test_a_question_is_open_until_somebody_answers(store: Store) -> None:
    fill(store)
    one = ask_about("i-escape", "was it a tunnel?", store, whom="ben", by="person:ana").id
    two = ask_about("i-caught", "how many?", store, by="person:ana").id
    assert [q.asked.entry for q in find_open_questions(store)] == [one, two]
    assert [q.asked.entry for q in find_open_questions(store, whom="person:ben")] == [one, two]
    assert [q.asked.entry for q in find_open_questions(store, whom="person:zoe")] == [two]
    answer = answer_question(one, "it was", store, by="person:ben").id
    assert [q.asked.entry for q in find_open_questions(store)] == [two]
    undo_entry(answer, store, **ANA)
    assert [q.asked.entry for q in find_open_questions(store)] == [one, two]
    undo_entry(one, store, **ANA)
    assert [q.asked.entry for q in find_open_questions(store)] == [two]
    with pytest.raises(NotPossible, match=f"entry {one} asks nothing any more"):
        answer_question(one, "late", store, by="person:ben")
    with pytest.raises(NotPossible, match="entry 1 asks nothing: name"):
        answer_question(1, "x", store, by="person:ben")
    with pytest.raises(UnknownId):
        answer_question(999, "x", store, by="person:ben")


def test_they_change_nothing_that_another_would_have_to_see_first(store: Store) -> None:
    fill(store)
    seen = store.last_entry()
    note_incident("i-escape", "x", store, by="person:ben")
    lock_incident("i-escape", store, expects=seen, **ANA)


def test_the_log_of_an_incident_holds_them(store: Store) -> None:
    fill(store)
    entry = note_incident("i-meeting", "x", store, by="person:ben").id
    undo_entry(entry, store, **ANA)
    assert [one.entry.kind for one in store.iter_standing(incident="i-meeting")] == ["opened", "noted", "undone"]


def test_with_the_only_report_of_an_incident_goes_what_was_written_beside_it(store: Store) -> None:
    fill(store)
    note_incident("i-caught", "secret river", store, by="person:ana")
    note_incident("i-escape", "two reports tell of it", store, by="person:ana")
    judge_same("i-caught", "i-meeting", store, **ANA)  # the note follows where its incident goes
    erase_report("wire", store, **ANA)
    erase_report("daily", store, **ANA)
    assert "secret river" in "".join(store.iter_dump()) and notes(store, "i-escape") == ["two reports tell of it"]
    erase_report("lake", store, **ANA)
    assert "secret river" not in "".join(store.iter_dump()) and store.verify().holds and store.rebuild().is_equal

from __future__ import annotations

import pytest

from factories import make_account, make_claim, make_involved, make_reading, make_report
from scenes import AT, fill, join, report_of
from waqai.store import Store

from factories import family_of  # isort: skip


def _grade(store: Store, incident: str = "i-escape") -> tuple[str, str]:
    view = store.get_incident(incident)
    return view.grade, view.grade_because


def test_a_quoted_monitor_and_a_papers_own_voice_are_two_speakers(store: Store) -> None:
    fill(store)
    assert _grade(store) == ("fair", "2 independent speakers: The Herald; The Observatory")
    assert store.get_incident("i-escape").speakers == 2


def test_two_near_copies_in_their_own_voice_are_one_speaker(store: Store) -> None:
    fill(store)
    texts = [make_report(f"Some more men fled Qalat prison {words}.", id=words, publisher=words) for words in ("today", "now")]
    for report in texts:
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[make_account(report)]), family_of=family_of)
        (card,) = store.iter_cards(report=report.id)
        join(store, card, "i-escape")
    assert _grade(store)[1].startswith("4 independent")
    store.add_near_copy(texts[0].sha256, texts[1].sha256, similarity=0.9)
    assert _grade(store)[1].startswith("3 independent")


def test_an_exact_copy_in_another_paper_adds_no_speaker(store: Store) -> None:
    fill(store)
    before = _grade(store)
    store.add_report(make_report(report_of("herald").text, id="echo", publisher="An Echo"))
    assert _grade(store) == ("fair", before[1].replace("The Herald", "An Echo"))


@pytest.mark.parametrize(
    ("role", "stance", "grade"), [("custodian", "confirms", "confirmed"), ("initiator", "confirms", "confirmed"), ("initiator", "denies", "fair")]
)
def test_the_custodians_word_confirms_and_the_accuseds_denial_does_not_contest(store: Store, role: str, stance: str, grade: str) -> None:
    fill(store)
    report = make_report("The Council spoke: 12 got away.", id="council")
    account = make_account(report, involved=[make_involved(role, "the Council")])
    claim = make_claim(report, speaker="The Council", cue="spoke", stance=stance, accounts=[account.id])
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account], claims=[claim]), family_of=family_of)
    (card,) = store.iter_cards(report="council")
    join(store, card, "i-escape")
    assert _grade(store)[0] == grade


def test_who_only_passes_on_anothers_words_is_no_speaker(store: Store) -> None:
    report = make_report("The Agency told us that a guard said 12 got away.", id="nested")
    outer = make_claim(report, speaker="The Agency", cue="told")
    account_at = make_account(report)
    inner = make_claim(report, speaker="a guard", cue="said", accounts=[account_at.id], said_by=outer.id)
    outer = make_claim(report, speaker="The Agency", cue="told", accounts=[account_at.id])
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account_at], claims=[outer, inner]), family_of=family_of)
    (card,) = store.iter_cards(report="nested")
    store.open_incident("i-nested", account=account_at.id, anchor=card.anchor, role="main", because="", by="x", at=AT)
    assert _grade(store, "i-nested") == ("weak", "one speaker, in 1 report: a guard")

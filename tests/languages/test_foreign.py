from __future__ import annotations

from dataclasses import replace

import pytest

from factories import make_report
from waqai.languages import Look, code_of, look_at, names

ENGLISH = frozenset({"en"})
ARABIC = "هرب ثلاثة رجال من سجن البلدة ليلة الاثنين، وقالت الشرطة إن اثنين منهم أعيدا في الصباح. ولم يذكر أحد كيف فتحوا الباب."
SHORT = "Three fled."
EN = "Three men fled from the prison of the town on Monday night, police said, and two of them were caught in the morning."


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        (ARABIC, None, "it is Arabic"),
        (ARABIC, "und", "it is Arabic"),
        (ARABIC, "ar-EG", "it is Arabic"),
        (ARABIC, "en", "it is Arabic, though given as English"),  # pages in one frame for all languages say so
        ("Drei flohen.", "de", "it is given as German"),
        ("Three fled.", "tlh", "it is given as 'tlh'"),
    ],
)
def test_a_reader_of_english_is_not_handed_what_is_surely_another_language(text: str, language: str | None, why: str) -> None:
    look = look_at(make_report(text, language=language), reads=ENGLISH, reader="learned")
    assert look == Look(report=None, note=f"kept, not read: {why}, and the reader learned reads English")


@pytest.mark.parametrize(
    ("text", "language"),
    [(EN, None), (EN, "en_GB"), ("Drei flohen.", None), ("Drei flohen.", "en"), ("12-13, 14", "mul"), ("Three fled.", "eng"), ("Three fled.", "English")],
)
def test_what_is_not_surely_another_language_goes_to_the_reader_as_it_is(text: str, language: str | None) -> None:
    report = make_report(text, language=language)
    assert look_at(report, reads=ENGLISH, reader="learned") == Look(report=report)


def test_english_that_is_declared_to_be_german_is_read_as_english_and_said() -> None:
    report = make_report(EN, language="de")
    look = look_at(report, reads=ENGLISH, reader="learned")
    assert look.report == replace(report, language="en") and look.note == "it is given as German, and was read as English, which its words are"


def test_a_reader_of_any_language_reads_all_and_one_of_arabic_reads_arabic() -> None:
    report = make_report(ARABIC)
    assert look_at(report, reads=None, reader="any") == Look(report=report)
    assert look_at(report, reads=frozenset({"ar", "fa"}), reader="two") == Look(report=report)


def test_every_language_with_a_name_is_known_by_its_long_code_too() -> None:
    assert {code_of(long) for long in names._LONG} == set(names.NAMES) and len(names._LONG) == len(names._LONG_CODES.split())

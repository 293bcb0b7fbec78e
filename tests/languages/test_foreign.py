from __future__ import annotations

import pytest

from factories import make_report
from waqai.languages import find_foreign

ENGLISH = frozenset({"en"})
ARABIC = "هرب ثلاثة رجال من سجن البلدة ليلة الاثنين، وقالت الشرطة إن اثنين منهم أعيدا في الصباح. ولم يذكر أحد كيف فتحوا الباب."
EN = "Three men fled from the prison of the town on Monday night, police said, and two of them were caught in the morning."


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        (ARABIC, None, "kept, not read: it is Arabic, and the reader learned reads English"),
        (ARABIC, "und", "kept, not read: it is Arabic, and the reader learned reads English"),
        (ARABIC, "en", "kept, not read: it is Arabic, though given as English, and the reader learned reads English"),
        (ARABIC, "ar-EG", "kept, not read: it is given as Arabic, and the reader learned reads English"),
        (EN, "de", "kept, not read: it is given as German, though its words look English: correct that and add it again, and the reader learned reads English"),
        (EN, "tlh", "kept, not read: it is given as 'tlh', though its words look English: correct that and add it again, and the reader learned reads English"),
        (EN, None, None),
        (EN, "en_GB", None),
        ("Drei flohen.", None, None),  # too short to tell: the reader is to try
    ],
)
def test_what_is_said_of_a_report_for_a_reader_of_english(text: str, language: str | None, why: str | None) -> None:
    report = make_report(text, language=language)
    assert find_foreign(report, reads=ENGLISH, reader="learned") == why


def test_a_reader_of_any_language_reads_all_and_one_of_arabic_reads_arabic() -> None:
    report = make_report(ARABIC)
    assert find_foreign(report, reads=None, reader="any") is None
    assert find_foreign(report, reads=frozenset({"ar", "fa"}), reader="two") is None

"""Why a text is not read at all."""

from __future__ import annotations

import pytest

from factories import make_report
from reading.parsing import LEXICON
from waqai.parsing.text import prepare
from waqai.reading.refusal import LONGEST_BLOCK, find_refusal

ENGLISH = "The governor said that twelve of the men who were held in the prison had fled to the hills."
FRENCH = "Le gouverneur a dit que douze hommes qui se trouvaient en prison ont fui vers les collines dans la nuit."
ARABIC = "قال المحافظ إن اثني عشر رجلا كانوا محتجزين في السجن فروا إلى التلال ليلة الأحد الماضي"


def refusal_of(text: str, *, language: str | None = None) -> str | None:
    return find_refusal(make_report(text, language=language), prepare(text), common=LEXICON.words.common_english)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", None, "no words"),
        (" \n\x00\n", None, "no words"),
        ("a " * LONGEST_BLOCK, None, "more than 60,000 characters"),
        (ENGLISH, "fr", "'fr'"),  # as it is given
        (FRENCH, None, "does not read like English"),
        (ARABIC, None, "not written in Latin letters"),
    ],
)
def test_a_text_that_is_no_english_report_is_refused_with_the_reason(text: str, language: str | None, words: str) -> None:
    reason = refusal_of(text, language=language)
    assert reason is not None and words in reason


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, None),
        (ENGLISH, "en-GB"),
        (ENGLISH, "und"),  # not known
        (ENGLISH.upper(), None),
        ("Men flee.", None),  # too short to tell
        ("\n\n".join([ENGLISH] * 1000), None),  # long, but in paragraphs
    ],
)
def test_english_is_read(text: str, language: str | None) -> None:
    assert refusal_of(text, language=language) is None

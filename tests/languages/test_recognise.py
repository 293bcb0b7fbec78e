from __future__ import annotations

import json

import pytest

from bench.languages import TEXTS
from waqai.flow import demo_corpus
from waqai.languages import recognise

EN = (
    "Three men fled from the prison of the town on Monday night, police said, and two of them were caught in the morning. "
    "Nobody knows how they opened the door of the old building by the river. "
)


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_of_two_sentences_is_recognised_and_each_of_them_alone_too(language: str) -> None:
    for text in (" ".join(TEXTS[language]), *TEXTS[language][:2]):
        found = recognise(text)
        assert found is not None and found.language == language and found.probability >= 0.8


def test_no_report_of_the_demo_is_taken_for_anything_but_english() -> None:
    with demo_corpus() as path:
        texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert len(texts) == 98 and {found.language for text in texts if (found := recognise(text))} == {"en"}


@pytest.mark.parametrize("language", TEXTS)
def test_a_page_in_two_languages_is_none_of_them(language: str) -> None:
    other = " ".join(TEXTS[language][:2])
    assert [recognise(page) for page in (EN + other, f"{other}\n\n{EN}", f"{other}\n{EN}{other}")] == [None] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Drei Männer sind geflohen.",  # shorter than what tells
        "Ahmed Hassan, Mohammed Ali Khalil, Yusuf Ibrahim, Omar Farouk, Khaled Mansour, Hassan Nasser, Ali Reza Tehrani, Mahmoud Darwish",
        "Mehmet Yılmaz, Ayşe Demir, Mustafa Kaya, Fatma Şahin, Hüseyin Çelik, Emine Yıldız, İbrahim Aydın, Hatice Öztürk",
        "Иванов, Петров, Сидоров, Смирнов, Кузнецов, Попов, Васильев, Соколов, Михайлов, Новиков",
        "Ras al-Ain, Tal Abyad, Deir ez-Zor, Al-Hasakah, Qamishli, Raqqa, Manbij, Kobani, Afrin, Idlib, Aleppo, Hama, Homs, Damascus",
        "2023-06-18 12:45 +963 11 222 333 – 44 / 55 * 66 … 77, 88, 99, 100, 101, 102, 103, 104, 105, 106, 107",
        "TEN PEOPLE DIED ON TUESDAY IN ATTACKS FROM ONE END OF THE COUNTRY TO THE OTHER, AND THE GOVERNMENT SAID LITTLE",
    ],
)
def test_what_is_not_sure_is_not_said(text: str) -> None:
    assert recognise(text) is None


def test_english_full_of_names_from_elsewhere_is_english_or_nothing() -> None:
    texts = (
        "Al-Shabaab fighters stormed Beledweyne's central jail in Hiran; Mahad Cawil Cabdi, Xasan Sheekh and Cali Maxamed Geedi escaped into the hills.",
        "In Şanlıurfa the gendarmes caught Hüseyin Çelik and İbrahim Öztürk, who had fled from the Hilvan prison with eleven others last week.",
    )
    assert {found.language for text in texts if (found := recognise(text))} <= {"en"}

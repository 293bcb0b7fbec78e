"""Lines are joined where a sentence surely goes on, and nowhere else; nothing is invented."""

import pytest

from waqai.intake.wrapped import join_pages

FULL = "The warden of the central prison said on the telephone that the men were gone and"


def test_a_day_and_a_name_cut_at_a_lines_end_are_whole_again() -> None:
    lines = [FULL, "had left the town by the old road in the night from Saturday to Sunday, June", "18, and that they were seen near Ras", "Al-Ain."]
    page = "\n".join(lines)
    assert "Sunday, June 18, and" in join_pages([page])
    assert "near Ras\nAl-Ain" in join_pages([page]), "the third line is short, so that its end may mean something"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("A short heading", FULL),  # not full: a heading, or the last line of a paragraph
        (f"{FULL} then fell silent.", "Guards came later"),  # the sentence is over
        (FULL, "- a list item that is about as long as the line before it, so that both look full"),
        (FULL, "12. a numbered item"),
        (FULL, ""),  # an empty line parts paragraphs
    ],
)
def test_a_lines_end_that_may_mean_something_stays(line: str, following: str) -> None:
    assert join_pages([f"{FULL},\n{line}\n{following}\n{FULL}"]).count(f"{line}\n{following}") == 1


def test_a_hyphen_stays_unless_the_document_writes_the_word_without_one() -> None:
    wide = "word " * 12
    known = join_pages([f"{wide} twelve pris-\noners fled, and the prisoners were not found"])
    unknown = join_pages([f"{wide} twelve pris-\noners fled, and the men were not found"])
    both = join_pages([f"{wide} the pre-\ntrial wing, the pre-trial guards, a pretrial hearing"])
    name = join_pages([f"{wide} of the village of Ras Al-\nAin, which lies in the north of the country"])
    hanging = join_pages([f"{wide} of pre-\nand post-war times"])
    assert ["twelve prisoners" in known, "twelve pris-oners" in unknown, "pre-trial wing" in both, "Ras Al-Ain," in name] == [True] * 4
    assert "pre- and post-war" in hanging


def test_soft_hyphens_go_and_their_word_is_whole() -> None:
    assert join_pages(["Pris\xadoners es\xad\ncaped."]) == "Prisoners escaped."


def test_ligatures_are_their_letters_and_other_signs_stay() -> None:
    assert join_pages(["The o\ufb03cer \ufb02ed the \ufb01re at № 5, ½ past “four”."]) == "The officer fled the fire at № 5, ½ past “four”."


def test_pages_are_parted_by_an_empty_line_unless_the_sentence_goes_on_in_small_letters() -> None:
    assert join_pages(["It was said that the men", "fled at night.", "On Monday nothing was known."]) == (
        "It was said that the men fled at night.\n\nOn Monday nothing was known."
    )


def test_narrow_lines_are_left_alone() -> None:
    names = "Qalat\nDerik\nKuje\nRoumieh\nTel Salam"
    assert join_pages([names]) == names


def test_no_letter_is_lost_or_made_up() -> None:
    page = "\n".join([FULL, "went to-\nwards the border.", "", FULL, "* item", "end"])
    letters = [char for char in page if char.isalnum()]
    assert [char for char in join_pages([page]) if char.isalnum()] == letters

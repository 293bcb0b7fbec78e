"""The catalogue of texts is as the code is, and no page has a text beside it."""

from __future__ import annotations

from babel.messages.pofile import read_po

from scripts.catalogue import POT, iter_texts, make_pot


def test_the_catalogue_is_up_to_date() -> None:
    assert POT.read_text(encoding="utf-8") == make_pot(), "run `make docs`"


def test_texts_of_code_templates_and_codebook_are_in_it() -> None:
    files = {text.file.partition("/")[0] for text in iter_texts()}
    assert {"desk", "wording", "codebook"} <= files
    with POT.open("rb") as file:
        read = read_po(file)
    assert (
        all(text in read for text in ("To review", "jailbreak", "Merge: what would change", "revised later", "write notes and tags, ask a colleague"))
        and read.get("%(num)s report").pluralizable
    )

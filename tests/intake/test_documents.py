"""PDFs and Word documents give their text, in order; what gives none is refused with what would help."""

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import docx
import pypdf
import pytest

from documents import join_objects, make_docx, make_pdf, member, rezip
from waqai.core import EmptyReport, IntakeError, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.documents import read_docx, read_pdf
from waqai.intake.guard import Limits

LINES = ["Twelve flee", "", "Twelve inmates fled from the prison of Ras al-Ain on Sunday, June", "18, the warden said. Nobody was hurt."]


@pytest.fixture(scope="module")
def pdfs() -> Iterator[Extractor]:
    with Extractor("pdf") as shared:
        yield shared


@pytest.fixture(scope="module")
def words() -> Iterator[Extractor]:
    with Extractor("word") as shared:
        yield shared


def test_a_pdf_gives_its_text_with_lines_joined_and_its_first_line_as_title(pdfs: Extractor) -> None:
    article = read_pdf(make_pdf(LINES, info="/CreationDate (D:20230620120000)/Author (J. Doe)/Producer (x)"), pdfs)
    assert article.text == "Twelve flee\nTwelve inmates fled from the prison of Ras al-Ain on Sunday, June 18, the warden said. Nobody was hurt."
    assert (article.title, article.note) == ("Twelve flee", None)
    assert (article.published, article.publisher, article.language, article.url) == (None, None, None, None)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Escape from the prison of Ras al-Ain", "Escape from the prison of Ras al-Ain"),
        ("Microsoft Word - Twelve inmates.docx", "Twelve flee"),
        ("Untitled", "Twelve flee"),
        ("newsletter_template_2009", "Twelve flee"),  # its words stand nowhere in the text
        ("", "Twelve flee"),
    ],
)
def test_a_title_of_the_metadata_counts_only_where_it_is_one(pdfs: Extractor, said: str, title: str) -> None:
    assert read_pdf(make_pdf(LINES, info=f"/Title ({said})"), pdfs).title == title


def test_a_first_line_that_is_a_paragraph_is_no_title(words: Extractor) -> None:
    assert read_docx(make_docx("Twelve inmates fled. " * 20), words).title is None


def test_a_scan_is_refused_and_a_page_of_pictures_is_told(pdfs: Extractor) -> None:
    with pytest.raises(EmptyReport, match=r"no text on any of the PDF's 2 pages.*\(OCR\)"):
        read_pdf(make_pdf([], []), pdfs)
    assert "1 of 2 pages hold no text (page 2)" in str(read_pdf(make_pdf(LINES, []), pdfs).note)


def test_an_encrypted_pdf_is_refused_and_one_that_anybody_may_open_is_read(pdfs: Extractor) -> None:
    with pytest.raises(UnreadableReport, match="encrypted: open it, with its password"):
        read_pdf(_encrypted("secret"), pdfs)
    assert "Ras al-Ain" in read_pdf(_encrypted(""), pdfs).text


def _encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(make_pdf(LINES)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "cipher",
    [
        b"/V 9",
        # AES, which is first needed where a page is read: the password of nothing is checked without it.
        b"/V 4/CF<</StdCF<</CFM/AESV2/Length 16/AuthEvent/DocOpen>>>>/StmF/StdCF/StrF/StdCF",
    ],
)
def test_a_pdf_whose_cipher_is_not_here_is_refused_as_encrypted(pdfs: Extractor, cipher: bytes) -> None:
    raw = _encrypted("")
    assert b"/V 2" in raw
    with pytest.raises(UnreadableReport, match="the PDF is encrypted: open it"):
        read_pdf(raw.replace(b"/V 2", cipher), pdfs)


PAGES_IN_A_CIRCLE = join_objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"])
FORM_IN_ITSELF = join_objects(
    [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 4>>stream\n/X Do\nendstream",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
)
BOMB = make_pdf([], content=b"BT /F1 9 Tf " + b" " * 300_000_000)


@pytest.mark.parametrize(
    "raw",
    [
        PAGES_IN_A_CIRCLE,
        FORM_IN_ITSELF,
        BOMB,
        make_pdf(LINES)[:300],
        b"%PDF-1.7\n" + b"\x00\xff" * 5000,
        b"%PDF-1.7",
        make_pdf(LINES).replace(b"/Kids[", b"/Kids[9 0 R "),
        join_objects([b"<</Type/Catalog/Pages " + b"<</Kids[" * 20_000]),
    ],
)
def test_a_hostile_or_damaged_pdf_ends_as_a_sentence_and_the_next_is_read(pdfs: Extractor, raw: bytes) -> None:
    started = time.monotonic()
    try:
        read_pdf(raw, pdfs)
    except IntakeError as error:
        assert str(error)
    assert time.monotonic() - started < 100
    assert "Ras al-Ain" in read_pdf(make_pdf(LINES), pdfs).text


def test_where_an_entry_of_a_pdf_is_of_another_kind_than_it_should_be_it_is_damaged(pdfs: Extractor) -> None:
    """The library then raises whatever Python does."""
    with pytest.raises(UnreadableReport, match=r"the PDF is damaged \(TypeError: .*\): open it and print or save it"):
        read_pdf(make_pdf(LINES).replace(b"/Length ", b"/Length (a) "), pdfs)


def test_a_pdf_that_takes_too_long_is_refused() -> None:
    slow = make_pdf([], content=b"BT /F1 9 Tf " + b"(a) Tj 1 0 0 1 5 5 Tm " * 400_000)
    with Extractor("pdf", limits=Limits(cpu_s=1, wall_s=0.1)) as extractor, pytest.raises(UnreadableReport, match=r"the PDF took longer than 0\.6 s"):
        read_pdf(slow, extractor)


def test_a_pdf_of_too_many_pages_bytes_or_letters_is_refused() -> None:
    for limits, message in (
        (Limits(max_pages=2), "3 pages; at most 2"),
        (Limits(max_file_bytes=100), "at most 100"),
        (Limits(max_bytes=50), "more than 50 char"),
    ):
        with Extractor("pdf", limits=limits) as extractor, pytest.raises(UnreadableReport, match=message):
            read_pdf(make_pdf(LINES, LINES, LINES), extractor)


def test_signs_without_a_letter_are_counted_and_too_many_are_no_text(pdfs: Extractor) -> None:
    (few, many) = (
        b"BT /F1 9 Tf (" + sign * count + b"Twelve inmates fled from the prison on Sunday.) Tj ET" for sign, count in ((b"\\001", 1), (b"\\001", 99))
    )
    article = read_pdf(make_pdf([], content=few), pdfs)
    assert article.text.startswith("\ufffdTwelve")
    assert article.note == "1 signs have no letter in the file's fonts; U+FFFD stands for each"
    with pytest.raises(UnreadableReport, match="99 of 145 signs have no letter"):
        read_pdf(make_pdf([], content=many), pdfs)


def test_a_word_document_gives_paragraphs_and_tables_in_their_order(words: Extractor) -> None:
    raw = make_docx("Twelve flee", "They fled on Sunday.", [["Prison", "Gone"], ["Ras al-Ain", "12"]], "", "Nobody was hurt.", title="Twelve flee")
    article = read_docx(raw, words)
    assert article.text == "Twelve flee\nThey fled on Sunday.\nPrison\tGone\nRas al-Ain\t12\nNobody was hurt."
    assert article.title == "Twelve flee"
    assert article.published is None, "a document's date is when somebody saved it"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word_of(body: str) -> bytes:
    return rezip(make_docx("x"), document_xml=f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'.encode())


def test_tracked_changes_are_accepted_and_boxes_stand_once(words: Extractor) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:txbxContent><w:p>{run('A box.')}</w:p></w:txbxContent>"
    body = (
        f"<w:p>{run('Twelve ')}<w:ins>{run('armed ')}</w:ins><w:del><w:r><w:delText>tall </w:delText><w:tab/></w:r></w:del>{run('men')}"
        f"<w:r><w:noBreakHyphen/></w:r>"
        f"<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:br/></w:r>{run('fled.')}"
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('A field.')}</w:p></w:sdtContent></w:sdt>"
    )
    assert read_docx(word_of(body), words).text == "Twelve armed men-\t\nfled.\nA box.\nA field."


def test_footnotes_come_at_the_end(words: Extractor) -> None:
    note = "<w:footnote><w:p><w:r><w:t>Reuters, 3 May.</w:t></w:r></w:p></w:footnote>"
    notes = f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote>{note}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    raw = make_docx("Men fled.")
    types = member(raw, "[Content_Types].xml").replace(b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode())
    schema = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    way = b'<Relationship Id="rId99" Type="%b" Target="footnotes.xml"/></Relationships>' % schema
    ways = member(raw, "word/_rels/document.xml.rels").replace(b"</Relationships>", way)
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, {"[Content_Types].xml": types, "word/_rels/document.xml.rels": ways}.get(name, old.read(name)))
        new.writestr("word/footnotes.xml", notes)
    assert read_docx(out.getvalue(), words).text == "Men fled.\nReuters, 3 May."


def test_no_file_gets_into_a_word_document_by_an_entity(words: Extractor, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    assert read_docx(_with_entities(f'<!ENTITY e SYSTEM "{secret.as_uri()}">'), words).text == "Men fled."


def test_entities_in_entities_do_not_grow_in_a_word_document(words: Extractor) -> None:
    nested = "".join(f'<!ENTITY {one} "{f"&{other};" * 10}">' for one, other in zip("ihgfedcbae", "jihgfedcba", strict=True))
    with pytest.raises(UnreadableReport, match="damaged"):
        read_docx(_with_entities(f'<!ENTITY j "aaaaaaaaaa">{nested}'), words)


def _with_entities(declared: str) -> bytes:
    xml = f'<?xml version="1.0"?><!DOCTYPE w:document [{declared}]><w:document {W}><w:body><w:p><w:r><w:t>Men fled.&e;</w:t></w:r></w:p></w:body></w:document>'
    return rezip(make_docx("x"), document_xml=xml.encode())


def test_a_word_document_built_to_exhaust_its_reader_is_refused(words: Extractor) -> None:
    with pytest.raises(UnreadableReport, match=r"'word/document.xml', unpacks to \d+ times its size"):
        read_docx(rezip(make_docx("x"), document_xml=b"<a>" + b" " * 60_000_000), words)
    with Extractor("word", limits=Limits(max_unpacked_bytes=50_000, max_members=400)) as strict:
        with pytest.raises(UnreadableReport, match="at most 50000 are read"):
            read_docx(make_docx("x" * 60_000), strict)
        with pytest.raises(UnreadableReport, match="at most 400 are opened"):
            read_docx(rezip(make_docx("x"), **{f"m{n}": b"" for n in range(400)}), strict)


def test_a_zip_whose_members_lie_over_each_other_is_refused(words: Extractor) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as new:
        new.writestr("a", b"x" * 50_000)
        first = new.getinfo("a")
        for n in range(20):
            again = ZipInfo(f"a{n}")
            again.header_offset, again.file_size, again.compress_size, again.CRC = first.header_offset, first.file_size, first.compress_size, first.CRC
            new.filelist.append(again)
    with pytest.raises(UnreadableReport, match="members lie over each other"):
        read_docx(out.getvalue(), words)


def test_a_word_document_nested_too_deeply_is_refused_and_the_next_is_read(words: Extractor) -> None:
    with pytest.raises(UnreadableReport, match="damaged"):
        read_docx(word_of("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000), words)
    assert read_docx(make_docx("Men fled."), words).text == "Men fled."


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or an old one"),
        (make_pdf(LINES), "named .docx, but its content is a PDF"),
        (b"words", "named .docx, but its content is something else"),
        (make_docx("x")[:500], "damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "it is no Word document"),
    ],
)
def test_what_is_no_word_document_is_refused_with_what_it_is(words: Extractor, raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        read_docx(raw, words)


def test_a_word_document_without_words_is_empty(words: Extractor) -> None:
    with pytest.raises(EmptyReport, match="holds no text"):
        read_docx(make_docx("", " "), words)


def test_a_pdf_that_is_none_is_refused_with_what_it_is(pdfs: Extractor) -> None:
    with pytest.raises(UnreadableReport, match=r"named .pdf, but its content is a ZIP archive or an office document"):
        read_pdf(make_docx("x"), pdfs)


def test_python_docx_itself_would_lose_what_was_inserted_with_changes_tracked() -> None:
    """Why the walk is our own: should this fail one day, the library's would do."""
    body = "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins></w:p>"
    assert [paragraph.text for paragraph in docx.Document(BytesIO(word_of(body))).paragraphs] == ["a"]

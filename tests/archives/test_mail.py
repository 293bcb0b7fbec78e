"""Mails and mailboxes give their words and documents, and no private person."""

import io
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from bundled import PROSE, WORDS, mail, mbox, page
from waqai.archives import Documents, iter_mail_reports, iter_maildir, iter_mbox
from waqai.core import EmptyReport, Incoming, Notice, UnreadableReport

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as shared:
        yield shared


def read(raw: bytes | EmailMessage, documents: Documents) -> tuple[list[Incoming], list[str]]:
    content = raw if isinstance(raw, bytes) else raw.as_bytes()
    items = list(iter_mail_reports(content, record="a.eml", at=AT, documents=documents))
    return [one for one in items if isinstance(one, Incoming)], [one.reason for one in items if isinstance(one, Notice)]


def test_a_mail_gives_title_day_words_and_its_bytes(documents: Documents) -> None:
    message = mail(subject="Ausbruch in Köln", text=f"{WORDS}\nEin Häftling fehlt.\n")
    (came,), notices = read(message, documents)
    assert (came.report.title, came.report.published, came.report.publisher) == ("Ausbruch in Köln", date(2023, 6, 18), "Prison Monitor")
    assert came.report.text.rstrip() == f"{WORDS}\nEin Häftling fehlt."
    assert came.original is not None and came.original.content == message.as_bytes()
    assert came.retrieval is not None and (came.retrieval.how, came.retrieval.within) == ("mail", "a.eml")
    assert came.made_text == "the words of the mail's own body"
    assert notices == []


@pytest.mark.parametrize(
    ("sender", "headers", "publisher"),
    [
        ("Ann Onymous <ann.onymous@gmail.example>", {}, None),
        ("ann@monitor.example", {}, None),
        ('"ann@monitor.example" <info@monitor.example>', {}, None),
        ("Prison Monitor <newsletter@monitor.example>", {}, "Prison Monitor"),
        ("Prison Monitor <no-reply@monitor.example>", {}, "Prison Monitor"),
        ("Ann Onymous <ann@gmail.example>", {"List_Id": "Daily updates <daily.monitor.example>"}, "Daily updates"),
        ("Ann Onymous <ann@gmail.example>", {"List_Id": "<daily.monitor.example>"}, "daily.monitor.example"),
        ("Ann Informer <informer@gmail.example>", {}, None),  # "info" is only a part of the word
    ],
)
def test_the_publisher_is_a_list_or_an_office_and_never_a_person(documents: Documents, sender: str, headers: dict[str, str], publisher: str | None) -> None:
    ((came, *_), _) = read(mail(sender=sender, **headers), documents)
    assert came.report.publisher == publisher
    assert "onymous" not in f"{came.report}".lower().replace(WORDS.lower(), "")


def test_plain_words_come_before_html_and_html_alone_gives_its_article_or_all_its_words(documents: Documents) -> None:
    both = mail()
    both.add_alternative("<p>Something else</p>", subtype="html")
    assert read(both, documents)[0][0].report.text.strip() == WORDS
    for body, words in ((PROSE, "tunnel number 3"), ("<p>Two fled.</p>", "Two fled.")):
        alone = EmailMessage()
        alone["Subject"] = "x"
        alone.set_content(f"<html><body>{body}</body></html>", subtype="html")
        assert words in read(alone, documents)[0][0].report.text


def test_attached_documents_are_reports_of_their_own(documents: Documents) -> None:
    message = mail()
    message.add_attachment(page(), maintype="text", subtype="html", filename="report.html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="p.png")
    (own, attached), (notice,) = read(message, documents)
    assert own.report.text.strip() == WORDS
    assert "tunnel number 3" in attached.report.text
    assert attached.retrieval is not None and (attached.retrieval.within, attached.retrieval.address) == ("a.eml#report.html", "report.html")
    assert attached.original is not None and attached.original.content == page()
    assert (attached.report.published, attached.report.publisher) == (date(2023, 6, 18), "Prison Monitor")
    assert "'image/png' is not read" in notice


def test_lines_that_format_flowed_cut_are_put_together(documents: Documents) -> None:
    raw = b"Subject: x\nContent-Type: text/plain; format=flowed\n\nTwelve inmates fled on \nSunday, June 18.\n  > not quoted\n-- \nThe desk\n"
    assert read(raw, documents)[0][0].report.text == "Twelve inmates fled on Sunday, June 18.\n > not quoted\n-- \nThe desk\n"


@pytest.mark.parametrize(
    ("charset", "noted"),
    [("windows-1252", False), ("utf-8", True), ("no-such-charset", True), ("rot13", True), ("utf-7", True), ("\0tf-8", True)],
)
def test_a_wrong_charset_is_read_and_told(documents: Documents, charset: str, noted: bool) -> None:
    raw = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode() + "Der Häftling floh aus Köln.".encode(
        "cp1252"
    )
    (came,), notices = read(raw, documents)
    assert came.report.text == "Der Häftling floh aus Köln."
    assert bool(notices) == noted


def test_an_mbox_gives_each_message_and_unquotes_from() -> None:
    content = mbox(mail(text="One\n\nFrom here they fled.\n"), mail(text="Two\n"))
    one, two = iter_mbox(io.BytesIO(content), name="a.mbox", limit=10_000)
    assert one.raw is not None and b"\nFrom here they fled." in one.raw
    assert (one.name, two.name) == ("a.mbox#1", "a.mbox#2")
    assert two.raw is not None and b"Two" in two.raw and b"One" not in two.raw


def test_a_message_that_is_too_long_is_passed_over_and_the_next_is_read() -> None:
    long, short = iter_mbox(io.BytesIO(mbox(mail(text="x\n" * 5_000), mail())), name="a.mbox", limit=2_000)
    assert long.raw is None
    assert short.raw is not None


@pytest.mark.parametrize("content", [b"", b"Subject: no mailbox\n\nx", b"\0" * 100_000])
def test_what_is_no_mailbox_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableReport, match="mailbox"):
        list(iter_mbox(io.BytesIO(content), name="a", limit=10_000))


def test_a_maildir_gives_its_messages_in_order_with_those_of_its_subfolders(tmp_path: Path) -> None:
    for name in ("new/2.b", "cur/1.a:2,S", "tmp/3.c", ".Sent/cur/4.d", ".Sent/new/.hidden"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "cur" / "0.link").symlink_to("/etc/hostname")
    found = list(iter_maildir(tmp_path, name="box", limit=100))
    assert [(one.name, one.raw) for one in found] == [
        ("box/cur/1.a", b"cur/1.a:2,S"),
        ("box/new/2.b", b"new/2.b"),
        ("box/.Sent/cur/4.d", b".Sent/cur/4.d"),
    ]


def nested(depth: int) -> bytes:
    heads = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)]
    return ("Subject: x\n" + "".join(heads) + "Content-Type: text/plain\n\nThe words.\n").encode()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (nested(1_000), "built to exhaust"),
        (nested(100), "deeper than 50: those were not read"),
        (b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 1_000, "built to exhaust"),
        (b"", "no mail|no headers"),
        (b"\0" * 1_000_000, "no mail|no headers|no visible"),
    ],
)
def test_a_mail_that_is_a_trap_or_none_is_refused(documents: Documents, raw: bytes, message: str) -> None:
    try:
        came, notices = read(raw, documents)
    except (UnreadableReport, EmptyReport) as error:
        came, notices = [], [str(error)]
    import re

    assert came == []
    assert re.search(message, " ".join(notices)), notices


def test_a_mail_of_ten_thousand_parts_gives_its_words_and_counts_the_rest(documents: Documents) -> None:
    parts = b"".join(b"--b\nContent-Type: application/x-nothing\n\nx\n" for _ in range(10_000))
    raw = b'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nThe words.\n' + parts + b"--b--\n"
    (came,), notices = read(raw, documents)
    assert came.report.text.strip() == "The words."
    assert "more than 5000 parts" in " ".join(notices)


def test_a_paragraph_that_begins_with_from_does_not_cut_a_mail_in_two() -> None:
    """Dovecot and others do not mark such lines; a line that begins a message holds a time, or a header follows it."""
    body = b"Subject: One\n\nThey fled.\n\nFrom Monday on the prison was searched.\nNothing was found.\n\n"
    bare = b"From nobody\nSubject: Two\n\nTwo fled.\n"
    content = b"From MAILER Sun Jun 18 20:30:00 2023\n" + body + b"From - Sun Jun 18 20:30:00 2023\r\nX-Odd\n: x\n\nx\n\n" + bare
    found = list(iter_mbox(io.BytesIO(content), name="a.mbox", limit=10_000))
    assert [one.raw and one.raw[:12] for one in found] == [b"Subject: One", b"X-Odd\n: x\n\nx", b"Subject: Two"]
    assert found[0].raw is not None and found[0].raw.endswith(b"Nothing was found.\n\n")


def test_a_mail_that_a_program_marks_as_read_meanwhile_is_not_lost(tmp_path: Path) -> None:
    for name in ("new/1.a", "new/2.b", "new/3.c", "cur/4.d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found = iter_maildir(tmp_path, name="box", limit=100)
    first = next(found)
    (tmp_path / "new" / "2.b").rename(tmp_path / "cur" / "2.b:2,S")
    (tmp_path / "new" / "3.c").unlink()
    assert [first.raw, *(one.raw for one in found)] == [b"new/1.a", b"new/2.b", b"cur/4.d"]


def test_words_that_cannot_be_taken_are_told_where_there_is_an_attachment_too(documents: Documents) -> None:
    message = mail(text="One\0Two")
    message.add_attachment(page(), maintype="text", subtype="html", filename="report.html")
    (attached,), notices = read(message, documents)
    assert attached.retrieval is not None and attached.retrieval.address == "report.html"
    assert len(notices) == 1, notices


def test_an_attached_text_is_read_in_the_charset_that_the_mail_says(documents: Documents) -> None:
    words = "هرب ثلاثة رجال من سجن البلدة ليلة الاثنين."
    message = mail()
    message.add_attachment(words.encode("cp1256"), maintype="text", subtype="plain", filename="a.txt", params={"charset": "windows-1256"})
    (_, attached), notices = read(message, documents)
    assert (attached.report.text, notices) == (words, [])


def test_a_long_line_that_begins_as_a_message_does_is_looked_at_in_little_time() -> None:
    content = b"From MAILER Sun Jun 18 20:30:00 2023\nSubject: x\n" + (b"\nFrom " + b"Mon " * 16_000 + b"\n") * 20
    begun = time.process_time()
    (one,) = iter_mbox(io.BytesIO(content), name="a.mbox", limit=10_000_000)
    assert one.raw is not None and time.process_time() - begun < 1

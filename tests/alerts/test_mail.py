"""Digests, and a real server on this machine that takes them: with TLS, with a login, with a bad day."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from alerted import AT, BOX, HOUR, MEANS, Receivers, begin, go_on, run, watch
from waqai.alerts import Alert, Item, MailServer, get_alert, list_deliveries, make_senders, run_round, try_doors
from waqai.alerts.deliveries import WAITS, NotDelivered
from waqai.alerts.mail import make_digest, make_sender
from waqai.store import Store

ITEM = Item(
    number=1,
    incident="i-1",
    kinds=("new",),
    title="new: escape, Hasakah, SY",
    lines=("escaped: 12",),
    matches="type=escape",
    at=AT,
    address="https://d.example/incidents/i-1",
    record=None,
)


class Box:
    """What a server took, and what it says instead of yes, reply by reply."""

    def __init__(self, *replies: str) -> None:
        self.replies, self.mails, self.secure = list(replies), list[EmailMessage](), list[bool]()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.replies:
            return self.replies.pop(0)
        self.secure.append(server.transport.get_extra_info("ssl_object") is not None)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of its own making for localhost."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*made, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


@contextmanager
def serving_mail(box: Box, certificate: Path, security: str = "starttls", *, asks_login: bool = False) -> Iterator[MailServer]:
    """A running server before this box, and how it is reached."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    given: dict[str, Any] = {"hostname": "127.0.0.1", "port": free_port()}
    if asks_login:
        given |= {"authenticator": _check_login, "auth_required": True}
    if security == "ssl":
        given |= {"ssl_context": context, "auth_require_tls": False}
    elif security == "starttls":
        given |= {"tls_context": context, "require_starttls": True}
    controller = Controller(box, **given)
    controller.start()
    try:
        yield MailServer(
            host="localhost",
            port=controller.port,
            security=security,  # type: ignore[arg-type]
            sender="waqai@example.org",
            user="waqai" if asks_login else "",
            password="right" if asks_login else "",
            ca_file=str(certificate / "cert.pem"),
        )
    finally:
        controller.stop()


def _check_login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=data.login == b"waqai" and data.password == b"right", handled=False)


def digest(alert: Alert, items: tuple[Item, ...] = (ITEM,), *, more: int = 0, desk: str = "https://d.example") -> EmailMessage:
    return make_digest(alert, items, more=more, to=BOX, sender="waqai@example.org", delivery="msg_abc", at=AT, desk=desk)


def test_a_digest_says_what_which_filter_where_to_look_and_how_to_end_it(store: Store) -> None:
    alert = watch(store)
    mail = digest(
        alert, (ITEM, replace(ITEM, kinds=("figures",), title="changed: raid"), replace(ITEM, kinds=("withdrawn",), title="withdrawn: clash")), more=3
    )
    assert mail["Subject"] == "waqai: escapes: 1 new, 1 changed, 1 withdrawn, and 3 more"
    assert (mail["Message-ID"], mail["List-Id"]) == (f"<msg_abc.{alert.id}@example.org>", f"<{alert.id}.alerts.example.org>")
    assert (mail["To"], mail["Auto-Submitted"], mail["Date"].datetime) == (BOX, "auto-generated", AT)
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    for said in (
        "new: escape, Hasakah, SY",
        "escaped: 12",
        "https://d.example/incidents/i-1",
        "Filter: type=escape, country=SY",
        "And 3 more: see https://d.example/alerts",
    ):
        assert said in text and said in html
    assert "ana" not in text, "who made it is nobody's business"
    assert "`waqai alert feed" in digest(alert, more=1, desk="").get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_words_of_a_record_are_no_html_and_no_head(store: Store) -> None:
    alert = watch(store, name="a <b>bold</b> & name")
    evil = replace(ITEM, title="new: <script>alert(1)</script>", lines=("killed: <img src=x>\r\nBcc: all@example.org",), address='https://d.example/"><script>')
    mail = digest(alert, (evil,))
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "&lt;script&gt;" in html
    assert [name for name in mail if name.lower() in ("bcc", "cc")] == [] and message_from_bytes(mail.as_bytes())["Bcc"] is None


@pytest.mark.needs("openssl")
@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_mail_is_taken_under_tls_with_a_login(store: Store, certificate: Path, security: str) -> None:
    alert, box = watch(store, BOX), Box()
    begin(store)
    with serving_mail(box, certificate, security, asks_login=True) as server:
        done = run_round(alert, store, MEANS, make_senders(server, desk="https://d.example", allow_hosts=()), at=AT)
    assert [one.error for one in done.sent] == [None]
    (mail,) = box.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("waqai <waqai@example.org>", BOX, "waqai: escapes: 1 new")
    assert box.secure == [True] and "new: escape, Hasakah, SY" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.needs("openssl")
def test_a_server_that_fails_the_first_time_gets_the_same_mail_later_and_one_only(store: Store, certificate: Path) -> None:
    alert, box = watch(store, BOX), Box("451 come back later")
    begin(store)
    with serving_mail(box, certificate) as server:
        senders = make_senders(server, desk="", allow_hosts=())
        (first,) = run_round(alert, store, MEANS, senders, at=AT).sent
        assert first.error == "localhost says 451 come back later" and first.next_try == AT + WAITS[0]
        later = [run_round(get_alert(alert.id, store), store, MEANS, senders, at=at).sent for at in (AT + WAITS[0], AT + HOUR)]
    assert [[one.error for one in sent] for sent in later] == [[None], []] and len(box.mails) == 1


@pytest.mark.needs("openssl")
def test_an_address_that_nobody_has_is_given_up_at_once(store: Store, certificate: Path) -> None:
    alert = watch(store, "nobody@example.org")
    begin(store)
    with serving_mail(Box(), certificate) as server:
        (sent,) = run_round(alert, store, MEANS, make_senders(server, desk="", allow_hosts=()), at=AT).sent
    assert sent.next_try is None and sent.error is not None and "550 no such user here" in sent.error


@pytest.mark.needs("openssl")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"ca_file": ""}, "CERTIFICATE_VERIFY_FAILED"), ({"password": "wrong"}, "535"), ({"port": 9}, "refused"), ({"ca_file": "/nowhere.pem"}, "No such file")],
    ids=["certificate", "password", "port", "ca_file"],
)
def test_a_server_that_is_not_reached_as_the_settings_say_is_an_error(store: Store, certificate: Path, wrong: dict[str, Any], said: str) -> None:
    alert, box = watch(store, BOX), Box()
    with serving_mail(box, certificate, asks_login=True) as server:
        (sent,) = try_doors(alert, store, make_senders(replace(server, **wrong), desk="", allow_hosts=()), at=AT)
    assert sent.error is not None and said in sent.error and box.mails == []


@pytest.mark.needs("openssl")
def test_a_server_without_tls_gets_no_mail_that_was_to_go_under_it(store: Store, certificate: Path) -> None:
    alert, box = watch(store, BOX), Box()
    with serving_mail(box, certificate, "none") as server:
        (sent,) = try_doors(alert, store, make_senders(replace(server, security="starttls"), desk="", allow_hosts=()), at=AT)
        assert sent.error is not None and "STARTTLS" in sent.error and box.mails == []
        (sent,) = try_doors(alert, store, make_senders(server, desk="", allow_hosts=()), at=AT)
    assert sent.error is None and "this is a test" in box.mails[0].get_body(("plain",)).get_content().lower()  # type: ignore[union-attr]


def test_where_no_server_is_set_the_settings_are_named(store: Store) -> None:
    (sent,) = try_doors(watch(store, BOX), store, make_senders(None, desk="", allow_hosts=()), at=AT)
    assert sent.error is not None and "[alerts.mail]" in sent.error


def test_the_same_delivery_has_the_same_message_id_and_two_have_two(store: Store) -> None:
    alert, box = watch(store, BOX, roll_up="1h"), Receivers()
    begin(store)
    run(alert, store, box)
    go_on(store)
    run(alert, store, box, at=AT + HOUR)
    assert len({mail["Message-ID"] for mail in box.mails}) == 2 and box.mails[0]["Message-ID"] == digest_again(alert, store)


def digest_again(alert: Alert, store: Store) -> str:
    first = list_deliveries(alert, store)[-1]
    made: str = make_digest(alert, (ITEM,), more=0, to=BOX, sender="waqai@example.org", delivery=first.id, at=AT + HOUR, desk="")["Message-ID"]
    return made


@pytest.mark.parametrize("addresses", [["169.254.169.254"], ["127.0.0.1", "fe80::1"], ["0.0.0.0"], ["224.0.0.1"], []], ids=str)
def test_a_mail_server_is_nowhere_that_takes_no_mail(addresses: list[str]) -> None:
    send = make_sender(MailServer(host="mail.example", port=25, security="none", sender="waqai@example.org"), look_up=lambda host, port: addresses)
    with pytest.raises(NotDelivered, match=r"nowhere that takes mail: check `host` under \[alerts.mail\]"):
        send(EmailMessage())


def test_the_mail_servers_name_is_looked_up_once_and_its_certificate_has_to_be_that_names(certificate: Path) -> None:
    """The connection goes to the number that was checked; under another name the same server is not believed."""
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "waqai@example.org", BOX, "x"
    for security in ("ssl", "starttls"):
        box = Box()
        with serving_mail(box, certificate, security) as server:
            make_sender(server, look_up=look_up)(mail)
            with pytest.raises(NotDelivered, match="certificate"):
                make_sender(replace(server, host="mail.example"), look_up=look_up)(mail)
        assert len(box.mails) == 1
    assert asked == ["localhost", "mail.example"] * 2

"""A page comes back whole from the address that was checked, or there is a failure with a name, in bounded time."""

from __future__ import annotations

import json
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fetching.hostile import GIGABYTE, HERE, TRAPS, Site, Talk, answers, gives, leads_to, packed, raw, serving, silent
from waqai.fetching import PUBLIC_ONLY, AddressRule, Fetched, Fetcher, FetchFailed, FetchLimits, Politeness, original_of, retrieval_of

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PAGE = "<html><body>Häftlinge entkamen.</body></html>".encode()
QUICK = FetchLimits(total_s=0.6)


def fetcher_of(site: Site, *, limits: FetchLimits | None = None, rule: AddressRule | None = None, politeness: Politeness | None = None) -> Fetcher:
    return Fetcher(rule=rule or site.rule, now=lambda: AT, limits=limits, politeness=politeness)


def failing(act: Callable[[], object]) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        act()
    return caught.value


# -- pages


def test_a_page_comes_back_with_how_it_came() -> None:
    lines = ('ETag: "v1"', "Last-Modified: Sat, 28 Nov 2026 10:00:00 GMT", "Set-Cookie: id=1", "X-Robots: é")
    with serving({"/a b/ü": gives(b"")} | {"/a%20b/%C3%BC": gives(PAGE, "text/html; charset=Windows-1256", *lines)}) as site:
        found = fetcher_of(site).fetch(site.at("/a b/ü?q=1#part"))
        asked = site.seen[-1]
    assert (found.status, found.body, found.media_type, found.charset, found.server, found.at) == (200, PAGE, "text/html", "cp1256", HERE, AT)
    assert (found.etag, found.last_modified, found.not_modified, found.moved_to) == ('"v1"', "Sat, 28 Nov 2026 10:00:00 GMT", False, None)
    assert found.final_address == site.at("/a%20b/%C3%BC?q=1") and asked.path == "/a%20b/%C3%BC?q=1"
    assert "set-cookie" not in dict(found.headers) and dict(found.headers)["content-length"] == str(len(PAGE))
    assert asked.headers["host"] == f"{HERE}:{site.port}" and asked.headers["user-agent"].startswith("waqai/")
    assert not {"cookie", "authorization", "referer", "if-none-match"} & asked.headers.keys()


def test_the_retrieval_and_the_original_say_what_came_and_how() -> None:
    with serving({"/": gives(PAGE)}) as site:
        found = fetcher_of(site).fetch(site.at(""))
    kept = retrieval_of(found)
    assert (kept.how, kept.address, kept.final_address, kept.at, kept.status, kept.server) == ("fetched", site.at(""), site.at("/"), AT, 200, HERE)
    assert kept.headers == found.headers
    original = original_of(found)
    assert (original.content, original.media_type, len(original.sha256)) == (PAGE, "text/html", 64)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "deflate", "raw", "two members", "identity", "UTF-8", "none", "padded"])
def test_a_packed_page_is_unpacked(coding: str) -> None:
    body = PAGE * 4_000  # more than one piece
    pack = {"deflate": zlib.compress(body), "raw": zlib.compress(body, wbits=-15), **dict.fromkeys(("identity", "UTF-8", "none"), body)}
    gz = zlib.compress(body, wbits=31)
    pack |= {"two members": zlib.compress(body[:99], wbits=31) + zlib.compress(body[99:], wbits=31), "padded": gz + b"\0" * 999}
    named = {"raw": "deflate", "two members": "gzip", "padded": "gzip"}.get(coding, coding)
    with serving({"/": packed(pack.get(coding, gz), named)}) as site:
        assert fetcher_of(site).fetch(site.at("/")).body == body
        assert site.seen[-1].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "answer",
    [
        raw(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE),
        raw(
            b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2;note=x\r\n" + PAGE[:2] + b"\r\n%x\r\n" % (len(PAGE) - 2) + PAGE[2:] + b"\r\n0\r\nX: y\r\n\r\n"
        ),
        raw(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE + b"and more"),
    ],
    ids=["until it hangs up", "chunks", "after an early hint, with more behind it"],
)
def test_each_way_to_say_how_long_a_page_is_is_read(answer: Callable[[Talk], None]) -> None:
    with serving({"/": answer}) as site:
        found = fetcher_of(site).fetch(site.at("/"))
    assert (found.body, found.media_type, found.charset) == (PAGE, "", None)


def test_a_server_may_say_that_nothing_has_changed() -> None:
    def page(talk: Talk) -> None:
        same = talk.asked.headers.get("if-none-match") == '"v1"' and talk.asked.headers.get("if-modified-since") == "yesterday"
        (answers(304, b"", 'ETag: "v1"') if same else gives(PAGE))(talk)

    with serving({"/": page}) as site:
        found = fetcher_of(site).fetch(site.at("/"), etag='"v1"', last_modified="yesterday")
        assert (found.not_modified, found.body, found.etag) == (True, b"", '"v1"')
        assert fetcher_of(site).fetch(site.at("/"), etag='"v1"\r\nX: y', last_modified="").body == PAGE
        assert not {"x", "if-none-match", "if-modified-since"} & site.seen[-1].headers.keys()


# -- traps


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_ends_in_a_failure_with_a_name(trap: str) -> None:
    behaviour, outcome = TRAPS[trap]
    with serving(dict.fromkeys(("/trap", "/round", "/on"), behaviour)) as site:
        began = time.monotonic()
        error = failing(lambda: fetcher_of(site, limits=QUICK if outcome == "timed out" else None).fetch(site.at("/trap")))
        assert time.monotonic() - began < 10
    assert error.outcome == outcome, str(error)
    assert str(error).startswith(f"'http://{HERE}:{site.port}/trap' cannot be fetched: ") and "\n" not in str(error) and len(str(error)) < 500


BOMB = """
import json, resource, sys, time
from datetime import UTC, datetime
from waqai.fetching import *
port = int(sys.argv[1])
fetcher = Fetcher(rule=PUBLIC_ONLY.with_own([f"127.0.0.1:{port}"]), now=lambda: datetime.now(UTC), politeness=None)
fetcher.fetch(f"http://127.0.0.1:{port}/small")
before, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
outcomes = []
for path in ("dense", "loose"):
    try:
        fetcher.fetch(f"http://127.0.0.1:{port}/{path}")
    except FetchFailed as error:
        outcomes.append(error.outcome)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"outcomes": outcomes, "grown_kb": grown, "cpu_s": time.process_time() - cpu}))
"""


def test_a_gzip_bomb_costs_no_more_memory_than_a_page() -> None:
    """A process of its own, so that its peak is the fetch's; measured 2026-11-28 at the foot of docs/fetching.md."""
    loose = b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + _loose_block() * 1_000
    with serving({"/small": gives(PAGE), "/dense": packed(GIGABYTE), "/loose": packed(loose)}) as site:
        done = subprocess.run([sys.executable, "-c", BOMB, str(site.port)], capture_output=True, text=True, timeout=60, check=True)
    said = json.loads(done.stdout)
    assert said["outcomes"] == ["packed too densely", "too large"]
    assert said["grown_kb"] < 60_000 and said["cpu_s"] < 5


def _loose_block() -> bytes:
    """A megabyte that packs to about a hundredth: zeros with some noise, ended so that another may follow."""
    packer = zlib.compressobj(9, wbits=-15)
    noise = random.Random(7).randbytes(8_000)
    return packer.compress(noise + bytes(992_000)) + packer.flush(zlib.Z_FULL_FLUSH)


# -- redirects


def test_redirects_are_followed_and_each_is_a_new_address() -> None:
    with serving({"/new/ü": gives(b"no"), "/new/%C3%BC": gives(PAGE)}) as other, serving({"/": leads_to("next", 307)}) as site:
        site.behaviours["/next"] = leads_to(other.at("/new/ü"), 303)
        both = site.rule.with_own([f"{HERE}:{other.port}"])
        found = fetcher_of(site, rule=both).fetch(site.at("/"), etag='"v"')
        assert (found.address, found.final_address, found.body, found.moved_to) == (site.at("/"), other.at("/new/%C3%BC"), PAGE, None)
        assert failing(lambda: fetcher_of(site).fetch(site.at("/"))).outcome == "not allowed"


def test_behind_a_redirect_no_page_is_taken_as_unchanged_for_being_older() -> None:
    """The day that is sent is that of the page that lay there before."""

    def older(talk: Talk) -> None:
        (answers(304, b"") if "if-modified-since" in talk.asked.headers else gives(PAGE))(talk)

    with serving({"/": leads_to("/other", 302), "/other": older}) as site:
        found = fetcher_of(site).fetch(site.at("/"), last_modified="Sat, 28 Nov 2026 10:00:00 GMT")
    assert (found.not_modified, found.body) == (False, PAGE)


@pytest.mark.parametrize(("statuses", "moved"), [((301, 308), True), ((301, 302), False), ((307, 301), False)])
def test_a_page_has_moved_when_every_redirect_says_for_good(statuses: tuple[int, int], moved: bool) -> None:
    with serving({"/a": leads_to("/b", statuses[0]), "/b": leads_to("/c", statuses[1]), "/c": gives(PAGE)}) as site:
        assert fetcher_of(site).fetch(site.at("/a")).moved_to == (site.at("/c") if moved else None)


def test_five_redirects_are_followed_and_no_sixth() -> None:
    hops = {f"/{n}": leads_to(f"/{n + 1}") for n in range(7)}
    with serving(hops | {"/6": gives(PAGE)}) as site:
        assert fetcher_of(site).fetch(site.at("/1")).final_address == site.at("/6")
        assert failing(lambda: fetcher_of(site).fetch(site.at("/0"))).outcome == "too many redirects"


# -- where it may lead


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.215.14", "10.0.0.1"],
        ["2606:2800:21f::1", "fd00::1"],
        ["169.254.169.254"],
        ["64:ff9b::a9fe:a9fe"],
        ["::ffff:10.0.0.1"],
        ["fec0::1"],
    ],
    ids=str,
)
def test_a_host_of_which_one_address_is_in_a_house_is_not_asked(addresses: Sequence[str]) -> None:
    fetcher = Fetcher(now=lambda: AT, look_up=lambda host, port: addresses, politeness=None)
    error = failing(lambda: fetcher.fetch("http://news.example/x"))
    assert error.outcome == "not allowed" and error.permanent and "no address of the open internet" in str(error)


def test_the_name_server_is_asked_once_and_another_answer_later_changes_nothing() -> None:
    """The check sees what the connection gets: a second look-up would lead to the house."""
    answers_given: list[list[str]] = []

    def look_up(host: str, port: int) -> list[str]:
        answers_given.append([HERE] if not answers_given else ["10.0.0.1"])
        return answers_given[-1]

    with serving({"/x": gives(PAGE)}) as site:
        rule = AddressRule(ports=None, accepted=lambda address: address == HERE)
        found = Fetcher(rule=rule, now=lambda: AT, look_up=look_up, politeness=None).fetch(site.at("/x", host="news.example"))
        assert (found.server, len(answers_given), site.seen[0].headers["host"]) == (HERE, 1, f"news.example:{site.port}")
        again = Fetcher(rule=rule, now=lambda: AT, look_up=look_up, politeness=None)
        assert failing(lambda: again.fetch(site.at("/x", host="news.example"))).outcome == "not allowed"


def test_other_ports_than_the_webs_are_not_asked() -> None:
    fetcher = Fetcher(now=lambda: AT, look_up=lambda host, port: ["93.184.215.14"], politeness=None)
    error = failing(lambda: fetcher.fetch("https://news.example:6379/"))
    assert error.outcome == "not allowed" and "port 6379" in str(error)


def test_a_host_of_ones_own_is_allowed_at_the_port_that_is_listed_and_no_other() -> None:
    with serving({"/": gives(PAGE)}) as site:
        rule = PUBLIC_ONLY.with_own([f"wire.local:{site.port}"])
        fetcher = Fetcher(rule=rule, now=lambda: AT, look_up=lambda host, port: [HERE], politeness=None)
        assert fetcher.fetch(site.at("/", host="Wire.Local")).body == PAGE
        assert failing(lambda: fetcher.fetch("http://wire.local/")).outcome == "not allowed"
        assert failing(lambda: fetcher.fetch(site.at("/"))).outcome == "not allowed", "its number is not its name"


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": gives(b"stolen")}) as proxy, serving({"/": gives(PAGE)}) as site:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.at("/"))
        assert fetcher_of(site).fetch(site.at("/")).body == PAGE and proxy.seen == []


def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    over = threading.Event()
    fetcher = Fetcher(now=lambda: AT, limits=QUICK, look_up=lambda host, port: [str(over.wait(20))], politeness=None)
    began = time.monotonic()
    assert failing(lambda: fetcher.fetch("http://news.example/")).outcome == "timed out"
    assert time.monotonic() - began < 2
    over.set()


def test_a_host_that_is_not_there_may_be_there_later() -> None:
    def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    error = failing(lambda: Fetcher(now=lambda: AT, look_up=look_up, politeness=None).fetch("http://nowhere.example/"))
    assert (error.outcome, error.permanent) == ("no host", False) and "'nowhere.example'" in str(error)


# -- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=news.example"]
    made += ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    return folder


def serve_tls(certificate: Path, names: list[str | None], answer: bytes) -> int:
    """A port at which one page after the other is given under TLS; the names of the greetings are gathered."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    context.sni_callback = lambda connection, name, _context: names.append(name)
    listener = socket.create_server((HERE, 0))

    def serve() -> None:
        while True:
            plain, _peer = listener.accept()
            try:
                with context.wrap_socket(plain, server_side=True) as ready:
                    ready.recv(65_536)
                    ready.sendall(answer)
                    ready.unwrap()
            except OSError:
                continue

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def test_the_certificate_has_to_be_the_hosts_though_a_number_is_connected_to(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    names: list[str | None] = []
    port = serve_tls(certificate, names, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    rule = PUBLIC_ONLY.with_own([f"news.example:{port}", f"other.example:{port}"])
    fetcher = Fetcher(rule=rule, now=lambda: AT, look_up=lambda host, port: [HERE], politeness=None)
    assert fetcher.fetch(f"https://news.example:{port}/").body == b"hello"
    assert names == ["news.example"]
    error = failing(lambda: fetcher.fetch(f"https://other.example:{port}/"))
    assert error.outcome == "no secure connection" and "other.example" in str(error)
    monkeypatch.delenv("SSL_CERT_FILE")
    assert failing(lambda: fetcher.fetch(f"https://news.example:{port}/")).outcome == "no secure connection", "nobody vouches for it"


def test_a_redirect_from_https_to_http_is_not_followed(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    port = serve_tls(certificate, [], b"HTTP/1.1 301 Moved\r\nLocation: http://news.example/\r\nContent-Length: 0\r\n\r\n")
    fetcher = Fetcher(rule=PUBLIC_ONLY.with_own([f"news.example:{port}"]), now=lambda: AT, look_up=lambda host, port: [HERE], politeness=None)
    assert failing(lambda: fetcher.fetch(f"https://news.example:{port}/")).outcome == "insecure redirect"


def test_a_server_that_never_greets_is_not_waited_for() -> None:
    with serving({}) as site, socket.create_server((HERE, 0)) as deaf:
        port = deaf.getsockname()[1]
        fetcher = fetcher_of(site, rule=PUBLIC_ONLY.with_own([f"{HERE}:{port}"]), limits=QUICK)
        began = time.monotonic()
        assert failing(lambda: fetcher.fetch(f"https://{HERE}:{port}/")).outcome == "timed out"
        assert time.monotonic() - began < 2


# -- answers that are no page


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (401, True), (403, True), (404, True), (410, True), (451, True), (408, False), (425, False), (429, False), (500, False)],
)
def test_what_is_no_page_says_whether_another_try_helps(status: int, permanent: bool) -> None:
    with serving({"/": answers(status, b"<html>sorry</html>", "Retry-After: 30")}) as site:
        error = failing(lambda: fetcher_of(site).fetch(site.at("/")))
    assert (error.outcome, error.status, error.permanent, error.retry_after_s) == (f"answered {status}", status, permanent, 30.0)


def test_a_closed_port_is_named_as_such() -> None:
    with socket.create_server((HERE, 0)) as one:
        port = one.getsockname()[1]
    fetcher = Fetcher(rule=PUBLIC_ONLY.with_own([f"{HERE}:{port}"]), now=lambda: AT, politeness=None)
    error = failing(lambda: fetcher.fetch(f"http://{HERE}:{port}/"))
    assert (error.outcome, error.permanent) == ("no connection", False)


def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    with serving({"/": gives(PAGE)}) as site:
        rule = AddressRule(ports=None, accepted=lambda _address: True)
        fetcher = Fetcher(rule=rule, now=lambda: AT, look_up=lambda host, port: ["127.0.0.9", HERE], politeness=None)
        assert fetcher.fetch(site.at("/", host="news.example")).server == HERE


def test_many_threads_share_a_fetcher() -> None:
    with serving({f"/{n}": gives(str(n).encode()) for n in range(30)} | {"/slow": silent}) as site:
        fetcher, found = fetcher_of(site, limits=QUICK), dict[int, Fetched]()
        threads = [threading.Thread(target=lambda n=n: found.update({n: fetcher.fetch(site.at(f"/{n}"))})) for n in range(30)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(10)
    assert {n: page.body for n, page in found.items()} == {n: str(n).encode() for n in range(30)}


def test_a_machine_without_a_thread_left_is_a_page_that_was_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    with pytest.raises(FetchFailed, match=r"no thread left to look a\.example up") as caught:
        Fetcher(now=lambda: AT, politeness=None).fetch("https://a.example/")
    assert not caught.value.permanent

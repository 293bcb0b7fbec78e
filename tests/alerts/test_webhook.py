"""Webhook calls: signed so that a receiver can check them, and never into the house."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence

import pytest

from alerted import AT, ESCAPES, MEANS, begin, run, watch
from flow.model.scripted import Behaviour, floods, never_answers, sends, serving
from waqai.alerts import Wanted, add_alert, get_alert, make_door, make_senders, run_round, try_doors
from waqai.alerts import webhook as module
from waqai.alerts.deliveries import NotDelivered
from waqai.alerts.webhook import make_headers, make_poster, sign
from waqai.core import SettingsError
from waqai.store import Store

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of the Standard Webhooks specification's own libraries."""
    body = b'{"test": 2432232314}'
    assert sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body, SECRET) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_one_sign_of_the_body_the_id_or_the_time_makes_another_signature() -> None:
    right = ("msg_1", "1", b"{}", SECRET)
    others = [("msg_2", *right[1:]), ("msg_1", "2", b"{}", SECRET), ("msg_1", "1", b"{ }", SECRET), (*right[:3], "whsec_AAAA")]
    assert len({sign(*one) for one in (right, *others)}) == 5


def serve_and_run(store: Store, *behaviours: Behaviour) -> tuple[list[str | None], list[object]]:
    """A round that posts to a server of this machine, which the settings allow; errors, and what came in."""
    with serving(*behaviours) as script:
        alert, key = add_alert(Wanted(name="a", filters=ESCAPES, doors=(make_door("webhook", f"{script.address}/hook?a=b"),)), store, by="person", at=AT)
        begin(store)
        done = run_round(alert, store, MEANS, make_senders(None, desk="", allow_hosts=("127.0.0.1",)), at=AT)
    return [one.error for one in done.sent], [key, *script.seen]


def test_a_call_is_received_and_verified(store: Store) -> None:
    errors, (key, seen) = serve_and_run(store, sends("", status=204))
    assert errors == [None]
    headers = {name.lower(): value for name, value in seen.headers.items()}  # type: ignore[attr-defined]
    assert seen.path == "/v1/hook?a=b" and headers["content-type"] == "application/json"  # type: ignore[attr-defined]
    body = json.dumps(seen.body, ensure_ascii=False).encode()  # type: ignore[attr-defined]  # as it was written: same keys in the same order
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(str(key).removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode() and headers["webhook-timestamp"] == str(int(AT.timestamp()))
    (news,) = seen.body["data"]["news"]  # type: ignore[attr-defined]
    assert (news["incident"], news["kinds"], news["matches"], news["record"]["grade"]) == ("i-escape", ["new"], "type=escape, country=SY", "weak")
    assert "accounts" not in news["record"] and news["record"]["ranges"][0]["best"] == 12


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (sends("no", status=500), "answered 500"),
        (sends("", status=302, Location="http://169.254.169.254/latest"), "answered 302 (redirects are not followed)"),
        (sends("gone", status=410), "answered 410 (it wants no more)"),
        (floods, "too large"),
    ],
    ids=["500", "302", "410", "flood"],
)
def test_what_is_no_yes_is_no(store: Store, behaviour: Behaviour, said: str) -> None:
    (error,), _seen = serve_and_run(store, behaviour)
    assert error is not None and said in error


def test_a_receiver_that_never_answers_is_not_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_S", 0.2)
    (error,), _seen = serve_and_run(store, never_answers)
    assert error is not None and "timed out" in error


def test_a_test_call_goes_out_and_tells_nothing_of_the_store(store: Store) -> None:
    begin(store)
    with serving(sends("", status=200)) as script:
        alert, _key = add_alert(Wanted(name="a", doors=(make_door("webhook", script.address),)), store, by="person", at=AT, from_start=True)
        (sent,) = try_doors(alert, store, make_senders(None, desk="", allow_hosts=("127.0.0.1",)), at=AT)
    assert sent.error is None and "Hasakah" not in json.dumps(script.seen[0].body)
    assert get_alert("a", store).told == 0


@pytest.mark.parametrize(
    "addresses",
    [
        *(["127.0.0.1"], ["10.1.2.3"], ["192.168.0.1"], ["172.16.9.9"], ["169.254.169.254"], ["100.64.0.1"], ["0.0.0.0"], ["224.0.0.1"]),
        *(["::1"], ["fe80::1"], ["fd00::1"], ["::ffff:10.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["::"]),
        ["93.184.215.14", "127.0.0.1"],  # one of two is enough
    ],
    ids=str,
)
def test_a_name_that_leads_into_the_house_is_not_called(addresses: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "post", lambda *_args, **_kw: pytest.fail("it was called"))
    with pytest.raises(NotDelivered, match="no address of the open internet"):
        make_poster(allowed_hosts=(), look_up=lambda host, port: addresses)("https://hooks.example/x", b"{}", {})


def test_an_open_address_is_called_by_https_only_and_where_it_was_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(module, "post", lambda to, path, body, **_kw: asked.append(to.addresses) or type("R", (), {"status": 200})())
    poster = make_poster(allowed_hosts=(), look_up=lambda host, port: ["93.184.215.14"])
    poster("https://hooks.example/x", b"{}", {})
    assert asked == [("93.184.215.14",)], "the number that was checked, not the name once more"
    with pytest.raises(NotDelivered, match="use https"):
        poster("http://hooks.example/x", b"{}", {})


def test_a_host_that_is_not_found_is_tried_again_later() -> None:
    def fails(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    with pytest.raises(NotDelivered, match="cannot be found") as caught:
        make_poster(allowed_hosts=(), look_up=fails)("https://hooks.example/x", b"{}", {})
    assert not caught.value.for_good


def test_headers_are_lines_of_ascii_whatever_an_alert_is_called() -> None:
    headers = make_headers("msg_1", b"{}", SECRET, at=AT)
    assert all(one.isascii() and one.isprintable() for pair in headers.items() for one in pair)


def test_without_a_round_nothing_is_called(store: Store) -> None:
    begin(store)
    assert run(watch(store), store).sent == ()


def test_a_host_of_the_house_may_be_listed_with_its_port_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "post", lambda to, path, body, **_kw: type("R", (), {"status": 200})())
    poster = make_poster(allowed_hosts=("Hooks.local:8080",), look_up=lambda host, port: ["10.0.0.1"])
    poster("http://hooks.local:8080/x", b"{}", {})
    for other in ("http://hooks.local/x", "http://hooks.local:22/x"):
        with pytest.raises(NotDelivered, match="no address of the open internet"):
            poster(other, b"{}", {})


def test_what_is_listed_and_is_no_host_is_an_error_of_the_settings() -> None:
    with pytest.raises(SettingsError, match="is no host"):
        make_poster(allowed_hosts=("http://hooks.local",))

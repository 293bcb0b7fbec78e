"""What is sent when, how often it is tried, and that nothing is sent twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

import scenes
from alerted import AT, BOX, HOOK, HOUR, MEANS, Receivers, begin, catch, go_on, run, watch
from factories import family_of, make_account, make_reading, make_report, make_when, make_where
from waqai.alerts import get_alert, list_deliveries, make_key, parse_quiet, pause_alert, run_round
from waqai.alerts.deliveries import HOLD, MOST_IN_A_CALL, WAITS, NotDelivered, find_to_try, hold, iter_last, make_deliveries, note_failed, note_sent
from waqai.flow import erase_report
from waqai.store import Filters, Store, open_store

DAY = timedelta(days=1)


@pytest.fixture
def receivers() -> Receivers:
    return Receivers()


def many(store: Store, number: int) -> None:
    """So many escapes."""
    with store.transaction():
        for n in range(number):
            report = make_report(f"Prisoners fled on day {n}.", id=f"r-{n}")
            account = make_account(report, words="Prisoners fled", when=make_when(scenes.MARCH_5), where=make_where())
            store.add_report(report)
            store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
            (card,) = store.iter_cards(report=report.id)
            scenes.open_by(store, card, f"i-{n:04}")


def test_news_goes_out_once_through_every_door(each: Store, receivers: Receivers) -> None:
    alert = watch(each, HOOK, BOX)
    begin(each)
    done = run(alert, each, receivers)
    assert sorted((one.door.kind, one.news, one.error) for one in done.sent) == [("mail", 1, None), ("webhook", 1, None)]
    assert (len(receivers.calls), len(receivers.mails)) == (1, 1)
    assert run(alert, each, receivers, at=AT + 2 * DAY).sent == () and (len(receivers.calls), len(receivers.mails)) == (1, 1)
    assert all(one.sent_at == AT and one.tries == 1 and one.next_try is None for one in list_deliveries(alert, each))


def test_where_nothing_is_new_nothing_is_sent(store: Store, receivers: Receivers) -> None:
    begin(store)
    assert run(watch(store, HOOK, BOX), store, receivers).sent == ()


def test_a_webhook_that_fails_is_tried_with_growing_waits_under_one_id_and_given_up(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK)
    begin(store)
    receivers.fails = NotDelivered("hooks.example answered 500")
    at, waited = AT, []
    while True:
        (sent,) = run(alert, store, receivers, at=at).sent
        assert sent.error == "hooks.example answered 500"
        if sent.next_try is None:
            break
        waited.append(sent.next_try - at)
        assert run(alert, store, receivers, at=sent.next_try - timedelta(seconds=1)).sent == (), "not before its time"
        at = sent.next_try
    assert tuple(waited) == WAITS and list(waited) == sorted(waited)
    (delivery,) = list_deliveries(alert, store)
    assert (delivery.tries, delivery.given_up_at, delivery.error) == (len(WAITS) + 1, at, "hooks.example answered 500")
    receivers.fails = None
    assert run(alert, store, receivers, at=at + DAY).sent == (), "given up is given up"


def test_a_second_try_that_is_taken_is_the_last(each: Store, receivers: Receivers) -> None:
    alert = watch(each, HOOK)
    begin(each)
    receivers.fails = NotDelivered("timed out")
    run(alert, each, receivers)
    receivers.fails = None
    (sent,) = run(alert, each, receivers, at=AT + WAITS[0]).sent
    assert sent.error is None and run(alert, each, receivers, at=AT + DAY).sent == ()
    ((_address, _body, headers),) = receivers.calls
    assert headers["Webhook-Id"] == list_deliveries(alert, each)[0].id and list_deliveries(alert, each)[0].tries == 2


def test_while_one_waits_what_is_new_goes_behind_it_together(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK, filters=Filters(country=("SY",)))
    begin(store)
    receivers.fails = NotDelivered("timed out")
    run(alert, store, receivers)
    go_on(store)
    catch(store)
    assert run(alert, store, receivers, at=AT + timedelta(seconds=10)).sent == ()
    receivers.fails = None
    run(alert, store, receivers, at=AT + WAITS[0])
    assert [[one["incident"] for one in json.loads(body)["data"]["news"]] for _, body, _ in receivers.calls] == [["i-escape"], ["i-caught", "i-escape"]]


@pytest.mark.parametrize("for_good", [True, False])
def test_what_is_refused_for_good_is_given_up_at_once(store: Store, receivers: Receivers, for_good: bool) -> None:
    alert = watch(store, HOOK)
    begin(store)
    receivers.fails = NotDelivered("answered 410", for_good=for_good, wait_s=7200)
    (sent,) = run(alert, store, receivers).sent
    assert sent.next_try == (None if for_good else AT + 2 * HOUR), "a receiver's own wait counts where it is longer"


def test_mail_is_rolled_up_one_in_a_period(each: Store, receivers: Receivers) -> None:
    alert = watch(each, BOX, filters=Filters(country=("SY",)), roll_up="6h")
    begin(each)
    run(alert, each, receivers)
    catch(each)
    assert run(alert, each, receivers, at=AT + 3 * HOUR).sent == ()
    go_on(each)
    assert run(alert, each, receivers, at=AT + 5 * HOUR).sent == ()
    (sent,) = run(alert, each, receivers, at=AT + 6 * HOUR).sent
    assert sent.news == 2 and len(receivers.mails) == 2
    assert "1 new, 1 changed" in receivers.mails[1]["Subject"]


def test_quiet_hours_hold_mail_and_webhooks_until_they_end_and_feeds_never(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK, BOX, quiet=parse_quiet("11:00-15:00 UTC"))
    begin(store)
    assert run(alert, store, receivers, at=AT).news == 1 and receivers.mails == [] and receivers.calls == []
    go_on(store)
    assert run(alert, store, receivers, at=AT + 2 * HOUR).sent == ()
    done = run(alert, store, receivers, at=AT + 3 * HOUR)
    assert [one.news for one in done.sent] == [2, 2] and len(receivers.mails) == 1


def test_a_try_again_waits_for_the_end_of_quiet_hours_too(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK, quiet=parse_quiet("12:01-15:00 UTC"))
    begin(store)
    receivers.fails = NotDelivered("timed out")
    run(alert, store, receivers)
    receivers.fails = None
    assert run(alert, store, receivers, at=AT + HOUR).sent == () and len(run(alert, store, receivers, at=AT + 3 * HOUR).sent) == 1


def test_a_paused_alert_sends_nothing_not_even_what_waits(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK)
    begin(store)
    receivers.fails = NotDelivered("timed out")
    run(alert, store, receivers)
    receivers.fails = None
    pause_alert(alert.id, store, at=AT)
    assert run(alert, store, receivers, at=AT + HOUR).sent == ()
    pause_alert(alert.id, store, at=None)
    assert len(run(alert, store, receivers, at=AT + 2 * HOUR).sent) == 1


def test_a_program_gets_all_the_news_a_hundred_in_a_call_and_a_person_fifty_and_how_many_more(tmp_path: Path, receivers: Receivers) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        many(store, MOST_IN_A_CALL + 5)
        run(watch(store, HOOK, BOX, from_start=True), store, receivers)
    calls = [[one["incident"] for one in json.loads(body)["data"]["news"]] for _, body, _ in receivers.calls]
    assert calls == [[f"i-{n:04}" for n in range(100)], [f"i-{n:04}" for n in range(100, 105)]] and len(receivers.mails) == 1
    text = receivers.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.count("new: escape") == 50 and "And 55 more: see https://desk.example/alerts" in text and "50 new, and 55 more" in receivers.mails[0]["Subject"]


def test_what_was_erased_before_it_could_be_sent_is_not_sent(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK)
    begin(store)
    receivers.fails = NotDelivered("timed out")
    run(alert, store, receivers)
    erase_report("daily", store, because="asked for", by="person:ana")
    receivers.fails = None
    run(alert, store, receivers, at=AT + HOUR)
    assert [[one["kinds"] for one in json.loads(body)["data"]["news"]] for _, body, _ in receivers.calls] == [[["withdrawn"]]]


def test_without_its_key_a_webhook_is_not_called_unsigned(store: Store, receivers: Receivers) -> None:
    from waqai.schema.alerts import keys

    alert = watch(store, HOOK)
    begin(store)
    with store.writing() as connection:
        connection.execute(keys.delete())
    (sent,) = run(alert, store, receivers).sent
    assert sent.error is not None and "waqai alert key" in sent.error and receivers.calls == []
    make_key(alert.id, store)
    assert [one.error for one in run(alert, store, receivers, at=AT + WAITS[0]).sent] == [None]


def test_what_is_held_by_one_is_not_held_by_another_until_that_one_must_have_died(each: Store) -> None:
    alert = watch(each, HOOK)
    begin(each)
    run_round(alert, each, MEANS, Receivers(fails=NotDelivered("timed out")).senders, at=AT)
    later = AT + WAITS[0]
    (delivery,) = find_to_try(get_alert(alert.id, each), each, at=later)
    assert hold(delivery, each, at=later) and not hold(delivery, each, at=later)
    assert find_to_try(get_alert(alert.id, each), each, at=later) == ()
    assert hold(delivery, each, at=later + HOLD)
    note_sent(delivery, each, at=later + HOLD)
    assert not hold(delivery, each, at=later + 3 * HOLD)


def test_the_last_delivery_of_each_door_is_shown(store: Store, receivers: Receivers) -> None:
    alert = watch(store, HOOK, BOX)
    begin(store)
    run(alert, store, receivers)
    go_on(store)
    run(alert, store, receivers, at=AT + HOUR)
    assert sorted((one.door.split(":")[0], one.last) for one in iter_last(alert, store)) == [("mail", 1), ("webhook", 2)]


def test_eight_rounds_at_once_send_each_piece_of_news_once(new_address: Callable[[str], str], engine: str) -> None:
    address, received, errors = new_address(engine), Receivers(), []
    with open_store(address) as store:
        alert = watch(store, HOOK, BOX)
        many(store, 3)
    start = Barrier(8)

    def one_round() -> None:
        try:
            with open_store(address, wait_seconds=30) as mine:
                start.wait()
                run(alert, mine, received)
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=one_round) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    told = [one["incident"] for _, body, _ in received.calls for one in json.loads(body)["data"]["news"]]
    assert sorted(told) == ["i-0000", "i-0001", "i-0002"] and len(received.mails) == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_deliveries_made_at_once_are_made_once(store: Store) -> None:
    alert = watch(store, HOOK)
    begin(store)
    run(alert, store, Receivers(fails=NotDelivered("timed out")))
    now = get_alert(alert.id, store)
    assert make_deliveries(now, store, at=AT + HOUR) == 0
    (delivery,) = find_to_try(now, store, at=AT + HOUR)
    assert note_failed(delivery, NotDelivered("again"), store, at=AT + HOUR) == AT + HOUR + WAITS[1]


def test_the_clock_alone_makes_no_delivery(store: Store, receivers: Receivers) -> None:
    alert = watch(store, BOX)
    begin(store)
    run(alert, store, receivers)
    assert [run(alert, store, receivers, at=datetime(2030, 1, n, tzinfo=AT.tzinfo)).sent for n in range(1, 4)] == [(), (), ()]

"""Reading and reviewing a report by forms alone, without script."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from desk.forms import page_of, send, text_of
from factories import family_of, make_account, make_reading, make_report, make_where
from scenes import TEXTS
from waqai.core import PlaceCandidate
from waqai.flow import review_account
from waqai.store import Store


def account_in(store: Store, report: str, n: int = 0) -> str:
    return [card.account.id for card in store.iter_cards(report=report)][n]


def rows(page) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Each field of the first record: its label and value."""
    return dict(zip(text_of(page, "#a1 .field .label"), text_of(page, "#a1 .field .value"), strict=True))


def test_the_text_is_shown_whole_with_its_evidence_marked(inside: TestClient) -> None:
    page = page_of(inside.get("/reports/daily"))
    assert page.cssselect("#text")[0].text_content() == TEXTS["daily"]
    marked = {key: one.text_content() for one in page.cssselect("mark") for key in one.get("data-keys").split()}
    assert marked["a1.count0"] == "12 prisoners"
    assert "k-says" in page.cssselect("mark[data-keys~=c1]")[0].get("class")


def test_each_field_has_its_value_words_speaker_rule_and_probability(inside: TestClient) -> None:
    page = page_of(inside.get("/reports/daily"))
    (count,) = page.cssselect("#a1 .field[data-facet=count]")
    told = " ".join(count.text_content().split())
    for part in ("escaped", "12 prisoners", "The Observatory (reports)", "test", "90 %"):
        assert part in told
    assert count.cssselect("a.words")[0].get("href") == "#w-a1.count0"
    assert page.cssselect('[id="w-a1.count0"]')


def test_accepting_shows_the_next_account_that_nobody_reviewed(inside: TestClient, store: Store) -> None:
    escape, clash = account_in(store, "herald"), account_in(store, "herald", 1)
    page = page_of(inside.get("/reports/herald"))
    page = page_of(send(inside, page, "#a1 form.verdict", press=("verdict", "accepted"), effort='{"seconds": 4.5, "keys": 2, "clicks": 0}'))
    assert page.cssselect(".record.here")[0].get("data-account") == clash
    assert store.get_reviewed(escape).review == "accepted"
    (entry,) = [one for one in store.iter_log() if one.kind == "accepted"]
    assert (entry.by, entry.value["effort"]) == ("person:ana", {"seconds": 4.5, "keys": 2, "clicks": 0})


@pytest.mark.parametrize("effort", ["no", "[]", '{"seconds": -1, "keys": 0, "clicks": 0}', '{"seconds": 1, "keys": 0, "clicks": 0, "name": "x"}'])
def test_a_measure_that_cannot_be_is_left_out_and_costs_nothing(inside: TestClient, store: Store, effort: str) -> None:
    send(inside, page_of(inside.get("/reports/daily")), "#a1 form.verdict", press=("verdict", "rejected"), effort=effort)
    assert store.get_reviewed(account_in(store, "daily")).review == "rejected"
    assert "effort" not in list(store.iter_log())[-1].value


@pytest.mark.parametrize(
    ("field", "values", "label", "shown"),
    [
        ("type", {"value": "jailbreak"}, "what", "jailbreak"),
        ("status", {"value": "attempted"}, "status", "attempted"),
        ("when", {"value": "2021-03-04..2021-03-05", "words": "on 5 March 2021"}, "when", "2021-03-04 … 2021-03-05"),
        ("count0", {"value": "20+", "words": "12 prisoners"}, "escaped", "20 or more prisoners"),
        ("count0", {"value": "12", "kind": "recaptured", "whom": "men"}, "recaptured", "12 men"),
        ("actor0", {"value": "Tel Salam jail"}, "facility", "Tel Salam jail"),
        ("actor0", {"kind": "target"}, "target", "Qalat prison"),
    ],
)
def test_a_field_is_corrected(inside: TestClient, field: str, values: dict[str, str], label: str, shown: str) -> None:
    page = page_of(inside.get("/reports/daily"))
    before = len(page.cssselect("#a1 .field"))
    page = page_of(send(inside, page, f'[id="a1.{field}"] form', **values))
    assert rows(page)[label] == shown
    assert len(page.cssselect("#a1 .field")) == before
    assert "corrected by ana" in " ".join(text_of(page, "#a1 .made"))


def test_enter_takes_what_was_typed_and_not_the_first_place_that_could_be_meant(inside: TestClient, store: Store) -> None:
    report = make_report("Ten men fled the jail of Tartus.", id="tartus")
    meant = tuple(PlaceCandidate(place_id=f"test:{n}", name="Tartus", country="SY", admin1=None, p=0.5) for n in range(2))
    account = make_account(report, words="Ten men fled", where=make_where("Tartus", candidates=meant))
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of)
    (form,) = page_of(inside.get("/reports/tartus")).cssselect('[id="a1.where"] form')
    assert [one.get("name") for one in form.cssselect("button")] == [None, "none", "place", "place"]  # a browser presses the first


def test_selected_words_give_the_field_its_span(inside: TestClient) -> None:
    start = TEXTS["daily"].index("Monday")
    page = page_of(inside.get("/reports/daily"))
    page = page_of(send(inside, page, '[id="a1.when"] form', value="2021-03-08", words="Monday", span=f"{start}-{start + 6}"))
    assert page.cssselect("mark[data-keys~='a1.when']")[0].text_content() == "Monday"


def test_a_name_and_a_figure_are_added_beside_those_that_are_there(inside: TestClient) -> None:
    page = page_of(inside.get("/reports/daily"))
    page = page_of(send(inside, page, "#a1 form[data-new=actor]", kind="participant", value="The Observatory", words="The Observatory"))
    page = page_of(send(inside, page, "#a1 form[data-new=count]", kind="escaped", value="12", whom="prisoners", words="12 prisoners escaped"))
    told = list(zip(text_of(page, "#a1 .field .label"), text_of(page, "#a1 .field .value"), strict=True))
    assert ("participant", "The Observatory") in told
    assert told.count(("escaped", "12 prisoners")) == 2


def test_not_told_strikes_a_field(inside: TestClient) -> None:
    page = page_of(send(inside, page_of(inside.get("/reports/daily")), '[id="a1.count0"] form', press=("none", "1")))
    assert "escaped" not in rows(page)
    page = page_of(send(inside, page, '[id="a1.when"] form', press=("none", "1")))
    assert rows(page)["when"] == "day not told"


def test_what_cannot_be_taken_is_said_and_stays_in_its_form(inside: TestClient, store: Store) -> None:
    page = page_of(inside.get("/reports/daily"))
    answer = send(inside, page, '[id="a1.when"] form', value="last Tuesday", words="5 March")
    page = page_of(answer)
    assert answer.status_code == 409
    assert "'last Tuesday' is no day" in text_of(page, ".failed")[0]
    (form,) = page.cssselect('[id="a1.when"] details[open] form')
    assert dict(form.form_values())["value"] == "last Tuesday"
    assert dict(form.form_values())["words"] == "5 March"
    assert store.last_entry() == 6  # nothing was logged


def test_an_account_that_was_not_found_is_added_and_shown(inside: TestClient) -> None:
    page = page_of(inside.get("/reports/wire"))
    page = page_of(send(inside, page, "form[data-act=add]", words="Two men who fled Qalat prison", type="escape"))
    assert len(page.cssselect(".record")) == 2
    assert "escape" in text_of(page, ".record.here h2")[0]


def test_an_account_is_split(inside: TestClient, store: Store) -> None:
    page = page_of(inside.get("/reports/lake"))
    page = page_of(send(inside, page, "form[data-act=split]", account=account_in(store, "lake"), words="Ministers of nine states"))
    assert sum("meeting" in head for head in text_of(page, ".record h2")) == 2


def test_what_was_said_last_is_taken_back(inside: TestClient, store: Store) -> None:
    page = page_of(send(inside, page_of(inside.get("/reports/daily")), "#a1 form.verdict", press=("verdict", "rejected")))
    assert "rejected" in text_of(page, "form.undo span")[0]
    page = page_of(send(inside, page, "form.undo"))
    assert store.get_reviewed(account_in(store, "daily")).review is None
    assert not page.cssselect("form.undo")


def test_the_second_of_two_sees_what_the_first_wrote_before_anything_is_written(inside: TestClient, store: Store) -> None:
    page = page_of(inside.get("/reports/daily"))  # ana looks; ben writes meanwhile
    review_account(account_in(store, "daily"), "rejected", store, because="it was a rumour", by="person:ben")
    for form, values in (('[id="a1.when"] form', {"value": "2021-03-04"}), ("#a1 form.verdict", {"verdict": "accepted"})):
        answer = send(inside, page, form, **values)
        assert answer.status_code == 409
        assert re.search("ben .*rejected|ben rejected", text_of(page_of(answer), ".failed")[0])
        assert "it was a rumour" in text_of(page_of(answer), ".failed")[0]
    assert store.get_reviewed(account_in(store, "daily")).corrections == ()
    page = page_of(answer)  # she saw it, and says it again
    assert send(inside, page, '[id="a1.when"] form', value="2021-03-04").status_code == 200


def test_words_are_suggested_a_value(inside: TestClient) -> None:
    text = TEXTS["herald"]

    def suggest(facet: str, words: str) -> str | None:
        start = text.index(words)
        asked = {"report": "herald", "facet": facet, "start": start, "end": start + len(words)}
        value: str | None = inside.get("/review/suggest", params=asked).json()["value"]
        return value

    assert suggest("when", "Friday") == "2021-03-05"
    assert suggest("count", "At least 15 inmates") == "15+"
    assert suggest("actor", "the governor") == "the governor"
    assert suggest("when", "the jail") is None


@pytest.mark.parametrize("report", ["nobody", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "daily%00"])
def test_a_report_that_is_not_there_is_said_so(inside: TestClient, report: str) -> None:
    answer = inside.get(f"/reports/{report}")
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_nothing_that_a_report_holds_is_taken_for_html(inside: TestClient, store: Store) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)> 3 men fled </div></main>"
    report = make_report(evil, id='"><svg onload=alert(3)>', title="<b>bold</b>", publisher="</title><script>4</script>", url="javascript:alert(5)")
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[make_account(report, words="3 men fled")]), family_of=family_of)
    answer = inside.get("/reports/" + "%22%3E%3Csvg%20onload=alert(3)%3E")
    page = page_of(answer)
    assert page.cssselect("#text")[0].text_content() == evil
    assert not page.cssselect("main script, main img, main svg, main b, [onload], [onerror], [href^=javascript]")


def test_a_place_in_the_queue_of_any_letters_is_kept(inside: TestClient) -> None:
    answer = inside.get("/reports/daily", params={"place": "0.5:سجن; Path=/\r\nx: y"})
    assert answer.status_code == 200
    assert answer.headers["set-cookie"].isascii() and "path=/reports/" in answer.headers["set-cookie"].lower()
    assert "x" not in answer.headers
    assert inside.get("/reports/daily").status_code == 200

"""200 made-up names, facilities, exact points, small numbers, fresh happenings: none leaves by feed, webhook or mail, be it new, changed or withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alerted import AT, BOX, HOOK, HOUR, Receivers, watch
from factories import family_of, make_account, make_claim, make_count, make_involved, make_reading, make_report, make_when, make_where, span_of
from made_names import NAMES, parts_of
from scenes import MARCH_5, join, open_by
from waqai.alerts import Alert, Means, get_alert, load_items, make_atom, make_json_feed, remove_alert, run_round
from waqai.bounds import PUBLIC, Bounds
from waqai.codebook import UCDP_LIKE, load_actors, load_codebook
from waqai.export import Combiner
from waqai.flow import judge_same
from waqai.places import Gazetteer
from waqai.store import Filters, Store, open_store

LAT, LON = 36.512345, 40.498765
FACILITY = "Kherbet Zanqal prison"


@pytest.fixture(scope="module")
def means() -> Means:
    """The bounds of every day, over the shipped gazetteer."""
    places, actors = Gazetteer.open(), load_actors()
    combiner = Combiner(rule=UCDP_LIKE, codebook=load_codebook(), actors=actors)
    return Means(bounds_of=lambda profile, at: Bounds(profile, places=places, actors=actors, at=at), combiner=combiner)


def tell(store: Store, number: int, names: Sequence[str], dead: int, *, part: str) -> None:
    """A report in which the names are everywhere; the first opens the incident i-NUMBER, the next joins it."""
    groups = [f"{dead + n} relatives of {name}" for n, name in enumerate(names)]
    said = [f"{name} told local sources that {group} were killed by gunmen." for name, group in zip(names, groups, strict=True)]
    text = f"{' '.join(said)} It was in {FACILITY} near Tel Salam on 5 March 2021 ({number}{part})."
    slug = f"{'-'.join(names).casefold().replace(' ', '-')}-{number}{part}"
    report = make_report(text, id=slug, title=f"{names[0]} mourns", url=f"https://daily.example/{slug}", publisher="Example News")
    claims = [make_claim(report, speaker=name, cue="told", content=group) for name, group in zip(names, groups, strict=True)]
    counts = [
        make_count(dead + n, report=report, words=group, measure="killed", of_whom=whom, said_by=claims[n].id)
        for n, group in enumerate(groups)
        for whom in (f"relatives of {names[n]}", None)
    ]
    account = make_account(
        report,
        type="clash",
        words=said[0],
        when=make_when(MARCH_5, phrase=span_of("5 March 2021", text)),
        where=make_where(FACILITY, lat=LAT, lon=LON, precision="P0_site", phrase=span_of(FACILITY, text)),
        counts=counts,
        involved=[make_involved("facility", FACILITY), *(make_involved("victim", f"relatives of {name}", phrase=span_of(name, text)) for name in names)],
        said_by=claims[0].id,
    )
    store.add_report(report)
    store.add_reading(make_reading(report, accounts=[account], claims=claims), family_of=family_of)
    (card,) = store.iter_cards(report=slug)
    if part == "a":
        open_by(store, card, f"i-{number}")
    else:
        join(store, card, f"i-{number}")


def leave(alert: Alert, store: Store, means: Means, receivers: Receivers, *, at: Any = AT) -> None:
    run_round(get_alert(alert.id, store), store, means, receivers.senders, at=at)


def iter_all(alert: Alert, store: Store, means: Means, receivers: Receivers, *, at: Any = AT) -> Iterator[str]:
    """All that left, as text: each webhook call, each mail's both forms, both feeds."""
    yield from (body.decode() for _address, body, _headers in receivers.calls)
    for mail in receivers.mails:
        yield from (str(mail[name]) for name in mail)
        yield from (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    items = load_items(get_alert(alert.id, store), store, means, at=at, desk="https://desk.example", most=1_000)
    yield from (make(alert, items, address="https://desk.example/f").decode() for make in (make_atom, make_json_feed))


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def let_leave(folder: Path, groups: Sequence[Sequence[str]], means: Means, *, profile: str = "public") -> tuple[list[Any], list[str]]:
    """The news of incidents with these names, new, changed and withdrawn, as webhooks tell it; and all that left by any door."""
    receivers = Receivers()
    with open_store(folder / "s.sqlite") as store:
        alert = watch(store, HOOK, BOX, filters=Filters(words="gunmen"), from_start=True, roll_up="0m", profile=profile)
        for dead, part in ((12, "a"), (40, "b")):
            with store.transaction():
                for number, names in enumerate(groups if part == "a" else groups[:8]):
                    tell(store, number, names, dead, part=part)
            leave(alert, store, means, receivers, at=AT if part == "a" else AT + HOUR)
        judge_same("i-1", "i-0", store, because="one story", by="person:ana")
        leave(alert, store, means, receivers, at=AT + 2 * HOUR)
        whole = list(iter_all(alert, store, means, receivers))
    return [one for _address, body, _headers in receivers.calls for one in json.loads(body)["data"]["news"]], whole


def find_leaks(told: list[Any], groups: Sequence[Sequence[str]]) -> list[set[str]]:
    """Parts of names in news of the incident in which they were planted."""
    parts = {f"i-{number}": frozenset[str]().union(*map(parts_of, names)) for number, names in enumerate(groups)}
    return [found for one in told if (found := set(parts[one["incident"]] & words_of(json.dumps(one, ensure_ascii=False))))]


def test_none_of_200_names_no_facility_and_no_point_leaves_by_any_door(tmp_path: Path, means: Means) -> None:
    groups = [NAMES[at : at + 5] for at in range(0, len(NAMES), 5)]
    told, whole = let_leave(tmp_path, groups, means)
    assert len(NAMES) == 200 and len(told) >= 49 and {kind for one in told for kind in one["kinds"]} >= {"new", "figures", "withdrawn"}
    assert find_leaks(told, groups) == []
    rare = frozenset(part for name in NAMES for part in parts_of(name)) - frozenset(COMMON)
    assert [sorted(found) for text in whole if (found := rare & words_of(text))] == []
    together = "\n".join(whole)
    assert "Zanqal" not in together and "36.51" not in together and "40.49" not in together and "36.5" in together
    assert "words (set)" in together and "gunmen" not in together, "the words that were looked for are told by nobody"


def test_inside_the_house_the_same_names_are_there_so_that_they_would_be_seen(tmp_path: Path, means: Means) -> None:
    told, whole = let_leave(tmp_path, [NAMES[:5], NAMES[5:10]], means, profile="internal")
    assert find_leaks(told, [NAMES[:5], NAMES[5:10]]) and "Zanqal" in "".join(whole) and "36.512345" in "".join(whole)


COMMON = ["new", "told", "example", "news", "hope", "rose", "grace", "stone", "may", "mark", "baker", "april", "sunday", "faith", "blessing", "salam"]
"""Parts of made-up names that are words, too."""


@pytest.fixture(scope="module")
def one_fight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a fight of 5 March."""
    with open_store(tmp_path_factory.mktemp("fresh") / "s.sqlite") as store:
        tell(store, 1, ["Hossam"], 12, part="a")
        yield store


@settings(max_examples=20, deadline=None)
@given(hours=st.integers(min_value=0, max_value=24 * 8))
@example(95)
@example(96)
def test_nothing_of_a_happening_leaves_before_72_hours_have_gone_by_since_its_day(means: Means, one_fight: Store, hours: int) -> None:
    at, receivers = AT.replace(month=3, day=5, hour=0) + timedelta(hours=hours), Receivers()
    alert = watch(one_fight, HOOK, BOX, at=at, filters=Filters(), from_start=True)
    leave(alert, one_fight, means, receivers, at=at)
    whole = "".join(iter_all(alert, one_fight, means, receivers, at=at))
    remove_alert(alert.id, one_fight, by="person", at=at)
    assert ("i-1" in whole) == bool(receivers.calls) == bool(receivers.mails) == (hours >= 24 + 72)


def test_one_or_two_persons_are_told_as_few_when_new_and_when_changed(tmp_path: Path, means: Means) -> None:
    receivers = Receivers()
    with open_store(tmp_path / "s.sqlite") as store:
        alert = watch(store, HOOK, filters=Filters(), from_start=True)
        tell(store, 1, ["Hossam"], 9, part="a")
        leave(alert, store, means, receivers)
        tell(store, 1, ["Hossam"], 1, part="b")
        leave(alert, store, means, receivers, at=AT + HOUR)
    (line, *_more) = (line for _a, body, _h in receivers.calls for one in json.loads(body)["data"]["news"] for line in one["changes"] if "→" in line)
    assert PUBLIC.small_counts and re.search(r"says 1( |$)|→ 1( |,)", line) is None, line

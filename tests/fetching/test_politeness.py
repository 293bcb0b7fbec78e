"""robots.txt is asked and kept for a day, hosts get their pauses, and who asks to be left alone is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from fetching.hostile import HERE, Behaviour, Site, answers, gives, leads_to, raw, serving
from waqai.fetching import Fetched, Fetcher, FetchFailed, FetchLimits, Politeness, retrieval_of

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that goes on only where somebody sleeps."""

    at: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def polite(self, **settings: object) -> Politeness:
        return Politeness(clock=self, sleep=self.sleep, **settings)  # type: ignore[arg-type]


def fetcher_of(site: Site, politeness: Politeness) -> Fetcher:
    return Fetcher(rule=site.rule, now=lambda: AT, limits=FetchLimits(total_s=2), politeness=politeness)


def fetch(site: Site, path: str, politeness: Politeness) -> Fetched:
    return fetcher_of(site, politeness).fetch(site.at(path))


def outcome_of(site: Site, path: str, politeness: Politeness) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetch(site, path, politeness)
    return caught.value


ROBOTS = gives(b"User-agent: *\nDisallow: /private\n\nUser-agent: waqai\nDisallow: /ours\nCrawl-delay: 7\n", "text/plain")
PAGES = {path: gives(b"x") for path in ("/a", "/b", "/ours", "/private")}


def test_what_robots_txt_says_to_us_is_done_and_asked_once_a_day() -> None:
    clock = Clock()
    polite = clock.polite()
    with serving(PAGES, robots=ROBOTS) as site:
        assert fetch(site, "/private", polite).robots == "allowed"
        error = outcome_of(site, "/ours", polite)
        assert error.outcome == "robots" and not error.permanent and "robots.txt asks" in str(error)
        assert site.paths == ["/robots.txt", "/private"]
        clock.at += 86_399
        fetch(site, "/a", polite)
        clock.at += 2
        fetch(site, "/a", polite)
    assert site.paths == ["/robots.txt", "/private", "/a", "/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        (answers(404), None),
        (answers(403, b"User-agent: *\nDisallow: /"), None),  # RFC 9309, § 2.3.1.3: none there, whatever the reason
        (answers(429), "robots unreachable"),
        (answers(500), "robots unreachable"),
        (answers(503), "robots unreachable"),
        (answers(304), "robots unreachable"),
        (raw(b"no HTTP"), "robots unreachable"),
        (leads_to("http://169.254.169.254/robots.txt"), "robots unreachable"),
        (leads_to("/robots.txt"), "robots unreachable"),
        (leads_to("/elsewhere"), "robots"),
        (gives(b"User-agent: *\nDisallow: /private\n" + b"# note\n" * 200_000), "robots"),  # longer than is read, and not as a whole
        (gives(b"<html>Not found</html>"), None),
    ],
)
def test_a_robots_txt_that_is_not_to_be_had_allows_all_or_nothing(robots: Behaviour, outcome: str | None) -> None:
    with serving(PAGES | {"/elsewhere": gives(b"User-agent: *\nDisallow: /private")}, robots=robots) as site:
        polite = Clock().polite()
        if outcome is None:
            assert fetch(site, "/private", polite).body == b"x"
        else:
            assert outcome_of(site, "/private", polite).outcome == outcome
            assert "/private" not in site.paths


def test_a_site_that_was_not_reached_is_asked_again_after_ten_minutes() -> None:
    clock = Clock()
    polite = clock.polite()
    with serving(PAGES, robots=answers(500)) as site:
        outcome_of(site, "/a", polite)
        outcome_of(site, "/a", polite)
        assert site.paths == ["/robots.txt"]
        site.behaviours["/robots.txt"] = answers(404)
        clock.at += 601
        assert fetch(site, "/a", polite).body == b"x"


def test_pages_of_one_host_come_with_a_pause_and_those_of_another_do_not() -> None:
    clock = Clock()
    polite = clock.polite()
    with serving(PAGES) as one, serving(PAGES) as other:
        fetch(one, "/a", polite)
        fetch(other, "/a", polite)
        assert clock.slept == []
        fetch(one, "/b", polite)
        clock.at += 1.5
        fetch(one, "/a", polite)
        clock.at += 60
        fetch(one, "/b", polite)
    assert clock.slept == [2.0, 0.5]


def test_a_site_may_want_a_longer_pause_and_nobody_waits_for_minutes() -> None:
    clock = Clock()
    polite = clock.polite()
    with serving(PAGES, robots=ROBOTS) as site:
        fetch(site, "/a", polite)
        fetch(site, "/b", polite)
        assert clock.slept == [7.0]
    with serving(PAGES, robots=gives(b"User-agent: *\nCrawl-delay: 600")) as site:
        fetch(site, "/a", polite)
        error = outcome_of(site, "/b", polite)
    assert (error.outcome, error.retry_after_s, clock.slept) == ("asked to wait", 600.0, [7.0])


def test_redirects_within_a_host_are_one_visit_and_each_page_is_asked_about() -> None:
    clock = Clock()
    with serving(PAGES | {"/go": leads_to("/a"), "/astray": leads_to("/ours")}, robots=ROBOTS) as site:
        polite = clock.polite()
        assert fetch(site, "/go", polite).final_address == site.at("/a") and clock.slept == []
        assert outcome_of(site, "/astray", polite).outcome == "robots"
    assert "/ours" not in site.paths


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_to_be_left_alone_is(status: int) -> None:
    clock = Clock()
    polite = clock.polite()
    with serving(PAGES | {"/busy": answers(status, b"", "Retry-After: 120")}) as site:
        error = outcome_of(site, "/busy", polite)
        assert (error.status, error.retry_after_s, error.permanent) == (status, 120.0, False)
        clock.at += 20
        later = outcome_of(site, "/a", polite)
        assert (later.outcome, later.retry_after_s, site.paths) == ("asked to wait", 100.0, ["/robots.txt", "/busy"])
        clock.at += 101
        assert fetch(site, "/a", polite).body == b"x"


def test_that_a_person_passed_robots_txt_over_is_written_down() -> None:
    with serving(PAGES, robots=ROBOTS) as site:
        found = fetch(site, "/ours", Clock().polite(asks_robots=False))
        assert site.paths == ["/ours"]
    assert found.robots == "ignored" and ("waqai-robots", "ignored") in retrieval_of(found).headers
    with serving(PAGES | {"/x": gives(b"x", "text/html", "Waqai-Robots: ignored")}) as site:
        found = fetch(site, "/x", Clock().polite())
        assert found.robots == "allowed" and "waqai-robots" not in dict(retrieval_of(found).headers), "nobody else says so"


def test_what_a_host_wants_is_kept_for_it_alone_with_its_port() -> None:
    clock = Clock()
    polite = clock.polite()
    polite.rest(HERE, 50)
    with serving(PAGES) as site:
        assert fetch(site, "/a", polite).body == b"x"


def test_who_comes_at_once_is_given_a_turn_each() -> None:
    """Several threads: a turn is taken when it is given, not when somebody wakes."""
    clock = Clock()
    polite = Politeness(clock=clock, sleep=clock.slept.append)
    assert [polite.wait("a.example"), polite.wait("a.example"), polite.wait("a.example", delay_s=9), polite.wait("a.example")] == [0, 2, 4, 13]
    assert clock.slept == [2, 4, 13]


def test_what_is_known_of_hosts_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.fetching.politeness._MOST_HOSTS", 3)
    polite = Clock().polite()
    assert [polite.wait(f"{n}.example") for n in range(9)] == [0] * 9
    assert polite.wait("8.example") == 2 and polite.wait("0.example") == 0

"""A report in, its claims and accounts out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_report
from reading.parsing import ACTORS, PLACES, read, rule_reader
from waqai.codebook import load_codebook
from waqai.core import Reading, Report, Span
from waqai.reading.reader import ReaderSettings, RuleReader

ESCAPE = "The governor said on Sunday that 12 prisoners escaped from the jail in Kano. Six of them were caught by police on Monday."
WORD_LINE = "Gunmen prisoners escaped stormed killed the a jail in Kano on Sunday and said that 12 about dozens of police who were ISIS June 18"
WORDS = st.sampled_from([*WORD_LINE.split(), *[",", ".", "“", "”", "-"], "\n", "\n\n", "\r\n", "\x00"])
SENTENCES = st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join))


def spans_of(reading: Reading) -> Iterator[Span | None]:
    for claim in reading.claims:
        yield from (claim.speaker, claim.cue, claim.content)
    for account in reading.accounts:
        yield from (account.evidence, account.status.phrase, account.when.phrase if account.when else None)
        yield from (facet.phrase for facet in (*account.place_mentions, *account.involved, *account.counts))


@given(SENTENCES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_span_of_a_reading_lies_in_its_text(text: str) -> None:
    assert all(span is None or span.end <= len(text) for span in spans_of(read(text)))


@given(SENTENCES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_reading_names_only_what_is_in_the_codebook(text: str) -> None:
    codebook = load_codebook()
    for account in read(text).accounts:
        assert account.type in codebook.types and account.status.value in codebook.statuses
        assert {i.role for i in account.involved} <= codebook.roles.keys()
        assert {c.measure for c in account.counts} <= set(codebook.measures) and {c.kind for c in account.counts} <= set(codebook.count_kinds)
        assert {r.kind for r in account.relations} <= set(codebook.relations)


@given(SENTENCES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_report_gives_the_same_reading(text: str) -> None:
    assert read(text) == read(text)


def test_a_reading_does_not_depend_on_what_is_read_beside_it(reader: RuleReader) -> None:
    report, other = make_report(ESCAPE), make_report("Rebels seized the town of Raqqa on Friday. The army fled.", id="r2")
    alone = reader.read(report)
    assert list(reader.iter_read([other, report, other]))[1] == alone


def test_a_name_in_a_facet_quotes_the_text() -> None:
    (account, *_) = read(ESCAPE).accounts
    assert all(i.name == i.phrase.of(ESCAPE) for i in account.involved)
    assert all(m.name == m.phrase.of(ESCAPE) for m in account.place_mentions)


def test_a_claim_points_to_the_accounts_in_its_content() -> None:
    reading = read(ESCAPE)
    (claim,) = reading.claims
    assert claim.accounts == (reading.accounts[0].id,) and reading.accounts[0].said_by == claim.id


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("", "en", "no words"),
        ("\x00\x00", "en", "no words"),
        (ESCAPE, "ar", "'ar'"),
        ("The striker and the goalkeeper of the league met in the stadium.", "en", "another world (sport)"),
    ],
)
def test_what_is_not_read_is_a_notice_with_the_reason(text: str, language: str, reason: str) -> None:
    reading = read(text, language=language)
    assert (reading.claims, reading.accounts) == ((), ())
    (notice,) = reading.notices
    assert notice.record == "r1" and notice.reason.startswith("not read: ") and reason in notice.reason


def test_a_paragraph_that_no_report_has_is_not_given_to_the_parser() -> None:
    (notice,) = rule_reader(longest=200_000).read(make_report("fled " * 13_000)).notices
    assert notice.reason.startswith("not read: ") and "more than 60,000 characters" in notice.reason


@pytest.mark.parametrize("text", ["fled", "Escape", "?", "12", "the", "“", "- a\n- b", "\ud800"])
def test_a_text_of_one_word_is_read_without_a_notice(text: str) -> None:
    assert read(text).notices == ()


@pytest.mark.parametrize(
    "text",
    [
        ESCAPE,
        ESCAPE.replace(". ", ".\r\n\r\n"),  # CRLF
        ESCAPE.replace(". ", ".\n"),  # no blank lines
        ESCAPE.replace(" ", "\u00a0"),  # no-break spaces
        ESCAPE.replace("on Sunday", "on\x00Sunday"),  # a NUL
        f"“{ESCAPE}”",  # curly quotes
        f"Told today:\n- {ESCAPE}\n- The mayor spoke.",  # a list
        f"Prisoners escape from jail\n{ESCAPE}",  # under a headline
    ],
)
def test_an_escape_is_read_however_the_text_is_set(text: str) -> None:
    (escape,) = [a for a in read(text).accounts if a.type == "escape"]
    assert [(c.low, c.measure) for c in escape.counts] == [(12, "escaped")]
    assert escape.when is not None and escape.when.earliest == date(2021, 3, 7)


def test_a_text_in_capitals_is_read_without_an_error() -> None:
    reading = read(ESCAPE.upper())
    assert reading.notices == () and [c.stance for c in reading.claims] in ([], ["reports"])


def test_beyond_the_longest_text_a_notice_says_what_was_left_out() -> None:
    text = ESCAPE + "\n\nRebels seized the town of Raqqa."
    reading = rule_reader(longest=len(ESCAPE)).read(make_report(text))
    assert "territory_change" not in {a.type for a in reading.accounts}
    (notice,) = reading.notices
    assert f"the first {len(ESCAPE)} of {len(text)} characters" in notice.reason and "reader.longest" in notice.reason


def test_reports_are_read_as_they_come() -> None:
    taken: list[str] = []

    def reports() -> Iterator[Report]:
        for i in range(200):
            taken.append(f"r{i}")
            yield make_report(ESCAPE, id=f"r{i}")

    assert [r.report for r in islice(rule_reader().iter_read(reports()), 2)] == ["r0", "r1"]
    assert len(taken) <= 64  # not all of them before the first is done


def test_the_stamp_changes_with_settings_and_data(reader: RuleReader) -> None:
    stamps = {
        reader.stamp,
        RuleReader(places=PLACES, actors=ACTORS, settings=ReaderSettings(longest=10)).stamp,
        RuleReader(places=PLACES, actors=ACTORS, data_version="2").stamp,
    }
    assert len(stamps) == 3 and {s.name for s in stamps} == {"rules"}
    assert RuleReader(places=PLACES, actors=ACTORS).stamp == reader.stamp

"""JSON records become reports, and each wrong one is told with its place."""

from collections import Counter
from datetime import date

import pytest

from waqai.core import BadRecord, EmptyReport, IntakeError, Report
from waqai.intake.records import Defaults, iter_values, make_report, parse_day, parse_line

TEXT = '"text": "Twelve inmates fled."'
LONG = "x" * 201


def record(extra: str) -> str:
    """A JSON object with a good text and some more."""
    return "{" + TEXT + (", " + extra if extra else "") + "}"


def read(line: str, *, ignored: Counter[str] | None = None, defaults: Defaults | None = None) -> Report:
    counted = Counter[str]() if ignored is None else ignored
    return make_report(parse_line(line), defaults=defaults or Defaults(), mint=lambda wanted: wanted or "file", on_ignored=lambda name: counted.update([name]))


def test_the_nine_fields_are_read_and_all_others_are_named() -> None:
    ignored: Counter[str] = Counter()
    line = (
        '{"id": "r1", "url": "https://example.org/1", "title": "T", "publisher": "P", "published": "2023-06-20", "language": "en", "text": " a\\r\\n",'
        ' "text_origin": "restated", "terms": "CC BY 4.0", "accounts": [1], "incident_keys": ["k"]}'
    )
    report = read(line, ignored=ignored)
    assert (report.id, report.url, report.title, report.publisher) == ("r1", "https://example.org/1", "T", "P")
    assert (report.published, report.language, report.text, report.text_origin, report.terms) == (date(2023, 6, 20), "en", " a\r\n", "restated", "CC BY 4.0")
    assert report.fetched_at is None
    assert ignored == Counter(accounts=1, incident_keys=1)


def test_defaults_fill_what_is_absent_null_or_blank_and_nothing_else() -> None:
    defaults = Defaults(published=date(2023, 1, 1), publisher="D", language="ar", terms="all rights reserved")
    filled = read(record('"publisher": " ", "published": null'), defaults=defaults)
    assert (filled.published, filled.publisher, filled.language, filled.terms) == (date(2023, 1, 1), "D", "ar", "all rights reserved")
    kept = read(record('"publisher": "P", "published": "2023-06-20", "language": "en"'), defaults=defaults)
    assert (kept.published, kept.publisher, kept.language) == (date(2023, 6, 20), "P", "en")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{" + TEXT, "not JSON: .*column"),
        (record("") + " {}", "something follows the value"),
        ('{"text": "a\nb"}', "Invalid control character"),
        ("[1]", "a report is a JSON object, not"),
        ("null", "a report is a JSON object, not None"),
        ('{"id": "x"}', "no field 'text'"),
        ('{"text": 5}', "field 'text' holds 5, not words"),
        ('{"text": NaN}', "field 'text' holds NaN, not words"),
        ('{"text": null}', "field 'text' holds None"),
        ('{"text": ["a"]}', "field 'text' holds"),
        (record(TEXT), "field 'text' is given more than once"),
        (record('"published": "last week"'), "field 'published' holds 'last week', which is no day"),
        (record('"published": "2023-02-30"'), "field 'published' holds '2023-02-30'"),
        (record('"published": "٢٠٢٣-٠٦-٢٠"'), "field 'published'"),
        (record('"published": 1687219200'), "field 'published' holds 1687219200, not words"),
        (record('"published": NaN'), "field 'published' holds NaN"),
        (record('"text_origin": "invented"'), "field 'text_origin' holds 'invented'; it is one of original"),
        (record('"title": {}'), "field 'title' holds {}"),
        (record('"title": "a\\u0000"'), "field 'title': it holds a NUL"),
        (record('"id": true'), "field 'id' holds True"),
        (record('"id": 1.5'), "field 'id' holds 1.5"),
        (record('"id": "a\\nb"'), "printable characters on one line"),
        (record(f'"id": "{LONG}"'), "at most 200"),
        ("[" * 100_000, "nested too deeply|not JSON"),
        ("{" + TEXT + ', "x": ' + '{"a":' * 100_000, "nested too deeply|not JSON"),
    ],
)
def test_a_wrong_record_is_refused_with_field_and_value(line: str, message: str) -> None:
    with pytest.raises(BadRecord, match=message):
        read(line)


@pytest.mark.parametrize("text", ["", "  ", "\\u200b", "\\r\\n"])
def test_a_record_without_words_is_an_empty_report(text: str) -> None:
    with pytest.raises(EmptyReport):
        read(f'{{"text": "{text}"}}')


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\ud800b"])
def test_a_text_that_no_store_can_hold_is_refused(text: str) -> None:
    with pytest.raises(IntakeError):
        read(f'{{"text": "{text}"}}')


@pytest.mark.parametrize(
    "extra",
    ['"lat": NaN', '"n": ' + "9" * 6000, '"n": 1e999', '"x": 1, "x": 2', '"x": {"text": 1, "text": 2}', '"": 0'],
)
def test_what_stands_in_a_field_that_is_not_read_is_nobodys_concern(extra: str) -> None:
    assert read(record(extra)).text == "Twelve inmates fled."


def test_a_byte_order_mark_inside_a_json_string_is_a_character_of_the_text() -> None:
    assert read('{"text": "\\ufeffTwelve"}').text == "\ufeffTwelve"


def test_a_whole_number_is_taken_as_an_id_as_it_is_written() -> None:
    assert read(record('"id": 17')).id == "17"


def test_values_come_with_their_lines_from_an_array_and_from_a_sequence() -> None:
    assert [line for line, _ in iter_values('\n[\n{"a": 1},\n\n{"a": "x\\ny"}\n]\n')] == [3, 5]
    assert [line for line, _ in iter_values('{\n"a": 1}\n{"a": 2}{"a": 3}')] == [1, 3, 3]
    assert list(iter_values("[]")) == list(iter_values(" ")) == []


@pytest.mark.parametrize(
    ("document", "line"),
    [('[{"a": 1},\n{"b" 2}]', 2), ('[{"a": 1}\n {"b": 2}]', 2), ('[{"a": 1}\n', 2), ('[{"a": 1}]\n\n]', 3)],
)
def test_values_before_a_broken_place_come_out_and_the_place_is_named(document: str, line: int) -> None:
    values = iter_values(document)
    assert next(values) == (1, {"a": parse_line("1")})
    with pytest.raises(BadRecord, match=f"line {line}, column"):
        list(values)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-06-20", date(2023, 6, 20)),
        (" 2023-06-20\n", date(2023, 6, 20)),
        ("2023-06-20T23:59:59Z", date(2023, 6, 20)),
        ("2023-06-20 23:59:59.123456+05:30", date(2023, 6, 20)),
    ],
)
def test_a_day_is_an_iso_day_or_the_day_an_instant_is_written_with(written: str, day: date) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize(
    "written", ["", "2023", "2023-06", "20230620", "2023-W25-2", "2023-06-20T", "2023-06-20Tnoon", "20/06/2023", "2023-13-01", "0000-00-00"]
)
def test_anything_else_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(written)

"""Looking into a reading in gold format 1: words behind spans, accounts by type, those in a role, the claim behind a facet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Plain = dict[str, Any]


def words_at(gold: Plain, span: list[int] | None) -> str:
    """The words of a span with its line breaks as spaces; "" for None."""
    return " ".join(gold["text"][span[0] : span[1]].split()) if span else ""


def accounts_of(gold: Plain, *types: str) -> list[Plain]:
    """The accounts of these types, in order."""
    return [a for a in gold["accounts"] if a["type"] in types]


def get_news(gold: Plain) -> Plain:
    """The first escape that is the news. Fails with what there is instead."""
    found = [a for a in accounts_of(gold, "escape") if not a["background"]]
    assert found, f"expected an escape as the news, found {describe(gold)}"
    return found[0]


def get_one(gold: Plain, type: str) -> Plain:
    """The only account of the type. Fails with what there is instead."""
    found = accounts_of(gold, type)
    assert len(found) == 1, f"expected one {type}, found {describe(gold)}"
    return found[0]


def in_role(account: Plain, role: str) -> list[Plain]:
    """Those involved in the role, in order."""
    return [a for a in account["actors"] if a["role"] == role]


def names_in(account: Plain, role: str) -> list[str]:
    return [a["name"] for a in in_role(account, role)]


def speaker_behind(gold: Plain, facet: Plain) -> str:
    """Who said the facet: the speakers of its claim and of those that the claim is nested in, innermost first; "" for the report's own voice."""
    speakers, index = [], facet["said_by"]
    while index is not None:
        speakers.append(gold["claims"][index]["speaker"])
        index = gold["claims"][index]["said_by"]
    return " < ".join(speakers)


def stances_of(gold: Plain, speaker: str) -> list[str]:
    """The stances of the claims whose speaker's name holds these words, in order."""
    return [c["stance"] for c in gold["claims"] if speaker in c["speaker"]]


def describe(gold: Plain) -> list[str]:
    """The accounts in a line each, for messages."""
    return [f"{a['type']} {a['status']} {'background' if a['background'] else 'news'} {words_at(gold, a['evidence'])!r}" for a in gold["accounts"]]


def accounts_within(gold: Plain, passage: str) -> list[str]:
    """Descriptions of the accounts whose evidence stands in the passage, however its lines are broken. Fails when the passage is not in the text."""
    flat = gold["text"].replace("\n", " ")
    start = flat.find(passage)
    assert start >= 0, f"{passage!r} is not in the text"
    end = start + len(passage)
    return [line for line, a in zip(describe(gold), gold["accounts"], strict=True) if start <= a["evidence"][0] < end]


def iter_spans(value: object) -> Iterator[tuple[str, list[int]]]:
    """Every span in a reading with the key it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("evidence", "status_evidence", "speaker_evidence", "cue", "content"):
                if inner is not None:
                    yield key, inner
            else:
                yield from iter_spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from iter_spans(inner)

"""Small real objects for the tests of places."""

from __future__ import annotations

from waqai.core import Account, PlaceMention, Report, Span, Status, text_sha256


def report(text: str) -> Report:
    return Report(id="r", text=text, sha256=text_sha256(text))


def mention(
    text: str, name: str, *, role: str = "event_place", relation: str = "in", kind: str | None = None, nth: int = 0, words: str | None = None, p: float = 1.0
) -> PlaceMention:
    """The nth mention of the name (written as `words`) in the text."""
    written = words or name
    at = -1
    for _ in range(nth + 1):
        at = text.index(written, at + 1)
    return PlaceMention(name=name, phrase=Span(at, at + len(written)), role=role, relation=relation, kind=kind, p=p)  # type: ignore[arg-type]


def account(key: str, mentions: tuple[PlaceMention, ...], text: str, *, type: str = "escape") -> Account:
    evidence = Span(0, min(5, len(text)))
    return Account(
        id=f"a-{key}",
        key=key,
        report="r",
        type=type,
        status=Status(value="occurred", phrase=evidence, p=1.0, rule="test"),
        evidence=evidence,
        p=1.0,
        rule="test",
        place_mentions=mentions,
    )

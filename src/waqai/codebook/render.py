"""The codebook to read: as plain tables for a terminal, and as the Markdown page of the docs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.codebook.nouns import Codebook, EventType, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A title, column heads and rows of plain text; every row is as long as `headers`."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def types_table(codebook: Codebook) -> Table:
    """One row a type: the overview that `waqai codebook` prints."""
    rows = (
        (t.family, t.id, t.definition, ", ".join(t.roles), ", ".join(t.counts), *(_short_rules(t, name) for name in ("acled", "plover")))
        for t in codebook.types.values()
    )
    return Table(title="Types", headers=("family", "type", "definition", "usual roles", "usual counts", "ACLED", "PLOVER"), rows=tuple(rows))


def codebook_tables(codebook: Codebook) -> tuple[Table, ...]:
    """Every part of the codebook, in the order of the docs page."""
    return (
        _pairs("Families", ("family", "definition"), codebook.families.items()),
        types_table(codebook),
        _pairs("Roles", ("role", "who"), codebook.roles.items()),
        _pairs("Statuses", ("status", "meaning"), codebook.statuses.items()),
        _stances(codebook),
        _pairs("Grades", ("grade", "meaning"), codebook.grades.items(), note="In order of precedence."),
        _aliases(codebook),
        _attrs(codebook),
        _counts(codebook),
        _precisions(codebook, "Time precision"),
        _precisions(codebook, "Place precision"),
        _lists(codebook),
    )


def codebook_markdown(codebook: Codebook) -> str:
    """The docs page: an introduction, the tables, and each type with its definition, example and crosswalk. Ends with a newline."""
    before_types, after_types = codebook_tables(codebook)[:1], codebook_tables(codebook)[2:]
    parts = [_INTRODUCTION.format(version=codebook.version, families=len(codebook.families), types=len(codebook.types))]
    parts += map(_markdown_table, before_types)
    parts.append("## Types")
    for family, definition in codebook.families.items():
        members = [t for t in codebook.types.values() if t.family == family]
        parts += [f"### {family}", f"{_sentence(definition)}", *(_type_section(t, codebook) for t in members)]
    parts += map(_markdown_table, after_types)
    parts += [_rules_section(codebook), _markdown_table(_targets(codebook))]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """# Codebook {version}

<!-- made by `make docs` from src/waqai/codebook; edits here are overwritten -->

What a coder, or the reader in a coder's place, may write down: {families} families with {types} types, and the words around them. A type says what happened;
whether it succeeded is its status, who vouches for it the stance of a claim, how well it is supported the grade of an incident. The usual roles and counts of a
type are no limits: others are allowed and counted. An installation may add types, roles, measures, attrs and actors in a file of its own."""
_CROSSWALK = (
    "A type's rules are tried in order; the first that holds gives the code. What the text does not say decides nothing, and a row that no rule decides is "
    "dropped and counted."
)


def _type_section(event_type: EventType, codebook: Codebook) -> str:
    lines = [
        f"#### `{event_type.id}`",
        "",
        f"{_sentence(event_type.definition)} *{event_type.example}*",
        "",
        f"- roles: {_codes(event_type.roles)}",
        f"- counts: {_codes(event_type.counts)}",
    ]
    for target in codebook.targets.values():
        if target.id in event_type.crosswalk:
            lines.append(f"- {target.id}: " + "; ".join(_rule_words(rule) for rule in event_type.crosswalk[target.id]))
        elif any(target.id in t.crosswalk for t in codebook.types.values()):
            lines.append(f"- {target.id}: no home")
    return "\n".join(lines)


def _rules_section(codebook: Codebook) -> str:
    lines = ["## Crosswalk", "", _CROSSWALK]
    for target in codebook.targets.values():
        lines += ["", f"- {target.id} ({target.basis}) records the statuses {', '.join(target.statuses)}."]
        lines += [f"  - ahead of every type's own: {_rule_words(rule)}" for rule in target.before]
    return "\n".join(lines)


def _rule_words(rule: Rule) -> str:
    code = "dropped" if rule.code is None else f"{rule.code}/{rule.mode}" if rule.mode else rule.code
    return code + (f" when `{rule.when}`" if rule.when else "") + (f" ({rule.note})" if rule.note else "")


def _short_rules(event_type: EventType, target: str) -> str:
    codes = dict.fromkeys(rule.code for rule in event_type.crosswalk.get(target, ()) if rule.code is not None)
    return " | ".join(codes) or "–"


def _pairs(title: str, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]], note: str = "") -> Table:
    return Table(title=title, headers=headers, rows=tuple(rows), note=note)


def _stances(codebook: Codebook) -> Table:
    rows = tuple((s.id, "–" if s.value is None else f"{s.value:g}", ", ".join(s.cues), s.note or "") for s in codebook.stances.values())
    return Table(
        title="Stances",
        headers=("stance", "value", "cues", "note"),
        rows=rows,
        note="How far a speaker commits to what is said, from -3 (denies) to +3 (confirms).",
    )


def _aliases(codebook: Codebook) -> Table:
    rows = ((a.word, a.type or "–", a.status or "", ", ".join(f"{k}={_value(v)}" for k, v in a.attrs.items()), a.note or "") for a in codebook.aliases.values())
    return Table(title="Aliases", headers=("word", "type", "status", "attrs", "note"), rows=tuple(rows), note="Resolved on input.")


def _attrs(codebook: Codebook) -> Table:
    rows = ((a.id, ", ".join(map(_value, a.values)), a.definition) for a in codebook.attrs.values())
    return Table(title="Attrs", headers=("attr", "values", "meaning"), rows=tuple(rows), note="Closed lists; absent when the text does not say.")


def _counts(codebook: Codebook) -> Table:
    vague = ((v.word, str(v.low), "open" if v.high is None else str(v.high), "" if v.acled is None else str(v.acled)) for v in codebook.vague.values())
    approx = ((a.word + " n", _share("n", -a.below), "open" if a.above is None else _share("n", a.above), "") for a in codebook.approx.values())
    return Table(title="Words for numbers", headers=("words", "low", "high", "ACLED"), rows=(*vague, *approx))


def _precisions(codebook: Codebook, title: str) -> Table:
    found = codebook.time_precisions if title.startswith("Time") else codebook.place_precisions
    rows = ((p.id, _maybe(p.ucdp), _maybe(p.acled), p.note or "") for p in found.values())
    return Table(title=title, headers=("code", "UCDP", "ACLED", "note"), rows=tuple(rows))


def _lists(codebook: Codebook) -> Table:
    rows = (
        ("measures", ", ".join(codebook.measures)),
        ("count kinds", ", ".join(codebook.count_kinds)),
        ("time bases", ", ".join(codebook.time_bases)),
        ("claim types", ", ".join(codebook.claim_types)),
        ("relations", ", ".join(codebook.relations)),
    )
    return Table(title="Other lists", headers=("list", "values"), rows=rows)


def _targets(codebook: Codebook) -> Table:
    rows = ((t.id, c.id, c.type or "", ", ".join(c.modes), c.definition) for t in codebook.targets.values() for c in t.codes.values())
    return Table(title="Codes of other schemes", headers=("scheme", "code", "event type", "modes", "in our words"), rows=tuple(rows))


def _markdown_table(table: Table) -> str:
    lines = [_markdown_row(table.headers), _markdown_row(["---"] * len(table.headers)), *map(_markdown_row, table.rows)]
    return "\n\n".join(part for part in (f"## {table.title}", table.note, "\n".join(lines)) if part)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _codes(ids: Sequence[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids) or "none"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _maybe(code: int | None) -> str:
    return "–" if code is None else str(code)


def _share(name: str, share: float) -> str:
    return name if share == 0 else f"{1 + share:g}{name}"

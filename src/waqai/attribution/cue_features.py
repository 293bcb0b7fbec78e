"""The features by which a tagger knows the words of a cue."""

from __future__ import annotations

from collections.abc import Mapping

from waqai.attribution.columns import Columns

_SUBJECTS = ("nsubj", "nsubjpass")


def cue_features(columns: Columns, start: int, end: int, *, ruled: Mapping[int, str]) -> list[list[str]]:
    """The features of each token in [start, end). `ruled` says what the rules made of a token ("B" and "I": of a cue), where they made something of it."""
    subjects = _subject_kinds(columns, start, end)
    return [_of_token(columns, i, start, end, ruled=ruled, subjects=subjects) for i in range(start, end)]


def _subject_kinds(columns: Columns, start: int, end: int) -> dict[int, str]:
    return {columns.heads[i]: columns.kinds[i] for i in range(start, end) if columns.deps[i] in _SUBJECTS}


def _of_token(c: Columns, i: int, start: int, end: int, *, ruled: Mapping[int, str], subjects: Mapping[int, str]) -> list[str]:
    lemma, tag, dep, head = c.lemmas[i], c.tags[i], c.deps[i], c.heads[i]
    frame, subject = c.frames[i], subjects.get(i, "-")
    own = f"r={ruled.get(i, 'O')}"
    found = [
        "1",
        f"w={c.lowers[i]}",
        f"l={lemma}",
        f"t={tag}",
        f"d={dep}",
        f"t|d={tag}|{dep}",
        f"l|t={lemma}|{tag}",
        f"l|d={lemma}|{dep}",
        f"s3={c.lowers[i][-3:]}",
        f"k={c.kinds[i]}",
        own,
        f"{own}|l={lemma}",
        f"st={c.stances[i]}",
        f"st|t={c.stances[i]}|{tag}",
        f"st|f={c.stances[i]}|{frame}",
        f"q={c.states[i]}",
        f"f={frame}",
        f"l|f={lemma}|{frame}",
        f"t|f={tag}|{frame}",
        f"sub={subject}",
        f"l|sub={lemma}|{subject}",
        f"hl={c.lemmas[head]}",
        f"hl|d={c.lemmas[head]}|{dep}",
        f"hl|l={c.lemmas[head]}|{lemma}",
        f"hst|d={c.stances[head]}|{dep}",
        f"hst|l={c.stances[head]}|{lemma}",
        f"hf|d={c.frames[head]}|{dep}",
        f"hr|d={ruled.get(head, 'O')}|{dep}",
        f"hd={c.deps[head]}|{dep}",
        f"hdir={min(max(head - i, -4), 4)}|{dep}",
        f"sub|hl={subjects.get(head, '-')}|{c.lemmas[head]}|{dep}",
    ]
    found += [f"f1={part}" for part in frame.split()]
    found += [f"lf1={lemma}|{part}" for part in frame.split() if part in ("ccomp", "xcomp", "dobj", "nsubj") or part.startswith("prep")]
    for step in (-3, -2, -1, 1, 2, 3):
        j = i + step
        if start <= j < end:
            found += [f"w{step}={c.lowers[j]}", f"t{step}={c.tags[j]}", f"q{step}={c.states[j]}", f"st{step}={c.stances[j]}"]
            if abs(step) == 1:
                found += [
                    f"l{step}|l={c.lemmas[j]}|{lemma}",
                    f"d{step}={c.deps[j]}",
                    f"t{step}|t={c.tags[j]}|{tag}",
                    f"k{step}={c.kinds[j]}",
                    f"r{step}={ruled.get(j, 'O')}",
                ]
                found += [
                    f"l|t{step}={lemma}|{c.tags[j]}",
                    f"t|l{step}={tag}|{c.lemmas[j]}",
                    f"hc{step}={c.heads[j] == i}{c.heads[j] == head}{j == head}|{c.deps[j]}",
                ]
        else:
            found.append(f"edge{step}")
    if start <= i - 2 and i + 2 < end:
        found += [f"t-2-1={c.tags[i - 2]}|{c.tags[i - 1]}|{tag}", f"t+1+2={tag}|{c.tags[i + 1]}|{c.tags[i + 2]}"]
        found += [f"w-2-1={c.lemmas[i - 2]}|{c.lemmas[i - 1]}|{lemma}", f"w+1+2={lemma}|{c.lemmas[i + 1]}|{c.lemmas[i + 2]}"]
    return found

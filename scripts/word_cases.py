"""Which words our own reports write small, and which they write in capitals throughout.

    python -m scripts.word_cases

writes src/waqai/parsing/word_cases.txt from the texts of data/gold, data/composed and data/corpus: first the words that stand small within sentences, then the
acronyms. A report in capitals alone is given its case back by it (`waqai.parsing.casing`).
"""

from __future__ import annotations

import json
import re
from collections import Counter

from bench.figures import ROOT
from waqai.parsing.casing import CASES, is_shouted

FOLDERS = ("gold", "composed")
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_STARTS = re.compile(r"(?:^|[.!?:]\s*|[\"\u201c(\[-]\s*)$")
_LEAST = 2
_LONGEST_ACRONYM = 7  # longer words in capitals alone are names in datelines


def count_cases(texts: list[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word stands small, with a capital, and in capitals within a sentence."""
    small, capital, acronym = Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        for found in _WORD.finditer(text):
            word = found[0]
            if word.islower():
                small[word] += 1
            elif word.isupper() and len(word) > 1:
                acronym[word.lower()] += 1
            elif not _STARTS.search(text[max(0, found.start() - 4) : found.start()]):
                capital[word.lower()] += 1
    return small, capital, acronym


def listing() -> str:
    """The list: the words that are written small, a blank line, the acronyms."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / "data" / folder / "reports").glob("*.json"))]
    raw = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    raw += [json.loads(line) for line in (ROOT / "data" / "corpus" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    small, capital, acronym = count_cases([block for one in raw for block in one["text"].splitlines() if not is_shouted(block)])
    written_small = sorted(w for w, n in small.items() if n >= _LEAST and n > capital[w])
    acronyms = sorted(w for w, n in acronym.items() if n >= _LEAST and not capital[w] and n > 10 * small[w] and len(w) <= _LONGEST_ACRONYM)
    return "\n".join((*written_small, "", *acronyms, ""))


def main() -> None:
    """Write the list."""
    text = listing()
    CASES.write_text(text, encoding="utf-8")
    print(f"{len(text.split())} words: {CASES.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

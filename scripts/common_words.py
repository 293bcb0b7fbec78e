"""Write the words that stand without a capital in the texts of `data/`, which are ours: what begins a sentence with one of them is no name."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "waqai" / "bounds" / "common_words.txt"
LEAST = 3
"""Times that a word must be seen: fewer are slips, and names that somebody wrote small."""
ALSO_NAMES = """
amber angel
april art august aurora autumn basil bill bishop bob brook brown chance charity chase christian clay cliff cook crystal daisy dale dawn dean destiny
drew earl faith fisher ford forest frank gene ginger glen glory gold grace grant gray green guy harmony harper hazel
heath heather holly hope hunter iris ivy jack
jasmine jay jewel joy june justice kelly king lance lily major marina mark mason may mercy miles mill miller moon morgan nick noble olive
opal page parker pat
pearl penny piper poppy porter pride prince prudence rain ray reed reef rich rick river rob robin rocky rose ruby rusty sage sandy savannah
sharp shepherd sky
said smith song sol star stone storm summer sunny taylor trinity tucker turner victor violet wade walker ward warren wells west white will
willow winter wolf wood woods young
amin baker barber blessing butcher butler carpenter carter comfort cooper cruz din favour favor felix gift goodness happy innocent isa jan
joseph kim lee love luz mar maria musa noor park patience potter paz peace
pilar precious promise rosa tailor van victory weaver wisdom wise
"""
"""Common words that are names, too; in doubt they are masked."""
_WORD = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])")


def iter_texts() -> list[str]:
    """The texts of every JSON and JSON Lines file under data/."""
    texts: list[str] = []
    for path in sorted((ROOT / "data").rglob("*.json*")):
        lines = path.read_text(encoding="utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text(encoding="utf-8")]
        for line in filter(str.strip, lines):
            found = json.loads(line)
            texts += [one["text"] for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict) and isinstance(one.get("text"), str)]
    return texts


def make_list() -> str:
    """The list, one word a line."""
    seen = Counter(word for text in iter_texts() for word in _WORD.findall(text))
    words = sorted(word for word, times in seen.items() if times >= LEAST and word not in ALSO_NAMES.split())
    return "\n".join(words) + "\n"


def main() -> None:
    """Count and write."""
    OUT.write_text(make_list(), encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(OUT.read_text(encoding='utf-8').split())} words")


if __name__ == "__main__":
    main()

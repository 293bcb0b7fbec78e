"""Count in how many reports each word stands, for `waqai.linking`: `python bench/link_words.py data/gold/reports src/waqai/linking/word_counts.tsv`.

Counted on the hand-coded development reports (our own words, CC BY 4.0), never on the corpus that the linker is scored on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from waqai.linking.words import count_words

LEAST = 3  # a word in fewer reports is as good as unseen


def main(folder: Path, target: Path) -> None:
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    texts = [f"{report['title'] or ''}\n{report['text'][:600]}" for report in reports]
    counts = count_words(texts)
    rows = sorted((word, n) for word, n in counts.items() if n >= LEAST)
    origin = f"title and first 600 characters of {len(texts)} hand-coded development reports (our words, CC BY 4.0)"
    head = f"# stems in {origin}, those in {LEAST} or more; made by bench/link_words.py"
    lines = [head, f"(reports)\t{len(texts)}", *(f"{word}\t{n}" for word, n in rows)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} words of {len(texts)} reports -> {target}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write the demo's corpus: the reports of data/corpus without the answers, which the demo must not see.

python scripts/build_demo.py           (or: make data)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "data" / "corpus" / "corpus.jsonl"
TARGET = ROOT / "src" / "waqai" / "flow" / "demo" / "corpus.jsonl"
KEPT = ("id", "url", "title", "publisher", "published", "language", "text_origin", "text")
TERMS = "CC BY 4.0, waqai contributors: facts from the page at the url, wording ours"


def demo_lines(source: Path = SOURCE) -> list[str]:
    """One JSON line a report, in the corpus's order, with the kept fields and the terms."""
    records = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    return [json.dumps({**{name: record[name] for name in KEPT}, "terms": TERMS}, ensure_ascii=False) for record in records]


def main() -> int:
    lines = demo_lines()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(lines)} reports", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

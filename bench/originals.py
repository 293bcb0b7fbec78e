"""What keeping originals costs: how small web pages get by which packing and in what time; bytes and time that a report takes more, page or row.

    python -m bench.originals [FOLDER]

The pages are the demo's texts in a frame of our own, as wide as a newsroom's: menus, teasers, styles, scripts. With a FOLDER, its .html files instead.
Times are processor times.
"""

from __future__ import annotations

import json
import lzma
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from random import Random

from waqai.core import Incoming
from waqai.flow import demo_corpus
from waqai.intake import iter_incoming
from waqai.originals import keep_original, verify_originals
from waqai.store import Store, open_store

AT = datetime(2026, 11, 28, tzinfo=UTC)
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "zlib 1": lambda page: zlib.compress(page, 1),
    "zlib 6": lambda page: zlib.compress(page, 6),
    "zlib 9": lambda page: zlib.compress(page, 9),
    "lzma 6": lambda page: lzma.compress(page, preset=6),
}


def make_pages() -> list[bytes]:
    """A page for each text of the demo, 20 to 70 KB, in one frame with other teasers each."""
    with demo_corpus() as path:
        texts = [str(json.loads(line)["text"]) for line in path.read_text("utf-8").splitlines()]
    random = Random(9)
    words = " ".join(texts).split()
    styles = "".join(f".c{n}{{margin:{n % 7}px;color:#{random.randrange(1 << 24):06x};font:{n % 9 + 9}px/1.{n % 9} sans-serif}}" for n in range(250))
    menu = "".join(f'<li class="c{n}"><a href="/section/{n}/{random.choice(words)}">{escape(random.choice(words))}</a></li>' for n in range(60))
    return [_page(text, styles, menu, words, random).encode() for text in texts]


def _page(text: str, styles: str, menu: str, words: Sequence[str], random: Random) -> str:
    teasers = "".join(
        f'<div class="teaser c{n}" data-id="{random.getrandbits(64):x}"><a href="/{random.getrandbits(32):x}">'
        f"<h3>{escape(' '.join(random.choices(words, k=9)))}</h3>"
        f"<p>{escape(' '.join(random.choices(words, k=25)))}</p></a></div>"
        for n in range(random.randrange(20, 90))
    )
    script = f"window.__state={json.dumps({f'k{n}': random.getrandbits(48) for n in range(120)})};"
    body = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip())
    return (
        f"<!doctype html><html lang=en><head><style>{styles}</style><script>{script}</script></head><body><nav><ul>{menu}</ul></nav>"
        f"<article>{body}</article><aside>{teasers}</aside></body></html>"
    )


def compare(pages: Sequence[bytes]) -> None:
    """By packing: share of the bytes that is left, and milliseconds a page."""
    size = sum(map(len, pages))
    print(f"{len(pages)} pages, {size / len(pages) / 1000:.1f} KB each\n\n| packing | left | ms a page | ms back |\n|---|---|---|---|")
    for name, pack in PACKINGS.items():
        start = time.process_time()
        packed = [pack(page) for page in pages]
        took, start = time.process_time() - start, time.process_time()
        for one in packed:
            lzma.decompress(one) if name.startswith("lzma") else zlib.decompress(one)
        back = time.process_time() - start
        print(f"| {name} | {sum(map(len, packed)) / size:.1%} | {1000 * took / len(pages):.2f} | {1000 * back / len(pages):.2f} |")


def weigh(came: Iterable[Incoming], what: str) -> None:
    """What a report takes more, with what it was made of, than without."""
    all_of_them = list(came)
    with tempfile.TemporaryDirectory() as folder:
        without, _ = _fill(all_of_them, Path(folder) / "without.sqlite", lambda *_: None)
        with_them, took = _fill(all_of_them, Path(folder) / "with.sqlite", lambda one, store: keep_original(one, store, at=AT))
        with open_store(Path(folder) / "with.sqlite") as store:
            start = time.process_time()
            assert verify_originals(store).holds
            verified = time.process_time() - start
    n = len(all_of_them)
    print(f"{what}: {(with_them - without) / n:,.0f} bytes and {1e6 * took / n:,.0f} µs more a report; verified in {1e6 * verified / n:,.0f} µs ({n} reports)")


def _fill(came: Sequence[Incoming], file: Path, keep: Callable[[Incoming, Store], object]) -> tuple[int, float]:
    """(bytes of the file, seconds that keeping took)."""
    took = 0.0
    with open_store(file) as store, store.transaction():
        for one in came:
            store.add_report(one.report, at=AT)
            start = time.process_time()
            keep(one, store)
            took += time.process_time() - start
    return file.stat().st_size, took


def main(arguments: Sequence[str]) -> int:
    """The tables on standard output."""
    pages = [path.read_bytes() for path in sorted(Path(arguments[0]).rglob("*.html"))] if arguments else make_pages()
    compare(pages)
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages[:98]):
            (Path(folder) / f"{number:04}.html").write_bytes(page)
        weigh((one for one in iter_incoming([folder], clock=lambda: AT) if isinstance(one, Incoming)), "pages")
        rows = Path(folder) / "rows.jsonl"
        rows.write_text("".join(json.dumps({"text": f"Row {n}: twelve men fled from a prison, and {n} were caught."}) + "\n" for n in range(20_000)))
        weigh((one for one in iter_incoming([rows], clock=lambda: AT) if isinstance(one, Incoming)), "rows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

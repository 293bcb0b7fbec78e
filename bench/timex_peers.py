"""Runs other date finders on the same documents: in an environment of their own, as their pins would not agree with ours, and once for each version.

The extra `peers` of pyproject.toml says which; they are installed by pip into `.cache/peers/venv` on the first run (decision 0025).
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.figures import ROOT

CACHE = ROOT / ".cache" / "peers"
_PYTHON = CACHE / "venv" / "bin" / "python"
_READER = Path(__file__).with_name("timex_peer_readers.py")
_LIMIT_SECONDS = 1800
PEERS = {"recognizers-text": ("recognizers-text-suite", "emoji"), "dateparser": ("dateparser",), "timexy": ("timexy",)}
"""Each peer with the packages of the extra that it needs."""


def read_with_peer(peer: str, documents: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]] | None:
    """The peer's predictions by document id, from the cache where the versions and documents are the same; None, with a line that says why, without it."""
    try:
        kept = CACHE / f"timex-{peer}-{_key(peer, documents)}.jsonl"
        if not kept.exists():
            _read(peer, documents.values(), kept)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"bench: timex without {peer}, which cannot be installed or run here: {_reason(error)}", file=sys.stderr)
        return None
    return {one["doc_id"]: one for one in map(json.loads, kept.read_text(encoding="utf-8").splitlines())}


def _key(peer: str, documents: Mapping[str, Mapping[str, Any]]) -> str:
    """Twelve hex digits over the peer's pins, its adapter and the documents."""
    whole = hashlib.sha256(" ".join(_pins(peer)).encode() + _READER.read_bytes())
    for doc_id, document in sorted(documents.items()):
        whole.update(f"{doc_id}\n{document['dct']}\n{document['text']}\n".encode())
    return whole.hexdigest()[:12]


def _pins(peer: str) -> list[str]:
    """The requirements of the extra `peers` that this peer needs."""
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["peers"]
    return [pin for pin in extra if pin.startswith(PEERS[peer])]


def _read(peer: str, documents: Iterable[Mapping[str, Any]], kept: Path) -> None:
    """Install the peer, have it read the documents, and keep what it says. Raises OSError or SubprocessError."""
    if not _PYTHON.exists():
        venv.create(CACHE / "venv", with_pip=True)
    _run([str(_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_pins(peer)])
    told = "".join(json.dumps({"doc_id": d["doc_id"], "dct": d["dct"], "text": d["text"]}) + "\n" for d in documents)
    said = _run([str(_PYTHON), str(_READER), peer], said=told)
    half = kept.with_suffix(".half")
    half.write_text(said, encoding="utf-8")
    half.replace(kept)


def _run(command: list[str], *, said: str = "") -> str:
    return subprocess.run(command, input=said, capture_output=True, text=True, check=True, timeout=_LIMIT_SECONDS).stdout


def _reason(error: Exception) -> str:
    lines = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
    return lines[-1] if lines else repr(error)

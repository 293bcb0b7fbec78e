"""Bytes as they lie in the store: made smaller where that helps, and back to the very same ones."""

from __future__ import annotations

import zlib

from waqai.core import StoreError

LEVEL = 6
"""Of zlib. On web pages lzma leaves an eighth less and takes 14 times as long: `python -m bench.originals`."""


def pack(content: bytes) -> tuple[str, bytes]:
    """(packing, bytes to keep): as they are, "none", where packing does not make them smaller, as with PDFs.

    >>> pack(b"ab")[0], pack(b"ab" * 50)[0]
    ('none', 'zlib')
    """
    packed = zlib.compress(content, LEVEL)
    return ("zlib", packed) if len(packed) < len(content) else ("none", content)


def unpack(packing: str, kept: bytes, *, size: int) -> bytes:
    """What `pack` was given, of which `size` is known, so that damage cannot fill the memory. Raises StoreError saying what is wrong with the bytes."""
    if packing == "none":
        return kept
    if packing != "zlib":
        raise StoreError(f"its bytes are packed as {packing!r}, which this waqai does not know")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(kept, size + 1)
    except zlib.error as error:
        raise StoreError(f"its bytes cannot be unpacked ({error})") from error
    return content

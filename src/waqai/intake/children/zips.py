"""Office files are zips: what is looked at before one is opened. Runs in the child process.

Python's zipfile never gives more of a member than the size that it declares, so what is declared here is what can come.
"""

from __future__ import annotations

from io import BytesIO
from struct import error as struct_error
from zipfile import BadZipFile, ZipFile, ZipInfo

from .refusal import Caps, Refused

_SMALL = 1_000_000  # bytes: what a member may unpack to whatever its ratio is


def check_zip(raw: bytes, *, needs: str, caps: Caps) -> None:
    """Pass when the zip holds the member `needs` and unpacks to a size that can be read. Raises Refused."""
    try:
        with ZipFile(BytesIO(raw)) as opened:
            members = opened.infolist()
    except (BadZipFile, NotImplementedError, ValueError, EOFError, struct_error) as error:
        raise Refused(f"the file is damaged ({error}): open it and save it anew") from error
    if len(members) > caps["max_members"]:
        raise Refused(f"the file is a zip of {len(members)} members; at most {caps['max_members']} are opened")
    _check_sizes(members, len(raw), caps)
    if needs not in {member.filename for member in members}:
        raise Refused(f"the file is a zip without {needs}: it is no {'Word document (.docx)' if needs.startswith('word') else 'Excel table (.xlsx)'}")


def _check_sizes(members: list[ZipInfo], size: int, caps: Caps) -> None:
    total = sum(member.file_size for member in members)
    if total > caps["max_unpacked_bytes"]:
        raise Refused(f"the file unpacks to {total} bytes; at most {caps['max_unpacked_bytes']} are read: split it")
    if sum(member.compress_size for member in members) > size:
        raise Refused("the file is a zip whose members lie over each other: it was built to exhaust its reader")
    for member in members:
        ratio = member.file_size // max(1, member.compress_size)
        if member.file_size > _SMALL and ratio > caps["max_ratio"]:
            raise Refused(f"a part of the file, {member.filename[:80]!r}, unpacks to {ratio} times its size; at most {caps['max_ratio']} times is read")

"""Files as people hand them in, made in memory: PDFs by hand, Word documents and Excel tables by the libraries that write them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl


def make_pdf(*pages: Sequence[str], info: str = "", resources: str = "", content: bytes | None = None) -> bytes:
    """A PDF with these lines on its pages, in Helvetica; `info` is what its metadata hold, as in "/Title (Escape)"; `content` is drawn in place of lines."""
    numbers = [4 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R/Resources<</Font<</F1 3 0 R>>{resources}>>>>".encode())
        drawn = content if content is not None else _drawn(lines)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed := zlib.compress(drawn)), packed))
    return join_objects([*objects, f"<<{info}>>".encode("latin-1")], trailer=f"/Info {len(objects) + 1} 0 R")


def join_objects(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalogue."""
    out = BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def make_docx(*blocks: str | Sequence[Sequence[str]], title: str = "") -> bytes:
    """A Word document of paragraphs, and of tables given as rows of cells."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    document.core_properties.title = title
    return _saved(document)


def make_xlsx(*rows: Sequence[Any], **more_sheets: Sequence[Sequence[Any]]) -> bytes:
    """An Excel table of these rows in a sheet named "Reports", and further sheets."""
    book = openpyxl.Workbook()
    for name, content in {"Reports": rows, **more_sheets}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    del book[book.sheetnames[0]]
    return _saved(book)


def rezip(raw: bytes, **changed: bytes) -> bytes:
    """The zip with the members changed or added whose names end so ("document_xml" for document.xml)."""
    out = BytesIO()
    wanted = {name.replace("_", "."): content for name, content in changed.items()}
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            ending = next((ending for ending in wanted if name.endswith(f"/{ending}")), None)
            new.writestr(name, wanted[ending] if ending else old.read(name))
        for name in wanted.keys() - {name.rpartition("/")[2] for name in names}:
            new.writestr(name, wanted[name])
    return out.getvalue()


def member(raw: bytes, name: str) -> bytes:
    """The content of a member of a zip."""
    with ZipFile(BytesIO(raw)) as opened:
        return opened.read(name)


def _drawn(lines: Sequence[str]) -> bytes:
    shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    return b"BT /F1 11 Tf 14 TL 50 800 Td " + b" ".join(f"({line}) Tj T*".encode("cp1252") for line in shown) + b" ET"


def _saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()

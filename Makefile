# Two commands for everybody: `make demo` and `make test`. The rest is for those who change waqai; `make help` lists it.
SHELL := /bin/sh
PY := .venv/bin/python
.DEFAULT_GOAL := help
export PYTHON

.PHONY: help setup base demo test check format bench soak wheel gazetteer shapes requirements docs data desk clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

setup: ## make .venv with all that tests and checks need
	@sh scripts/bootstrap.sh dev

base:
	@sh scripts/bootstrap.sh base

demo: base ## set up, read the shipped corpus into a store of its own and show the incidents
	@.venv/bin/waqai demo

test: setup ## set up and run all tests; ARGS="-k dates" goes to pytest
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: setup ## format, lint, types, rooms
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest tests/test_rooms.py

format: setup ## put the code into its format
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: setup ## measure quality and speed, hold them against the floors, write docs/quality.md; ARGS="--only gold"
	@$(PY) -m bench.run $(ARGS)

soak: setup ## watch 30 feeds on this machine for an hour: what is lost, doubled, leaks; ARGS="--minutes 5"
	@$(PY) -m bench.soaking $(ARGS)

wheel: setup ## build dist/waqai-*.whl, with its data and models
	@$(PY) -m hatchling build --target wheel

gazetteer: ## build the shipped gazetteer from its packages (240 MB more to install)
	@sh scripts/bootstrap.sh gazetteer
	@$(PY) scripts/build_gazetteer.py

shapes: setup ## make the map's shapes of provinces from their source (needs npm and apt-get)
	@$(PY) -m scripts.build_shapes

requirements: setup ## write requirements/*.txt anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	@UPGRADE=$(UPGRADE) sh scripts/requirements.sh

docs: setup ## write what is made from code: docs/codebook.md, docs/commands.md, docs/export-columns.md, docs/settings.md, the catalogue of texts
	@$(PY) scripts/build_docs.py
	@$(PY) scripts/catalogue.py

data: setup ## write what is made from data/: the demo's corpus, without the answers, and the words that are no names
	@$(PY) scripts/build_demo.py
	@$(PY) scripts/common_words.py

desk: base ## open the desk on what `make demo` loaded; ARGS="--port 9000 --no-open"
	@.venv/bin/waqai desk --demo $(ARGS)

clean: ## remove .venv, caches and what was built
	rm -rf .venv .cache build dist demo src/waqai/desk/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

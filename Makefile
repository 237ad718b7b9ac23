# Two commands to know: `make run` and `make test`. Everything lives in .venv and var/.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run ask test evidence check format bench bench-scale bench-peers clean

VENV := .venv
PYTHON := $(VENV)/bin/python
TILLSIGHT := $(VENV)/bin/tillsight
INSTALLED := $(VENV)/.installed
DEVELOPER := $(VENV)/.developer
PEERS := var/peers
Q ?= Optimize discount for product 1 for next week
export Q

help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Prepare the demo world and serve the page, with a one-time sign-in link
	@$(TILLSIGHT) serve --demo

ask: $(INSTALLED) ## Ask one question: make ask Q="How much cold brew will Riverside sell next week?"
	@$(TILLSIGHT) demo --if-missing && $(TILLSIGHT) ask -- "$$Q"

test: $(DEVELOPER) ## Run the tests
	@$(PYTHON) -m pytest -n 2 --dist loadfile

evidence: $(DEVELOPER) ## Measure what the docs quote, then run the honesty and graders' tests in full (hours); one part: ONLY=engine, ONLY=conversation, ONLY=decisions, ONLY=honesty
ifneq ($(ONLY),honesty)
	@$(PYTHON) -m benchmarks.evidence $(if $(ONLY),--only $(ONLY))
endif
ifeq ($(filter-out honesty,$(ONLY)),)
	@TILLSIGHT_EVIDENCE=1 $(PYTHON) -m pytest -n 2 --dist loadfile tests/honesty tests/forecasting/test_hard_series.py tests/agent/evaluation/test_graders.py
endif

check: $(DEVELOPER) ## Check format, lint and types
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

format: $(DEVELOPER) ## Format the code and mend what lint can mend
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

bench: $(DEVELOPER) ## Measure speed on this machine
	@$(PYTHON) -m benchmarks

bench-scale: $(DEVELOPER) ## Measure how cost grows up to 30,000 series (an hour)
	@$(PYTHON) -m benchmarks --only scale --json var/bench-scale.json

bench-peers: $(DEVELOPER) $(PEERS)/.installed ## Measure other forecasting libraries beside it
	@$(PYTHON) -m benchmarks --only peers --json var/bench-peers.json

# They pin an older pandas, and AutoGluon older ones of the others.
$(PEERS)/.installed: benchmarks/peers/requirements.txt benchmarks/peers/autogluon.txt
	@python3 -m venv --clear $(PEERS)/forecasters && python3 -m venv --clear $(PEERS)/autogluon
	@$(PEERS)/forecasters/bin/pip install --quiet -r benchmarks/peers/requirements.txt
	@$(PEERS)/autogluon/bin/pip install --quiet -r benchmarks/peers/autogluon.txt \
		|| echo "AutoGluon cannot be installed here; it is left out."
	@touch $@

clean: ## Remove the virtual environment and caches; workspaces in var/ stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp newer than what it was made from lets the second start skip the installation.
$(INSTALLED): pyproject.toml constraints.txt
	@.ci/install
	@touch $@

$(DEVELOPER): $(INSTALLED)
	@.ci/install dev
	@touch $@

# Two commands to know: `make run` and `make test`. Everything lives in .venv and var/.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run ask test check format bench clean

VENV := .venv
PYTHON := $(VENV)/bin/python
TILLSIGHT := $(VENV)/bin/tillsight
INSTALLED := $(VENV)/.installed
DEVELOPER := $(VENV)/.developer
Q ?= Optimize discount for product 1 for next week
export Q

help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Prepare the demo world and serve the page, with a one-time sign-in link
	@$(TILLSIGHT) serve --demo

ask: $(INSTALLED) ## Ask one question: make ask Q="How much cold brew will Riverside sell next week?"
	@$(TILLSIGHT) demo --if-missing && $(TILLSIGHT) ask -- "$$Q"

test: $(DEVELOPER) ## Run the tests
	@$(PYTHON) -m pytest -n 2 --dist loadfile

check: $(DEVELOPER) ## Check format, lint and types
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

format: $(DEVELOPER) ## Format the code and mend what lint can mend
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

bench: $(DEVELOPER) ## Measure speed on this machine
	@$(PYTHON) -m benchmarks

clean: ## Remove the virtual environment and caches; workspaces in var/ stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp newer than what it was made from lets the second start skip the installation.
$(INSTALLED): pyproject.toml constraints.txt
	@.ci/install
	@touch $@

$(DEVELOPER): $(INSTALLED)
	@.ci/install dev
	@touch $@

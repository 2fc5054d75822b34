# The one front door. `make` alone prints what it can do.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
BUILT := src/moothall/web/static/built
INSTALLED := $(VENV)/.installed
ASSETS := $(BUILT)/.assets-built
ASSET_SOURCES := $(shell find assets -path assets/node_modules -prune -o -type f -print 2>/dev/null)

DEMO := MOOTHALL_DEMO=1 MOOTHALL_DAY=$${MOOTHALL_DAY:-2026-12-15}

.PHONY: help setup serve demo-engagement test check bench bench-web build lock assets clean

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F':.*## ' '{ printf "make %-16s %s\n", $$1, $$2 }'

setup: $(INSTALLED) $(ASSETS) ## Install everything that Moothall needs, inside this folder only, and build the figures
	@$(BIN)/moothall build --if-changed
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "Moothall is set up. make serve starts it.",:)

serve: $(INSTALLED) $(ASSETS) ## Build the database if it is missing or old, and serve the site on HOST (127.0.0.1) and PORT (8000)
	@$(BIN)/python scripts/foreground.py $(BIN)/moothall serve

demo-engagement: $(INSTALLED) $(ASSETS) ## Serve a consultation with made-up respondents, in records of its own
	@$(BIN)/moothall build --if-changed
	@$(DEMO) $(BIN)/moothall manage furnish_demonstration
	@$(DEMO) $(BIN)/python scripts/foreground.py $(BIN)/moothall serve

test: $(INSTALLED) $(ASSETS) ## Run every test, with a real browser
	@scripts/browser.sh
	@scripts/postgresql.sh
	@scripts/run_tests.sh 12 $(BIN)/python -n 2 --dist worksteal

check: $(INSTALLED) $(ASSETS) ## Run the checks that take under a minute: style, types, imports, words, catalogue, fast tests
	@scripts/check.sh $(BIN)

bench: $(INSTALLED) $(ASSETS) ## Print how fast the build and the pages are, and how large
	@$(BIN)/python -m bench

bench-web: $(INSTALLED) $(ASSETS) ## Print how fast pages are in a browser on a slow phone
	@scripts/browser.sh
	@scripts/postgresql.sh
	@$(BIN)/python -m bench.web

build: $(INSTALLED) $(ASSETS) ## Build the database from the catalogue and the shipped figures
	@$(BIN)/moothall build

lock: $(INSTALLED) ## Pin every library anew in requirements.lock, with hashes and no address
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --fork-strategy fewest \
	  --upgrade --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --quiet --output-file requirements.lock
	@echo "requirements.lock now pins $$(grep -c '==' requirements.lock) libraries. Run make test before you commit it."

assets: $(INSTALLED) ## Compile the stylesheets anew
	@rm -f $(ASSETS)
	@$(MAKE) $(ASSETS)

clean: ## Remove everything that setup and build have made
	@rm -rf $(VENV) $(BUILT) assets/node_modules data/build staticfiles
	@find . -name '*.egg-info' -prune -exec rm -rf {} +
	@echo "Removed .venv, the compiled assets and the built database. make setup brings them back."

$(INSTALLED): requirements.lock pyproject.toml scripts/install.sh
	@scripts/install.sh $(VENV)
	@touch $@

$(ASSETS): $(ASSET_SOURCES) scripts/node_tool.py | $(INSTALLED)
	@echo "Compiling the stylesheets ..."
	@mkdir -p $(BUILT)
	@$(BIN)/python scripts/node_tool.py npm ci --prefix assets --prefer-offline --no-audit --no-fund --loglevel=error
	@$(BIN)/python scripts/node_tool.py npm run build --prefix assets --silent
	@$(BIN)/python -m whitenoise.compress --quiet $(BUILT)
	@touch $@

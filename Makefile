# Casehall: `make` alone lists what can be made.
# PORT, HOST, DATABASE_URL and INSTANCE pass through to the commands.

PYTHON ?= python3
BROWSER ?= chromium
PROCESSES ?= 2
LANGUAGES ?= zh_CN
EXAMPLES ?= 5000

BIN := .venv/bin
# The name of a stamp tells what was installed, from which checkout.
MARK := $(shell (pwd; cat setup.cfg pyproject.toml constraints.txt) | cksum | tr ' ' '-')
INSTALLED := .venv/installed-$(MARK)
TEST_TOOLS := .venv/test-tools-$(MARK)
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check install -c constraints.txt
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/messages.po))
TEMPLATE := app/translations/messages.pot

# Tests write thousands of small databases: in memory, where there is room. Servers are killed on the disk.
SCRATCH = $(shell test -w /dev/shm && df -Pk /dev/shm | awk '$$6 == "/dev/shm" && $$4 > 2000000 { print $$6 }')
PYTEST = $(if $(SCRATCH),TMPDIR=$(SCRATCH) )$(BIN)/pytest

# what was compiled once is not compiled again by each of the many processes that tests start
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup run test fuzz stateful crash lint format messages migration bench screenshots clean browser

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) $(CATALOGUES) ## Make the environment and the database
	@$(BIN)/casehall db upgrade

run: $(INSTALLED) $(CATALOGUES) ## Set up what is missing, then serve
	@exec $(BIN)/casehall serve --prepare

# A browser is fetched while the rest is installed and checked. A worker goes on from module to module,
# for many tests of a module share what its first one has made. Servers that are killed and pages that
# wait for a moment leave the processors idle now and then: more tests run beside each other there.
test: ## Run all checks and tests (BROWSER=no: without a browser)
	@$(MAKE) --no-print-directory browser & browser=$$!; \
	$(MAKE) --no-print-directory $(TEST_TOOLS) $(CATALOGUES) lint; checks=$$?; \
	wait $$browser || $(MAKE) --no-print-directory browser || exit; exit $$checks
	@$(PYTEST) -n $(PROCESSES) --dist worksteal -m "not browser and not crash and not benchmark"
	@if command -v initdb >/dev/null || ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; \
	then $(PYTEST) -n $(PROCESSES) --dist worksteal tests/operations --database=postgresql; \
	else echo "Left out: the operations on PostgreSQL (it is not installed)."; fi
	@$(BIN)/pytest tests/crash -m crash -n $$((2 * $(PROCESSES))) --dist worksteal
	@if [ "$(BROWSER)" != no ] && grep -rq --include='*.py' 'mark\.browser' tests; then \
		$(PYTEST) tests/browser -m browser -n $$((1 + $(PROCESSES))) --dist worksteal; \
	fi

fuzz: $(TEST_TOOLS) ## Draw new examples for the properties, each time others
	@$(PYTEST) -n $(PROCESSES) -m "not browser and not crash and not benchmark" --hypothesis-profile=fuzz \
		$$(grep -rl --include='test_*.py' '@given' tests)

stateful: $(TEST_TOOLS) ## Let learners, windows, jobs and invigilators do anything in any order (EXAMPLES=5000)
	@EXAMPLES=$(EXAMPLES) $(BIN)/pytest tests/stateful --hypothesis-profile=fuzz

crash: $(TEST_TOOLS) ## Kill the server 1,000 times on SQLite, 200 times on PostgreSQL
	@$(BIN)/python -m tests.crash --kills 1000 --database sqlite
	@$(BIN)/python -m tests.crash --kills 200 --database postgresql

lint: $(TEST_TOOLS) ## Check style, spelling, types and architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy -n $(PROCESSES) & types=$$!; \
	$(BIN)/djlint templates --check --lint --allow-empty-input && $(BIN)/codespell && $(BIN)/lint-imports --no-logo; \
	others=$$?; wait $$types && exit $$others

format: $(TEST_TOOLS) ## Bring code and templates into shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djlint templates --reformat --quiet --allow-empty-input || true

bench: $(TEST_TOOLS) ## Measure and print: formats, rendering, pages against the floor
	@$(BIN)/python -m tests.benchmarks

screenshots: $(TEST_TOOLS) $(CATALOGUES) browser ## Picture every page into build/screenshots, a few into docs/screenshots
	@$(BIN)/python -m tests.browser.screenshots build/screenshots

messages: $(INSTALLED) ## Collect the texts to translate, then compile the translations
	@$(BIN)/pybabel --quiet extract -F app/translations/babel.cfg -k _l -k lazy_gettext -k marked \
		--ignore-dirs '.*' --no-location --sort-output \
		--project Casehall --copyright-holder "Casehall contributors" -o $(TEMPLATE) .
	@for language in $(LANGUAGES); do \
		if [ -e app/translations/$$language/LC_MESSAGES/messages.po ]; \
		then set -- update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
		else set -- init; fi; \
		$(BIN)/pybabel --quiet "$$@" -i $(TEMPLATE) -d app/translations -l $$language || exit 1; \
	done
	@$(BIN)/pybabel compile -d app/translations --statistics

migration: $(TEST_TOOLS) ## Draft a migration from the models (MESSAGE="Add …"; ANEW=yes: one for all)
	@$(BIN)/python -m migrations.draft "$(MESSAGE)" $(if $(ANEW),--anew)

clean: ## Remove the environment and what checks left behind, never instance/
	@rm -rf .venv *.egg-info build htmlcov .coverage .coverage.* .hypothesis
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@rm -f app/translations/*/LC_MESSAGES/messages.mo
	@find app migrations tests -type d -name __pycache__ -prune -exec rm -rf {} +

%.mo: %.po
	@$(BIN)/pybabel --quiet compile -i $< -o $@

# An environment half made, or made elsewhere, is made anew.
$(INSTALLED):
	@command -v $(PYTHON) >/dev/null \
		|| { echo "Casehall needs Python 3.11 or newer. Type: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Casehall needs Python 3.11 or newer. Name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv module is missing. Type: apt-get install python3-venv"; exit 1; }
	@grep -qsF "$(CURDIR)/.venv" .venv/pyvenv.cfg && $(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| { rm -rf .venv; $(PYTHON) -m venv .venv; }
	@echo "Installing what Casehall needs into .venv; the first time takes a minute."
	@$(PIP) -e .
	@rm -f .venv/installed-* .venv/test-tools-*
	@touch $@

$(TEST_TOOLS): $(INSTALLED)
	@echo "Installing the test tools into .venv."
	@$(PIP) -e '.[test]'
	@touch $@

browser:
	@if [ "$(BROWSER)" = no ]; then echo "Left out: the tests in a browser (BROWSER=no)."; exit 0; fi; \
	if { command -v chromium-headless-shell || command -v chromium; } >/dev/null \
		&& fc-list :lang=zh 2>/dev/null | grep -q .; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing a browser and a Chinese font."; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update || exit 1; \
		chromium=chromium-headless-shell; apt-cache show $$chromium >/dev/null 2>&1 || chromium=chromium; \
		apt-get -qq install -y --no-install-recommends $$chromium fonts-noto-cjk fontconfig >/dev/null; \
	else \
		echo "A browser or a Chinese font is missing." \
			"Type: sudo apt-get install chromium fonts-noto-cjk fontconfig   (or: make test BROWSER=no)"; \
		exit 1; \
	fi

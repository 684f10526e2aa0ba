# Each target does its own set-up: an environment in .venv, renewed when the locked requirements change.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# Where FOLDER and OUTPUT are for `site` and `serve`: make site FOLDER=my-site OUTPUT=public
FOLDER ?= content
OUTPUT ?= output
# Who runs beside us in bench-peers; benchmarks/setup.sh knows more.
PEERS ?= hugo eleventy pelican mkdocs sphinx
# What holds the pure core to its rules, each part measured by a process of its own.
CORE := tests/parse tests/exchange tests/pipeline tests/handouts tests/importing tests/relate tests/anchoring \
  tests/weave tests/books tests/codes tests/render tests/gate tests/golden \
  $(addprefix tests/ground/test_,fixing.py revision.py review.py themes.py memory.py values.py addresses_follow.py locks.py read.py)
HANDS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# The themes' templates as Python: without them each process would compile its own. And so it would all of ours, where
# the environment forbids to keep bytecode.
COMPILED := builder/_compiled/__init__.py
unexport PYTHONDONTWRITEBYTECODE
WEB := tests/web/node_modules/.package-lock.json
ACE := tests/books/ace/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help site serve test check regold ace coverage fuzz bench bench-peers lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

site: $(COMPILED) ## build the site: content/ -> output/
	$(RUN) -m builder build $(FOLDER) --output $(OUTPUT)

serve: $(COMPILED) ## look at it in a browser while you write; the address is told
	$(RUN) -m builder serve $(FOLDER) --output $(OUTPUT)

test: $(VENV)/dev.stamp $(COMPILED) $(WEB) ## run the tests (GLOSSATOR_ALL_TESTS=1: with the slow ones, and none may be skipped)
	$(RUN) -m pytest -n auto --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp ## style, types, architecture, spelling, and the content itself
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/codespell
	$(RUN) -m builder check $(FOLDER)

regold: $(VENV)/dev.stamp $(WEB) ## renew the golden cases; look at the difference before you commit it
	$(RUN) -m pytest --regold $(ARGS)

ace: $(VENV)/dev.stamp $(COMPILED) $(ACE) ## judge the books with DAISY's Ace, which it installs (80 MB); needs Chromium and Node
	$(RUN) -m pytest tests/books/ace.py $(ARGS)

coverage: $(VENV)/dev.stamp ## which branches of the pure core no test takes, file by file; fails where there is one
	rm -f .coverage .coverage.*
	-printf '%s\n' $(CORE) | xargs -P $(HANDS) -I{} \
	  $(VENV)/bin/coverage run --parallel-mode -m pytest -q --hypothesis-seed=0 {} $(ARGS) # the same random inputs each time; some tests bound their time, which this trebles
	$(VENV)/bin/coverage combine -q
	$(VENV)/bin/coverage report

fuzz: $(VENV)/dev.stamp ## random inputs for a time: make fuzz ARGS="--seconds 600"; what is found is kept as a test
	$(RUN) -m tests.fuzz $(ARGS)

bench: $(VENV)/dev.stamp ## how long building takes and how much memory it needs, beside a yardstick
	$(RUN) -m benchmarks $(ARGS)

bench-peers: $(VENV)/dev.stamp ## the same beside other builders, which it installs below benchmarks/.work: an hour
	PYTHON=$(PYTHON) benchmarks/setup.sh $(PEERS)
	$(RUN) -m benchmarks --peers $(PEERS) $(ARGS)

lock: $(VENV)/dev.stamp ## renew the locked requirements from pyproject.toml
	$(VENV)/bin/python requirements/lock.py

clean: ## remove what was made: the site, the environment, caches
	rm -rf output/* output/.glossator .output.glossator-* builder/_compiled $(VENV) tests/web/node_modules tests/books/ace/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Glossator needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 || echo not there)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) can't make environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/python.stamp requirements/run.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/python.stamp requirements/dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

$(COMPILED): $(VENV)/run.stamp $(wildcard themes/*/templates/* themes/*/templates/*/* themes/*/partials/*) builder/__init__.py builder/render/page.py builder/render/setter.py
	$(RUN) -m builder.shell.compiling

# What pages are checked with. Who has no Node goes without: those tests say that they were skipped, and why.
$(WEB): tests/web/package-lock.json
	@if command -v npm >/dev/null; then cd tests/web && npm ci --no-audit --no-fund --loglevel=error && touch ../../$@; fi

# It would fetch a browser of its own; the one that the other tests have is used.
$(ACE): tests/books/ace/package-lock.json
	cd tests/books/ace && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error && touch ../../../$@

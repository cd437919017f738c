# make run: the newsroom on this machine. make test: the suite. The others: make help
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) -m newsroom.environment
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=8 --dist=worksteal
CHECKED := NEWSROOM_GENERATE_KEYS=1
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-all check lint format types contracts templates migrations translations bench bench-desk bench-lists bench-search bench-sitemap messages pictures clean

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' Makefile

run:  ## the newsroom at http://localhost:8000, with a demo when the database is empty; PORT= and DATABASE_URL= are honoured
	@$(ENVIRONMENT) port "$(PORT)"
	@$(ENVIRONMENT) install runtime
	@NEWSROOM_GENERATE_KEYS=1 SITE_URL="http://localhost:$(PORT)" exec $(BIN)/python manage.py serve --demo --with-parent --port "$(PORT)"

test:  ## the test suite, without the long tests
	@$(ENVIRONMENT) install development
	@$(PYTEST) -m "not long" -rs

test-long:  ## the long tests alone: odd strings on every form, load, faults
	@$(ENVIRONMENT) install development
	@$(PYTEST) -m long -rs

test-all:  ## both
	@$(ENVIRONMENT) install development
	@$(PYTEST) -rs

check:  ## lint, types, layers and the wall, templates, migrations, translations
	@$(ENVIRONMENT) install development
	@$(MAKE) --no-print-directory --keep-going lint format types contracts templates migrations translations

lint:
	$(BIN)/ruff check .
format:
	$(BIN)/ruff format --check .
types:
	$(CHECKED) $(BIN)/python -m mypy
contracts:
	$(BIN)/lint-imports
templates:
	$(BIN)/djade --check --target-version 5.2 $$(find templates articles -name '*.html')
migrations:
	$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run
translations:
	$(BIN)/python -m newsroom.messages check

bench:  ## CPU time a page at 1,000 and 10,000 reports, beside a bare Django hello
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.benchmarks

fuzz:  ## 20,000 odd requests to every public address: no 5xx, none over two seconds; REQUESTS=, SEED= and DATABASE_URL= are honoured
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.fuzz --requests $(or $(REQUESTS),20000) $(if $(SEED),--seed $(SEED))

bench-desk:  ## the desk's pages among a million reports; REPORTS= for another number, DATABASE_URL= for PostgreSQL
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.benchmarks.desk --reports $(or $(REPORTS),1000000)

bench-search:  ## the public search among 100,000 reports; REPORTS= for another number, DATABASE_URL= for PostgreSQL
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.benchmarks.search --reports $(or $(REPORTS),100000)

bench-sitemap:  ## the sitemaps among a million addresses; REPORTS= for another number, DATABASE_URL= for PostgreSQL
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.benchmarks.sitemap --reports $(or $(REPORTS),1000000)

bench-lists:  ## the public lists among a million reports; REPORTS= for another number, DATABASE_URL= for PostgreSQL
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python -m tests.benchmarks.lists --reports $(or $(REPORTS),1000000)

messages:  ## collect the texts to translate into locale/ and compile them
	@$(ENVIRONMENT) install development
	@$(BIN)/python -m newsroom.messages collect

pictures:  ## the README's pictures, from the demo newsroom in a real browser
	@$(ENVIRONMENT) install development
	@NEWSROOM_GENERATE_KEYS=1 $(BIN)/python docs/pictures.py

clean:  ## remove the environment and all that can be made again; database, keys and pictures in var/ stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis var/static var/prepared
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

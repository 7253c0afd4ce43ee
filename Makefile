# Off the Pedestal. `make` alone lists what there is.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1:8000
SECONDS_TO_FUZZ ?= 300
SIZES ?= 5 50
export NO_MKDOCS_2_WARNING = 1

.PHONY: help serve test build zip check due ingest new bench bench-search fuzz zensical audit requirements clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/'

serve: .venv/site ## from nothing: environment, build, preview with live reload at http://127.0.0.1:8000/
	$(BIN)/python -m scripts serve --host $(HOST)

test: .venv/test ## from nothing: environment, browser if none is there, every check and test
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest

build: .venv/site ## check everything, then build site/ for any static host: SITE_URL=https://host/path/ make build
	$(BIN)/python -m scripts build --site site

zip: .venv/site ## build site/, and off-the-pedestal.zip of it: unpacked, its index.html opens from a disk
	$(BIN)/python -m scripts build --site site --zip off-the-pedestal.zip

check: .venv/site ## every problem in records and pages, one a line
	@$(BIN)/python -m scripts check

due: .venv/site ## the pages that are past the day by which they were to be read again
	@$(BIN)/python -m scripts check --due

ingest: .venv/site ## read articles into docs/data/articles: make ingest ARTICLE=file.md
	$(BIN)/python -m scripts ingest $(ARTICLE)

new: .venv/site ## start a misconception: make new MYTH=slug
	$(BIN)/python -m scripts new $(MYTH)

bench: .venv/test ## speed, as figures and ratios to plain MkDocs; and at any number of misconceptions: make bench SIZES="50 500 2000"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.ingest
	$(BIN)/python -m benchmarks.preview
	command -v npm >/dev/null && mkdir -p .cache/node && cp benchmarks/package.json .cache/node && npm install --prefix .cache/node --no-audit --no-fund --silent || true
	$(BIN)/python -m benchmarks.lighthouse
	$(MAKE) --quiet .venv-zensical/ready || true
	$(BIN)/python -m benchmarks.scale $(SIZES)

bench-search: .venv/test ## how well the search finds the page, beside Material's own and Pagefind; and its weight and speed at any size
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.search --only-ours benchmarks/holdout.tsv
	$(BIN)/python -m benchmarks.search_scale

fuzz: .venv/test ## look for articles that break ingest, for SECONDS_TO_FUZZ
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	$(BIN)/python -m benchmarks.fuzz $(SECONDS_TO_FUZZ)

zensical: .venv/test .venv-zensical/ready ## build the same tree with Zensical too, into site-zensical/, and compare the articles
	$(BIN)/python -m scripts build --site site
	$(BIN)/python -m tests.zensical
	$(BIN)/python -m pytest tests/zensical.py

audit: .venv-audit/ready ## ask which pinned packages have known holes (needs the network, and npm where a package-lock.json is)
	for file in requirements*.txt; do .venv-audit/bin/python -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off -r $$file || exit 1; done
	for file in $$(git ls-files '*package-lock.json'); do (cd $$(dirname $$file) && npm audit --package-lock-only) || exit 1; done

requirements: ## pin every requirements*.in again (needs uv)
	for name in requirements requirements-test requirements-bench requirements-fuzz requirements-zensical requirements-audit; do \
	  uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-annotate \
	    --custom-compile-command "make requirements" $$name.in -o $$name.txt; done

clean: ## remove the environment and the built site
	rm -rf .venv .venv-zensical .venv-audit site site-zensical .hypothesis .cache

.venv/site: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/test: requirements-test.txt .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

.venv-zensical/ready: requirements-zensical.txt
	$(PYTHON) -m venv .venv-zensical
	.venv-zensical/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-zensical.txt
	touch $@

.venv-audit/ready: requirements-audit.txt
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	touch $@

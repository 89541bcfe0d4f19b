# Everything one does with Requite, in one place. Needs python3.11 (or 3.12, 3.13) with venv, make, git.

PYTHON  ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))
UV      := .tools/bin/uv
BIN     := .venv/bin
READY   := .venv/.ready
TARGET  ?= build/compiled
ACCOUNTS ?= 1000000
PORT    ?= 8000

.DEFAULT_GOAL := help
.PHONY: help demo findings test check bench bench-web truth compiled rules docs screenshots lock clean

help: ## List what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## Open an office of three invented providers (DEMO_EXIT=1: prepare, see that it answers, end)
	$(BIN)/requite demo --dir build/demo --port $(PORT) $(if $(DEMO_EXIT),--exit)

findings: $(READY) ## Determine an invented feed of 5,000 accounts, show the first ten cases on the terminal
	rm -rf build/sample
	$(BIN)/requite sample --accounts 5000 --seed 7 --out build/sample
	$(BIN)/requite detect build/sample/feed --out build/sample/findings --as-of $$(cat build/sample/as_of.txt)
	$(BIN)/requite worklist build/sample/findings --first 10

test: $(READY) ## Run every test: in Chromium and on PostgreSQL too, with the coverage of domain, formats, engine
	tools/test_programs.sh
	$(BIN)/python -m pytest -n auto -m "not machine" --cov --cov-report=term --ignore=tests/office --ignore=tests/web
	$(BIN)/python -m pytest -n auto -m "not machine" tests/office tests/web
	$(BIN)/python -m pytest -n auto -m machine tests/cli tests/office tests/web
	$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest -n auto -m "not machine and not one_database" tests/office tests/web
	$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest -n auto -m "machine and not one_database" tests/office tests/web

check: $(READY) ## Lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	REQUITE_DATA_DIR=build/check $(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Measure speed and memory, write docs/benchmarks.md (BENCH=--full: 10 million accounts)
	$(BIN)/python bench/run.py $(BENCH)

bench-web: $(READY) ## Measure the office with 100,000 cases and 20 users, write it to docs/benchmarks.md
	$(BIN)/python bench/web.py

truth: $(READY) ## Measure precision and recall on three samples (ACCOUNTS=1000000), write docs/truth.md
	$(BIN)/python tools/truth.py --run $(ACCOUNTS)

compiled: $(READY) ## Compile the domain in a copy of the package, and test the copy
	$(BIN)/python tools/compile_domain.py $(TARGET)
	PYTHONPATH=$(abspath $(TARGET)) $(BIN)/python -m pytest -n auto --compiled tests/domain tests/golden

rules: $(READY) ## Write docs/rules.md from the rules of law
	$(BIN)/python tools/make_rules_docs.py

docs: $(READY) ## Write the pages of the docs that are made from the code
	$(BIN)/python tools/make_causes_docs.py
	$(BIN)/python tools/make_roles_docs.py
	$(BIN)/python tools/make_help_docs.py

screenshots: $(READY) ## Take the pictures of the docs, in Chromium
	$(BIN)/python tools/make_screenshots.py

lock: $(READY) ## Pin the newest versions of the dependencies, with hashes
	for file in requirements requirements-dev requirements-uv bench/requirements; do \
	  $(UV) pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --universal \
	    --python-version 3.11 --custom-compile-command "make lock" --output-file $$file.txt $$file.in \
	    || exit 1; \
	done

clean: ## Remove what was made here: environment, builds, caches
	rm -rf .venv .tools build .coverage .coverage.* htmlcov .hypothesis
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache src/*.egg-info
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# uv comes into the tree by pip, pinned with hashes; everything else comes by uv.
$(UV): requirements-uv.txt
	@test -n "$(PYTHON)" || { echo "Requite needs Python 3.11, 3.12 or 3.13 on the path."; exit 1; }
	test -x .tools/bin/python || "$(PYTHON)" -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

$(READY): $(UV) requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(UV) venv --quiet --no-python-downloads --python "$(PYTHON)" .venv
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	touch $@

# Needs make and Python 3.11 or newer; everything else stays below this folder.
PORT ?= 8000
PY := .venv/bin/python
TEST := DXBUKAI_MODE=test

.DEFAULT_GOAL := help
.PHONY: help setup setup-server setup-dev demo demo-reset test test-debian walk test-browser accessibility howto check mutants wheel release units manual sbom bench bench-big corpus drills judges lock clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Put what the demo needs into .venv
	@tools/scripts/setup requirements-demo.lock

setup-server: ## Put what a server needs into .venv: no database of its own
	@tools/scripts/setup requirements.lock

setup-dev:
	@tools/scripts/setup requirements-dev.lock

demo: setup ## Serve a fictitious town on 127.0.0.1 (PORT=8000); Ctrl-C ends everything
	@DXBUKAI_MODE=demo PORT=$(PORT) exec $(PY) manage.py demo

demo-reset: setup ## Forget what was done in the demo and start over
	@DXBUKAI_MODE=demo PORT=$(PORT) exec $(PY) manage.py demo --reset

PYTEST := COVERAGE_FILE=$(CURDIR)/var/coverage/data $(TEST) $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-context=test --cov-report= --cov-fail-under=0

test: setup-dev ## Run the whole suite except the browser; 98 % of all branches are taken
	@$(PY) -m tools.mutants.measured
	@$(PYTEST) --junitxml=var/coverage/times.xml
	@COVERAGE_FILE=$(CURDIR)/var/coverage/data $(PY) -m coverage report

# The bell needs a line past the pool to the very database of the test, which has no name yet.
JOBS := $(filter-out %/test_bell.py,$(wildcard tests/foundation/jobs/test_*.py))
APPS := tests/members tests/meetings tests/opendata tests/reports tests/foundation/mail $(JOBS) \
	tests/foundation/db/test_backup.py tests/foundation/db/test_copying.py tests/test_promises.py

test-debian: setup-dev ## The same, with the apps' part on the PostgreSQL of the distribution (apt install postgresql)
	@$(PY) -m tools.mutants.measured
	@tools/scripts/on_debian_postgresql env $(PYTEST) --create-db --junitxml=var/coverage/times-debian.xml $(APPS)
	@$(PYTEST) --cov-append --junitxml=var/coverage/times.xml $(addprefix --ignore=,$(APPS))
	@COVERAGE_FILE=$(CURDIR)/var/coverage/data $(PY) -m coverage report

walk: setup-dev ## Open every page in every state as everybody, send everything in every form (WALK=tests/hostile)
	@$(TEST) $(PY) -m pytest -n auto -m walk $(WALK)

test-browser: setup-dev ## Walk the journeys in an installed Chromium; pictures in test-results/
	@$(TEST) $(PY) -m pytest --override-ini=addopts= --strict-markers -n auto --dist loadfile tests/browser

howto: setup-dev ## Follow the sheets of 使い方 in a fictitious town, and take their pictures anew into static/img/howto
	@HOWTO=write $(TEST) $(PY) -m pytest --override-ini=addopts= --strict-markers tests/browser/test_howto.py -k "follows or picture"

accessibility: setup-dev ## Look at each sort of page with axe and write what it found into statements/automatic.json
	@AUTOMATIC_RESULTS=write $(TEST) $(PY) -m pytest --override-ini=addopts= --strict-markers tests/browser/test_automatic_results.py

check: setup-dev ## Lint, types, direction of imports, migrations, templates, deployment settings
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@$(PY) -m mypy .
	@.venv/bin/lint-imports
	@$(TEST) $(PY) manage.py makemigrations --check --dry-run
	@tools/scripts/check_deploy
	@$(TEST) $(PY) tools/scripts/check_templates.py
	@$(PY) tools/scripts/licences.py --check

mutants: setup-dev ## Take guards out and see whether a test notices (ROOM=members SAMPLE=60 SEED=x); after make test
	@$(PY) -m tools.mutants.run

wheel: setup-dev ## Build dist/dxbukai-….whl, and see it run from a folder that has nothing of the checkout
	@tools/scripts/check_wheel dist

release: setup-dev ## Pack what a server is installed from: dist/dxbukai-….tar.gz (docs/operations.md)
	@tools/scripts/release

units: ## Hold deploy/ against systemd-analyze, nginx -t and logrotate (apt install systemd nginx-light logrotate)
	@tools/scripts/check_units

manual: release ## Follow docs/operations.md word for word on a bare Debian in a chroot (root; apt install debootstrap)
	@$(PY) -m tools.manual.run

sbom: setup-dev ## Write what a server consists of into var/sbom.json (CycloneDX), from requirements.lock
	@mkdir -p var
	@.venv/bin/cyclonedx-py requirements requirements.lock --output-reproducible --output-file var/sbom.json
	@$(PY) -c "import json; print(len(json.load(open('var/sbom.json'))['components']), 'components in var/sbom.json')"

bench: setup ## Print speed as ratios, side by side in one run
	@$(PY) -m tools.bench.run

bench-big: setup ## Count what each page of a big town reads, beside a tenth of it
	@$(PY) -m tools.bench.big

corpus: setup ## Check a folder of real files (DIR=…) and print what was seen of their known faults (LOOK=--renamed)
	@$(PY) -m tools.corpus $(LOOK) "$(DIR)"

drills: setup-dev ## Kill, crowd and restore, with counts; then see each drill notice its guard taken out (KILLS=40)
	@$(TEST) $(PY) -m tools.drills.run $(DRILL)

judges: setup-dev ## Ask tools that nobody here wrote about the demo, as each role; needs java, Node.js, Chromium, w3m, Calc
	@tools/judges/setup
	@$(PY) -m tools.judges.run

LOCK := .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml

lock: setup-dev ## Compile the lock files for all platforms
	@$(LOCK) -o requirements.lock
	@$(LOCK) --extra s3 --extra sso --extra sentry --extra metrics -o requirements-extras.lock
	@$(LOCK) --extra demo -o requirements-demo.lock
	@$(LOCK) --all-extras -o requirements-dev.lock

clean: ## Remove what was made here, the demo's data too
	@rm -rf .venv var test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

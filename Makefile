# Two commands for a newcomer: `make demo` and `make test`. Both install what they need into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# Other people's readers for the tests; without npm their part of them is skipped, but never in CI.
READERS := $(addsuffix /node_modules/.installed,tests/calendars tests/injections)

.PHONY: demo run test check fix lock accuracy properties rehearsal-time calendars injections audit faults fuzz clean

demo: $(INSTALLED)
	$(BIN)/rettidig demo $(DEMO)

run: $(INSTALLED)
	$(BIN)/rettidig run

test: check $(READERS)
	$(BIN)/pytest --cov --cov-report=term:skip-covered --cov-fail-under=90 -n 2 --dist worksteal $(TESTS)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

accuracy: $(INSTALLED)
	$(BIN)/python -m tools.accuracy

# What a rehearsal costs beside reading the plan.
rehearsal-time: $(INSTALLED)
	$(BIN)/python -m tools.rehearsal_time

# Fifty thousand calendar entries before every reader, the programs that people keep calendars in, and a thousand
# mails at once in the mailbox that answers arrive in.
calendars: $(INSTALLED) $(READERS)
	CALENDAR_ENTRIES=50000 FLOOD_MAILS=1000 $(BIN)/pytest -n 2 tests/messages tests/incoming tests/web/test_feeds_in_calendar_programs.py \
	    tests/web/test_feed_over_http.py tests/web/test_feed_keeping.py tests/test_calendars_follow_the_plan.py \
	    tests/test_feeds_read_back.py tests/test_life_in_khal.py tests/test_collections.py tests/test_collections_of_a_service.py

# Fifty thousand cells that try to be more than text, in mails, pages, cards, tables and calendars each.
injections: $(INSTALLED) $(READERS)
	INJECTIONS=$${INJECTIONS:-50000} CALENDAR_ENTRIES=$${INJECTIONS:-50000} $(BIN)/pytest -n 2 \
	    --hypothesis-seed=$${SEED:-1} tests/injections tests/messages/test_any_calendar_object.py

# Known flaws of the packages that are installed; a package that nobody could look up is an error, not clean.
audit: $(INSTALLED)
	$(BIN)/pip install --quiet pip-audit
	for lock in requirements.lock requirements-dev.lock; do \
	    $(BIN)/pip-audit --strict --require-hashes --disable-pip -r $$lock || exit 1; \
	done
	for folder in tests/calendars tests/injections; do npm audit --prefix $$folder || exit 1; done

# Whatever happens in whatever order: three hundred lives of an installation. A failing one is made short.
properties: $(INSTALLED)
	LIVES=$${LIVES:-300} STEPS=$${STEPS:-50} $(BIN)/pytest -q tests/any_order

# Kills, crashes, bad relays, full disks: each with a target. FAULTS=--short makes a part of each, --docs the page.
faults: $(INSTALLED)
	$(BIN)/python -m tests.faults $(FAULTS)

# Coverage-guided fuzzing of each reader; a minute each.
fuzz: $(INSTALLED)
	$(BIN)/pip install --quiet atheris
	for format in .docx .xlsx .pdf .csv .html .md .txt .ics .yaml; do \
	    PYTHONPATH=. $(BIN)/python tests/fuzz/fuzz_reading.py $$format -max_total_time=60 || exit 1; \
	done

# The lock files name every package with its hashes, for all platforms and Pythons from 3.11.
lock: $(INSTALLED)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock

$(INSTALLED): pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(READERS): %/node_modules/.installed: %/package-lock.json
	! command -v npm >/dev/null || npm ci --prefix $* --no-audit --no-fund --silent
	! test -d $(@D) || touch $@

clean:
	rm -rf tests/calendars/node_modules tests/injections/node_modules
	rm -rf $(VENV) data dist build .coverage coverage.xml .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

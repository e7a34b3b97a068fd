# make app    opens the front end on the example study
# make test   everything that must hold: lint, types, tests, browser included
# make rank   prints the example's ranking
# make bench  runs the programs in benchmarks/
# make office opens every document with LibreOffice at a German desk, fills templates and workbooks, reads them back
# make long   what takes minutes: a whole workshop in real browsers, killed servers, fuzzed forms, more examples
# make fuzz   ten thousand spoilt files and ten thousand slips in good ones for the reader (make test: some hundred)

STUDY ?= data/nordallianz
BIN := .venv/bin

.PHONY: app test rank bench fuzz office long
.DEFAULT_GOAL := app

.venv/installed: pyproject.toml constraints.txt
	@tools/environment.sh

app: .venv/installed
	@$(BIN)/mcda app $(STUDY)

rank: .venv/installed
	@$(BIN)/mcda rank $(STUDY)

# While mypy looks, pytest prepares the test modules, which each worker would do for itself otherwise.
test: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@export PYTHONDONTWRITEBYTECODE=; $(BIN)/pytest -qq --collect-only $(TESTS) > /dev/null & compiled=$$!; \
		$(BIN)/mypy & types=$$!; \
		browser=$$(tools/chromium.sh) && postgres=$$(tools/postgres.sh) && wait $$types && { wait $$compiled || true; } && set -x && \
		CHROMIUM="$$browser" POSTGRES_BIN="$$postgres" \
		$(BIN)/pytest -n 3 --no-loadscope-reorder -m "not office and not long" $(TESTS)

bench: .venv/installed
	@browser=$$(tools/chromium.sh) && for program in benchmarks/*.py; do \
		echo "== $$program" && CHROMIUM="$$browser" $(BIN)/python "$$program" || exit 1; \
	done

fuzz: .venv/installed
	RANGFOLGE_FUZZ=10000 $(BIN)/pytest -s tests/study/test_fuzz_reader.py tests/study/test_mutations.py

long: .venv/installed
	@browser=$$(tools/chromium.sh) && postgres=$$(tools/postgres.sh) && set -x && CHROMIUM="$$browser" \
		POSTGRES_BIN="$$postgres" RANGFOLGE_EXAMPLES=200 $(BIN)/pytest -m "long or hypothesis"

office: .venv/installed
	@office=$$(tools/office.sh) && set -x && SOFFICE="$$office" $(BIN)/pytest -m office

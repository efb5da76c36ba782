PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: serve test install lint format eval translations widget-release vectors fuzz install-bench bench soak

serve: install
	$(BIN)/chatbot serve

# A process for each core, and each with one thread: more would wait for one another.
test: install
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: install
	$(BIN)/chatbot eval

translations: install
	$(BIN)/pybabel extract --no-location --sort-output -F chatbot/translations/babel.cfg -k say -o chatbot/translations/messages.pot chatbot
	$(BIN)/pybabel update --no-fuzzy-matching --no-wrap --ignore-obsolete -i chatbot/translations/messages.pot -d chatbot/translations
	$(BIN)/pybabel compile -d chatbot/translations

widget-release: install
	$(BIN)/python -m chatbot.web.widget_release

# Keeps the vectors of the index in use for first builds elsewhere; run `chatbot build` before.
vectors: install
	$(BIN)/python -m chatbot.index.shipped

# FUZZ_EXAMPLES: examples for each operation and property; FUZZ_SECONDS: how long atheris leads each property.
FUZZ_EXAMPLES ?= 300
FUZZ_SECONDS ?= 60

fuzz: install
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest tests/fuzz tests/attacks
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/led.py $(FUZZ_SECONDS)

# MEASURES: some of them, as in `make bench MEASURES="ask builds"`; MINUTES: how long the soak is.
MEASURES ?=
MINUTES ?= 20

install-bench: install
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'

bench: install-bench
	$(BIN)/python -m bench $(MEASURES)

soak: install-bench
	$(BIN)/python -m bench.soak --minutes $(MINUTES)

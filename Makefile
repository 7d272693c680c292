# Everything a newcomer needs: make demo, make test. The rest is for people who change phonebench.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    ?= quickstart

# The tests start hundreds of processes; without bytecode on disk each of them compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-all test-vllm check format bench lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      install what is missing, run the quickstart tasks on the simulated phone, write a spreadsheet"
	@echo "make test      the test suite (under 6 minutes on 2 cores)"
	@echo "make test-all  also the slow tests"
	@echo "make test-vllm the tests that build and serve a real vLLM on the CPU"
	@echo "make check     ruff, mypy, import contracts"
	@echo "make bench     speed and memory figures, JSON into output/benchmarks/"
	@echo "make format    let ruff reformat the tree"
	@echo "make lock      resolve requirements.lock and requirements-dev.lock anew"
	@echo "make clean     delete the virtual environment and all caches; logs/ and output/ stay"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "phonebench needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
	    echo "    next: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) cannot make a virtual environment."; \
	    echo "    next: install its venv package (Debian, Ubuntu: apt-get install python3-venv)"; exit 2; }

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "installing phonebench's dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	@echo "installing phonebench's development dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime
	@rm -rf logs/evaluation/$(RUN)
	$(BIN)/python eval.py -n $(RUN) -c configs/quickstart.yaml
	$(BIN)/python generate_result.py --input_folder logs/evaluation/$(RUN) --output_folder output/$(RUN)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not vllm" $(ARGS)

test-all: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not vllm" $(ARGS)

test-vllm: $(VENV)/.dev
	$(BIN)/python -m pytest -m vllm $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

# uv is only needed here; the lock files carry hashes and no index addresses.
lock: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

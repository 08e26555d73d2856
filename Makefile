# Two commands do everything: `make play` and `make test`. Each sets itself up.
# uv is used where it is on the PATH; otherwise pip puts it into ./.tools.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
PYTHON ?= python3
RUN := .venv/bin/
# uv trusts the certificates it brings along; behind a proxy of your own only the system knows the right ones.
SYNC := $(UV) sync --locked --quiet --all-extras
export UV_PYTHON_DOWNLOADS := never

.PHONY: setup play check test bench shots fmt clean
.DEFAULT_GOAL := play

setup: .venv/ready

.venv/ready: pyproject.toml uv.lock $(filter .tools/%,$(UV))
	$(SYNC) || UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 $(SYNC)
	@touch $@

.tools/bin/uv:
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv

play: setup
	$(RUN)threadpaint play

check: setup
	$(RUN)ruff format --check --quiet .
	$(RUN)ruff check --quiet .
	$(RUN)mypy
	$(RUN)lint-imports --no-cache

test: check
	$(RUN)pytest

bench: setup
	$(RUN)python -m tests.bench

# The pictures in docs/, taken anew from the page.
shots: setup
	SHOTS=docs $(RUN)pytest tests/browser -k fit_to_be_shown

fmt: setup
	$(RUN)ruff format --quiet .
	$(RUN)ruff check --quiet --fix .

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Everything a newcomer needs; each target sets up .venv by itself when it is missing or out of date.
.DEFAULT_GOAL := help
.PHONY: help setup demo test tests prove bench lint style types layers format lock

# Relative on purpose: the folder's own path may hold spaces and letters beyond ASCII.
PYTHON ?= python3
VENV := .venv/bin/python
COMPILE := $(VENV) -m uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

help:
	@echo 'make demo     the main job: five pairs, twelve virtual weeks, both clouds on loopback'
	@echo 'make test     every gate and every test'
	@echo 'make prove    thousands of lives and everything else that takes minutes (ARGS="--minutes 3")'
	@echo 'make bench    what searching, planning, storing, looking and running cost (ARGS="--pairs 10000")'
	@echo 'make lint     style, types and layers alone'
	@echo 'make format   put the code into the one format'
	@echo 'make lock     resolve the dependencies of pyproject.toml anew'

setup:
	@$(PYTHON) deploy/prepare.py

demo: setup
	@$(VENV) -m cli demo $(ARGS)

# Types are looked at beside the tests: each of the two would leave one core idle for a while.
test: style layers
	@$(MAKE) --no-print-directory --jobs 2 types tests

# In the order of the tree: few files with long tests first, so that the many short ones fill the end.
tests: setup
	$(VENV) -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder

prove: setup
	@$(VENV) -m tests.prove $(ARGS)

bench: setup
	$(VENV) -m tests.bench $(ARGS)

lint: style types layers

style: setup
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .

types: setup
	$(VENV) -m mypy

layers: setup
	.venv/bin/lint-imports --no-logo

format: setup
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

lock: setup
	$(COMPILE) --extra build --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra build --output-file requirements-runtime.lock pyproject.toml
	$(COMPILE) --output-file deploy/installer.lock deploy/installer.in
